// @ts-check
/** The slider of a path, with its support curve below. */

import { el, setText } from "../../core/dom.js";
import { createSupportCurve } from "./support_curve.js";
import { TimeScale } from "./time_scale.js";

/** @typedef {{time: number, name: string}} TimelineStop the time of an endpoint or waypoint */

const STEP = 0.01;
const LARGE_STEP = 0.1;
const REPORT_DELAY_MS = 350; // after the last key

export const TIMELINE_STYLE = `
.ls-timeline { position: relative; padding: 0 0 2px; touch-action: pan-y; cursor: pointer; user-select: none; -webkit-user-select: none; }
.ls-timeline-bar { position: relative; height: 30px; }
.ls-timeline-bar::before { content: ""; position: absolute; left: 0; right: 0; top: 13px; height: 5px; border-radius: 3px;
  background: repeating-linear-gradient(90deg, var(--ls-line) 0 5px, transparent 5px 9px); }
.ls-timeline-bar::after { content: ""; position: absolute; left: var(--margin); right: var(--margin); top: 13px; height: 5px; border-radius: 3px;
  background: color-mix(in srgb, var(--ls-accent) 42%, var(--ls-background)); }
.ls-timeline-stop { position: absolute; top: 2px; z-index: 1; transform: translateX(-50%); pointer-events: none; width: 26px; height: 26px;
  display: grid; place-items: center; border-radius: 50%; font-size: .82rem; font-weight: 650; background: var(--ls-background);
  color: var(--st-text-color); box-shadow: 0 0 0 2px color-mix(in srgb, var(--ls-accent) 60%, var(--ls-background)); }
.ls-timeline[data-many] .ls-timeline-stop { width: 18px; height: 18px; top: 6px; font-size: .68rem; }
.ls-timeline[data-many] .ls-timeline-bar::before { display: none; }
.ls-timeline-handle { position: absolute; top: 1px; z-index: 2; width: 28px; height: 28px; margin-left: -14px; border-radius: 50%;
  background: var(--ls-accent); box-shadow: 0 0 0 3px var(--ls-background), 0 1px 6px rgb(0 0 0 / .4); cursor: grab; }
.ls .ls-timeline-handle:focus-visible { outline: 3px solid var(--st-text-color); outline-offset: 3px; border-radius: 50%; }
.ls-timeline[data-dragging], .ls-timeline[data-dragging] .ls-timeline-handle { cursor: grabbing; }
.ls-timeline .ls-support-curve { height: 34px; }
.ls-timeline-line { position: absolute; top: 28px; bottom: 0; width: 0; border-left: 1.5px solid var(--ls-accent); pointer-events: none; }
`;

/**
 * @param {object} handlers
 * @param {(time: number) => void} handlers.move moved
 * @param {(time: number) => void} handlers.rest released
 */
export function createTimeline(handlers) {
  let scale = new TimeScale(-0.5, 1.5, 0.16);
  let time = 0;
  let dragging = false;
  let reportTimer = 0;
  const curve = createSupportCurve();
  const handle = el("div", {
    class: "ls-timeline-handle",
    role: "slider",
    tabindex: "0",
    "aria-label": "position on the path",
  });
  const line = el("span", { class: "ls-timeline-line" });
  const stops = el("span", {});
  const bar = el("div", { class: "ls-timeline-bar" }, stops, handle);
  const root = el("div", { class: "ls-timeline" }, bar, curve.root, line);

  /** @param {number} wanted */
  function go(wanted) {
    const next = scale.clamp(wanted);
    if (next === time) return;
    set(next);
    handlers.move(next);
  }

  /** @param {PointerEvent} event */
  function timeUnder(event) {
    const { left, width } = root.getBoundingClientRect();
    return scale.time(Math.min(1, Math.max(0, (event.clientX - left) / width)));
  }

  root.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault(); // no text is selected
    handle.focus({ preventScroll: true });
    root.setPointerCapture(event.pointerId);
    dragging = true;
    root.dataset.dragging = "";
    go(timeUnder(event));
  });
  root.addEventListener("pointermove", (event) => dragging && go(timeUnder(event)));
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
    root.addEventListener(end, release);

  function release() {
    if (!dragging) return;
    dragging = false;
    delete root.dataset.dragging;
    handlers.rest(time);
  }

  handle.addEventListener("keydown", (event) => {
    const wanted = targetOf(event);
    if (wanted === null) return;
    event.preventDefault();
    go(wanted);
    clearTimeout(reportTimer);
    reportTimer = setTimeout(() => handlers.rest(time), REPORT_DELAY_MS);
  });

  /** @param {KeyboardEvent} event */
  function targetOf({ key, shiftKey, altKey, ctrlKey, metaKey }) {
    if (altKey || ctrlKey || metaKey) return null;
    if (key === "Home") return 0;
    if (key === "End") return 1;
    const sign = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageDown: -1,
      PageUp: 1,
    }[key];
    if (!sign) return null;
    const step = shiftKey || key.startsWith("Page") ? LARGE_STEP : STEP;
    return Math.round((time + sign * step) / STEP) * STEP;
  }

  /** @param {number} next the new position of the handle */
  function set(next) {
    time = next;
    const left = `${(100 * scale.fraction(time)).toFixed(3)}%`;
    handle.style.left = line.style.left = left;
    handle.setAttribute("aria-valuenow", String(Math.round(100 * time)));
  }

  return {
    root,
    handle,
    set,
    /** Text for screen readers. @param {string} words */
    say: (words) => handle.setAttribute("aria-valuetext", words),
    /** Whether it is being dragged or moved by keys. */
    get dragging() {
      return dragging;
    },
    /** @param {TimeScale} next @param {TimelineStop[]} marks */
    setScale(next, marks) {
      scale = next;
      root.style.setProperty("--margin", `${100 * scale.margin}%`);
      root.toggleAttribute("data-many", marks.length > 2);
      stops.replaceChildren(
        ...marks.map((stop) => {
          const node = el("span", {
            class: "ls-timeline-stop",
            style: { left: `${100 * scale.fraction(stop.time)}%` },
          });
          setText(node, stop.name);
          return node;
        }),
      );
      handle.setAttribute("aria-valuemin", String(Math.round(100 * scale.low)));
      handle.setAttribute("aria-valuemax", String(Math.round(100 * scale.high)));
      set(scale.clamp(time));
    },
    /** @param {import("./sampled_path.js").SampledPath | undefined} path @param {import("./sampled_path.js").Limits} limits */
    setSupport(path, limits) {
      curve.show(path, limits, scale.low, scale.high, (at) => scale.fraction(at));
    },
    get scale() {
      return scale;
    },
    dispose: () => clearTimeout(reportTimer),
  };
}
