// @ts-check
/** The style sheet of the latent plane. */

export const PLANE_STYLE = `
.ls-plane-2d { min-width: 0; }
.ls-plane-2d-area { position: relative; border-radius: 8px; overflow: hidden; touch-action: pan-y; cursor: crosshair; user-select: none; -webkit-user-select: none;
  background: var(--ls-surface); box-shadow: inset 0 0 0 1px var(--ls-line); }
.ls-plane-2d-area canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; pointer-events: none; }
.ls-plane-2d-axis { position: absolute; background: var(--ls-muted); opacity: .35; pointer-events: none; }
.ls-plane-2d-axis[data-axis=x] { left: 0; right: 0; height: 1px; top: var(--zero-y, 50%); }
.ls-plane-2d-axis[data-axis=y] { top: 0; bottom: 0; width: 1px; left: var(--zero-x, 50%); }
.ls-plane-2d-handle { position: absolute; left: var(--x, 50%); top: var(--y, 50%); width: 22px; height: 22px; margin: -11px 0 0 -11px; border-radius: 50%;
  background: var(--ls-accent); border: 3px solid var(--ls-background); box-shadow: 0 0 0 2px var(--st-text-color); cursor: grab; }
.ls-plane-2d-handle::before { content: ""; position: absolute; inset: -15px; border-radius: 50%; }
.ls-plane-2d-handle { touch-action: none; }
.ls .ls-plane-2d-handle:focus-visible { outline: 2px solid var(--st-text-color); outline-offset: 4px; border-radius: 50%; }
.ls-plane-2d-area[data-dragging] { cursor: grabbing; }
.ls-plane-2d-start { position: absolute; left: var(--sx, 50%); top: var(--sy, 50%); width: 10px; height: 10px; margin: -5px 0 0 -5px; border-radius: 50%;
  border: 2px solid var(--st-text-color); background: var(--ls-background); pointer-events: none; opacity: .8; }
.ls-plane-2d-foot { display: flex; justify-content: space-between; gap: 12px; margin-top: 4px; align-items: center; }
.ls .ls-plane-2d-foot button { padding: 3px 8px; border-radius: 6px; font-size: .87rem; border: 1px solid var(--ls-line); }
.ls .ls-plane-2d-foot button[aria-pressed=true] { background: var(--ls-tint); border-color: var(--ls-accent); color: var(--ls-accent); }
`;
