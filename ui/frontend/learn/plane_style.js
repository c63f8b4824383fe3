// @ts-check
/** The style sheet of the plane with points. */

export const PLANE_STYLE = `
.ls-plane { display: flex; flex-wrap: wrap; gap: 20px 34px; align-items: flex-start; padding: 10px 12px 10px 34px; }
.ls-plane h3 { margin: 0; padding: 0 0 4px; font-size: 1rem; font-weight: 600; }
.ls-plane-surface { position: relative; flex: 0 1 min(470px, 62vh); min-width: 0; aspect-ratio: 1; margin-bottom: 20px; }
.ls-plane-surface > svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
.ls-plane-surface line { stroke: var(--st-text-color); stroke-width: 1.5px; stroke-dasharray: 4 4; opacity: .5; vector-effect: non-scaling-stroke; }
.ls-plane-surface .ls-plane-rays line { stroke: var(--ls-accent); stroke-dasharray: none; opacity: .8; }
.ls-plane-row, .ls-plane-column { position: absolute; font-style: normal; font-size: .87rem; color: var(--ls-muted); line-height: 1; }
.ls-plane-row { left: 0; right: 0; height: 0; border-top: 1px solid var(--ls-line); text-indent: -30px; }
.ls-plane-column { top: 0; bottom: 0; width: 0; border-left: 1px solid var(--ls-line); display: flex; align-items: flex-end; }
.ls-plane-column { text-indent: -11px; padding: 0; margin-bottom: -20px; }
.ls .ls-plane-points button { position: absolute; width: 44px; height: 44px; margin: 0 0 -22px -22px; padding: 0; border: 0;
  background: none; display: grid; place-items: center; border-radius: 50%; cursor: default; }
.ls .ls-plane-points button[data-movable] { cursor: grab; touch-action: none; }
.ls .ls-plane-points button[data-movable]:active { cursor: grabbing; }
.ls-plane-points i { width: 16px; height: 16px; border-radius: 50%; background: var(--color); box-shadow: 0 0 0 2px var(--ls-background); }
.ls-plane-points [data-movable] i { width: 22px; height: 22px; box-shadow: 0 0 0 2px var(--ls-background), 0 0 0 4px var(--color); }
.ls-plane-points span { position: absolute; left: 40px; top: 11px; white-space: nowrap; font-size: .95rem; font-weight: 600;
  pointer-events: none; color: var(--st-text-color); padding: 0 3px; border-radius: 4px;
  background: color-mix(in srgb, var(--ls-background) 78%, transparent); }
.ls-plane-points [data-left] span { left: auto; right: 40px; }
.ls-plane-target { position: absolute; width: 34px; height: 34px; margin: 0 0 -17px -17px; border-radius: 50%; border: 2px dashed var(--ls-accent); }
.ls-plane-distances { list-style: none; margin: 0; padding: 0; display: grid; gap: 4px; font-size: 1rem; }
.ls-plane-distances li { display: grid; grid-template-columns: minmax(3.5rem, 1fr) auto auto; gap: 1rem; margin: 0; }
`;
