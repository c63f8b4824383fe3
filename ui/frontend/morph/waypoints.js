// @ts-check
/** A path through several pictures, one after the other. */

import { keep } from "../core/component.js";
import { addStyle, el } from "../core/dom.js";
import { OptimisticValue } from "../core/optimistic.js";
import { createStrips } from "./filmstrips.js";
import { createFoot } from "./footer.js";
import { Player } from "./player/player.js";
import { MORPH_STYLE } from "./style.js";
import { createOrder } from "./waypoint_list.js";

/** @typedef {import("./player/sampled_path.js").Kind} Kind */
/**
 * @typedef {import("./player/player.js").PlayerData & object} ManyData
 * @property {import("./endpoint_card.js").CardData[]} cards in their order
 * @property {number[]} legs seconds from each to the next
 * @property {string} waiting why there is no path along the data yet
 * @property {boolean} smooth how Python thinks pictures are enlarged
 */

/** @type {Kind[]} */
const WAYS = ["line", "sphere", "data"];

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-morph", MORPH_STYLE);
  /** @type {OptimisticValue<import("./waypoint_list.js").Order>} */
  const reported = new OptimisticValue({ slots: [], seconds: [] });
  let waiting = "";
  const order = createOrder({
    change: (wanted) => reported.set(wanted) && send("ordered", wanted),
    go: (index) => player.go({ time: player.stops[index].time }),
    drop: (slot, key) => send("dropped", { slot, key }),
  });
  const foot = createFoot(send, () => player.here);
  const strips = createStrips(WAYS, (kind, time) => player.go({ kind, time }));
  const player = new Player(WAYS, {
    rest: (here) => send("moved", here),
    moved: () => strips.mark(player.here.kind, player.here.time),
    failed: (error) => foot.fail(error),
    offers: (kind) => kind !== "data" || waiting === "",
  });
  const root = el("section", { class: "ls ls-morph ls-many", "aria-label": "through several pictures" },
    order.root,
    el("div", { class: "ls-many-stage" }, player.stage.root),
    player.track.root,
    el("div", { class: "ls-morph-row" }, player.play.root, player.kinds.root, foot.tray),
    strips.root, foot.root);
  root.addEventListener("keydown", (event) => player.onSpace(event));
  Object.assign(root, { lsMorph: player }); // for tests

  /** @param {any} data */
  function update(data) {
    waiting = data.waiting;
    const news = reported.receive({ slots: data.cards.map((/** @type {{slot: string}} */ card) => card.slot), seconds: data.legs });
    if (news && !order.busy) order.update(data.cards, data.legs);
    const others = player.update(data);
    if (others) strips.show(/** @type {import("./player/frames.js").Film} */ (player.film), waiting);
    if (others) strips.mark(player.here.kind, player.here.time);
    foot.update(data, player.film?.decoder);
    root.dataset.ready = "true";
  }
  return { root, update, dispose: () => { player.dispose(); strips.dispose(); foot.dispose(); } };
}

const places = new WeakMap();

/** @param {import("../core/component.js").Component} component */
export default function mount(component) {
  return keep(places, component, build);
}
