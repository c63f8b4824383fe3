// @ts-check
/** Crossover of two images by dimension groups, with variations around it. */

import { defineComponent } from "../core/component.js";
import { addStyle, el } from "../core/dom.js";
import { createEndpointCards } from "../morph/endpoint_card.js";
import { Footer } from "../morph/footer.js";
import { MORPH_STYLE } from "../morph/style.js";
import { createDecodedImage } from "../widgets/decoded_image.js";
import {
  MixControl,
  VariationControl,
  changeAndReport,
  createGroupsHeading,
  createReplaceButtons,
} from "./controls.js";
import { CrossoverStore } from "./crossover_store.js";
import { DimensionGroups } from "./dimension_groups.js";
import { CROSSOVER_STYLE } from "./style.js";
import { SupportPanel } from "./support_panel.js";
import { variationName } from "./variation_names.js";
import { Variations } from "./variations.js";

/** @typedef {import("../core/component.js").Component} Component */
/** @typedef {import("../core/payloads.js").CrossoverData} Data */

/** @implements {Component} */
class Crossover {
  /** @type {import("../core/images.js").SheetSpec | null} */ #sheet = null;

  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-morph", MORPH_STYLE);
    addStyle("ls-crossover", CROSSOVER_STYLE);
    this.store = this.#createStore(send);
    this.cards = createEndpointCards(["0", "1"], send);
    this.image = createDecodedImage("the selected variation");
    this.mix = new MixControl(this.store);
    this.variation = new VariationControl(this.store);
    this.variations = new Variations((child) => changeAndReport(this.store, { child }));
    this.groups = new DimensionGroups({
      move: (group, share) => this.store.setShare(group, share),
      rest: () => this.store.report.schedule(),
    });
    this.support = new SupportPanel((id) => send("picked", { id }));
    this.footer = new Footer(send, () => this.store.roundedState());
    this.root = this.#layOut(createReplaceButtons(this.store, send));
    Object.assign(this.root, { __testHooks: this.store }); // for tests
  }

  /** @param {(event: string, value: any) => void} send */
  #createStore(send) {
    return new CrossoverStore({
      rest: (state) => send("moved", state),
      failed: (error) => this.footer.fail(error),
      groupsChanged: (data) => this.groups.setGroups(data.groups, data.last_inactive),
      changed: (state, share) => this.#onChanged(state, share),
      decoded: (images, code, realism) => this.#onDecoded(images, code, realism),
      decodedSmall: (index, code, images, realism) =>
        this.#onDecodedSmall(index, code, images, realism),
    });
  }

  /** @param {HTMLElement[]} replaceButtons */
  #layOut(replaceButtons) {
    const { cards, image, mix, footer, variation, variations, groups } = this;
    return el(
      "section",
      { class: "ls ls-morph ls-crossover", "aria-label": "two parents and their variations" },
      el("div", { class: "ls-morph-top" }, cards[0].root, image.root, cards[1].root),
      mix.root,
      el("div", { class: "ls-crossover-actions" }, ...replaceButtons, footer.tray),
      this.support.root,
      el("div", {}, variation.root, variations.root),
      el("div", {}, createGroupsHeading(this.store), groups.root),
      footer.root,
    );
  }

  /** @param {Data} data */
  update(data) {
    this.#sheet = data.sheet;
    this.cards.forEach((card, i) => card.update(data.cards[i], data.cards[i].slot === data.active));
    this.store.update(data);
    this.footer.update(data, this.store.decoder);
    this.root.dataset.ready = "true";
  }

  /** Update the controls, before anything is decoded. @param {import("./crossover_codes.js").CrossoverState} state @param {number} share of B in all */
  #onChanged({ shares, amount, child }, share) {
    this.mix.update(share);
    this.variation.update(amount);
    this.groups.update(shares);
    this.variations.update(child);
    this.image.caption(variationName(child));
  }

  /**
   * @param {Float32Array} code @param {Float32Array} realism of its image
   * @returns {import("../core/verdict.js").Verdict | null} null while the codes of the data load
   */
  #verdictOn(code, realism) {
    const { decoder, space } = this.store;
    return decoder && space ? decoder.verdict(space.support(code).level, realism) : null;
  }

  /** Show the selected image. @param {Float32Array} images @param {Float32Array} code @param {Float32Array} realism */
  #onDecoded(images, code, realism) {
    const { decoder, space } = this.store;
    if (!decoder) return;
    const verdict = this.#verdictOn(code, realism);
    this.image.show(images, decoder.spec.shape, verdict);
    if (verdict && space && this.#sheet) this.support.update(code, verdict, space, this.#sheet);
  }

  /** Show one of the small images. @param {number} index @param {Float32Array} code @param {Float32Array} images @param {Float32Array} realism */
  #onDecodedSmall(index, code, images, realism) {
    const { decoder, codes } = this.store;
    if (!decoder || !codes) return;
    const { shape } = decoder.spec;
    const verdict = this.#verdictOn(code, realism);
    if (index < codes.count) this.variations.showImage(index, images, shape, verdict);
    else this.groups.showEnd(index - codes.count, images, shape);
  }

  dispose() {
    this.store.dispose();
    this.footer.dispose();
  }
}

export default defineComponent((send) => new Crossover(send));
