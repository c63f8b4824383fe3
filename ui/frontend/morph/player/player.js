// @ts-check
/** Image, timeline and playback of a path, and reporting the position to Python. */

import { publish } from "../../core/bus.js";
import { addStyle } from "../../core/dom.js";
import { OptimisticValue } from "../../core/optimistic.js";
import { openDecoder } from "../../decoding/decoder.js";
import { createDecodedImage } from "../../widgets/decoded_image.js";
import { Frames } from "./frames.js";
import { createPathKinds } from "./path_kinds.js";
import { createPlayback } from "./playback.js";
import { SampledPath } from "./sampled_path.js";
import { CURVE_STYLE } from "./support_curve.js";
import { TimeScale } from "./time_scale.js";
import { TIMELINE_STYLE, createTimeline } from "./timeline.js";

/** @typedef {import("./sampled_path.js").Kind} Kind */
/**
 * @typedef {object} PlayerData what Python sends
 * @property {import("../../decoding/decoder.js").DecoderSpec} decoder
 * @property {import("./sampled_path.js").PathSpec[]} paths
 * @property {string} key identifies the paths
 * @property {import("./sampled_path.js").Limits} limits
 * @property {{kind: Kind, time: number}} position
 * @property {import("./timeline.js").TimelineStop[]} stops
 * @property {number} seconds from 0 to 1
 * @property {string} channel on which the map listens
 */

export class Player {
  /** @type {{kind: Kind, time: number}} */ position = { kind: "linear", time: 0 };
  /** @type {Frames | null} */ frames = null;
  /** @type {OptimisticValue<{kind: Kind, time: number}>} */ #reported = new OptimisticValue({
    ...this.position,
  });
  /** @type {import("./timeline.js").TimelineStop[]} */ stops = [];
  #pathsKey = "";
  #kindKey = "";
  #channel = "";

  /**
   * @param {Kind[]} kinds
   * @param {object} handlers
   * @param {(position: {kind: Kind, time: number}) => void} handlers.rest the reported position
   * @param {() => void} handlers.moved
   * @param {(error: Error) => void} handlers.failed
   * @param {(kind: Kind) => boolean} [handlers.offers] whether Python can compute the path, if it is not here
   */
  constructor(kinds, handlers) {
    addStyle("ls-timeline", TIMELINE_STYLE + CURVE_STYLE);
    this.handlers = handlers;
    this.image = createDecodedImage("the image at this position of the path");
    this.timeline = createTimeline({
      move: (time) => this.#onDrag(time),
      rest: () => this.#report(),
    });
    this.playback = createPlayback({
      time: () => this.position.time,
      move: (time) => this.#move(time),
      rest: () => this.#report(),
    });
    this.kinds = createPathKinds(kinds, (kind) => this.goTo({ kind }));
  }

  /** @param {PlayerData} data @returns {boolean} whether the paths are others than before */
  update(data) {
    const decoder = openDecoder(data.decoder);
    this.frames ??= new Frames(decoder, this.handlers.failed);
    this.playback.setDuration(data.seconds);
    this.#channel = data.channel;
    const accepted = this.#reported.receive(data.position) && !this.busy;
    const pathsChanged = this.#pathsKey !== data.key;
    if (pathsChanged) this.#setPaths(data, decoder);
    if (accepted) this.position = { ...data.position };
    if (accepted || pathsChanged) this.#show();
    return pathsChanged;
  }

  /** @param {PlayerData} data @param {import("../../decoding/decoder.js").Decoder} decoder */
  #setPaths(data, decoder) {
    this.#pathsKey = data.key;
    this.stops = data.stops;
    const sampledPaths = data.paths.map((path) => new SampledPath(path, decoder.spec.dim));
    this.frames?.set(decoder, sampledPaths, data.limits);
    const { times } = sampledPaths[0];
    const [low, high] = [times[0], times[times.length - 1]];
    this.timeline.setScale(new TimeScale(low, high, low < 0 ? 0.16 : 0.022), data.stops);
  }

  /** Whether it is being dragged or played. */
  get busy() {
    return this.timeline.dragging || this.playback.playing;
  }

  /** Go to a position and report it. @param {{kind?: Kind, time?: number}} where */
  goTo(where) {
    if (where.kind && !this.#offers(where.kind)) return;
    if (where.time !== undefined) this.playback.yield();
    this.position = { ...this.position, ...where };
    this.#show();
    if (!this.busy) this.#report();
  }

  /** @param {number} time */
  #onDrag(time) {
    this.playback.yield();
    this.#move(time);
  }

  /** @param {number} time */
  #move(time) {
    this.position.time = time;
    this.#show();
  }

  #report() {
    const position = { kind: this.position.kind, time: Math.round(this.position.time * 1e4) / 1e4 };
    if (this.#reported.set(position)) this.handlers.rest(position);
  }

  /** Show the position: handle, support level, marker on the map and, once decoded, the image. */
  #show() {
    const frames = /** @type {Frames} */ (this.frames);
    const { kind, time } = this.position;
    const shownKind = frames.has(kind) ? kind : frames.first; // until that path is computed
    const { sample, level } = frames.sampleAt(shownKind, time);
    this.timeline.set(time);
    this.timeline.say([percent(time), level].filter(Boolean).join(", "));
    this.#updateKind(frames, shownKind);
    this.image.caption(
      shownKind === kind
        ? percent(time)
        : `${percent(time)} of the linear path, until the one along the data is computed`,
    );
    publish(this.#channel, sample?.point ? { point: sample.point } : null);
    frames.show(shownKind, time, (images) => this.image.show(images, frames.shape, level));
    this.handlers.moved();
  }

  /** Update what depends on the path alone. @param {Frames} frames @param {Kind} shownKind */
  #updateKind(frames, shownKind) {
    const dressed = `${this.#pathsKey} ${shownKind} ${this.position.kind}`;
    if (dressed === this.#kindKey) return;
    this.#kindKey = dressed;
    this.timeline.setSupport(frames.paths.get(shownKind), frames.limits);
    this.kinds.show(this.position.kind, (kind) => this.#offers(kind));
  }

  /** @param {Kind} kind */
  #offers(kind) {
    return this.handlers.offers ? this.handlers.offers(kind) : (this.frames?.has(kind) ?? false);
  }

  /** Play or pause, unless a button or a field has the key. @param {KeyboardEvent} event */
  onSpace(event) {
    if (
      event.key !== " " ||
      (event.target instanceof Element && event.target.closest("button, input, select"))
    )
      return;
    event.preventDefault();
    this.playback.toggle();
  }

  /** Whether the current position has a code. */
  get hasCode() {
    return this.frames?.sampleAt(this.position.kind, this.position.time).sample !== null;
  }

  dispose() {
    this.timeline.dispose();
    this.playback.dispose();
    publish(this.#channel, null);
  }
}

/** How far from A to B. @param {number} time */
export function percent(time) {
  const share = Math.round(100 * time);
  if (share < 0) return `${-share} % before A`;
  return share > 100 ? `${share - 100} % beyond B` : `${share} %`;
}
