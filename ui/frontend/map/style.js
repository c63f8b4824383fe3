// @ts-check
/** The style sheet of the map; colors come from Streamlit's variables. */

export const MAP_STYLE = `
.ls-map {
  --background: var(--st-background-color, #fff);
  --text: var(--st-text-color, #222);
  --muted: color-mix(in srgb, var(--text) 74%, var(--background));
  --line: var(--st-border-color, #ddd);
  --accent: var(--st-primary-color, #1f6f78);
  --round: var(--st-base-radius, 8px);
  --ls-accent: var(--accent); --ls-background: var(--background); --ls-line: var(--line); --ls-muted: var(--muted);
  display: flex; flex-direction: column; gap: 8px; width: 100%; height: var(--height);
  color: var(--text); font: 400 .87rem/1.35 var(--st-font, sans-serif);
  container: ls-map / inline-size;
}
.ls-map [hidden] { display: none !important; }
.ls-map-plot {
  position: relative; flex: 1 1 0; min-height: 200px; overflow: hidden; border-radius: var(--round);
  box-shadow: inset 0 0 0 1px var(--line); touch-action: pan-y; user-select: none; -webkit-user-select: none;
}
.ls-map-plot:is([data-touched], [data-mode="box"], [data-mode="lasso"], [data-mode="inspect"]) { touch-action: none; }
.ls-map-plot { outline: none; isolation: isolate; -webkit-touch-callout: none; }
.ls-map-plot:focus-visible:not([data-by-pointer]) { outline: 2px solid var(--accent); outline-offset: 2px; }
.ls-map-points, .ls-map-figure { position: absolute; inset: 0; width: 100%; height: 100%; }
.ls-map-points { pointer-events: none; opacity: 0; transition: opacity 180ms; }
.ls-map[data-drawn] .ls-map-points { opacity: 1; }
.ls-map-figure { cursor: grab; }
.ls-map-plot[data-hover="sample"] .ls-map-figure { cursor: pointer; }
.ls-map-plot:is([data-hover="point"], [data-mode="inspect"], [data-mode="box"], [data-mode="lasso"]) .ls-map-figure { cursor: crosshair; }
.ls-map-over { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; overflow: hidden; }
.ls-map-outline { fill: color-mix(in srgb, var(--accent) 10%, transparent); stroke: var(--accent); stroke-width: 1.5; stroke-linejoin: round; }
.ls-map-ring, .ls-map-hover, .ls-map-pin { position: absolute; left: 0; top: 0; pointer-events: none; will-change: transform; }
.ls-map-ring, .ls-map-hover { border-radius: 50%; margin: calc(var(--size) / -2); width: var(--size); height: var(--size); }
.ls-map-hover { box-shadow: 0 0 0 1.5px var(--background), 0 0 0 3px var(--muted); }
.ls-map-linked { box-shadow: 0 0 0 2px var(--background), 0 0 0 5px var(--ls-accent), 0 0 0 7px var(--background); }
.ls-map-ring { box-shadow: 0 0 0 2px var(--background), 0 0 0 4.5px var(--text), 0 0 0 6px var(--background); }
.ls-map-ring.ls-map-new::after {
  content: ""; position: absolute; inset: -5px; border-radius: 50%; border: 2px solid var(--text);
  animation: ls-map-found 420ms ease-out forwards;
}
@keyframes ls-map-found { from { transform: scale(1); opacity: .9 } to { transform: scale(2.6); opacity: 0 } }
.ls-map-line, .ls-map-line-edge { fill: none; stroke-linecap: round; stroke-linejoin: round; }
.ls-map-line { stroke: var(--text); stroke-width: 2.6; }
.ls-map-line[data-tone="second"] { stroke: #2a78e4; stroke-width: 3; stroke-dasharray: 11 6; }
.ls-map-line[data-tone="third"] { stroke: #e0670c; stroke-width: 4; stroke-dasharray: .1 7.5; }
.ls-map-line-edge { stroke: var(--background); stroke-width: 6.5; opacity: .85; }
.ls-map-line-keys { display: flex; flex-wrap: wrap; gap: 2px 14px; padding: 3px 8px; line-height: 18px; }
.ls-map-line-key { display: inline-flex; align-items: center; gap: 7px; }
.ls-map-line-key svg { width: 30px; height: 10px; flex: none; }
.ls-map-marker { position: absolute; left: 0; top: 0; width: 0; height: 0; pointer-events: none; will-change: transform; }
.ls-map-marker i { position: absolute; inset: -8px; border-radius: 50%; background: var(--accent);
  box-shadow: 0 0 0 2.5px #fff, 0 0 0 4.5px #15181b, 0 0 0 11px color-mix(in srgb, var(--accent) 30%, transparent); }
.ls-map-pin svg { position: absolute; left: -13px; top: -13px; width: 26px; height: 26px; overflow: visible; }
.ls-map-pin .ls-map-edge { fill: none; stroke: #15181b; stroke-width: 6; stroke-linejoin: round; }
.ls-map-pin .ls-map-inner { fill: var(--accent); stroke: #fff; stroke-width: 2.6; stroke-linejoin: round; }
.ls-map-pin span {
  position: absolute; left: 18px; top: -11px; padding: 1px 7px; border-radius: 99px; white-space: nowrap;
  background: #15181b; color: #fff; font-weight: 600; font-size: .87rem; max-width: 180px; overflow: hidden; text-overflow: ellipsis;
}
.ls-map-pin.ls-map-left span { left: auto; right: 18px; }
.ls-map-cross { position: absolute; left: -11px; top: -11px; width: 22px; height: 22px; pointer-events: none; z-index: 4; }
.ls-map-cross::before, .ls-map-cross::after { content: ""; position: absolute; background: var(--text); box-shadow: 0 0 0 1.5px var(--background); }
.ls-map-cross::before { left: 0; top: 10px; width: 22px; height: 2px; }
.ls-map-cross::after { left: 10px; top: 0; width: 2px; height: 22px; }
.ls-map-grid { position: absolute; inset: 0; width: 100%; height: 100%; z-index: -1; pointer-events: none; }
.ls-map[data-grid="true"] :is(.ls-map-tools, .ls-map-note) { background: color-mix(in srgb, var(--background) 94%, transparent); }
.ls-map-search input { all: unset; box-sizing: border-box; width: 92px; height: 28px; padding: 0 9px; border-radius: calc(var(--round) - 2px); font-size: .87rem; cursor: text; }
.ls-map-search input:focus { width: 150px; box-shadow: inset 0 0 0 1px var(--line); }
.ls-map-search input:focus-visible { outline: 2px solid var(--accent); outline-offset: -1px; }
.ls-map-axes, .ls-map-labels, .ls-map-sprites { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; }
.ls-map-axes { z-index: -1; }
.ls-map-turn-hint { position: absolute; left: 50%; bottom: 14px; transform: translateX(-50%); padding: 4px 12px; border-radius: 99px;
  background: var(--text); color: var(--background); font-size: .87rem; white-space: nowrap; pointer-events: none; z-index: 2; }
.ls-map-menu { position: absolute; right: 0; top: calc(100% + 5px); display: grid; gap: 8px; min-width: 168px; padding: 10px 12px; border-radius: var(--round);
  background: var(--background); box-shadow: 0 0 0 1px var(--line), 0 6px 22px rgb(0 0 0 / .22); cursor: default; font-size: .87rem; }
.ls-map-menu fieldset { all: unset; display: grid; gap: 5px; }
.ls-map-menu legend { padding: 0 0 3px; color: var(--muted); }
.ls-map-choice { display: flex; align-items: center; gap: 7px; min-height: 24px; cursor: pointer; }
.ls-map-choice input { margin: 0; accent-color: var(--accent); }
.ls-map-save { display: flex; gap: 6px; border-top: 1px solid var(--line); padding-top: 9px; }
.ls-map-save button { all: unset; padding: 4px 9px; border-radius: calc(var(--round) - 2px); box-shadow: 0 0 0 1px var(--line); cursor: pointer; white-space: nowrap; }
.ls-map-save button:hover { background: var(--st-secondary-background-color, #eee); }
.ls-map-save button:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.ls-map-card {
  position: absolute; left: 0; top: 0; padding: 6px; border-radius: calc(var(--round) + 2px); pointer-events: none; z-index: 5;
  background: var(--background); box-shadow: 0 0 0 1px var(--line), 0 6px 22px rgb(0 0 0 / .22);
}
.ls-map-image { display: block; image-rendering: pixelated; border-radius: calc(var(--round) - 3px); background: #000; }
.ls-map-caption { display: flex; justify-content: space-between; align-items: baseline; gap: 10px; padding: 4px 3px 0; max-width: 190px; }
.ls-map-caption .ls-map-name { font-weight: 600; font-size: .94rem; }
.ls-map-pair { display: flex; align-items: center; gap: 7px; }
.ls-map-pair .ls-mark, .ls-map-pair .ls-decoded, .ls-map-none { display: none; }
.ls-map-decodes .ls-mark { display: inline-flex; } .ls-map-decodes .ls-decoded { display: block; } .ls-map-decodes .ls-map-none { display: grid; }
.ls-map-none { place-items: center; padding: 0 12px; box-sizing: border-box; text-align: center; color: var(--muted); font-size: .87rem; line-height: 1.25;
  border: 1.5px dashed var(--line); border-radius: calc(var(--round) - 3px); }
.ls-map-decodes .ls-map-caption { width: 0; min-width: calc(100% - 6px); max-width: none; padding-top: 5px; align-items: center; min-height: 19px; gap: 6px; }
.ls-map-decodes .ls-map-value { flex: 1; } .ls-map-decodes .ls-map-caption > * { white-space: nowrap; flex-shrink: 0; }
.ls-map-decodes .ls-map-caption > :is(.ls-map-name, .ls-map-value) { min-width: 0; flex-shrink: 1; overflow: hidden; text-overflow: ellipsis; }
.ls-map-value { font-variant-numeric: tabular-nums; color: var(--muted); font-size: .87rem; white-space: nowrap; }
.ls-map-tools { position: absolute; right: 8px; top: 8px; display: flex; gap: 2px; padding: 3px; border-radius: var(--round); z-index: 3;
  background: color-mix(in srgb, var(--background) 86%, transparent); box-shadow: 0 0 0 1px var(--line); }
.ls-map-tool:has(span) { display: flex; gap: 5px; width: auto; padding: 0 9px 0 6px; white-space: nowrap; font-size: .87rem; }
.ls-map-tool[data-tool="inspect"] { display: none; }
@media (hover: none), (pointer: coarse) { .ls-map-tool[data-tool="inspect"] { display: grid; } }
.ls-map-tool { all: unset; box-sizing: border-box; display: grid; place-items: center; width: 28px; height: 28px; border-radius: calc(var(--round) - 2px); cursor: pointer; color: var(--muted); }
.ls-map-tool svg { width: 18px; height: 18px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.ls-map-tool:hover { color: var(--text); background: var(--st-secondary-background-color, #eee); }
.ls-map-tool[aria-pressed="true"] { color: var(--background); background: var(--accent); }
.ls-map-tool:focus-visible, .ls-map-chip:focus-visible, .ls-map-all:focus-visible, .ls-map-selection:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.ls-map-note, .ls-map-selection { position: absolute; left: 10px; max-width: calc(100% - 200px); color: var(--muted); font-size: .87rem; z-index: 2; }
.ls-map-note { top: 9px; left: 6px; padding: 3px 6px; border-radius: 6px; pointer-events: none; background: color-mix(in srgb, var(--background) 80%, transparent); }
.ls-map-note:empty { display: none; }
.ls-map-selection { all: unset; position: absolute; left: 10px; bottom: 10px; z-index: 3; padding: 4px 10px; border-radius: 99px; cursor: pointer;
  background: var(--text); color: var(--background); font-size: .87rem; font-variant-numeric: tabular-nums; }
.ls-map-wait { position: absolute; inset: 0; display: grid; place-items: center; color: var(--muted); pointer-events: none; text-align: center; padding: 20px; }
.ls-map[data-drawn] .ls-map-wait:not([role="alert"]) { display: none; }
.ls-map-wait[role="alert"] { z-index: 4; background: color-mix(in srgb, var(--background) 82%, transparent); color: var(--text); }
.ls-map-foot { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; flex: none; }
.ls-map-legend { display: flex; flex-wrap: wrap; align-items: center; gap: 4px; min-height: 26px; flex: 1 1 auto; max-height: 92px; overflow-y: auto; scrollbar-width: thin; }
.ls-map-about { display: flex; flex-wrap: wrap; align-items: center; gap: 1px 12px; padding: 0 8px; font-size: .87rem; line-height: 17px; color: var(--muted); flex-basis: 100%; }
.ls-map-about .ls-decoder-status { font-size: inherit; }
.ls-map-chip, .ls-map-all { all: unset; box-sizing: border-box; display: inline-flex; align-items: center; gap: 6px; padding: 3px 8px; border-radius: 99px; cursor: pointer; line-height: 18px; }
.ls-map-chip:hover, .ls-map-all:hover { background: var(--st-secondary-background-color, #eee); }
.ls-map-chip .ls-map-name { font-weight: 600; }
.ls-map-swatch { width: 10px; height: 10px; border-radius: 50%; background: var(--chip); box-shadow: 0 0 0 1px var(--chip); }
.ls-map-chip[aria-pressed="false"] { opacity: .55; }
.ls-map-chip[aria-pressed="false"] .ls-map-swatch { background: none; }
.ls-map-chip[aria-pressed="false"] .ls-map-name { text-decoration: line-through; font-weight: 400; }
.ls-map-all { color: var(--accent); font-weight: 600; }
.ls-map-ends { flex: 0 1 auto; display: inline-flex; align-items: center; gap: 4px; min-width: 0; }
.ls-map-bar { width: clamp(80px, 22vw, 220px); height: 8px; border-radius: 99px; }
.ls-map-bar-title { font-weight: 600; margin-right: 6px; }
.ls-map-help { color: var(--muted); font-size: .87rem; margin-left: 6px; }
.ls-map-scale { position: absolute; visibility: hidden; width: calc(100px * var(--ls-point-scale, 1)); max-width: none; height: 0; }
.ls-map-announcer { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@container ls-map (max-width: 560px) {
  .ls-map-tool { width: 34px; height: 34px; }
  .ls-map-tool:has(span) { padding: 0; width: 34px; justify-content: center; }
  .ls-map-tool span { display: none; }
  .ls-map-search input, .ls-map-search input:focus { width: 62px; padding: 0 5px; }
  .ls-map-note { top: 52px; max-width: calc(100% - 14px); font-size: .87rem; }
  .ls-map-chip { padding: 5px 8px; }
  .ls-map-chip .ls-map-value { display: none; }
}
@media (prefers-reduced-motion: reduce) { .ls-map-ring.ls-map-new::after { animation: none; opacity: 0 } .ls-map-points { transition: none } }
`;
