// @ts-check
/** The style sheet that every component shares: its variables, buttons, captions and marks. */

export const BASE_STYLE = `
.ls { container-type: inline-size; color: var(--st-text-color); font-family: var(--st-font);
  font-size: .93rem; line-height: 1.35; font-variant-numeric: tabular-nums;
  --ls-accent: var(--st-primary-color); --ls-background: var(--st-background-color);
  --ls-surface: var(--st-secondary-background-color); --ls-line: var(--st-border-color);
  --ls-muted: color-mix(in srgb, var(--st-text-color) 74%, var(--st-background-color));
  --ls-tint: color-mix(in srgb, var(--st-primary-color) 13%, var(--st-background-color)); }
.ls, .ls * { box-sizing: border-box; }
.ls :where(p, figure, ul, ol, li) { margin: 0; padding: 0; list-style: none; font-size: inherit; }
.ls button { all: unset; box-sizing: border-box; cursor: pointer; -webkit-tap-highlight-color: transparent; }
.ls :focus-visible { outline: 2px solid var(--ls-accent); outline-offset: 2px; border-radius: 5px; }
.ls [hidden] { display: none !important; }
.ls-muted { color: var(--ls-muted); }
.ls-caption { color: var(--ls-muted); font-size: .87rem; line-height: 1.25; }
.ls-ellipsis { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
.ls-image { display: block; width: 100%; height: auto; border-radius: 3px; background: var(--ls-surface);
  box-shadow: 0 0 0 1px color-mix(in srgb, var(--st-text-color) 14%, transparent); }
.ls-icon { width: 1em; height: 1em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.6;
  stroke-linecap: round; stroke-linejoin: round; vertical-align: -.125em; }
.ls button.ls-button { display: inline-flex; align-items: center; justify-content: center; gap: .45em;
  min-height: 34px; padding: 0 .8em; border-radius: 8px; border: 1px solid var(--ls-line);
  background: var(--ls-background); font-size: .87rem; font-weight: 500; white-space: nowrap;
  transition: background .12s, border-color .12s, color .12s; }
.ls button.ls-button:hover { border-color: var(--ls-accent); color: var(--ls-accent); }
.ls button.ls-button[disabled] { opacity: .42; pointer-events: none; }
.ls button.ls-primary { background: var(--ls-accent); border-color: var(--ls-accent); color: var(--ls-background); }
.ls button.ls-primary:hover { color: var(--ls-background); filter: brightness(1.1); }
.ls button.ls-primary[aria-disabled=true] { background: var(--ls-tint); border-color: transparent;
  color: var(--ls-accent); cursor: default; filter: none; }
.ls-encoder, .ls-decoder { display: block; background: linear-gradient(90deg,
  color-mix(in srgb, var(--ls-accent) 26%, var(--ls-background)), var(--ls-accent)); }
.ls-encoder { clip-path: polygon(0 0, 100% 33%, 100% 67%, 0 100%); }
.ls-decoder { clip-path: polygon(0 33%, 100% 0, 100% 100%, 0 67%); transform-origin: center;
  background: linear-gradient(270deg,
  color-mix(in srgb, var(--ls-accent) 26%, var(--ls-background)), var(--ls-accent)); }
.ls-mark { display: inline-flex; gap: 2px; align-items: center; }
.ls-mark i { width: 12px; height: 26px; }
.ls-key { display: inline-flex; flex-wrap: wrap; align-items: center; }
.ls-key i { display: inline-block; width: .62em; height: .62em; border-radius: 2px; margin: 0 .3em 0 0; }
.ls-key i + i, .ls-key i:last-of-type { margin-left: .35em; }
.ls-less { background: #3d8fd6; } .ls-more { background: #e57a1f; }
@media (prefers-reduced-motion: reduce) { .ls, .ls *, .ls *::before, .ls *::after {
  transition: none !important; animation: none !important; } }
`;
