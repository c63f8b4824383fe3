// @ts-check
/** The dimension groups: for each, its effect map and the share of each parent. */

import { el, setText } from "../core/dom.js";
import { imageCanvas, showDecoded, showImage } from "../core/images.js";
import { createRange } from "../widgets/range.js";
import { PARENTS, effectText, groupName, shareText } from "./group_text.js";

/** @typedef {import("../core/payloads.js").DimensionGroup} DimensionGroup */
/** @typedef {{move: (group: number, share: number) => void, rest: () => void}} GroupHandlers */

/** A button that takes the group from one parent. @param {number} share 0 or 1 @param {() => void} onclick */
function createEnd(share, onclick) {
  const canvas = imageCanvas();
  const parent = PARENTS[share];
  const root = el("button", { type: "button", dataset: { end: parent }, onclick }, canvas, parent);
  return { root, canvas };
}

class GroupRow {
  #effect = "";

  /** @param {number} index @param {GroupHandlers} handlers */
  constructor(index, { move, rest }) {
    this.name = el("strong");
    this.shareText = el("span", { class: "ls-caption ls-ellipsis" });
    this.effectMap = imageCanvas();
    this.range = createRange("", { move: (share) => move(index, share), release: rest });
    this.ends = PARENTS.map((_, share) =>
      createEnd(share, () => {
        move(index, share);
        rest();
      }),
    );
    this.root = el(
      "div",
      { class: "ls-dimension-group", dataset: { group: index } },
      el("div", { class: "ls-dimension-group-head" }, this.name, this.shareText),
      el(
        "div",
        { class: "ls-dimension-group-row" },
        this.ends[0].root,
        el("div", { class: "ls-dimension-group-map" }, this.effectMap, "acts here"),
        this.ends[1].root,
      ),
      this.range,
    );
  }

  /** @param {DimensionGroup} group @param {string} name @param {boolean} isInactive */
  setGroup(group, name, isInactive) {
    const { short, long } = effectText(group);
    setText(this.name, name);
    this.#effect = short;
    this.shareText.title = long;
    this.root.toggleAttribute("data-inactive", isInactive);
    this.range.setAttribute("aria-label", `${name}, from A to B`);
    this.ends.forEach(({ root }, end) =>
      root.setAttribute("aria-label", `${name} from ${PARENTS[end]}`),
    );
    void showImage(this.effectMap, group.effect_map);
  }

  /** @param {number} share that comes from B */
  update(share) {
    this.range.value = String(share);
    this.range.setAttribute("aria-valuetext", shareText(share));
    setText(this.shareText, `${this.#effect} · ${shareText(share)}`);
    this.ends.forEach(({ root }, end) => root.setAttribute("aria-pressed", String(share === end)));
  }
}

export class DimensionGroups {
  /** @type {GroupRow[]} */ #rows = [];
  root = el("div", { class: "ls-dimension-groups" });

  /** @param {GroupHandlers} handlers */
  constructor(handlers) {
    this.handlers = handlers;
  }

  /** @param {DimensionGroup[]} groups @param {boolean} lastInactive whether the last group holds the inactive dimensions */
  setGroups(groups, lastInactive) {
    this.#rows = groups.map((_, g) => this.#rows[g] ?? new GroupRow(g, this.handlers));
    this.root.replaceChildren(...this.#rows.map(({ root }) => root));
    this.#rows.forEach((row, g) => {
      const isInactive = lastInactive && g === groups.length - 1;
      row.setGroup(groups[g], groupName(g, isInactive), isInactive);
    });
  }

  /** @param {number[]} shares of B */
  update(shares) {
    this.#rows.forEach((row, g) => row.update(shares[g]));
  }

  /**
   * The selected image with one group from one parent.
   * @param {number} index 2 · group + parent
   * @param {Float32Array} images @param {[number, number, number]} shape
   */
  showEnd(index, images, shape) {
    const row = this.#rows[index >> 1];
    if (row) showDecoded(row.ends[index & 1].canvas, images, shape);
  }
}
