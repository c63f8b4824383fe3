// @ts-check
/** Interpolation between two images: an image that follows the slider, and a filmstrip per path. */

import { defineComponent } from "../core/component.js";
import { addStyle, el } from "../core/dom.js";
import { createEndpointCard } from "./endpoint_card.js";
import { createFilmstrips } from "./filmstrips.js";
import { createFooter } from "./footer.js";
import { Player } from "./player/player.js";
import { MORPH_STYLE } from "./style.js";

/** @typedef {import("./player/sampled_path.js").Kind} Kind */
/**
 * @typedef {object} Endpoints
 * @property {import("./endpoint_card.js").EndpointData[]} cards A and B
 * @property {string} active the slot that a click on the map replaces
 * @property {string} waiting why there is no path along the data yet
 * @property {boolean} smooth whether Python assumes smooth enlarging
 */
/** @typedef {import("./player/player.js").PlayerData & Endpoints} TwoEndpointsData */

/** @type {Kind[]} */
const KINDS = ["linear", "spherical", "geodesic", "cross-fade"];

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-morph", MORPH_STYLE);
  const cards = ["0", "1"].map((slot) =>
    createEndpointCard({
      choose: () => send("chosen", { slot }),
      drop: (key) => send("dropped", { slot, key }),
    }),
  );
  const footer = createFooter(send, () => player.position);
  const filmstrips = createFilmstrips(KINDS, (kind, time) => {
    player.goTo({ kind, time });
    player.timeline.handle.focus({ preventScroll: true });
  });
  const player = new Player(KINDS, {
    rest: (here) => send("moved", here),
    moved: () => {
      filmstrips.select(player.position.kind, player.position.time);
      footer.allow(player.hasCode);
    },
    failed: (error) => footer.fail(error),
  });
  const root = el(
    "section",
    { class: "ls ls-morph", "aria-label": "between A and B" },
    el("div", { class: "ls-morph-top" }, cards[0].root, player.image.root, cards[1].root),
    player.timeline.root,
    el("div", { class: "ls-morph-row" }, player.playback.root, player.kinds.root, footer.tray),
    filmstrips.root,
    footer.root,
  );
  root.addEventListener("keydown", (event) => player.onSpace(event));

  /** @param {TwoEndpointsData} data */
  function update(data) {
    cards.forEach((card, i) => card.show(data.cards[i], data.cards[i].slot === data.active));
    const pathsChanged = player.update(data);
    if (pathsChanged)
      filmstrips.show(
        /** @type {import("./player/frames.js").Frames} */ (player.frames),
        data.waiting,
      );
    if (pathsChanged) filmstrips.select(player.position.kind, player.position.time);
    footer.update(data, player.frames?.decoder);
    root.dataset.ready = "true";
  }
  Object.assign(root, { __testHooks: player }); // for tests
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
