// @ts-check
/** Playback of a path: the position, its images, and reporting it to Python. */

import { OptimisticValue } from "../../core/optimistic.js";
import { openDecoder } from "../../decoding/decoder.js";
import { Frames } from "./frames.js";
import { PathView } from "./path_view.js";
import { Playback } from "./playback.js";
import { roundPosition } from "./position.js";
import { SampledPath } from "./sampled_path.js";

/** @typedef {import("./position.js").PathPosition} PathPosition */
/** @typedef {import("./sampled_path.js").Kind} Kind */
/** @typedef {Omit<import("../../core/payloads.js").TwoEndpointsData, "active">} PlayerData */

/**
 * @typedef {object} PlayerHandlers
 * @property {(position: PathPosition) => void} rest the reported position
 * @property {() => void} moved
 * @property {(error: Error) => void} failed
 * @property {(kind: Kind) => boolean} [offers] whether Python can compute the path, if it is not here
 */

export class Player {
  /** @type {PathPosition} */ position = { kind: "linear", time: 0 };
  /** @type {Frames | null} */ frames = null;
  /** @type {import("./timeline.js").TimelineStop[]} */ stops = [];
  /** @type {OptimisticValue<PathPosition>} */ #reported = new OptimisticValue({
    ...this.position,
  });
  #pathsKey = "";

  /** @param {Kind[]} kinds @param {PlayerHandlers} handlers */
  constructor(kinds, handlers) {
    this.handlers = handlers;
    this.view = new PathView(kinds, {
      drag: (time) => this.#onDrag(time),
      release: () => this.#report(),
      choose: (kind) => this.goTo({ kind }),
      offers: (kind) => this.#offers(kind),
    });
    this.playback = new Playback({
      time: () => this.position.time,
      move: (time) => this.#move(time),
      rest: () => this.#report(),
    });
  }

  /** @param {PlayerData} data @returns {boolean} whether the paths are others than before */
  update(data) {
    const decoder = openDecoder(data.decoder);
    this.frames ??= new Frames(decoder, this.handlers.failed);
    this.playback.duration = data.seconds;
    this.view.channel = data.channel;
    const accepted = this.#reported.receive(data.position) && !this.busy;
    const pathsChanged = this.#pathsKey !== data.key;
    if (pathsChanged) this.#setPaths(data, decoder);
    if (accepted) this.position = { ...data.position };
    if (accepted || pathsChanged) this.#show();
    return pathsChanged;
  }

  /** @param {PlayerData} data @param {import("../../decoding/decoder.js").Decoder} decoder */
  #setPaths({ key, stops, paths, limits }, decoder) {
    this.#pathsKey = key;
    this.stops = stops;
    const sampledPaths = paths.map((path) => new SampledPath(path, decoder.spec.dim));
    this.frames?.set(decoder, sampledPaths, limits);
    this.view.setPaths(key, sampledPaths[0].times, stops);
  }

  /** Whether it is being dragged or played. */
  get busy() {
    return this.view.dragging || this.playback.playing;
  }

  /** Whether the current position has a code. */
  get hasCode() {
    return this.frames?.sampleAt(this.position.kind, this.position.time).sample !== null;
  }

  /** Go to a position and report it. @param {Partial<PathPosition>} change */
  goTo(change) {
    if (change.kind && !this.#offers(change.kind)) return;
    if (change.time !== undefined) this.playback.interrupt();
    this.position = { ...this.position, ...change };
    this.#show();
    if (!this.busy) this.#report();
  }

  /** @param {number} time */
  #onDrag(time) {
    this.playback.interrupt();
    this.#move(time);
  }

  /** @param {number} time */
  #move(time) {
    this.position.time = time;
    this.#show();
  }

  #report() {
    const position = roundPosition(this.position);
    if (this.#reported.set(position)) this.handlers.rest(position);
  }

  #show() {
    this.view.update(/** @type {Frames} */ (this.frames), this.position);
    this.handlers.moved();
  }

  /** @param {Kind} kind */
  #offers(kind) {
    return this.handlers.offers ? this.handlers.offers(kind) : (this.frames?.has(kind) ?? false);
  }

  dispose() {
    this.view.dispose();
    this.playback.dispose();
  }
}

/** The space key plays or pauses, unless a button or a field has it. @param {HTMLElement} root @param {Player} player */
export function playOnSpace(root, player) {
  root.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key !== " ") return;
    if (target instanceof Element && target.closest("button, input, select")) return;
    event.preventDefault();
    player.playback.toggle();
  });
}
