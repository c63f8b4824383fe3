// @ts-check
/** A path through several images. */

import { defineComponent } from "../core/component.js";
import { addStyle, el } from "../core/dom.js";
import { OptimisticValue } from "../core/optimistic.js";
import { createFilmstrips } from "./filmstrips.js";
import { createFooter } from "./footer.js";
import { Player } from "./player/player.js";
import { MORPH_STYLE } from "./style.js";
import { createWaypointList } from "./waypoint_list.js";

/** @typedef {import("./player/sampled_path.js").Kind} Kind */
/**
 * @typedef {object} Waypoints
 * @property {import("./endpoint_card.js").EndpointData[]} cards in their order
 * @property {number[]} legs seconds from each to the next
 * @property {string} waiting why there is no path along the data yet
 * @property {boolean} smooth whether Python assumes smooth enlarging
 */
/** @typedef {import("./player/player.js").PlayerData & Waypoints} WaypointsData */

/** @type {Kind[]} */
const KINDS = ["linear", "spherical", "geodesic"];

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-morph", MORPH_STYLE);
  /** @type {OptimisticValue<import("./waypoint_list.js").WaypointOrder>} */
  const reported = new OptimisticValue({ slots: [], seconds: [] });
  let waiting = "";
  const list = createWaypointList({
    change: (order) => reported.set(order) && send("ordered", order),
    go: (index) => player.goTo({ time: player.stops[index].time }),
    drop: (slot, key) => send("dropped", { slot, key }),
  });
  const footer = createFooter(send, () => player.position);
  const filmstrips = createFilmstrips(KINDS, (kind, time) => player.goTo({ kind, time }));
  const player = new Player(KINDS, {
    rest: (here) => send("moved", here),
    moved: () => filmstrips.select(player.position.kind, player.position.time),
    failed: (error) => footer.fail(error),
    offers: (kind) => kind !== "geodesic" || waiting === "",
  });
  const root = el(
    "section",
    { class: "ls ls-morph ls-morph-waypoints", "aria-label": "through several images" },
    list.root,
    el("div", { class: "ls-morph-waypoints-image" }, player.image.root),
    player.timeline.root,
    el("div", { class: "ls-morph-row" }, player.playback.root, player.kinds.root, footer.tray),
    filmstrips.root,
    footer.root,
  );
  root.addEventListener("keydown", (event) => player.onSpace(event));
  Object.assign(root, { __testHooks: player }); // for tests

  /** @param {WaypointsData} data */
  function update(data) {
    waiting = data.waiting;
    const accepted = reported.receive({
      slots: data.cards.map((/** @type {{slot: string}} */ card) => card.slot),
      seconds: data.legs,
    });
    if (accepted && !list.busy) list.update(data.cards, data.legs);
    const pathsChanged = player.update(data);
    if (pathsChanged)
      filmstrips.show(/** @type {import("./player/frames.js").Frames} */ (player.frames), waiting);
    if (pathsChanged) filmstrips.select(player.position.kind, player.position.time);
    footer.update(data, player.frames?.decoder);
    root.dataset.ready = "true";
  }
  return {
    root,
    update,
    dispose: () => {
      player.dispose();
      filmstrips.dispose();
      footer.dispose();
    },
  };
}

export default defineComponent(build);
