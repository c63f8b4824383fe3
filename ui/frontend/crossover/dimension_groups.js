// @ts-check
/** The dimension groups: for each, its effect map and the share of each parent. */

import { el, setText } from "../core/dom.js";
import { imageCanvas, showDecoded, showImage } from "../core/images.js";
import { createRange } from "../widgets/range.js";

/** @typedef {{dims: number[], effect_map: string, effect: number}} DimensionGroup `effect`: its fraction of the total change */

const ENDS = ["A", "B"];

/** From which parent, in words. @param {number} share */
function shareName(share) {
  if (share === 0 || share === 1) return `from ${ENDS[share]}`;
  return `${Math.round(100 * (1 - share))} % A, ${Math.round(100 * share)} % B`;
}

class GroupRow {
  /** @param {number} index @param {{move: (index: number, share: number) => void, rest: () => void}} on */
  constructor(index, on) {
    this.name = el("strong");
    this.shareText = el("span", { class: "ls-caption ls-ellipsis" });
    this.effectMap = imageCanvas();
    this.range = createRange("", { move: (share) => on.move(index, share), release: on.rest });
    this.ends = ENDS.map((end, share) => {
      const canvas = imageCanvas();
      const root = el(
        "button",
        {
          type: "button",
          dataset: { end },
          onclick: () => {
            on.move(index, share);
            on.rest();
          },
        },
        canvas,
        end,
      );
      return { root, canvas };
    });
    const [first, last] = this.ends.map(({ root }) => root);
    this.root = el(
      "div",
      { class: "ls-dimension-group", dataset: { group: index } },
      el("div", { class: "ls-dimension-group-head" }, this.name, this.shareText),
      el(
        "div",
        { class: "ls-dimension-group-row" },
        first,
        el("div", { class: "ls-dimension-group-map" }, this.effectMap, "acts here"),
        last,
      ),
      this.range,
    );
  }

  /** @param {DimensionGroup} group @param {string} name @param {boolean} inactive */
  setGroup({ dims, effect_map: effectMap, effect }, name, inactive) {
    setText(this.name, name);
    const percent = `${(100 * effect).toFixed(effect < 0.01 ? 1 : 0)} %`;
    this.shareText.title = `${dims.map((d) => `z${d + 1}`).join(", ")}: ${percent} of the total change in the images`;
    this.shareText.dataset.numbers = `${dims.length} dimension${dims.length === 1 ? "" : "s"}, ${percent}`;
    this.root.toggleAttribute("data-inactive", inactive);
    this.range.setAttribute("aria-label", `${name}, from A to B`);
    this.ends.forEach(({ root }, i) => root.setAttribute("aria-label", `${name} from ${ENDS[i]}`));
    void showImage(this.effectMap, effectMap);
  }

  /** @param {number} share that comes from B */
  show(share) {
    this.range.value = String(share);
    this.range.setAttribute("aria-valuetext", shareName(share));
    setText(this.shareText, `${this.shareText.dataset.numbers} · ${shareName(share)}`);
    this.ends.forEach(({ root }, end) => root.setAttribute("aria-pressed", String(share === end)));
  }
}

/** @param {{move: (index: number, share: number) => void, rest: () => void}} on */
export function createDimensionGroups(on) {
  const root = el("div", { class: "ls-dimension-groups" });
  /** @type {GroupRow[]} */
  let rows = [];
  return {
    root,
    /** @param {DimensionGroup[]} groups @param {boolean} inactive whether the last group holds the inactive dimensions */
    setGroups(groups, inactive) {
      while (rows.length < groups.length) rows.push(new GroupRow(rows.length, on));
      rows = rows.slice(0, groups.length);
      root.replaceChildren(...rows.map((row) => row.root));
      rows.forEach((row, g) => {
        const last = inactive && g === groups.length - 1;
        row.setGroup(groups[g], last ? "inactive" : `group ${g + 1}`, last);
      });
    },
    /** @param {number[]} shares */
    setShares: (shares) => rows.forEach((row, g) => row.show(shares[g])),
    /** The selected image with one group from one parent. @param {number} index 2 · group + parent
     * @param {Float32Array} images @param {[number, number, number]} shape */
    showEnd(index, images, shape) {
      const row = rows[index >> 1];
      if (row) showDecoded(row.ends[index & 1].canvas, images, shape);
    },
  };
}
