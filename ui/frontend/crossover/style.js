// @ts-check
/** How parents, children and genes lie beside each other. */

export const CROSSOVER_STYLE = `
.ls-family { gap: 14px; }
.ls-family .ls-morph-top { grid-template-columns: minmax(0, 1fr) minmax(0, 292px) minmax(0, 1fr); }
.ls-family-way { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 10px; align-items: center; }
.ls .ls-family-way button { width: 30px; height: 30px; display: grid; place-items: center; border-radius: 50%; font-weight: 650;
  box-shadow: 0 0 0 2px color-mix(in srgb, var(--ls-accent) 60%, var(--ls-ground)); }
.ls .ls-family-way button:hover { background: var(--ls-tint); }
.ls-family-actions { display: flex; flex-wrap: wrap; gap: 8px; justify-content: center; }
.ls-family-actions .ls-morph-tray { order: -1; }
.ls-family h4 { margin: 0; padding: 0; font: inherit; font-size: 1.02rem; font-weight: 650; }
.ls-family-head { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 14px; margin-bottom: 8px; }
.ls-family-head > :last-child { margin-left: auto; }
.ls-family-head label { display: flex; align-items: center; gap: 8px; font-size: .85rem; flex: 0 1 270px; }
.ls-family-head output { min-width: 3em; text-align: right; color: var(--ls-quiet); }
.ls-litter { display: grid; grid-template-columns: repeat(9, minmax(0, 1fr)); gap: 6px; }
.ls .ls-litter button { display: block; padding: 2px; border-radius: 9px; border: 2px solid transparent; text-align: center; }
.ls .ls-litter button:hover { background: var(--ls-plate); }
.ls .ls-litter button[aria-checked=true] { border-color: var(--st-text-color); background: var(--ls-tint); }
.ls-litter .ls-frame { padding: 3px; }
.ls-litter .ls-caption { display: block; font-size: .74rem; margin-top: 2px; }
.ls-family .ls-near button span { display: none; }
.ls-family-near p { margin-bottom: 7px; }
.ls-genes { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 12px 16px; }
.ls-gene { min-width: 0; display: grid; gap: 4px; align-content: start; }
.ls-gene-head { display: flex; justify-content: space-between; gap: 8px; align-items: baseline; }
.ls-gene-head strong { font-weight: 650; font-size: .87rem; white-space: nowrap; }
.ls-gene-row { display: grid; grid-template-columns: repeat(3, minmax(0, 84px)); gap: 6px; justify-content: space-between; align-items: start; text-align: center; font-size: .74rem; }
.ls .ls-gene-row button { display: block; border-radius: 5px; padding: 2px; border: 2px solid transparent; }
.ls .ls-gene-row button:hover { border-color: var(--ls-line); }
.ls .ls-gene-row button[aria-pressed=true] { border-color: var(--ls-accent); background: var(--ls-tint); }
.ls-gene-heat { padding: 4px; }
.ls-gene-row .ls-picture { margin-bottom: 2px; }
.ls-gene[data-silent] .ls-gene-row { opacity: .6; }
@container (max-width: 640px) { .ls-genes { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
@container (max-width: 560px) {
  .ls-family .ls-morph-top { grid-template-columns: 66px minmax(0, 1fr) 66px; }
  .ls-litter { grid-template-columns: repeat(5, minmax(0, 1fr)); }
  .ls-family .ls-near { grid-template-columns: repeat(8, minmax(0, 52px)); }
}
@container (max-width: 400px) { .ls-genes { grid-template-columns: minmax(0, 1fr); } }
`;
