// @ts-check
/** Play, pause, over and over or there and back, slow or fast. */

import { addStyle, el, svg } from "../../core/dom.js";
import { createGroup } from "../../widgets/button_group.js";

/** @typedef {"once" | "loop" | "back"} Manner */

const SPEEDS = [0.25, 0.5, 1, 2, 4];
const CALM_MS = 700; // between two pictures for those who want no motion
const CALM_STEP = 0.1;
/** @type {{manner: Manner, speed: number}} what was last chosen; it outlives changing pages */
const liked = { manner: "back", speed: 1 };
/** @type {[Manner, string, string][]} */
const MANNERS = [
  ["once", "once", "M2 8h11M9.5 4.5 13 8l-3.5 3.5"],
  ["loop", "over and over", "M12.5 6A5 5 0 1 0 13 8.8M12.8 2.5v3.7H9.1"],
  ["back", "there and back", "M2 5.5h11M10 2.5l3 3-3 3M14 10.5H3M6 7.5l-3 3 3 3"],
];
const PLAY = "M4.5 2.5v11l9-5.5z";
const PAUSE = "M4.5 3v10M11.5 3v10";

export const PLAY_STYLE = `
.ls-play { display: inline-flex; align-items: center; gap: 8px; }
.ls button.ls-play-go { width: 44px; padding: 0; min-height: 36px; }
.ls-play-go .ls-icon { width: 1.15em; height: 1.15em; }
.ls-play-go[aria-pressed=false] path { fill: currentColor; }
.ls-play-go[aria-pressed=true] path { stroke-width: 3.4; }
.ls select.ls-speed { min-height: 36px; padding: 0 .35em; border-radius: 8px; border: 1px solid var(--ls-line);
  background: var(--ls-ground); color: inherit; font: inherit; font-size: .85rem; cursor: pointer; }
`;

/** @param {string} d */
const drawn = (d) => svg("svg", { viewBox: "0 0 16 16", class: "ls-icon", "aria-hidden": "true" }, svg("path", { d }));

/**
 * @param {object} on
 * @param {() => number} on.time where one is
 * @param {(time: number) => void} on.move
 * @param {(time: number) => void} on.rest it has stopped there
 */
export function createPlay(on) {
  addStyle("ls-play", PLAY_STYLE);
  let playing = false;
  let duration = 3; // seconds from 0 to 1 at ordinary speed
  let heading = 1;
  let before = 0;
  let frame = 0;

  const sign = svg("path", { d: PLAY });
  const go = el("button", { type: "button", class: "ls-button ls-first ls-play-go", onclick: () => (playing ? stop() : start()) },
    svg("svg", { viewBox: "0 0 16 16", class: "ls-icon", "aria-hidden": "true" }, sign));
  const manners = createGroup("how it is played", MANNERS.map(([name, words, d]) => [name, words, drawn(d)]), (manner) => {
    liked.manner = manner;
    manners.show(manner);
  });
  const speed = el("select", { class: "ls-speed", "aria-label": "speed", title: "speed", onchange: () => (liked.speed = Number(speed.value)) },
    ...SPEEDS.map((times) => el("option", { value: times, selected: times === liked.speed }, `${times}×`)));
  const root = el("div", { class: "ls-play" }, go, manners.root, speed);
  manners.show(liked.manner);
  say();

  function say() {
    sign.setAttribute("d", playing ? PAUSE : PLAY);
    go.setAttribute("aria-pressed", String(playing));
    go.setAttribute("aria-label", playing ? "pause" : "play");
    go.title = playing ? "pause (space)" : "play (space)";
  }

  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  function start() {
    playing = true;
    const time = on.time();
    heading = 1;
    if (time >= 1 && liked.manner === "back") heading = -1;
    else if (time >= 1 || time < 0) on.move(0);
    before = performance.now();
    frame = requestAnimationFrame(step);
    say();
  }

  function stop() {
    if (!playing) return;
    playing = false;
    cancelAnimationFrame(frame);
    say();
    on.rest(on.time());
  }

  /** @param {number} now */
  function step(now) {
    if (!playing) return;
    frame = requestAnimationFrame(step);
    if (calm()) {
      if (now - before >= CALM_MS / liked.speed) advance(CALM_STEP, now);
    } else advance((liked.speed * (now - before)) / 1000 / duration, now);
  }

  /** @param {number} by @param {number} now */
  function advance(by, now) {
    before = now;
    const next = onward(Math.min(1, Math.max(0, on.time())) + heading * by);
    on.move(next);
    if (liked.manner === "once" && next === 1) stop();
  }

  /** Where that leads at the ends. @param {number} time */
  function onward(time) {
    if (time > 1) {
      if (liked.manner === "once") return 1;
      if (liked.manner === "loop") return time % 1;
      heading = -1;
      return Math.max(0, 2 - time);
    }
    if (time < 0) {
      heading = 1;
      return Math.min(1, -time);
    }
    return time;
  }

  return {
    root,
    toggle: () => (playing ? stop() : start()),
    /** Stop without a word: a hand has taken over. */
    yield() {
      playing = false;
      cancelAnimationFrame(frame);
      say();
    },
    get playing() {
      return playing;
    },
    /** @param {number} seconds */
    setDuration: (seconds) => (duration = seconds),
    dispose: () => cancelAnimationFrame(frame),
  };
}
