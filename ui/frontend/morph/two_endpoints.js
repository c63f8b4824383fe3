// @ts-check
/** Interpolation between two images: an image that follows the slider, and a filmstrip per path. */

import { defineComponent } from "../core/component.js";
import { addStyle, el } from "../core/dom.js";
import { createEndpointCards } from "./endpoint_card.js";
import { Footer } from "./footer.js";
import { PathStrips } from "./path_strips.js";
import { Player, playOnSpace } from "./player/player.js";
import { MORPH_STYLE } from "./style.js";

/** @typedef {import("../core/component.js").Component} Component */
/** @typedef {import("./player/sampled_path.js").Kind} Kind */
/** @typedef {import("../core/payloads.js").TwoEndpointsData} TwoEndpointsData */

/** @type {Kind[]} */
const KINDS = ["linear", "spherical", "geodesic", "cross-fade"];

/** @implements {Component} */
class TwoEndpoints {
  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-morph", MORPH_STYLE);
    this.cards = createEndpointCards(["0", "1"], send);
    this.strips = new PathStrips(KINDS, (kind, time) => {
      this.player.goTo({ kind, time });
      this.player.view.timeline.handle.focus({ preventScroll: true });
    });
    this.player = new Player(KINDS, {
      rest: (position) => send("moved", position),
      moved: () => this.#onMoved(),
      failed: (error) => this.footer.fail(error),
    });
    this.footer = new Footer(send, () => this.player.position);
    this.root = this.#layOut();
    playOnSpace(this.root, this.player);
    Object.assign(this.root, { __testHooks: this.player }); // for tests
  }

  #layOut() {
    const { cards, player, footer, strips } = this;
    return el(
      "section",
      { class: "ls ls-morph", "aria-label": "between A and B" },
      el("div", { class: "ls-morph-top" }, cards[0].root, player.view.image.root, cards[1].root),
      player.view.timeline.root,
      el(
        "div",
        { class: "ls-morph-row" },
        player.playback.root,
        player.view.kinds.root,
        footer.tray,
      ),
      strips.root,
      footer.root,
    );
  }

  #onMoved() {
    this.strips.select(this.player.position);
    this.footer.allow(this.player.hasCode);
  }

  /** @param {TwoEndpointsData} data */
  update(data) {
    this.cards.forEach((card, i) => card.update(data.cards[i], data.cards[i].slot === data.active));
    const pathsChanged = this.player.update(data);
    const { frames } = this.player;
    if (pathsChanged && frames) {
      this.strips.update(frames, data.waiting);
      this.strips.select(this.player.position);
    }
    this.footer.update(data, frames?.decoder);
    this.root.dataset.ready = "true";
  }

  dispose() {
    this.player.dispose();
    this.strips.dispose();
    this.footer.dispose();
  }
}

export default defineComponent((send) => new TwoEndpoints(send));
