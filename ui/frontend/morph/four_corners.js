// @ts-check
/** A square with an image at each corner: drag inside to interpolate between them. */

import { defineComponent } from "../core/component.js";
import { addStyle, el } from "../core/dom.js";
import { CornerPad } from "./corners/corner_pad.js";
import { createEndpointCards } from "./endpoint_card.js";
import { Footer } from "./footer.js";
import { MORPH_STYLE } from "./style.js";

/** @typedef {import("../core/component.js").Component} Component */
/** @typedef {import("../core/payloads.js").FourCornersData} FourCornersData */

/** @implements {Component} */
class FourCorners {
  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-morph", MORPH_STYLE);
    this.pad = new CornerPad({
      rest: (position) => send("moved", position),
      failed: (error) => this.footer.fail(error),
    });
    this.footer = new Footer(send, () => this.pad.position);
    this.cards = createEndpointCards(["0", "1", "2", "3"], send, { small: true });
    this.root = el(
      "section",
      { class: "ls ls-morph ls-four-corners", "aria-label": "between four corners" },
      el("div", { class: "ls-four-corners-top" }, this.#square(), this.#image()),
      this.footer.root,
    );
    this.footer.root.children[0].after(this.pad.grid.legend);
    Object.assign(this.root, { __testHooks: this.pad }); // for tests
  }

  #square() {
    const cards = this.cards.map((card) => card.root);
    return el("div", { class: "ls-four-corners-square" }, ...cards, this.pad.handle.root);
  }

  #image() {
    return el(
      "div",
      { class: "ls-four-corners-image" },
      this.pad.image.root,
      el("div", { class: "ls-morph-row" }, this.pad.kindButtons.root, this.footer.tray),
    );
  }

  /** @param {FourCornersData} data */
  update(data) {
    this.cards.forEach((card, i) => card.update(data.cards[i], data.cards[i].slot === data.active));
    this.pad.update(data);
    this.footer.update(data, this.pad.decoder);
    this.root.dataset.ready = "true";
  }

  dispose() {
    this.pad.dispose();
    this.footer.dispose();
  }
}

export default defineComponent((send) => new FourCorners(send));
