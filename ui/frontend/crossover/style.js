// @ts-check
/** The style sheet of the crossover. */

export const CROSSOVER_STYLE = `
.ls-crossover { gap: 14px; }
.ls-crossover .ls-morph-top { grid-template-columns: minmax(0, 1fr) minmax(0, 292px) minmax(0, 1fr); }
.ls-crossover-mix { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 10px; align-items: center; }
.ls .ls-crossover-mix button { width: 30px; height: 30px; display: grid; place-items: center; border-radius: 50%; font-weight: 650;
  box-shadow: 0 0 0 2px color-mix(in srgb, var(--ls-accent) 60%, var(--ls-background)); }
.ls .ls-crossover-mix button:hover { background: var(--ls-tint); }
.ls-crossover-actions { display: flex; flex-wrap: wrap; gap: 8px; justify-content: center; }
.ls-crossover-actions .ls-morph-tray { order: -1; }
.ls-crossover h2 { margin: 0; padding: 0; font: inherit; font-size: 1.02rem; font-weight: 650; }
.ls-crossover-head { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 14px; margin-bottom: 8px; }
.ls-crossover-head > :last-child { margin-left: auto; }
.ls-crossover-head label { display: flex; align-items: center; gap: 8px; font-size: .87rem; flex: 0 1 270px; }
.ls-crossover-head output { min-width: 3em; text-align: right; color: var(--ls-muted); }
.ls-variations { display: grid; grid-template-columns: repeat(9, minmax(0, 1fr)); gap: 6px; }
.ls .ls-variations button { display: block; padding: 2px; border-radius: 9px; border: 2px solid transparent; text-align: center; }
.ls .ls-variations button:hover { background: var(--ls-surface); }
.ls .ls-variations button[aria-checked=true] { border-color: var(--st-text-color); background: var(--ls-tint); }
.ls-variations .ls-frame { padding: 3px; }
.ls-variations .ls-caption { display: block; font-size: .87rem; margin-top: 2px; }
.ls-crossover .ls-nearest-images button span { display: none; }
.ls-crossover-near p { margin-bottom: 7px; }
.ls-dimension-groups { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 12px 16px; }
.ls-dimension-group { min-width: 0; display: grid; gap: 4px; align-content: start; }
.ls-dimension-group-head { display: flex; justify-content: space-between; gap: 8px; align-items: baseline; }
.ls-dimension-group-head strong { font-weight: 650; font-size: .87rem; white-space: nowrap; }
.ls-dimension-group-row { display: grid; grid-template-columns: repeat(3, minmax(0, 84px)); gap: 6px; justify-content: space-between; align-items: start; text-align: center; font-size: .87rem; }
.ls .ls-dimension-group-row button { display: block; border-radius: 5px; padding: 2px; border: 2px solid transparent; }
.ls .ls-dimension-group-row button:hover { border-color: var(--ls-line); }
.ls .ls-dimension-group-row button[aria-pressed=true] { border-color: var(--ls-accent); background: var(--ls-tint); }
.ls-dimension-group-map { padding: 4px; }
.ls-dimension-group-row .ls-image { margin-bottom: 2px; }
.ls-dimension-group[data-inactive] .ls-dimension-group-row { opacity: .6; }
@container (max-width: 640px) { .ls-dimension-groups { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
@container (max-width: 560px) {
  .ls-crossover .ls-morph-top { grid-template-columns: 66px minmax(0, 1fr) 66px; }
  .ls-variations { grid-template-columns: repeat(5, minmax(0, 1fr)); }
  .ls-crossover .ls-nearest-images { grid-template-columns: repeat(8, minmax(0, 52px)); }
}
@container (max-width: 400px) { .ls-dimension-groups { grid-template-columns: minmax(0, 1fr); } }
`;
