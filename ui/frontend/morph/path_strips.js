// @ts-check
/** A filmstrip per path, for comparison. */

import { addStyle, el, setText } from "../core/dom.js";
import { imageCanvas, showDecoded } from "../core/images.js";
import { verdictHelp, verdictWords } from "../core/verdict.js";
import { PATH_KINDS } from "./player/path_kinds.js";
import { nearDataFraction } from "./player/sampled_path.js";
import { SupportCurve } from "./player/support_curve.js";

/** @typedef {import("./player/sampled_path.js").Kind} Kind */
/** @typedef {import("./player/frames.js").Frames} Frames */
/** @typedef {import("../core/verdict.js").Verdict} Verdict */

const N_FRAMES = 11;

const STYLE = `
.ls-path-strips { display: grid; gap: 5px; }
.ls-path-strip { position: relative; display: grid; align-items: center; border-radius: 8px; padding: 4px 0 3px;
  grid-template-columns: var(--side) 1fr var(--side); border: 1.5px solid transparent; margin: 0 -1.5px; }
.ls-path-strip[data-chosen] { background: var(--ls-tint); border-color: color-mix(in srgb, var(--ls-accent) 55%, transparent); }
.ls-path-strip-name { font-size: .87rem; line-height: 1.2; padding: 0 6px; }
.ls-path-strip[data-chosen] .ls-path-strip-name { font-weight: 600; }
.ls-path-strip-note { font-size: .87rem; line-height: 1.2; color: var(--ls-muted); padding: 0 6px; text-align: right; }
.ls-path-strip-frames { display: grid; grid-template-columns: repeat(${N_FRAMES}, 1fr); }
.ls .ls-path-strip-frames button { padding: 1px; border-radius: 5px; }
.ls .ls-path-strip-frames button[data-support=sparse] { outline: 1.5px dashed #b7791f; outline-offset: -1.5px; }
.ls .ls-path-strip-frames button[data-support=far] { outline: 2px solid #c2410c; outline-offset: -2px; }
.ls .ls-path-strip-frames button:hover { box-shadow: 0 0 0 2px var(--ls-accent); }
.ls .ls-path-strip-frames button[data-current] { box-shadow: 0 0 0 2px var(--ls-accent); }
.ls-path-strip .ls-support-curve { grid-column: 2; height: 13px; margin-top: 2px; width: auto; }
.ls-path-strip-wait { font-size: .87rem; color: var(--ls-muted); padding: 8px 0; }
@container (max-width: 560px) {
  .ls-path-strip { grid-template-columns: 1fr auto; padding: 3px 2px; margin: 0; }
  .ls-path-strip-frames, .ls-path-strip .ls-support-curve, .ls-path-strip-wait { grid-column: 1 / -1; }
  .ls-path-strip-frames { grid-row: 2; }
}
`;

/** @param {Frames} frames @param {Kind} kind */
function noteText(frames, kind) {
  const path = frames.paths.get(kind);
  if (path) return `${Math.round(100 * nearDataFraction(path, frames.limits, 0, 1))} % near data`;
  return frames.has(kind) ? "no codes" : "";
}

class PathStrip {
  /** @param {Kind} kind @param {(kind: Kind, time: number) => void} onSelect */
  constructor(kind, onSelect) {
    this.kind = kind;
    const { name, help } = PATH_KINDS[kind];
    this.times = Array.from({ length: N_FRAMES }, (_, i) => i / (N_FRAMES - 1));
    this.canvases = this.times.map(() => imageCanvas());
    this.buttons = this.times.map((time, i) => {
      const label = `${name}, ${Math.round(100 * time)} %`;
      const onclick = () => onSelect(kind, time);
      const props = { type: "button", tabindex: "-1", "aria-label": label, onclick };
      return el("button", props, this.canvases[i]);
    });
    this.curve = new SupportCurve();
    this.note = el("span", { class: "ls-path-strip-note" });
    this.frames = el("div", { class: "ls-path-strip-frames" }, ...this.buttons);
    this.waitingText = el("p", { class: "ls-path-strip-wait", hidden: true });
    this.root = el(
      "div",
      { class: "ls-path-strip", dataset: { kind }, role: "group", "aria-label": help },
      el("span", { class: "ls-path-strip-name" }, name),
      ...[this.frames, this.waitingText, this.note, this.curve.root],
    );
  }

  /** Show another path; the previous images stay until these are decoded. @param {Frames} frames @param {string} waiting @param {AbortSignal} signal */
  update(frames, waiting, signal) {
    const { kind } = this;
    const isAvailable = frames.has(kind);
    this.root.dataset.ready = "false";
    this.root.hidden = !isAvailable && !(kind === "geodesic" && waiting);
    this.frames.hidden = !isAvailable;
    this.waitingText.hidden = isAvailable;
    setText(this.waitingText, waiting);
    setText(this.note, noteText(frames, kind));
    const positionOf = (/** @type {number} */ time) => (0.5 + time * (N_FRAMES - 1)) / N_FRAMES;
    this.curve.update(frames.paths.get(kind), frames.limits, { from: 0, to: 1, positionOf });
    if (isAvailable)
      this.#decode(frames, signal).catch((error) => signal.aborted || frames.failed(error));
  }

  /** @param {Frames} frames @param {AbortSignal} signal */
  async #decode(frames, signal) {
    const { images, realism } = await frames.frames(this.kind, this.times, signal);
    if (signal.aborted) return;
    this.canvases.forEach((canvas, i) => {
      showDecoded(canvas, images, frames.shape, i);
      this.#showVerdict(i, frames.verdictAt(this.kind, this.times[i], realism, i));
    });
    this.root.dataset.ready = "true";
  }

  /** Mark an image by its verdict. @param {number} index @param {Verdict | null} verdict */
  #showVerdict(index, verdict) {
    const button = this.buttons[index];
    button.dataset.support = verdict?.slug ?? "";
    button.title = verdict ? `${verdictWords(verdict)}: ${verdictHelp(verdict)}` : "";
  }

  /** Highlight the current position. @param {boolean} isChosen @param {number} time */
  select(isChosen, time) {
    const nearest = Math.round(time * (N_FRAMES - 1));
    this.root.toggleAttribute("data-chosen", isChosen);
    this.buttons.forEach((button, i) =>
      button.toggleAttribute("data-current", isChosen && i === nearest),
    );
  }
}

export class PathStrips {
  #abort = new AbortController();
  /** @type {Kind | null} */ #first = null;

  /**
   * @param {Kind[]} kinds from top to bottom
   * @param {(kind: Kind, time: number) => void} onSelect an image was clicked
   */
  constructor(kinds, onSelect) {
    addStyle("ls-path-strips", STYLE);
    this.strips = kinds.map((kind) => new PathStrip(kind, onSelect));
    this.root = el("div", { class: "ls-path-strips" }, ...this.strips.map(({ root }) => root));
  }

  /** Show other paths. @param {Frames} frames @param {string} waiting why there is no path along the data yet */
  update(frames, waiting) {
    this.#abort.abort();
    this.#abort = new AbortController();
    for (const strip of this.strips) strip.update(frames, waiting, this.#abort.signal);
  }

  /** Highlight the current position. @param {{kind: Kind, time: number}} position */
  select({ kind, time }) {
    this.#putFirst(kind);
    for (const strip of this.strips) strip.select(strip.kind === kind, time);
  }

  /** The chosen strip comes first, so that a low window shows it; the others keep their order. @param {Kind} kind */
  #putFirst(kind) {
    if (kind === this.#first) return;
    this.#first = kind;
    const roots = this.strips.map(({ root }) => root);
    const chosen = roots.filter((root) => root.dataset.kind === kind);
    this.root.replaceChildren(...chosen, ...roots.filter((root) => !chosen.includes(root)));
  }

  dispose() {
    this.#abort.abort();
  }
}
