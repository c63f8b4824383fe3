// @ts-check
/** Two parents, the mixture of their genes, and a litter of children around it. */

import { keep } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { createStage, TITLES } from "../widgets/decoded_image.js";
import { createNear } from "../widgets/nearest_images.js";
import { createRange } from "../widgets/range.js";
import { createCard } from "../morph/endpoint_card.js";
import { createFoot } from "../morph/footer.js";
import { MORPH_STYLE } from "../morph/style.js";
import { Kin } from "./crossover_state.js";
import { createGenes } from "./dimension_groups.js";
import { FAMILY_STYLE } from "./style.js";
import { createLitter, nameOf } from "./variations.js";

const MOST_SEED = 999999;
const NEAR = 8;

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-morph", MORPH_STYLE);
  addStyle("ls-family", FAMILY_STYLE);
  const cards = ["0", "1"].map((slot) => createCard({
    choose: () => send("chosen", { slot }),
    drop: (key) => send("dropped", { slot, key }),
  }));
  const stage = createStage("the child that is looked at");
  const way = createRange("from A to B, all genes", { move: (share) => kin.all(share), rest: () => kin.rest() });
  const ends = ["A", "B"].map((name, share) => el("button", { type: "button", "aria-label": `all genes from ${name}`,
    title: `All genes from ${name}`, onclick: () => { kin.all(share); kin.rest(); } }, name));
  const crowns = ["A", "B"].map((name, slot) => el("button", { type: "button", class: "ls-button", dataset: { crown: name },
    title: `It takes the place of ${name}: the next generation.`, onclick: () => { kin.still(); send("crowned", { slot: String(slot), birth: kin.rounded() }); } }, `Make it ${name}`));
  const amount = createRange("variation", { move: (value) => kin.go({ amount: value }), rest: () => kin.rest() });
  const said = el("output");
  const litter = createLitter((child) => { kin.go({ child }); kin.rest(); });
  const genes = createGenes({ move: (index, share) => kin.gene(index, share), rest: () => kin.rest() });
  const words = el("p", { class: "ls-caption" });
  const near = createNear((id) => send("picked", { id }));
  const kin = new Kin({ rest: (here) => send("moved", here), failed: (error) => foot.fail(error), show, shown, paint });
  const foot = createFoot(send, () => kin.rounded());
  const root = el("section", { class: "ls ls-morph ls-family", "aria-label": "two parents and their children" },
    el("div", { class: "ls-morph-top" }, cards[0].root, stage.root, cards[1].root),
    el("div", { class: "ls-family-way" }, ends[0], way, ends[1]),
    el("div", { class: "ls-family-actions" }, ...crowns, foot.tray),
    el("div", { class: "ls-family-near" }, words, near.root),
    el("div", {}, el("div", { class: "ls-family-head" }, el("h4", {}, "Children"), el("label", {}, "variation", amount, said),
      el("button", { type: "button", class: "ls-button", dataset: { role: "more" }, onclick: more }, icon("plus"), "More children")), litter.root),
    el("div", {}, el("div", { class: "ls-family-head" }, el("h4", {}, "Genes"), el("button", { type: "button", class: "ls-button",
      dataset: { role: "shuffle" }, onclick: () => { kin.shuffle(); kin.rest(); } }, icon("dice"), "Shuffle the genes")), genes.root),
    foot.root);
  Object.assign(root, { lsMorph: kin }); // for tests

  function more() {
    kin.go({ seed: kin.here.seed === MOST_SEED ? 0 : kin.here.seed + 1 });
    kin.rest();
  }

  /** The controls as they stand, before anything is decoded. @param {import("./crossover_state.js").Birth} here @param {number} share of B in all */
  function show(here, share) {
    way.value = String(share);
    way.setAttribute("aria-valuetext", `${Math.round(100 * share)} % B`);
    amount.value = String(here.amount);
    setText(said, `${Math.round(100 * here.amount)} %`);
    genes.show(here.shares);
    litter.mark(here.child);
    stage.caption(nameOf(here.child));
  }

  /** The child that is looked at. @param {Float32Array} images @param {Float32Array} code */
  function shown(images, code) {
    const { decoder, known } = kin;
    if (!decoder) return;
    const word = known ? known.support(code).word : null;
    stage.show(images, decoder.spec.shape, word);
    if (!known || !word || !kin.sheet) return;
    setText(words, `${TITLES[word]} The real pictures with the nearest codes:`);
    const neighbours = Array.from(known.codes.nearest(code, NEAR).index, (id) => ({ id, label: "" }));
    near.update({ neighbours, sheet: kin.sheet });
  }

  /** One of the small pictures. @param {number} index @param {Float32Array} code @param {Float32Array} images */
  function paint(index, code, images) {
    const { decoder, known, count } = kin;
    if (!decoder) return;
    const { shape } = decoder.spec;
    if (index < count) litter.paint(index, images, shape, known ? known.support(code).word : null);
    else genes.paint(index - count, images, shape);
  }

  /** @param {any} data */
  function update(data) {
    cards.forEach((card, i) => card.show(data.cards[i], data.cards[i].slot === data.active));
    kin.update(data, () => genes.dress(data.genes, data.silent));
    foot.update(data, kin.decoder);
    root.dataset.ready = "true";
  }
  return { root, update, dispose: () => { kin.dispose(); foot.dispose(); } };
}

const places = new WeakMap();

/** @param {import("../core/component.js").Component} component */
export default function mount(component) {
  return keep(places, component, build);
}
