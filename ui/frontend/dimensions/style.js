// @ts-check
/** The style sheet of the latent dimension sliders. */

export const STYLE = `
.ls-dim .ls-dim-correlate { margin: -4px 0 2px; color: var(--st-text-color); }
.ls-dims, .ls-dims-directions { display: grid; gap: 12px; }
.ls-dims-directions:empty { display: none; }
.ls-dims-bar { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; }
.ls-dims-bar .ls-button { padding: 0 .7em; }
.ls .ls-dims-bar .ls-button[aria-pressed=true] { background: var(--ls-tint); border-color: var(--ls-accent); color: var(--ls-accent); }
.ls-dims-bar .ls-dims-space { flex: 1 1 8px; }
.ls .ls-dims-from { display: inline-flex; align-items: center; gap: 8px; padding: 2px 10px 2px 2px; border-radius: 8px; min-width: 0; max-width: 15em; }
.ls .ls-dims-from:hover { background: var(--ls-surface); }
.ls-dims-from .ls-image { width: 34px; height: 34px; object-fit: contain; flex: none; }
.ls-dims-from span { display: grid; min-width: 0; line-height: 1.15; text-align: left; }
.ls-dims-from strong { font-weight: 600; font-size: .87rem; }
.ls-dims-list { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); gap: 10px 26px; align-items: start; }
.ls-dims-body[data-plane] { display: grid; grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr); gap: 26px; align-items: start; }
.ls-dims-body[data-plane] .ls-dims-list { grid-template-columns: minmax(0, 1fr); gap: 22px; }
.ls-dim { min-width: 0; }
.ls-dim-head { display: flex; align-items: center; gap: 7px; min-height: 28px; }
.ls-dim-head strong { font-weight: 650; font-size: .92rem; }
.ls-dim-head .ls-caption { flex: 1; }
.ls-dim-head button { display: grid; place-items: center; width: 26px; height: 26px; border-radius: 6px; font-size: .95rem;
  color: var(--ls-muted); opacity: .62; transition: opacity .12s, background .12s; }
.ls-dim:hover .ls-dim-head button, .ls-dim-head button:focus-visible, .ls-dim-head button[aria-pressed=true],
.ls-dim-head button[aria-expanded=true] { opacity: 1; }
.ls-dim-head button:hover { background: var(--ls-surface); color: var(--st-text-color); }
.ls-dim-head button[aria-pressed=true], .ls-dim-head button[aria-expanded=true] { color: var(--ls-accent); background: var(--ls-tint); }
.ls-dim-head button.ls-dim-reset[disabled] { visibility: hidden; }
.ls .ls-dim-number { width: 5.2em; padding: 2px 7px; border-radius: 6px; border: 1px solid var(--ls-line); background: transparent;
  color: inherit; font: inherit; font-size: .87rem; text-align: right; font-variant-numeric: tabular-nums; }
.ls .ls-dim-number:hover { border-color: var(--ls-accent); }
.ls .ls-dim-number:read-only { opacity: .6; }
.ls-dim-track { position: relative; height: 44px; margin: 0 9px; touch-action: pan-y; cursor: pointer; user-select: none; -webkit-user-select: none;
  -webkit-tap-highlight-color: transparent; }
.ls-dim-bars { position: absolute; left: 0; top: 2px; width: 100%; height: 30px; display: block; overflow: visible; }
.ls-dim-bars path { fill: color-mix(in srgb, var(--ls-accent) 26%, var(--ls-background)); }
.ls-dim-rail { position: absolute; left: -1px; right: -1px; top: 32px; height: 4px; border-radius: 2px;
  background: color-mix(in srgb, var(--st-text-color) 16%, var(--ls-background)); }
.ls-dim-fill { position: absolute; top: 0; bottom: 0; left: var(--from, 0); width: var(--size, 0); border-radius: 2px; background: var(--ls-accent); }
.ls-dim-mean, .ls-dim-start { position: absolute; width: 2px; margin-left: -1px; pointer-events: none; }
.ls-dim-mean { left: var(--mean, 50%); top: 2px; height: 30px; border-left: 1.5px dotted var(--ls-muted); width: 0; }
.ls-dim-start { left: var(--start, 50%); top: 28px; height: 12px; border-radius: 1px; background: var(--ls-muted); }
.ls-dim-track input { position: absolute; inset: 22px -9px 0; width: calc(100% + 18px); margin: 0; opacity: 0; pointer-events: none; }
.ls-dim-handle { position: absolute; left: var(--at, 50%); top: 34px; width: 18px; height: 18px; margin: -9px 0 0 -9px; border-radius: 50%;
  background: var(--ls-accent); border: 2.5px solid var(--ls-background); box-shadow: 0 0 0 1.5px var(--ls-accent); transition: transform .1s; }
.ls-dim-track:hover .ls-dim-handle, .ls-dim[data-dragging] .ls-dim-handle { transform: scale(1.12); }
.ls-dim:not([data-by-pointer]) .ls-dim-track input:focus-visible ~ .ls-dim-handle { outline: 2px solid var(--st-text-color); outline-offset: 3px; }
.ls-dim[data-outside] .ls-dim-handle { border: 0; border-radius: 0; background: #c2410c; box-shadow: none; }
.ls-dim-head [role=alert] { color: #c2410c; font-weight: 600; }
.ls-dim[data-outside=high] .ls-dim-handle { clip-path: polygon(0 0, 60% 0, 100% 50%, 60% 100%, 0 100%); }
.ls-dim[data-outside=low] .ls-dim-handle { clip-path: polygon(100% 0, 40% 0, 0 50%, 40% 100%, 100% 100%); }
.ls-dim[data-outside] .ls-dim-number { border-color: #c2410c; }
.ls-dim[data-locked] .ls-dim-track { cursor: not-allowed; }
.ls-dim[data-locked] .ls-dim-handle { background: var(--ls-muted); box-shadow: 0 0 0 1.5px var(--ls-muted); transform: none; }
.ls-dim[data-locked] .ls-dim-fill { background: var(--ls-muted); }
.ls-dim-film { margin-top: 2px; }
.ls .ls-dims-fold { display: inline-flex; align-items: center; gap: .5em; padding: 4px 8px; margin-left: -8px; border-radius: 6px; font-weight: 600; font-size: .9rem; }
.ls .ls-dims-fold:hover { background: var(--ls-surface); }
.ls-dims-fold .ls-icon { transition: transform .12s; }
.ls-dims-fold[aria-expanded=true] .ls-icon { transform: rotate(90deg); }
.ls-dims-inactive p { max-width: 60em; margin: 2px 0 8px; }
@container (max-width: 560px) { .ls-dims-bar .ls-button-text { display: none; } .ls-dims-bar .ls-button { min-width: 40px; min-height: 40px; }
  .ls-dims-bar .ls-dims-space { flex-basis: 100%; height: 0; } .ls-dims-body[data-plane] { grid-template-columns: minmax(0, 1fr); }
  .ls-dim-head button { width: 34px; height: 34px; } .ls .ls-dim-number { min-height: 34px; } .ls-dims-list { gap: 12px; } }
`;
