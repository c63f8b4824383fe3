// @ts-check
/** Which child of which parents: the codes behind the pictures, and who is told of a change. */

import { readFloats } from "../core/base64.js";
import { tell } from "../core/bus.js";
import { OptimisticValue } from "../core/optimistic.js";
import { mix, vary } from "../latent/crossover.js";
import { loadSpace } from "../latent/support.js";
import { BackgroundQueue } from "../decoding/background.js";
import { openDecoder } from "../decoding/decoder.js";
import { Line } from "../decoding/latest_only.js";

/** @typedef {{shares: number[], amount: number, seed: number, child: number}} Birth 0 is the mixture itself */
/**
 * @typedef {object} KinData what Python sends
 * @property {import("../decoding/decoder.js").DecoderSpec} decoder
 * @property {import("../latent/support.js").SpaceSpec} space
 * @property {import("../core/images.js").SheetSpec} sheet
 * @property {string} parents two codes, float32 in base64
 * @property {string} mean of the data
 * @property {string} noise one draw for each child
 * @property {import("./dimension_groups.js").Gene[]} genes
 * @property {boolean} silent whether the last gene is
 * @property {Birth} here
 * @property {string} channel on which the map listens
 */

const SETTLED_MS = 250; // after the last change

/** @param {number} value */
const rounded = (value) => Math.round(value * 1e4) / 1e4;

export class Kin {
  /** @type {Birth} */ here = { shares: [], amount: 0, seed: 0, child: 0 };
  /** @type {import("../decoding/decoder.js").Decoder | null} */ decoder = null;
  /** @type {import("../latent/support.js").Space | null} */ known = null;
  /** @type {import("../core/images.js").SheetSpec | null} */ sheet = null;
  /** @type {OptimisticValue<Birth>} */ #reported = new OptimisticValue({ ...this.here });
  /** @type {Float32Array[]} */ #parents = [];
  /** @type {Float32Array[]} */ #noise = [];
  /** @type {number[][]} */ #groups = [];
  /** @type {Float32Array} */ #mean = new Float32Array(0);
  #held = false; // changed here, and Python isn't told yet
  #silent = false;
  #drawn = "";
  #dressed = "";
  #space = "";
  #settling = 0;
  #channel = "";

  /**
   * @param {object} on
   * @param {(here: Birth) => void} on.rest
   * @param {(error: Error) => void} on.failed
   * @param {(here: Birth, share: number) => void} on.show
   * @param {(images: Float32Array, code: Float32Array) => void} on.shown
   * @param {(index: number, code: Float32Array, images: Float32Array) => void} on.paint
   */
  constructor(on) {
    this.on = on;
    const decoder = () => /** @type {import("../decoding/decoder.js").Decoder} */ (this.decoder);
    this.line = new Line(decoder, on.failed);
    this.later = new BackgroundQueue(decoder, { failed: (error) => { this.later.clear(); on.failed(error); } });
  }

  /** How many are in the family: the mixture and its litter. */
  get count() {
    return this.#noise.length + 1;
  }

  /** @param {KinData} data @param {() => void} dress the genes are others */
  update(data, dress) {
    this.decoder = openDecoder(data.decoder);
    this.sheet = data.sheet;
    this.#channel = data.channel;
    this.#open(data.space);
    const news = this.#reported.receive(data.here) && !this.#held;
    const genes = `${data.decoder.server} ${JSON.stringify(data.genes)}`;
    const drawn = `${genes} ${data.parents} ${data.mean} ${data.noise}`;
    const others = drawn !== this.#drawn;
    if (others) this.#read(data);
    this.#drawn = drawn;
    if (news || this.here.shares.length !== data.genes.length) this.here = { ...data.here };
    if (genes !== this.#dressed) dress();
    this.#dressed = genes;
    if (news || others) this.#show();
  }

  /** @param {KinData} data */
  #read({ decoder: { dim }, parents, mean, noise, genes, silent }) {
    this.#parents = rows(readFloats(parents), dim);
    this.#noise = rows(readFloats(noise), dim);
    this.#mean = readFloats(mean);
    this.#groups = genes.map((gene) => gene.dims);
    this.#silent = silent;
    this.later.clear();
  }

  /** @param {import("../latent/support.js").SpaceSpec} spec */
  #open(spec) {
    const { url } = spec.codes;
    if (url === this.#space) return;
    this.#space = url;
    this.known = null;
    loadSpace(spec).then((space) => {
      if (url !== this.#space) return;
      this.known = space;
      this.#show();
    }, this.on.failed);
  }

  /** @param {number[]} shares */
  #mixture(shares) {
    return mix(this.#parents[0], this.#parents[1], this.#groups, shares);
  }

  /** One of the family. @param {number} child @param {Float32Array} centre */
  #child(child, centre) {
    return child ? vary(centre, this.#mean, this.#noise[child - 1], this.here.amount) : centre;
  }

  /** What is looked at, with one gene from one parent. @param {number} gene @param {number} share */
  #with(gene, share) {
    const shares = this.here.shares.map((own, g) => (g === gene ? share : own));
    return this.#child(this.here.child, this.#mixture(shares));
  }

  /** Show the family with something changed by hand; `rest` is to follow. @param {Partial<Birth>} change */
  go(change) {
    this.#held = true;
    Object.assign(this.here, change);
    this.#show();
  }

  #show() {
    const { shares, child } = this.here;
    const centre = this.#mixture(shares);
    const code = this.#child(child, centre);
    const decoder = this.decoder;
    const audible = this.#silent && shares.length > 1 ? shares.slice(0, -1) : shares;
    this.on.show(this.here, audible.reduce((sum, share) => sum + share, 0) / audible.length);
    tell(this.#channel, { code });
    this.line.ask(code, (images) => decoder === this.decoder && this.on.shown(images, code));
    const small = [
      ...Array.from({ length: this.count }, (_, k) => this.#child(k, centre)),
      ...shares.flatMap((_, g) => [this.#with(g, 0), this.#with(g, 1)]),
    ];
    small.forEach((own, k) => this.later.request(k, own, (images) => this.on.paint(k, own, images)));
  }

  /** Mix all genes alike. @param {number} share of B */
  all(share) {
    this.go({ shares: this.here.shares.map(() => share) });
  }

  /** @param {number} index @param {number} share of B */
  gene(index, share) {
    this.go({ shares: this.here.shares.map((own, g) => (g === index ? share : own)) });
  }

  /** Take each gene from A, from B, or from halfway, by chance. */
  shuffle() {
    const before = String(this.here.shares);
    let shares = this.here.shares;
    while (String(shares) === before) shares = shares.map(() => Math.floor(3 * Math.random()) / 2);
    this.go({ shares });
  }

  /** As Python is told. @returns {Birth} */
  rounded() {
    const { shares, amount, seed, child } = this.here;
    return { shares: shares.map(rounded), amount: rounded(amount), seed, child };
  }

  /** A hand has let go: Python is told once it rests. */
  rest() {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.#held = false;
      const here = this.rounded();
      if (this.#reported.set(here)) this.on.rest(here);
    }, SETTLED_MS);
  }

  /** Tell Python nothing of what was changed last: something else says it. */
  still() {
    clearTimeout(this.#settling);
    this.#held = false;
  }

  dispose() {
    this.still();
    this.later.clear();
    tell(this.#channel, null);
  }
}

/** @param {Float32Array} flat @param {number} dim */
function rows(flat, dim) {
  return Array.from({ length: flat.length / dim }, (_, i) => flat.subarray(i * dim, (i + 1) * dim));
}
