// @ts-check
/** Play and pause, with play mode and speed. */

import { addStyle, el, svg } from "../../core/dom.js";
import { createButtonGroup } from "../../widgets/button_group.js";
import { Playhead, frameStep } from "./playhead.js";

/** @typedef {import("./playhead.js").PlayMode} PlayMode */

const SPEEDS = [0.25, 0.5, 1, 2, 4];
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

const STYLE = `
.ls-playback { display: inline-flex; align-items: center; gap: 8px; }
.ls button.ls-playback-button { width: 44px; padding: 0; min-height: 36px; }
.ls-playback-button .ls-icon { width: 1.15em; height: 1.15em; }
.ls-playback-button[aria-pressed=false] path { fill: currentColor; }
.ls-playback-button[aria-pressed=true] path { stroke-width: 3.4; }
.ls select.ls-speed { min-height: 36px; padding: 0 .35em; border-radius: 8px; border: 1px solid var(--ls-line);
  background: var(--ls-background); color: inherit; font: inherit; font-size: .87rem; cursor: pointer; }
`;

/** @param {SVGPathElement} path */
const iconOf = (path) =>
  svg("svg", { viewBox: "0 0 16 16", class: "ls-icon", "aria-hidden": "true" }, path);

function createModeButtons() {
  const group = createButtonGroup(
    "play mode",
    PLAY_MODES.map(([mode, label, d]) => [mode, label, iconOf(svg("path", { d }))]),
    (mode) => {
      preferences.mode = mode;
      group.show(mode);
    },
  );
  group.show(preferences.mode);
  return group;
}

function createSpeedSelect() {
  const select = el(
    "select",
    {
      class: "ls-speed",
      "aria-label": "speed",
      title: "speed",
      onchange: () => {
        preferences.speed = Number(select.value);
      },
    },
    ...SPEEDS.map((factor) =>
      el("option", { value: factor, selected: factor === preferences.speed }, `${factor}×`),
    ),
  );
  return select;
}

export class Playback {
  playing = false;
  duration = 3; // seconds from 0 to 1 at ordinary speed
  #playhead = new Playhead();
  #lastFrame = 0;
  #frame = 0;

  /**
   * @param {object} handlers
   * @param {() => number} handlers.time the current time
   * @param {(time: number) => void} handlers.move
   * @param {() => void} handlers.rest it has stopped
   */
  constructor(handlers) {
    addStyle("ls-playback", STYLE);
    this.handlers = handlers;
    this.icon = svg("path", { d: PLAY });
    this.button = el(
      "button",
      {
        type: "button",
        class: "ls-button ls-primary ls-playback-button",
        onclick: () => this.toggle(),
      },
      iconOf(this.icon),
    );
    this.root = el(
      "div",
      { class: "ls-playback" },
      ...[this.button, createModeButtons().root, createSpeedSelect()],
    );
    this.#setPlaying(false);
  }

  /** @param {boolean} playing */
  #setPlaying(playing) {
    this.playing = playing;
    this.icon.setAttribute("d", playing ? PAUSE : PLAY);
    this.button.setAttribute("aria-pressed", String(playing));
    this.button.setAttribute("aria-label", playing ? "pause" : "play");
    this.button.title = playing ? "pause (space)" : "play (space)";
  }

  toggle() {
    if (this.playing) this.#stop();
    else this.#start();
  }

  #start() {
    const time = this.handlers.time();
    const start = this.#playhead.start(time, preferences.mode);
    this.#setPlaying(true);
    if (start !== time) this.handlers.move(start);
    this.#lastFrame = performance.now();
    this.#frame = requestAnimationFrame((now) => this.#onFrame(now));
  }

  #stop() {
    this.interrupt();
    this.handlers.rest();
  }

  /** Stop without reporting: a drag has started. */
  interrupt() {
    cancelAnimationFrame(this.#frame);
    this.#setPlaying(false);
  }

  /** @param {number} now */
  #onFrame(now) {
    if (!this.playing) return;
    this.#frame = requestAnimationFrame((next) => this.#onFrame(next));
    const step = frameStep({
      elapsed: now - this.#lastFrame,
      speed: preferences.speed,
      duration: this.duration,
      reducedMotion: matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    if (step !== null) this.#advance(step, now);
  }

  /** @param {number} step @param {number} now */
  #advance(step, now) {
    this.#lastFrame = now;
    const { mode } = preferences;
    const next = this.#playhead.next(this.handlers.time(), step, mode);
    this.handlers.move(next);
    if (mode === "once" && next === 1) this.#stop();
  }

  dispose() {
    cancelAnimationFrame(this.#frame);
  }
}
