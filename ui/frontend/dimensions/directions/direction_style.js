// @ts-check
/** The style sheet of the groups of directions. */

export const DIRECTION_STYLE = `
.ls-attributes { display: grid; gap: 6px; padding: 10px 14px 12px; border-radius: 10px; background: var(--ls-surface); }
.ls-attributes h2 { all: unset; font-weight: 650; font-size: .92rem; }
.ls-attributes header { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: baseline; }
.ls-attributes-list { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 190px), 1fr)); gap: 4px 22px; }
.ls-attribute { min-width: 0; }
.ls-attribute[data-open] { grid-column: 1 / -1; }
.ls-attribute-head { display: flex; align-items: center; gap: 8px; font-size: .87rem; line-height: 1.2; min-height: 26px; }
.ls-attribute-head > span:first-child { flex: 1; }
.ls-attribute-head > span:nth-child(2) { font-variant-numeric: tabular-nums; white-space: nowrap; }
.ls-attribute[data-moved] .ls-attribute-head > span:nth-child(2) { color: var(--ls-accent); font-weight: 600; }
.ls-attribute[data-weak] .ls-attribute-head, .ls-attribute[data-weak] > input { filter: grayscale(1); color: var(--ls-muted); }
.ls-attribute > small { display: block; font-size: .87rem; line-height: 1.2; margin-top: -4px; }
.ls .ls-direction-strip { display: grid; place-items: center; width: 26px; height: 26px; border-radius: 6px; color: var(--ls-muted); }
.ls .ls-direction-strip:hover { background: var(--ls-background); color: var(--st-text-color); }
.ls .ls-direction-strip[aria-expanded=true] { color: var(--ls-accent); background: var(--ls-tint); }
.ls-attributes input.ls-range { height: 24px; outline-offset: -2px; }
.ls .ls-attributes-more { justify-self: start; font-size: .87rem; color: var(--ls-muted); padding: 3px 0; border-radius: 4px; }
.ls .ls-attributes-more:hover { color: var(--ls-accent); }
.ls-evidence { font-size: .87rem; display: grid; gap: 4px; padding: 4px 0 8px; }
.ls-evidence[hidden] { display: none; }
.ls-evidence p { margin: 0; line-height: 1.3; }
.ls-evidence ul { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 250px), 1fr)); gap: 2px 22px; }
.ls-evidence li { display: grid; grid-template-columns: 8em minmax(0, 1fr) 3.2em; gap: 8px; align-items: center; margin: 0; }
.ls-leakage-track { position: relative; height: 8px; background: linear-gradient(var(--ls-line), var(--ls-line)) 50% 0 / 1px 100% no-repeat; }
.ls-leakage-track i { position: absolute; top: 0; bottom: 0; background: var(--ls-accent); border-radius: 1px; }
.ls-leakage-value { text-align: right; font-variant-numeric: tabular-nums; }
@container (max-width: 560px) { .ls .ls-direction-strip { width: 34px; height: 34px; } .ls-attributes { padding: 8px 10px; }
  .ls-attribute .ls-filmstrip { gap: 1px; } .ls .ls-attribute .ls-filmstrip button { padding: 1px; } }
`;
