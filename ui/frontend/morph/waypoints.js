// @ts-check
/** A path through several images. */

import { defineComponent } from "../core/component.js";
import { addStyle, el } from "../core/dom.js";
import { OptimisticValue } from "../core/optimistic.js";
import { Footer } from "./footer.js";
import { PathStrips } from "./path_strips.js";
import { Player, playOnSpace } from "./player/player.js";
import { MORPH_STYLE } from "./style.js";
import { WaypointList } from "./waypoint/waypoint_list.js";

/** @typedef {import("../core/component.js").Component} Component */
/** @typedef {import("./player/sampled_path.js").Kind} Kind */
/** @typedef {import("../core/payloads.js").WaypointsData} WaypointsData */

/** @type {Kind[]} */
const KINDS = ["linear", "spherical", "geodesic"];

/** @implements {Component} */
class Waypoints {
  /** @type {OptimisticValue<import("./waypoint/waypoint_order.js").WaypointOrder>} */
  #reported = new OptimisticValue({ slots: [], seconds: [] });
  #waiting = "";

  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-morph", MORPH_STYLE);
    this.list = new WaypointList({
      change: (order) => this.#reported.set(order) && send("ordered", order),
      go: (index) => this.player.goTo({ time: this.player.stops[index].time }),
      drop: (slot, key) => send("dropped", { slot, key }),
    });
    this.footer = new Footer(send, () => this.player.position);
    this.strips = new PathStrips(KINDS, (kind, time) => this.player.goTo({ kind, time }));
    this.player = new Player(KINDS, {
      rest: (position) => send("moved", position),
      moved: () => this.strips.select(this.player.position),
      failed: (error) => this.footer.fail(error),
      offers: (kind) => kind !== "geodesic" || this.#waiting === "",
    });
    this.root = this.#layOut();
    playOnSpace(this.root, this.player);
    Object.assign(this.root, { __testHooks: this.player }); // for tests
  }

  #layOut() {
    const { list, player, footer, strips } = this;
    return el(
      "section",
      { class: "ls ls-morph ls-morph-waypoints", "aria-label": "through several images" },
      list.root,
      el("div", { class: "ls-morph-waypoints-image" }, player.view.image.root),
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

  /** @param {WaypointsData} data */
  update(data) {
    this.#waiting = data.waiting;
    const slots = data.cards.map(({ slot }) => slot);
    const accepted = this.#reported.receive({ slots, seconds: data.legs });
    if (accepted && !this.list.busy) this.list.update(data.cards, data.legs);
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

export default defineComponent((send) => new Waypoints(send));
