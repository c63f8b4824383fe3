// @ts-check
/** The state of a crossover: its codes are decoded and published, changes are reported. */

import { publish } from "../core/bus.js";
import { BackgroundQueue } from "../decoding/background.js";
import { openDecoder } from "../decoding/decoder.js";
import { LatestOnly } from "../decoding/latest_only.js";
import { CrossoverCodes, randomShares, roundState, withShare } from "./crossover_codes.js";
import { DelayedReport } from "./delayed_report.js";
import { SpaceLoader } from "./space_loader.js";

/** @typedef {import("../decoding/decoder.js").Decoder} Decoder */
/** @typedef {import("./crossover_codes.js").CrossoverState} CrossoverState */
/** @typedef {import("../core/payloads.js").CrossoverData} CrossoverData */
/**
 * @typedef {object} CrossoverHandlers
 * @property {(state: CrossoverState) => void} rest the reported state
 * @property {(error: Error) => void} failed
 * @property {(data: CrossoverData) => void} groupsChanged
 * @property {(state: CrossoverState, share: number) => void} changed `share`: of B in all
 * @property {(images: Float32Array, code: Float32Array, realism: Float32Array) => void} decoded the selected image
 * @property {(index: number, code: Float32Array, images: Float32Array, realism: Float32Array) => void} decodedSmall one of the small images
 */

/** A function that says whether its argument differs from the one of its last call. */
function changeDetector() {
  let last = "";
  return (/** @type {string} */ key) => {
    const isOther = key !== last;
    last = key;
    return isOther;
  };
}

export class CrossoverStore {
  /** @type {CrossoverState} */ state = { shares: [], amount: 0, seed: 0, child: 0 };
  /** @type {CrossoverCodes | null} */ codes = null;
  /** @type {Decoder | null} */ decoder = null;
  #haveGroupsChanged = changeDetector();
  #haveCodesChanged = changeDetector();
  #channel = "";
  /** @type {SpaceLoader} */ #spaceLoader;

  /** @param {CrossoverHandlers} handlers */
  constructor(handlers) {
    this.handlers = handlers;
    const decoder = () => /** @type {Decoder} */ (this.decoder);
    this.latest = new LatestOnly(decoder, handlers.failed);
    this.background = new BackgroundQueue(decoder, {
      failed: (error) => this.#onBackgroundError(error),
    });
    this.#spaceLoader = new SpaceLoader(() => this.#show(), handlers.failed);
    this.report = new DelayedReport(this.roundedState(), () => this.roundedState(), handlers.rest);
  }

  /** @param {Error} error */
  #onBackgroundError(error) {
    this.background.clear();
    this.handlers.failed(error);
  }

  /** The data's latent space, null while it is loaded. */
  get space() {
    return this.#spaceLoader.space;
  }

  /** The state as it is reported. */
  roundedState() {
    return roundState(this.state);
  }

  /** @param {CrossoverData} data */
  update(data) {
    this.decoder = openDecoder(data.decoder);
    this.#channel = data.channel;
    this.#spaceLoader.load(data.space);
    const accepted = this.report.receive(data.state);
    const groupsKey = `${data.decoder.server_url} ${JSON.stringify(data.groups)}`;
    const groupsChanged = this.#haveGroupsChanged(groupsKey);
    const codesKey = `${groupsKey} ${data.parents} ${data.mean} ${data.noise}`;
    const codesChanged = this.#haveCodesChanged(codesKey);
    if (codesChanged) this.background.clear();
    if (codesChanged) this.codes = new CrossoverCodes(data, data.decoder.dim);
    if (accepted || this.state.shares.length !== data.groups.length) this.state = { ...data.state };
    if (groupsChanged) this.handlers.groupsChanged(data);
    if (accepted || codesChanged) this.#show();
  }

  /** Change the state; `report.schedule()` is to follow. @param {Partial<CrossoverState>} change */
  change(change) {
    this.report.markChanged();
    Object.assign(this.state, change);
    this.#show();
  }

  /** Set all groups alike. @param {number} share of B */
  setAllShares(share) {
    this.change({ shares: this.state.shares.map(() => share) });
  }

  /** @param {number} group @param {number} share of B */
  setShare(group, share) {
    this.change({ shares: withShare(this.state.shares, group, share) });
  }

  /** Take each group from A, from B, or from halfway, at random. */
  randomize() {
    this.change({ shares: randomShares(this.state.shares) });
  }

  #show() {
    const { state, decoder, codes, handlers } = this;
    if (!codes) return;
    const code = codes.selected(state);
    handlers.changed(state, codes.meanShare(state.shares));
    publish(this.#channel, { code });
    this.latest.request(
      code,
      (images, realism) => decoder === this.decoder && handlers.decoded(images, code, realism),
    );
    codes
      .all(state)
      .forEach((own, k) =>
        this.background.request(k, own, (images, realism) =>
          handlers.decodedSmall(k, own, images, realism),
        ),
      );
  }

  dispose() {
    this.report.cancel();
    this.background.clear();
    publish(this.#channel, null);
  }
}
