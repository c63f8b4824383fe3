// @ts-check
/** What is shown of a position on a path: image, timeline, kind of path and marker on the map. */

import { publish } from "../../core/bus.js";
import { createDecodedImage } from "../../widgets/decoded_image.js";
import { PathKinds } from "./path_kinds.js";
import { captionText, percentText } from "./position.js";
import { timeScaleOf } from "./time_scale.js";
import { Timeline } from "./timeline.js";

/** @typedef {import("./sampled_path.js").Kind} Kind */
/** @typedef {import("./frames.js").Frames} Frames */

export class PathView {
  channel = ""; // on which the map listens
  #pathsKey = "";
  #kindKey = "";

  /**
   * @param {Kind[]} kinds
   * @param {object} handlers
   * @param {(time: number) => void} handlers.drag
   * @param {() => void} handlers.release
   * @param {(kind: Kind) => void} handlers.choose
   * @param {(kind: Kind) => boolean} handlers.offers whether a kind can be chosen
   */
  constructor(kinds, handlers) {
    this.handlers = handlers;
    this.image = createDecodedImage("the image at this position of the path");
    this.timeline = new Timeline({ move: handlers.drag, rest: handlers.release });
    this.kinds = new PathKinds(kinds, handlers.choose);
  }

  get dragging() {
    return this.timeline.dragging;
  }

  /** @param {string} key identifies the paths @param {ArrayLike<number>} times of their nodes @param {import("./timeline.js").TimelineStop[]} stops */
  setPaths(key, times, stops) {
    this.#pathsKey = key;
    this.timeline.setScale(timeScaleOf(times), stops);
  }

  /** Show a position; the image follows once it is decoded. @param {Frames} frames @param {import("./position.js").PathPosition} position */
  update(frames, position) {
    const { kind, time } = position;
    const shownKind = frames.has(kind) ? kind : frames.first; // until that path is computed
    const { sample, level } = frames.sampleAt(shownKind, time);
    this.timeline.update(time, [percentText(time), level].filter(Boolean).join(", "));
    this.#updateKind(frames, kind, shownKind);
    this.image.caption(captionText(position, shownKind));
    publish(this.channel, sample?.point ? { point: sample.point } : null);
    frames.show(shownKind, time, (images, realism) =>
      this.image.show(images, frames.shape, frames.verdictAt(shownKind, time, realism)),
    );
  }

  /** Update what depends on the path alone. @param {Frames} frames @param {Kind} kind @param {Kind} shownKind */
  #updateKind(frames, kind, shownKind) {
    const kindKey = `${this.#pathsKey} ${shownKind} ${kind}`;
    if (kindKey === this.#kindKey) return;
    this.#kindKey = kindKey;
    this.timeline.setSupport(frames.paths.get(shownKind), frames.limits);
    this.kinds.update(kind, this.handlers.offers);
  }

  dispose() {
    this.timeline.dispose();
    publish(this.channel, null);
  }
}
