// @ts-check
/** The state of the grid: what is drawn from, the settings, and the work on the tiles seen. */

import { setText } from "../core/dom.js";
import { fetchBytes } from "../core/fetch.js";
import { OptimisticValue } from "../core/optimistic.js";
import { verdictOf } from "../core/verdict.js";
import { BackgroundQueue } from "../decoding/background.js";
import { openDecoder } from "../decoding/decoder.js";
import { loadDistribution } from "../latent/sampling.js";
import { loadSpace } from "../latent/support.js";
import { IdleQueue } from "./idle_queue.js";

/** @typedef {import("../core/payloads.js").SampleGridData} SampleGridData */
/** @typedef {import("../core/payloads.js").SampleGridState} State */
/** @typedef {import("../decoding/decoder.js").Decoder} Decoder */
/** @typedef {import("../latent/sampling.js").CodeDistribution} CodeDistribution */
/** @typedef {import("../latent/support.js").LatentSpace} LatentSpace */
/** @typedef {import("./tile.js").SampleTile} SampleTile */
/**
 * @typedef {object} StoreHandlers
 * @property {() => void} changed the settings
 * @property {() => void} redrawn all samples are others now
 * @property {(error: Error) => void} failed
 * @property {(state: State) => void} report to Python
 */

/** @type {State} */
const NOTHING_CHOSEN = {
  seed: 0,
  temperature: 1,
  truncation: 1,
  nearest: false,
  selected: null,
};
const DRAWN_BY = /** @type {(keyof State)[]} */ (["seed", "temperature", "truncation", "nearest"]);

export class SampleStore {
  /** @type {SampleGridData | null} */ data = null;
  /** @type {Decoder | null} */ decoder = null;
  /** @type {CodeDistribution | null} */ #distribution = null;
  /** @type {LatentSpace | null} */ #space = null;
  /** @type {string[]} */ #names = [];
  /** @type {WeakMap<SampleTile, {code: Float32Array, realism: Float32Array}>} */ #drawn =
    new WeakMap();
  #urls = "";
  #state = new OptimisticValue(NOTHING_CHOSEN);

  /** @param {StoreHandlers} handlers */
  constructor(handlers) {
    this.handlers = handlers;
    this.queue = new BackgroundQueue(() => /** @type {Decoder} */ (this.decoder), {
      failed: handlers.failed,
    });
    /** @type {IdleQueue<SampleTile>} */
    this.ratings = new IdleQueue((tile) => this.#rate(tile));
  }

  /** What is chosen now. @returns {State} */
  get state() {
    return this.#state.value;
  }

  /** @param {SampleGridData} data */
  update(data) {
    this.data = data;
    this.decoder = data.decoder && openDecoder(data.decoder);
    const isNew = this.#state.receive(data.state);
    const urls = `${data.distribution.url} ${data.space.codes.url} ${data.decoder?.server_url}`;
    if (urls !== this.#urls) {
      this.#urls = urls;
      this.#load(data, urls);
    }
    this.handlers.changed();
    if (isNew) this.handlers.redrawn();
  }

  /** @param {SampleGridData} data @param {string} urls */
  #load(data, urls) {
    this.#distribution = this.#space = null;
    this.queue.clear();
    const names = data.names ? fetchBytes(data.names.url) : null;
    Promise.all([loadDistribution(data.distribution), loadSpace(data.space), names]).then(
      ([distribution, space, bytes]) => {
        if (urls !== this.#urls) return;
        this.#distribution = distribution;
        this.#space = space;
        this.#names = bytes ? JSON.parse(new TextDecoder().decode(bytes)) : [];
        this.handlers.redrawn();
      },
      this.handlers.failed,
    );
  }

  /** Change the settings; the samples follow. @param {Partial<State>} change */
  change(change) {
    const before = this.state;
    this.#state.value = { ...before, ...change };
    this.handlers.changed();
    if (DRAWN_BY.every((name) => this.state[name] === before[name])) return;
    this.ratings.postpone();
    this.handlers.redrawn();
  }

  /** Tell Python what is chosen. */
  report() {
    if (this.#state.set(this.state)) this.handlers.report(this.state);
  }

  /** The code of a sample; null while the distribution loads. @param {number} index */
  codeOf(index) {
    return this.#distribution?.sample(index, this.state) ?? null;
  }

  /** @param {SampleTile} tile @param {number} index */
  show(tile, index) {
    tile.begin(index, index === this.state.selected);
    const code = this.codeOf(index);
    if (!code) return;
    this.#drawn.set(tile, { code, realism: new Float32Array() });
    if (this.decoder) this.#decode(tile, code);
    this.ratings.add(tile);
  }

  /** @param {SampleTile} tile @param {Float32Array} code */
  #decode(tile, code) {
    const { decoder } = this;
    this.queue.request(tile, code, (images, realism) => {
      if (this.#drawn.get(tile)?.code !== code || !decoder) return;
      tile.showImage(images, decoder.spec.shape);
      this.#drawn.set(tile, { code, realism });
      this.ratings.add(tile); // its realism may change the verdict
    });
  }

  /** @param {SampleTile} tile that is not seen any more */
  hide(tile) {
    this.queue.cancel(tile);
    this.ratings.remove(tile);
    this.#drawn.delete(tile);
  }

  /** Verdict and nearest of the data. @param {SampleTile} tile */
  #rate(tile) {
    const [drawn, space, data] = [this.#drawn.get(tile), this.#space, this.data];
    if (!drawn || !space || !data) return;
    const { level } = space.support(drawn.code);
    const { index, distance } = space.codes.nearest(drawn.code, 1, space.codes.activeDims);
    const verdict = this.decoder
      ? this.decoder.verdict(level, drawn.realism)
      : verdictOf(level, null);
    tile.showVerdict(verdict, { id: index[0], ratio: distance[0] / data.typical_distance });
    if (data.sheet) tile.showNearest(data.sheet, index[0]);
    else setText(tile.name, this.#names[index[0]] ?? `${data.sample_noun} ${index[0]}`);
  }

  dispose() {
    this.queue.clear();
    this.ratings.dispose();
  }
}
