// @ts-check
/** The style sheet of the inspector. */

export const INSPECTOR_STYLE = `
.ls-inspector { --s: 112px; display: flex; flex-direction: column; gap: 13px; }
.ls-inspector-busy > div > :not(.ls-inspector-title, .ls-inspector-images, .ls-inspector-go) { opacity: .25; }
.ls-inspector-title { display: flex; align-items: baseline; gap: .6em; min-width: 0; }
.ls-inspector-title strong { font-size: 1.35rem; line-height: 1.2; font-weight: 650; letter-spacing: -.01em; max-width: 60%; }
.ls-inspector-images { display: grid; grid-template-columns: var(--s) auto var(--s) var(--s);
  justify-content: space-between; column-gap: 4px; row-gap: 6px; align-items: center; }
.ls-inspector-images .ls-mark i { width: 17px; height: 38px; }
.ls-inspector-error { display: grid; gap: 6px; }
.ls-inspector-error > div:first-child { display: flex; align-items: baseline; gap: .55em; }
.ls-inspector-error strong { font-weight: 650; font-size: 1.02rem; }
.ls-inspector-unusual .ls-inspector-sentence { font-weight: 600; }
.ls-rank-bar { position: relative; height: 5px; border-radius: 3px;
  background: color-mix(in srgb, var(--st-text-color) 11%, transparent); }
.ls-rank-bar > i { position: absolute; inset: 0 auto 0 0; width: var(--at, 0%); border-radius: 3px;
  background: var(--ls-accent); transition: width .2s ease-out; }
.ls-inspector-unusual .ls-rank-bar > i { min-width: 5px; }
.ls-neighbor-choice { display: flex; flex-wrap: wrap; align-items: baseline; gap: 5px; }
.ls-neighbor-choice select { font: inherit; font-size: .87rem; min-height: 24px; color: inherit; background: transparent; border: 1px solid var(--ls-line); border-radius: 6px; padding: 1px 4px; }
.ls-inspector-head { display: flex; margin-bottom: 5px; }
.ls-inspector .ls-nearest-images button .ls-image { transition: box-shadow .12s, transform .12s; }
.ls-inspector .ls-nearest-images button:hover .ls-image { box-shadow: 0 0 0 2px var(--ls-accent); transform: translateY(-1px); }
.ls-inspector-go { display: flex; gap: 8px; }
.ls-inspector-go .ls-primary { flex: 1; }
.ls-inspector-empty { display: grid; justify-items: center; align-content: center; gap: 20px; min-height: 400px;
  padding: 24px; text-align: center; border: 1px dashed var(--ls-line); border-radius: 12px; }
.ls-inspector-empty p { max-width: 27em; font-size: 1rem; }
.ls-figure { display: flex; align-items: center; gap: 8px; }
.ls-figure > .ls-encoder, .ls-figure > .ls-decoder { width: 46px; height: 96px; }
.ls-figure > span { width: 52px; height: 52px; border-radius: 5px; border: 2px solid color-mix(in srgb, var(--ls-accent) 40%, var(--ls-background)); }
.ls-figure path { fill: none; stroke: var(--ls-accent); stroke-width: 4; stroke-linecap: round; }
.ls-figure > b { display: grid; gap: 3px; } .ls-figure > b > i { width: 8px; height: 8px; border-radius: 50%; background: var(--ls-accent); }
`;
