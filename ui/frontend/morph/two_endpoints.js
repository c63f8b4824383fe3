// @ts-check
/** Two pictures and what lies between them: a picture that follows the slider, path beside path. */

import { keep } from "../core/component.js";
import { addStyle, el } from "../core/dom.js";
import { createCard } from "./endpoint_card.js";
import { createStrips } from "./filmstrips.js";
import { createFoot } from "./footer.js";
import { Player } from "./player/player.js";
import { MORPH_STYLE } from "./style.js";

/** @typedef {import("./player/sampled_path.js").Kind} Kind */
/**
 * @typedef {import("./player/player.js").PlayerData & object} TwoData
 * @property {import("./endpoint_card.js").CardData[]} cards A and B
 * @property {string} active the one that the map replaces
 * @property {string} waiting why there is no path along the data yet
 * @property {boolean} smooth how Python thinks pictures are enlarged
 */

/** @type {Kind[]} */
const ALL = ["line", "sphere", "data", "fade"];

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-morph", MORPH_STYLE);
  const cards = ["0", "1"].map((slot) => createCard({
    choose: () => send("chosen", { slot }),
    drop: (key) => send("dropped", { slot, key }),
  }));
  const foot = createFoot(send, () => player.here);
  const strips = createStrips(ALL, (kind, time) => {
    player.go({ kind, time });
    player.track.knob.focus({ preventScroll: true });
  });
  const player = new Player(ALL, {
    rest: (here) => send("moved", here),
    moved: () => {
      strips.mark(player.here.kind, player.here.time);
      foot.allow(player.hasCode);
    },
    failed: (error) => foot.fail(error),
  });
  const root = el("section", { class: "ls ls-morph", "aria-label": "between A and B" },
    el("div", { class: "ls-morph-top" }, cards[0].root, player.stage.root, cards[1].root),
    player.track.root,
    el("div", { class: "ls-morph-row" }, player.play.root, player.kinds.root, foot.tray),
    strips.root, foot.root);
  root.addEventListener("keydown", (event) => player.onSpace(event));

  /** @param {any} data */
  function update(data) {
    cards.forEach((card, i) => card.show(data.cards[i], data.cards[i].slot === data.active));
    const others = player.update(data);
    if (others) strips.show(/** @type {import("./player/frames.js").Film} */ (player.film), data.waiting);
    if (others) strips.mark(player.here.kind, player.here.time);
    foot.update(data, player.film?.decoder);
    root.dataset.ready = "true";
  }
  Object.assign(root, { lsMorph: player }); // for tests
  return { root, update, dispose: () => { player.dispose(); strips.dispose(); foot.dispose(); } };
}

const places = new WeakMap();

/** @param {import("../core/component.js").Component} component */
export default function mount(component) {
  return keep(places, component, build);
}
