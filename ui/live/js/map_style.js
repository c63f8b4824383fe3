// @ts-check
/** How the map looks; colours come from Streamlit's own variables. */

export const STYLE = `
.ls-map {
  --ground: var(--st-background-color, #fff);
  --ink: var(--st-text-color, #222);
  --quiet: color-mix(in srgb, var(--ink) 62%, var(--ground));
  --line: var(--st-border-color, #ddd);
  --accent: var(--st-primary-color, #1f6f78);
  --round: var(--st-base-radius, 8px);
  display: flex; flex-direction: column; gap: 8px; width: 100%; height: var(--height);
  color: var(--ink); font: 400 13px/1.35 var(--st-font, sans-serif);
  container: ls-map / inline-size;
}
.ls-map [hidden] { display: none !important; }
.ls-plot {
  position: relative; flex: 1 1 0; min-height: 200px; overflow: hidden; border-radius: var(--round);
  box-shadow: inset 0 0 0 1px var(--line); touch-action: none; user-select: none; -webkit-user-select: none;
}
.ls-plot { outline: none; }
.ls-plot:focus-visible:not([data-by-hand]) { outline: 2px solid var(--accent); outline-offset: 2px; }
.ls-dots, .ls-figure { position: absolute; inset: 0; width: 100%; height: 100%; }
.ls-dots { pointer-events: none; opacity: 0; transition: opacity 180ms; }
.ls-map[data-drawn] .ls-dots { opacity: 1; }
.ls-figure .main-svg { background: none !important; }
.ls-plot .nsewdrag, .ls-plot .gl-container, .ls-plot canvas { cursor: grab; }
.ls-plot[data-over] .nsewdrag, .ls-plot[data-over] canvas { cursor: pointer; }
.ls-plot[data-mode="box"] .nsewdrag, .ls-plot[data-mode="lasso"] .nsewdrag { cursor: crosshair; }
.ls-over { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; overflow: hidden; }
.ls-outline { fill: color-mix(in srgb, var(--accent) 10%, transparent); stroke: var(--accent); stroke-width: 1.5; stroke-linejoin: round; }
.ls-ring, .ls-hot, .ls-pin { position: absolute; left: 0; top: 0; pointer-events: none; will-change: transform; }
.ls-ring, .ls-hot { border-radius: 50%; margin: calc(var(--size) / -2); width: var(--size); height: var(--size); }
.ls-hot { box-shadow: 0 0 0 1.5px var(--ground), 0 0 0 3px var(--quiet); }
.ls-ring { box-shadow: 0 0 0 2px var(--ground), 0 0 0 4.5px var(--ink), 0 0 0 6px var(--ground); }
.ls-ring.ls-new::after {
  content: ""; position: absolute; inset: -5px; border-radius: 50%; border: 2px solid var(--ink);
  animation: ls-found 420ms ease-out forwards;
}
@keyframes ls-found { from { transform: scale(1); opacity: .9 } to { transform: scale(2.6); opacity: 0 } }
.ls-pin svg { position: absolute; left: -13px; top: -13px; width: 26px; height: 26px; overflow: visible; }
.ls-pin .ls-edge { fill: none; stroke: #15181b; stroke-width: 6; stroke-linejoin: round; }
.ls-pin .ls-inner { fill: var(--accent); stroke: #fff; stroke-width: 2.6; stroke-linejoin: round; }
.ls-pin span {
  position: absolute; left: 18px; top: -11px; padding: 1px 7px; border-radius: 99px; white-space: nowrap;
  background: #15181b; color: #fff; font-weight: 600; font-size: 12px; max-width: 180px; overflow: hidden; text-overflow: ellipsis;
}
.ls-pin.ls-left span { left: auto; right: 18px; }
.ls-card {
  position: absolute; left: 0; top: 0; padding: 6px; border-radius: calc(var(--round) + 2px); pointer-events: none; z-index: 5;
  background: var(--ground); box-shadow: 0 0 0 1px var(--line), 0 6px 22px rgb(0 0 0 / .22);
}
.ls-picture { display: block; image-rendering: pixelated; border-radius: calc(var(--round) - 3px); background: #000; }
.ls-caption { display: flex; justify-content: space-between; align-items: baseline; gap: 10px; padding: 4px 3px 0; max-width: 190px; }
.ls-caption .ls-name { font-weight: 600; font-size: 14px; }
.ls-number { font-variant-numeric: tabular-nums; color: var(--quiet); font-size: 12px; white-space: nowrap; }
.ls-tools { position: absolute; right: 8px; top: 8px; display: flex; gap: 2px; padding: 3px; border-radius: var(--round); z-index: 3;
  background: color-mix(in srgb, var(--ground) 86%, transparent); box-shadow: 0 0 0 1px var(--line); }
.ls-tool { all: unset; box-sizing: border-box; display: grid; place-items: center; width: 28px; height: 28px; border-radius: calc(var(--round) - 2px); cursor: pointer; color: var(--quiet); }
.ls-tool svg { width: 18px; height: 18px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.ls-tool:hover { color: var(--ink); background: var(--st-secondary-background-color, #eee); }
.ls-tool[aria-pressed="true"] { color: var(--ground); background: var(--accent); }
.ls-tool:focus-visible, .ls-chip:focus-visible, .ls-all:focus-visible, .ls-region:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.ls-note, .ls-region { position: absolute; left: 10px; max-width: calc(100% - 200px); color: var(--quiet); font-size: 12.5px; z-index: 2; }
.ls-note { top: 12px; pointer-events: none; }
.ls-note:empty { display: none; }
.ls-region { all: unset; position: absolute; left: 10px; bottom: 10px; z-index: 3; padding: 4px 10px; border-radius: 99px; cursor: pointer;
  background: var(--ink); color: var(--ground); font-size: 12.5px; font-variant-numeric: tabular-nums; }
.ls-wait { position: absolute; inset: 0; display: grid; place-items: center; color: var(--quiet); pointer-events: none; text-align: center; padding: 20px; }
.ls-map[data-drawn] .ls-wait:not([role="alert"]) { display: none; }
.ls-wait[role="alert"] { z-index: 4; background: color-mix(in srgb, var(--ground) 82%, transparent); color: var(--ink); }
.ls-legend { display: flex; flex-wrap: wrap; align-items: center; gap: 4px; min-height: 26px; flex: none; max-height: 92px; overflow-y: auto; scrollbar-width: thin; }
.ls-chip, .ls-all { all: unset; box-sizing: border-box; display: inline-flex; align-items: center; gap: 6px; padding: 3px 8px; border-radius: 99px; cursor: pointer; line-height: 18px; }
.ls-chip:hover, .ls-all:hover { background: var(--st-secondary-background-color, #eee); }
.ls-chip .ls-name { font-weight: 600; }
.ls-swatch { width: 10px; height: 10px; border-radius: 50%; background: var(--chip); box-shadow: 0 0 0 1px var(--chip); }
.ls-chip[aria-pressed="false"] { opacity: .55; }
.ls-chip[aria-pressed="false"] .ls-swatch { background: none; }
.ls-chip[aria-pressed="false"] .ls-name { text-decoration: line-through; font-weight: 400; }
.ls-all { color: var(--accent); font-weight: 600; }
.ls-bar { width: min(220px, 40%); height: 8px; border-radius: 99px; }
.ls-bar-title { font-weight: 600; margin-right: 6px; }
.ls-said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@container ls-map (max-width: 560px) {
  .ls-tool { width: 34px; height: 34px; }
  .ls-note { max-width: calc(100% - 210px); font-size: 11.5px; }
  .ls-chip { padding: 5px 8px; }
  .ls-chip .ls-number { display: none; }
}
@media (prefers-reduced-motion: reduce) { .ls-ring.ls-new::after { animation: none; opacity: 0 } .ls-dots { transition: none } }
`;
