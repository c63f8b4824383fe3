// @ts-check
/** The controls of a crossover: mixing, replacing a parent, amount of variation, new draws. */

import { el, setText } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { createRange } from "../widgets/range.js";
import { PARENTS } from "./group_text.js";
import { nextSeed } from "./variation_names.js";

/** @typedef {import("./crossover_store.js").CrossoverStore} CrossoverStore */

/** @param {CrossoverStore} store @param {Partial<import("./crossover_codes.js").CrossoverState>} change */
export function changeAndReport(store, change) {
  store.change(change);
  store.report.schedule();
}

/** A button that changes the state, and then reports it. @param {CrossoverStore} store @param {Record<string, any>} props @param {() => void} change @param {...import("../core/dom.js").Child} children */
function changeButton(store, props, change, ...children) {
  const onclick = () => {
    change();
    store.report.schedule();
  };
  return el("button", { type: "button", ...props, onclick }, ...children);
}

/** The slider from A to B for all groups. */
export class MixControl {
  /** @param {CrossoverStore} store */
  constructor(store) {
    this.range = createRange("from A to B, all groups", {
      move: (share) => store.setAllShares(share),
      release: () => store.report.schedule(),
    });
    const [a, b] = PARENTS.map((name, share) => {
      const props = { "aria-label": `all groups from ${name}`, title: `All groups from ${name}` };
      return changeButton(store, props, () => store.setAllShares(share), name);
    });
    this.root = el("div", { class: "ls-crossover-mix" }, a, this.range, b);
  }

  /** @param {number} share of B in all */
  update(share) {
    this.range.value = String(share);
    this.range.setAttribute("aria-valuetext", `${Math.round(100 * share)} % B`);
  }
}

/** Heading of the variations, with amount and new draws. */
export class VariationControl {
  /** @param {CrossoverStore} store */
  constructor(store) {
    this.range = createRange("variation", {
      move: (amount) => store.change({ amount }),
      release: () => store.report.schedule(),
    });
    this.amountText = el("output");
    const more = changeButton(
      store,
      { class: "ls-button", dataset: { role: "more" } },
      () => store.change({ seed: nextSeed(store.state.seed) }),
      icon("plus"),
      "More variations",
    );
    this.root = el(
      "div",
      { class: "ls-crossover-head" },
      el("h2", {}, "Variations"),
      el("label", {}, "variation", this.range, this.amountText),
      more,
    );
  }

  /** @param {number} amount of variation, in [0, 1] */
  update(amount) {
    this.range.value = String(amount);
    setText(this.amountText, `${Math.round(100 * amount)} %`);
  }
}

/** Heading of the dimension groups. @param {CrossoverStore} store */
export function createGroupsHeading(store) {
  const randomize = changeButton(
    store,
    { class: "ls-button", dataset: { role: "randomize" } },
    () => store.randomize(),
    icon("dice"),
    "Randomize groups",
  );
  return el("div", { class: "ls-crossover-head" }, el("h2", {}, "Dimension groups"), randomize);
}

/** Buttons that make the selected image a parent. @param {CrossoverStore} store @param {(event: string, value: any) => void} send */
export function createReplaceButtons(store, send) {
  return PARENTS.map((name, slot) =>
    el(
      "button",
      {
        type: "button",
        class: "ls-button",
        dataset: { replace: name },
        title: `Use this image in place of parent ${name}: the next generation.`,
        onclick: () => {
          store.report.cancel();
          send("parent_replaced", { slot: String(slot), state: store.roundedState() });
        },
      },
      `Use as parent ${name}`,
    ),
  );
}
