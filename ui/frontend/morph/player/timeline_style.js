// @ts-check
/** The style sheet of the timeline. */

export const TIMELINE_STYLE = `
.ls-timeline { position: relative; padding: 0 0 2px; touch-action: pan-y; cursor: pointer; user-select: none; -webkit-user-select: none; }
.ls-timeline-bar { position: relative; height: 30px; }
.ls-timeline-bar::before { content: ""; position: absolute; left: 0; right: 0; top: 13px; height: 5px; border-radius: 3px;
  background: repeating-linear-gradient(90deg, var(--ls-line) 0 5px, transparent 5px 9px); }
.ls-timeline-bar::after { content: ""; position: absolute; left: var(--margin); right: var(--margin); top: 13px; height: 5px; border-radius: 3px;
  background: color-mix(in srgb, var(--ls-accent) 42%, var(--ls-background)); }
.ls-timeline-stop { position: absolute; top: 2px; z-index: 1; transform: translateX(-50%); pointer-events: none; width: 26px; height: 26px;
  display: grid; place-items: center; border-radius: 50%; font-size: .87rem; font-weight: 650; background: var(--ls-background);
  color: var(--st-text-color); box-shadow: 0 0 0 2px color-mix(in srgb, var(--ls-accent) 60%, var(--ls-background)); }
.ls-timeline[data-many] .ls-timeline-stop { width: 18px; height: 18px; top: 6px; font-size: .87rem; }
.ls-timeline[data-many] .ls-timeline-bar::before { display: none; }
.ls-timeline-handle { position: absolute; top: 1px; z-index: 2; width: 28px; height: 28px; margin-left: -14px; border-radius: 50%;
  background: var(--ls-accent); box-shadow: 0 0 0 3px var(--ls-background), 0 1px 6px rgb(0 0 0 / .4); cursor: grab; }
.ls .ls-timeline-handle:focus-visible { outline: 3px solid var(--st-text-color); outline-offset: 3px; border-radius: 50%; }
.ls-timeline[data-dragging], .ls-timeline[data-dragging] .ls-timeline-handle { cursor: grabbing; }
.ls-timeline .ls-support-curve { height: 34px; }
.ls-timeline-line { position: absolute; top: 28px; bottom: 0; width: 0; border-left: 1.5px solid var(--ls-accent); pointer-events: none; }
`;
