// @ts-check
/** The style sheet of the small autoencoder. */

export const STYLE = `
.ls-small { --ls-picture: clamp(200px, 17vw, 340px); display: flex; flex-wrap: wrap; gap: 18px 22px; align-items: flex-start; justify-content: center; }
.ls-small-part { display: grid; gap: 6px; justify-items: center; flex: 0 1 var(--ls-picture); min-width: 0; }
.ls-small-part > h3 { margin: 0; padding: 0; font-size: 1rem; font-weight: 600; }
.ls-small-part[data-part=plot] { flex: 1 1 340px; max-width: 680px; }
.ls-small-part[data-part=code] { flex: 0 1 13.1rem; }
.ls-small-part > .ls-caption { min-height: 1.25em; text-align: center; }
.ls-pixels { width: 100%; max-width: var(--ls-picture); aspect-ratio: 1; display: grid; border-radius: 6px; overflow: hidden;
  box-shadow: 0 0 0 1px var(--ls-line); }
.ls-pixels[data-editable] { touch-action: none; cursor: crosshair; user-select: none; -webkit-user-select: none; }
.ls-pixels [role=row] { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; }
.ls-pixels [role=gridcell] { display: grid; place-items: center; font-size: 1.02rem; font-weight: 600; color: transparent;
  background: rgb(var(--gray) var(--gray) var(--gray)); box-shadow: inset 0 0 0 .5px #8886; }
.ls-pixels[data-numbers] [role=gridcell] { color: var(--st-text-color);
  background: color-mix(in srgb, var(--ls-accent) calc(var(--gray) / 255 * 32%), var(--ls-background)); }
.ls .ls-pixels [role=gridcell]:focus-visible { outline: 3px solid var(--ls-accent); outline-offset: -3px; border-radius: 0; }
.ls-code-sliders { display: grid; gap: 10px; width: 100%; }
.ls-code-row { display: grid; grid-template-columns: 1.9em minmax(0, 1fr) 3.2em; gap: 8px; align-items: center; min-height: 44px; }
.ls-code-row strong { font-weight: 650; font-size: 1.05rem; }
.ls-code-row output { font-size: 1.15rem; font-weight: 600; text-align: right; }
.ls-code-row input.ls-range { width: 100%; min-width: 0; height: 40px; margin: 0; accent-color: var(--ls-accent); }
.ls-code-bar { height: 8px; border-radius: 4px;
  background: linear-gradient(90deg, var(--ls-accent) var(--at), color-mix(in srgb, var(--st-text-color) 14%, var(--ls-background)) var(--at)); }
.ls-code-plot { position: relative; width: 100%; height: min(560px, 54vh); min-height: 280px; }
.ls-code-plot canvas { position: absolute; inset: 0; width: 100%; height: 100%; touch-action: pan-y; cursor: grab; }
.ls-code-plot canvas:active { cursor: grabbing; }
.ls-small-legend { display: flex; flex-wrap: wrap; gap: 4px 14px; justify-content: center; }
.ls-small-legend span { display: inline-flex; align-items: center; gap: 6px; }
.ls-small-legend i { width: 11px; height: 11px; border-radius: 50%; }
@container (max-width: 520px) {
  .ls-small { gap: 12px 14px; }
  .ls-small-part { flex: 1 1 40%; max-width: 48%; }
  .ls-small-part[data-part=plot] { flex: 1 1 100%; max-width: 100%; }
  .ls-small-part[data-part=code] { flex: 1 1 40%; max-width: 100%; }
  .ls-pixels [role=gridcell] { font-size: .87rem; }
}
`;
