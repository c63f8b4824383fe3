// @ts-check
/** The state of a crossover: codes of all images, decoding and reporting. */

import { float32FromBase64 } from "../core/base64.js";
import { publish } from "../core/bus.js";
import { OptimisticValue } from "../core/optimistic.js";
import { crossover, sampleVariation } from "../latent/crossover.js";
import { loadSpace } from "../latent/support.js";
import { BackgroundQueue } from "../decoding/background.js";
import { openDecoder } from "../decoding/decoder.js";
import { LatestOnly } from "../decoding/latest_only.js";

/** @typedef {{shares: number[], amount: number, seed: number, child: number}} CrossoverState child 0 is the crossover itself */
/**
 * @typedef {object} CrossoverData what Python sends
 * @property {import("../decoding/decoder.js").DecoderSpec} decoder
 * @property {import("../latent/support.js").SpaceSpec} space
 * @property {import("../core/images.js").SheetSpec} sheet
 * @property {string} parents two codes, float32 in base64
 * @property {string} mean of the data
 * @property {string} noise one draw per variation
 * @property {import("./dimension_groups.js").DimensionGroup[]} groups
 * @property {boolean} last_inactive whether the last group holds the inactive dimensions
 * @property {CrossoverState} state
 * @property {string} channel on which the map listens
 */

const REPORT_DELAY_MS = 250; // after the last change

/** @param {number} value */
const rounded = (value) => Math.round(value * 1e4) / 1e4;

export class CrossoverStore {
  /** @type {CrossoverState} */ state = { shares: [], amount: 0, seed: 0, child: 0 };
  /** @type {import("../decoding/decoder.js").Decoder | null} */ decoder = null;
  /** @type {import("../latent/support.js").LatentSpace | null} */ space = null;
  /** @type {import("../core/images.js").SheetSpec | null} */ sheet = null;
  /** @type {OptimisticValue<CrossoverState>} */ #reported = new OptimisticValue({ ...this.state });
  /** @type {Float32Array[]} */ #parents = [];
  /** @type {Float32Array[]} */ #noise = [];
  /** @type {number[][]} */ #groups = [];
  /** @type {Float32Array} */ #mean = new Float32Array(0);
  #dirty = false; // changed and not reported yet
  #lastGroupInactive = false;
  #codesKey = "";
  #groupsKey = "";
  #spaceUrl = "";
  #reportTimer = 0;
  #channel = "";

  /**
   * @param {object} on
   * @param {(state: CrossoverState) => void} on.rest
   * @param {(error: Error) => void} on.failed
   * @param {(state: CrossoverState, share: number) => void} on.show
   * @param {(images: Float32Array, code: Float32Array) => void} on.shown
   * @param {(index: number, code: Float32Array, images: Float32Array) => void} on.paint
   */
  constructor(on) {
    this.on = on;
    const decoder = () => /** @type {import("../decoding/decoder.js").Decoder} */ (this.decoder);
    this.latest = new LatestOnly(decoder, on.failed);
    this.background = new BackgroundQueue(decoder, {
      failed: (error) => {
        this.background.clear();
        on.failed(error);
      },
    });
  }

  /** The number of images: the crossover and its variations. */
  get count() {
    return this.#noise.length + 1;
  }

  /** @param {CrossoverData} data @param {() => void} groupsChanged called when the groups have changed */
  update(data, groupsChanged) {
    this.decoder = openDecoder(data.decoder);
    this.sheet = data.sheet;
    this.#channel = data.channel;
    this.#loadSpace(data.space);
    const accepted = this.#reported.receive(data.state) && !this.#dirty;
    const groupsKey = `${data.decoder.server_url} ${JSON.stringify(data.groups)}`;
    const drawn = `${groupsKey} ${data.parents} ${data.mean} ${data.noise}`;
    const codesChanged = drawn !== this.#codesKey;
    if (codesChanged) this.#readCodes(data);
    this.#codesKey = drawn;
    if (accepted || this.state.shares.length !== data.groups.length) this.state = { ...data.state };
    if (groupsKey !== this.#groupsKey) groupsChanged();
    this.#groupsKey = groupsKey;
    if (accepted || codesChanged) this.#show();
  }

  /** @param {CrossoverData} data */
  #readCodes({ decoder: { dim }, parents, mean, noise, groups, last_inactive }) {
    this.#parents = splitRows(float32FromBase64(parents), dim);
    this.#noise = splitRows(float32FromBase64(noise), dim);
    this.#mean = float32FromBase64(mean);
    this.#groups = groups.map((group) => group.dims);
    this.#lastGroupInactive = last_inactive;
    this.background.clear();
  }

  /** @param {import("../latent/support.js").SpaceSpec} spec */
  #loadSpace(spec) {
    const { url } = spec.codes;
    if (url === this.#spaceUrl) return;
    this.#spaceUrl = url;
    this.space = null;
    loadSpace(spec).then((space) => {
      if (url !== this.#spaceUrl) return;
      this.space = space;
      this.#show();
    }, this.on.failed);
  }

  /** @param {number[]} shares */
  #crossover(shares) {
    return crossover(this.#parents[0], this.#parents[1], this.#groups, shares);
  }

  /** The crossover or one of its variations. @param {number} child @param {Float32Array} center */
  #variation(child, center) {
    return child
      ? sampleVariation(center, this.#mean, this.#noise[child - 1], this.state.amount)
      : center;
  }

  /** The selected code with one group from one parent. @param {number} group @param {number} share */
  #withGroup(group, share) {
    const shares = this.state.shares.map((own, g) => (g === group ? share : own));
    return this.#variation(this.state.child, this.#crossover(shares));
  }

  /** Change the state; a call of `scheduleReport` is to follow. @param {Partial<CrossoverState>} change */
  change(change) {
    this.#dirty = true;
    Object.assign(this.state, change);
    this.#show();
  }

  #show() {
    const { shares, child } = this.state;
    const center = this.#crossover(shares);
    const code = this.#variation(child, center);
    const decoder = this.decoder;
    const activeShares =
      this.#lastGroupInactive && shares.length > 1 ? shares.slice(0, -1) : shares;
    this.on.show(
      this.state,
      activeShares.reduce((sum, share) => sum + share, 0) / activeShares.length,
    );
    publish(this.#channel, { code });
    this.latest.request(code, (images) => decoder === this.decoder && this.on.shown(images, code));
    const codes = [
      ...Array.from({ length: this.count }, (_, k) => this.#variation(k, center)),
      ...shares.flatMap((_, g) => [this.#withGroup(g, 0), this.#withGroup(g, 1)]),
    ];
    codes.forEach((own, k) =>
      this.background.request(k, own, (images) => this.on.paint(k, own, images)),
    );
  }

  /** Set all groups alike. @param {number} share of B */
  setAllShares(share) {
    this.change({ shares: this.state.shares.map(() => share) });
  }

  /** @param {number} index @param {number} share of B */
  setShare(index, share) {
    this.change({ shares: this.state.shares.map((own, g) => (g === index ? share : own)) });
  }

  /** Take each group from A, from B, or from halfway, at random. */
  randomize() {
    const before = String(this.state.shares);
    let shares = this.state.shares;
    while (String(shares) === before) shares = shares.map(() => Math.floor(3 * Math.random()) / 2);
    this.change({ shares });
  }

  /** The state as it is reported. @returns {CrossoverState} */
  roundedState() {
    const { shares, amount, seed, child } = this.state;
    return { shares: shares.map(rounded), amount: rounded(amount), seed, child };
  }

  /** Report after a pause without further changes. */
  scheduleReport() {
    clearTimeout(this.#reportTimer);
    this.#reportTimer = setTimeout(() => {
      this.#dirty = false;
      const state = this.roundedState();
      if (this.#reported.set(state)) this.on.rest(state);
    }, REPORT_DELAY_MS);
  }

  /** Do not report the last change: another event does. */
  cancelReport() {
    clearTimeout(this.#reportTimer);
    this.#dirty = false;
  }

  dispose() {
    this.cancelReport();
    this.background.clear();
    publish(this.#channel, null);
  }
}

/** @param {Float32Array} flat @param {number} dim */
function splitRows(flat, dim) {
  return Array.from({ length: flat.length / dim }, (_, i) => flat.subarray(i * dim, (i + 1) * dim));
}
