// @ts-check
/** Crossover of two images by dimension groups, with variations around it. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { createDecodedImage, SUPPORT_HELP } from "../widgets/decoded_image.js";
import { createNearestImages } from "../widgets/nearest_images.js";
import { createRange } from "../widgets/range.js";
import { createEndpointCard } from "../morph/endpoint_card.js";
import { createFooter } from "../morph/footer.js";
import { MORPH_STYLE } from "../morph/style.js";
import { CrossoverStore } from "./crossover_state.js";
import { createDimensionGroups } from "./dimension_groups.js";
import { CROSSOVER_STYLE } from "./style.js";
import { createVariations, variationName } from "./variations.js";

const MAX_SEED = 999999;
const N_NEIGHBORS = 8;

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-morph", MORPH_STYLE);
  addStyle("ls-crossover", CROSSOVER_STYLE);
  const cards = ["0", "1"].map((slot) =>
    createEndpointCard({
      choose: () => send("chosen", { slot }),
      drop: (key) => send("dropped", { slot, key }),
    }),
  );
  const image = createDecodedImage("the selected variation");
  const mixSlider = createRange("from A to B, all groups", {
    move: (share) => store.setAllShares(share),
    release: () => store.scheduleReport(),
  });
  const ends = ["A", "B"].map((name, share) =>
    el(
      "button",
      {
        type: "button",
        "aria-label": `all groups from ${name}`,
        title: `All groups from ${name}`,
        onclick: () => {
          store.setAllShares(share);
          store.scheduleReport();
        },
      },
      name,
    ),
  );
  const replaceButtons = ["A", "B"].map((name, slot) =>
    el(
      "button",
      {
        type: "button",
        class: "ls-button",
        dataset: { replace: name },
        title: `Use this image in place of parent ${name}: the next generation.`,
        onclick: () => {
          store.cancelReport();
          send("parent_replaced", { slot: String(slot), state: store.roundedState() });
        },
      },
      `Use as parent ${name}`,
    ),
  );
  const amount = createRange("variation", {
    move: (value) => store.change({ amount: value }),
    release: () => store.scheduleReport(),
  });
  const variationText = el("output");
  const variations = createVariations((child) => {
    store.change({ child });
    store.scheduleReport();
  });
  const groups = createDimensionGroups({
    move: (index, share) => store.setShare(index, share),
    rest: () => store.scheduleReport(),
  });
  const supportText = el("p", { class: "ls-caption" });
  const nearest = createNearestImages((id) => send("picked", { id }));
  const store = new CrossoverStore({
    rest: (state) => send("moved", state),
    failed: (error) => footer.fail(error),
    show,
    shown,
    paint,
  });
  const footer = createFooter(send, () => store.roundedState());
  const root = el(
    "section",
    { class: "ls ls-morph ls-crossover", "aria-label": "two parents and their variations" },
    el("div", { class: "ls-morph-top" }, cards[0].root, image.root, cards[1].root),
    el("div", { class: "ls-crossover-mix" }, ends[0], mixSlider, ends[1]),
    el("div", { class: "ls-crossover-actions" }, ...replaceButtons, footer.tray),
    el("div", { class: "ls-crossover-near" }, supportText, nearest.root),
    el(
      "div",
      {},
      el(
        "div",
        { class: "ls-crossover-head" },
        el("h4", {}, "Variations"),
        el("label", {}, "variation", amount, variationText),
        el(
          "button",
          { type: "button", class: "ls-button", dataset: { role: "more" }, onclick: more },
          icon("plus"),
          "More variations",
        ),
      ),
      variations.root,
    ),
    el(
      "div",
      {},
      el(
        "div",
        { class: "ls-crossover-head" },
        el("h4", {}, "Dimension groups"),
        el(
          "button",
          {
            type: "button",
            class: "ls-button",
            dataset: { role: "shuffle" },
            onclick: () => {
              store.randomize();
              store.scheduleReport();
            },
          },
          icon("dice"),
          "Randomise groups",
        ),
      ),
      groups.root,
    ),
    footer.root,
  );
  Object.assign(root, { __testHooks: store }); // for tests

  function more() {
    store.change({ seed: store.state.seed === MAX_SEED ? 0 : store.state.seed + 1 });
    store.scheduleReport();
  }

  /** Update the controls, before anything is decoded. @param {import("./crossover_state.js").CrossoverState} state @param {number} share of B in all */
  function show(state, share) {
    mixSlider.value = String(share);
    mixSlider.setAttribute("aria-valuetext", `${Math.round(100 * share)} % B`);
    amount.value = String(state.amount);
    setText(variationText, `${Math.round(100 * state.amount)} %`);
    groups.setShares(state.shares);
    variations.select(state.child);
    image.caption(variationName(state.child));
  }

  /** Show the selected image. @param {Float32Array} images @param {Float32Array} code */
  function shown(images, code) {
    const { decoder, space: latentSpace } = store;
    if (!decoder) return;
    const level = latentSpace ? latentSpace.support(code).level : null;
    image.show(images, decoder.spec.shape, level);
    if (!latentSpace || !level || !store.sheet) return;
    setText(supportText, `${SUPPORT_HELP[level]} Nearest images of the data set:`);
    const neighbors = Array.from(latentSpace.codes.nearest(code, N_NEIGHBORS).index, (id) => ({
      id,
      label: "",
    }));
    nearest.update({ neighbors, sheet: store.sheet });
  }

  /** Show one of the small images. @param {number} index @param {Float32Array} code @param {Float32Array} images */
  function paint(index, code, images) {
    const { decoder, space: latentSpace, count } = store;
    if (!decoder) return;
    const { shape } = decoder.spec;
    if (index < count)
      variations.show(index, images, shape, latentSpace ? latentSpace.support(code).level : null);
    else groups.showEnd(index - count, images, shape);
  }

  /** @param {import("./crossover_state.js").CrossoverData & {cards: import("../morph/endpoint_card.js").EndpointData[], active: string, smooth: boolean}} data */
  function update(data) {
    cards.forEach((card, i) => card.show(data.cards[i], data.cards[i].slot === data.active));
    store.update(data, () => groups.setGroups(data.groups, data.last_inactive));
    footer.update(data, store.decoder);
    root.dataset.ready = "true";
  }
  return {
    root,
    update,
    dispose: () => {
      store.dispose();
      footer.dispose();
    },
  };
}

export default defineComponent(build);
