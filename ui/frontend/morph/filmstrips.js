// @ts-check
/** A filmstrip per path, for comparison. */

import { addStyle, el, setText } from "../core/dom.js";
import { imageCanvas, showDecoded } from "../core/images.js";
import { PATH_KINDS } from "./player/path_kinds.js";
import { nearDataFraction } from "./player/sampled_path.js";
import { createSupportCurve } from "./player/support_curve.js";

/** @typedef {import("./player/sampled_path.js").Kind} Kind */
/** @typedef {import("./player/frames.js").Frames} Frames */

export const N_FRAMES = 11;

const STYLE = `
.ls-path-strips { display: grid; gap: 5px; }
.ls-path-strip { position: relative; display: grid; align-items: center; border-radius: 8px; padding: 4px 0 3px;
  grid-template-columns: var(--side) 1fr var(--side); border: 1.5px solid transparent; margin: 0 -1.5px; }
.ls-path-strip[data-chosen] { background: var(--ls-tint); border-color: color-mix(in srgb, var(--ls-accent) 55%, transparent); }
.ls-path-strip-name { font-size: .8rem; line-height: 1.2; padding: 0 6px; }
.ls-path-strip[data-chosen] .ls-path-strip-name { font-weight: 600; }
.ls-path-strip-note { font-size: .74rem; line-height: 1.2; color: var(--ls-muted); padding: 0 6px; text-align: right; }
.ls-path-strip-frames { display: grid; grid-template-columns: repeat(${N_FRAMES}, 1fr); }
.ls .ls-path-strip-frames button { padding: 1px; border-radius: 5px; }
.ls .ls-path-strip-frames button:hover { box-shadow: 0 0 0 2px var(--ls-accent); }
.ls .ls-path-strip-frames button[data-current] { box-shadow: 0 0 0 2px var(--ls-accent); }
.ls-path-strip .ls-support-curve { grid-column: 2; height: 13px; margin-top: 2px; width: auto; }
.ls-path-strip-wait { font-size: .8rem; color: var(--ls-muted); padding: 8px 0; }
@container (max-width: 560px) {
  .ls-path-strip { grid-template-columns: 1fr auto; padding: 3px 2px; margin: 0; }
  .ls-path-strip-frames, .ls-path-strip .ls-support-curve, .ls-path-strip-wait { grid-column: 1 / -1; }
  .ls-path-strip-frames { grid-row: 2; }
}
`;

/** @param {Kind} kind @param {(kind: Kind, time: number) => void} onSelect */
function createRow(kind, onSelect) {
  const { name, help } = PATH_KINDS[kind];
  const cells = Array.from({ length: N_FRAMES }, (_, i) => {
    const time = i / (N_FRAMES - 1);
    const canvas = imageCanvas();
    const button = el(
      "button",
      {
        type: "button",
        tabindex: "-1",
        "aria-label": `${name}, ${Math.round(100 * time)} %`,
        onclick: () => onSelect(kind, time),
      },
      canvas,
    );
    return { button, canvas, time };
  });
  const curve = createSupportCurve();
  const note = el("span", { class: "ls-path-strip-note" });
  const frames = el("div", { class: "ls-path-strip-frames" }, ...cells.map(({ button }) => button));
  const waitingText = el("p", { class: "ls-path-strip-wait", hidden: true });
  const root = el(
    "div",
    { class: "ls-path-strip", dataset: { kind }, role: "group", "aria-label": help },
    el("span", { class: "ls-path-strip-name" }, name),
    frames,
    waitingText,
    note,
    curve.root,
  );
  return { root, cells, curve, note, frames, waitingText };
}

/**
 * @param {Kind[]} kinds from top to bottom
 * @param {(kind: Kind, time: number) => void} onSelect an image was clicked
 */
export function createFilmstrips(kinds, onSelect) {
  addStyle("ls-path-strips", STYLE);
  const rows = new Map(kinds.map((kind) => [kind, createRow(kind, onSelect)]));
  const root = el("div", { class: "ls-path-strips" }, ...[...rows.values()].map((row) => row.root));
  let abort = new AbortController();

  /** @param {Frames} source @param {Kind} kind @param {AbortSignal} signal */
  async function fill(source, kind, signal) {
    const row = /** @type {ReturnType<typeof createRow>} */ (rows.get(kind));
    const images = await source.frames(
      kind,
      row.cells.map(({ time }) => time),
      signal,
    );
    if (signal.aborted) return;
    row.cells.forEach(({ canvas }, i) => showDecoded(canvas, images, source.shape, i));
    row.root.dataset.ready = "true";
  }

  return {
    root,
    /** Show other paths; the previous images stay until these are decoded. @param {Frames} frames @param {string} waiting why there is no path along the data yet */
    show(frames, waiting) {
      abort.abort();
      abort = new AbortController();
      const { signal } = abort;
      for (const [kind, row] of rows) {
        const available = frames.has(kind);
        row.root.dataset.ready = "false";
        row.root.hidden = !available && !(kind === "geodesic" && waiting);
        row.frames.hidden = !available;
        row.waitingText.hidden = available;
        setText(row.waitingText, waiting);
        const path = frames.paths.get(kind);
        row.curve.show(
          path,
          frames.limits,
          0,
          1,
          (time) => (0.5 + time * (N_FRAMES - 1)) / N_FRAMES,
        );
        setText(
          row.note,
          path
            ? `${Math.round(100 * nearDataFraction(path, frames.limits, 0, 1))} % near data`
            : available
              ? "no codes"
              : "",
        );
        if (available)
          fill(frames, kind, signal).catch((error) => signal.aborted || frames.failed(error));
      }
    },
    /** Highlight the current position. @param {Kind} chosen @param {number} time */
    select(chosen, time) {
      const nearest = Math.round(time * (N_FRAMES - 1));
      for (const [kind, row] of rows) {
        row.root.toggleAttribute("data-chosen", kind === chosen);
        row.cells.forEach(({ button }, i) =>
          button.toggleAttribute("data-current", kind === chosen && i === nearest),
        );
      }
    },
    dispose: () => abort.abort(),
  };
}
