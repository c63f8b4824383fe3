// @ts-check
/** Play and pause, with play mode and speed. */

import { addStyle, el, svg } from "../../core/dom.js";
import { createButtonGroup } from "../../widgets/button_group.js";

/** @typedef {"once" | "loop" | "back"} PlayMode */

const SPEEDS = [0.25, 0.5, 1, 2, 4];
const REDUCED_MOTION_MS = 700; // between two frames with reduced motion
const REDUCED_MOTION_STEP = 0.1;
/** @type {{mode: PlayMode, speed: number}} what was last chosen; it outlives changing pages */
const preferences = { mode: "back", speed: 1 };
/** @type {[PlayMode, string, string][]} */
const PLAY_MODES = [
  ["once", "once", "M2 8h11M9.5 4.5 13 8l-3.5 3.5"],
  ["loop", "loop", "M12.5 6A5 5 0 1 0 13 8.8M12.8 2.5v3.7H9.1"],
  ["back", "back and forth", "M2 5.5h11M10 2.5l3 3-3 3M14 10.5H3M6 7.5l-3 3 3 3"],
];
const PLAY = "M4.5 2.5v11l9-5.5z";
const PAUSE = "M4.5 3v10M11.5 3v10";

export const PLAY_STYLE = `
.ls-playback { display: inline-flex; align-items: center; gap: 8px; }
.ls button.ls-playback-button { width: 44px; padding: 0; min-height: 36px; }
.ls-playback-button .ls-icon { width: 1.15em; height: 1.15em; }
.ls-playback-button[aria-pressed=false] path { fill: currentColor; }
.ls-playback-button[aria-pressed=true] path { stroke-width: 3.4; }
.ls select.ls-speed { min-height: 36px; padding: 0 .35em; border-radius: 8px; border: 1px solid var(--ls-line);
  background: var(--ls-background); color: inherit; font: inherit; font-size: .85rem; cursor: pointer; }
`;

/** @param {string} d */
const iconPath = (d) =>
  svg("svg", { viewBox: "0 0 16 16", class: "ls-icon", "aria-hidden": "true" }, svg("path", { d }));

/**
 * @param {object} handlers
 * @param {() => number} handlers.time the current time
 * @param {(time: number) => void} handlers.move
 * @param {(time: number) => void} handlers.rest it has stopped there
 */
export function createPlayback(handlers) {
  addStyle("ls-playback", PLAY_STYLE);
  let playing = false;
  let duration = 3; // seconds from 0 to 1 at ordinary speed
  let direction = 1;
  let lastFrame = 0;
  let frame = 0;

  const playIcon = svg("path", { d: PLAY });
  const playButton = el(
    "button",
    {
      type: "button",
      class: "ls-button ls-primary ls-playback-button",
      onclick: () => (playing ? stop() : start()),
    },
    svg("svg", { viewBox: "0 0 16 16", class: "ls-icon", "aria-hidden": "true" }, playIcon),
  );
  const modeButtons = createButtonGroup(
    "play mode",
    PLAY_MODES.map(([name, words, d]) => [name, words, iconPath(d)]),
    (mode) => {
      preferences.mode = mode;
      modeButtons.show(mode);
    },
  );
  const speed = el(
    "select",
    {
      class: "ls-speed",
      "aria-label": "speed",
      title: "speed",
      onchange: () => (preferences.speed = Number(speed.value)),
    },
    ...SPEEDS.map((factor) =>
      el("option", { value: factor, selected: factor === preferences.speed }, `${factor}×`),
    ),
  );
  const root = el("div", { class: "ls-playback" }, playButton, modeButtons.root, speed);
  modeButtons.show(preferences.mode);
  updateButton();

  function updateButton() {
    playIcon.setAttribute("d", playing ? PAUSE : PLAY);
    playButton.setAttribute("aria-pressed", String(playing));
    playButton.setAttribute("aria-label", playing ? "pause" : "play");
    playButton.title = playing ? "pause (space)" : "play (space)";
  }

  const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  function start() {
    playing = true;
    const time = handlers.time();
    direction = 1;
    if (time >= 1 && preferences.mode === "back") direction = -1;
    else if (time >= 1 || time < 0) handlers.move(0);
    lastFrame = performance.now();
    frame = requestAnimationFrame(step);
    updateButton();
  }

  function stop() {
    if (!playing) return;
    playing = false;
    cancelAnimationFrame(frame);
    updateButton();
    handlers.rest(handlers.time());
  }

  /** @param {number} now */
  function step(now) {
    if (!playing) return;
    frame = requestAnimationFrame(step);
    if (reducedMotion()) {
      if (now - lastFrame >= REDUCED_MOTION_MS / preferences.speed)
        advance(REDUCED_MOTION_STEP, now);
    } else advance((preferences.speed * (now - lastFrame)) / 1000 / duration, now);
  }

  /** @param {number} delta @param {number} now */
  function advance(delta, now) {
    lastFrame = now;
    const next = wrap(Math.min(1, Math.max(0, handlers.time())) + direction * delta);
    handlers.move(next);
    if (preferences.mode === "once" && next === 1) stop();
  }

  /** Wraps or reflects a time at the ends. @param {number} time */
  function wrap(time) {
    if (time > 1) {
      if (preferences.mode === "once") return 1;
      if (preferences.mode === "loop") return time % 1;
      direction = -1;
      return Math.max(0, 2 - time);
    }
    if (time < 0) {
      direction = 1;
      return Math.min(1, -time);
    }
    return time;
  }

  return {
    root,
    toggle: () => (playing ? stop() : start()),
    /** Stop without reporting: a drag has started. */
    yield() {
      playing = false;
      cancelAnimationFrame(frame);
      updateButton();
    },
    get playing() {
      return playing;
    },
    /** @param {number} seconds */
    setDuration: (seconds) => (duration = seconds),
    dispose: () => cancelAnimationFrame(frame),
  };
}
