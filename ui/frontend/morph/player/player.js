// @ts-check
/** A path to go along: the picture, the slider, play, and what of it Python is told. */

import { tell } from "../../core/bus.js";
import { addStyle } from "../../core/dom.js";
import { OptimisticValue } from "../../core/optimistic.js";
import { openDecoder } from "../../decoding/decoder.js";
import { createStage } from "../../widgets/decoded_image.js";
import { Film } from "./frames.js";
import { createKinds } from "./path_kinds.js";
import { createPlay } from "./playback.js";
import { Trail } from "./sampled_path.js";
import { CURVE_STYLE } from "./support_curve.js";
import { Scale } from "./time_scale.js";
import { TRACK_STYLE, createTrack } from "./timeline.js";

/** @typedef {import("./sampled_path.js").Kind} Kind */
/**
 * @typedef {object} PlayerData what Python sends
 * @property {import("../../decoding/decoder.js").DecoderSpec} decoder
 * @property {import("./sampled_path.js").PathSpec[]} paths
 * @property {string} drawn names the paths; other paths have another name
 * @property {import("./sampled_path.js").Limits} limits
 * @property {{kind: Kind, time: number}} here
 * @property {import("./timeline.js").Stop[]} stops
 * @property {number} seconds from 0 to 1
 * @property {string} channel on which the map listens
 */

export class Player {
  /** @type {{kind: Kind, time: number}} */ here = { kind: "line", time: 0 };
  /** @type {Film | null} */ film = null;
  /** @type {OptimisticValue<{kind: Kind, time: number}>} */ #reported = new OptimisticValue({ ...this.here });
  /** @type {import("./timeline.js").Stop[]} */ stops = [];
  #drawn = "";
  #dressed = "";
  #channel = "";

  /**
   * @param {Kind[]} kinds
   * @param {object} on
   * @param {(here: {kind: Kind, time: number}) => void} on.rest where it has come to rest
   * @param {() => void} on.moved
   * @param {(error: Error) => void} on.failed
   * @param {(kind: Kind) => boolean} [on.offers] whether a path can be had from Python, if it isn't here
   */
  constructor(kinds, on) {
    addStyle("ls-track", TRACK_STYLE + CURVE_STYLE);
    this.on = on;
    this.stage = createStage("the picture at this place of the path");
    this.track = createTrack({ move: (time) => this.#byHand(time), rest: () => this.#rest() });
    this.play = createPlay({ time: () => this.here.time, move: (time) => this.#move(time), rest: () => this.#rest() });
    this.kinds = createKinds(kinds, (kind) => this.go({ kind }));
  }

  /** @param {PlayerData} data @returns {boolean} whether the paths are others than before */
  update(data) {
    const decoder = openDecoder(data.decoder);
    this.film ??= new Film(decoder, this.on.failed);
    this.play.setDuration(data.seconds);
    this.#channel = data.channel;
    const news = this.#reported.receive(data.here) && !this.busy;
    const others = this.#drawn !== data.drawn;
    if (others) this.#open(data, decoder);
    if (news) this.here = { ...data.here };
    if (news || others) this.#show();
    return others;
  }

  /** @param {PlayerData} data @param {import("../../decoding/decoder.js").Decoder} decoder */
  #open(data, decoder) {
    this.#drawn = data.drawn;
    this.stops = data.stops;
    const trails = data.paths.map((path) => new Trail(path, decoder.spec.dim));
    this.film?.set(decoder, trails, data.limits);
    const { times } = trails[0];
    const [low, high] = [times[0], times[times.length - 1]];
    this.track.setScale(new Scale(low, high, low < 0 ? 0.16 : 0.022), data.stops);
  }

  /** Whether a hand has it or it plays. */
  get busy() {
    return this.track.held || this.play.playing;
  }

  /** Go there, and have Python know. @param {{kind?: Kind, time?: number}} where */
  go(where) {
    if (where.kind && !this.#offers(where.kind)) return;
    if (where.time !== undefined) this.play.yield();
    this.here = { ...this.here, ...where };
    this.#show();
    if (!this.busy) this.#rest();
  }

  /** @param {number} time */
  #byHand(time) {
    this.play.yield();
    this.#move(time);
  }

  /** @param {number} time */
  #move(time) {
    this.here.time = time;
    this.#show();
  }

  #rest() {
    const here = { kind: this.here.kind, time: Math.round(this.here.time * 1e4) / 1e4 };
    if (this.#reported.set(here)) this.on.rest(here);
  }

  /** Show where one is: knob, word, mark on the map and, as soon as it is decoded, the picture. */
  #show() {
    const film = /** @type {Film} */ (this.film);
    const { kind, time } = this.here;
    const shown = film.has(kind) ? kind : film.first; // until there is such a path
    const { found, word } = film.moment(shown, time);
    this.track.set(time);
    this.track.say([percent(time), word].filter(Boolean).join(", "));
    this.#dress(film, shown);
    this.stage.caption(shown === kind ? percent(time) : `${percent(time)} of the straight path, until there is one along the data`);
    tell(this.#channel, found?.place ? { place: found.place } : null);
    film.show(shown, time, (images) => this.stage.show(images, film.shape, word));
    this.on.moved();
  }

  /** What changes with the path alone. @param {Film} film @param {Kind} shown */
  #dress(film, shown) {
    const dressed = `${this.#drawn} ${shown} ${this.here.kind}`;
    if (dressed === this.#dressed) return;
    this.#dressed = dressed;
    this.track.setTrust(film.trails.get(shown), film.limits);
    this.kinds.show(this.here.kind, (kind) => this.#offers(kind));
  }

  /** @param {Kind} kind */
  #offers(kind) {
    return this.on.offers ? this.on.offers(kind) : this.film?.has(kind) ?? false;
  }

  /** Play or pause, unless a button or a field has the key. @param {KeyboardEvent} event */
  onSpace(event) {
    if (event.key !== " " || (event.target instanceof Element && event.target.closest("button, input, select"))) return;
    event.preventDefault();
    this.play.toggle();
  }

  /** Whether there is a code where one is. */
  get hasCode() {
    return this.film?.moment(this.here.kind, this.here.time).found !== null;
  }

  dispose() {
    this.track.dispose();
    this.play.dispose();
    tell(this.#channel, null);
  }
}

/** How far from A to B. @param {number} time */
export function percent(time) {
  const share = Math.round(100 * time);
  if (share < 0) return `${-share} % before A`;
  return share > 100 ? `${share - 100} % beyond B` : `${share} %`;
}
