// @ts-check
/** The genes: for each, where it acts, and how much of it comes from which parent. */

import { el, setText } from "../core/dom.js";
import { blank, showPixels, showUrl } from "../core/images.js";
import { createRange } from "../widgets/range.js";

/** @typedef {{dims: number[], heat: string, effect: number}} Gene `effect`: its share of all change */

const ENDS = ["A", "B"];

/** From which parent, in words. @param {number} share */
function mixture(share) {
  if (share === 0 || share === 1) return `from ${ENDS[share]}`;
  return `${Math.round(100 * (1 - share))} % A, ${Math.round(100 * share)} % B`;
}

class GeneBox {
  /** @param {number} index @param {{move: (index: number, share: number) => void, rest: () => void}} on */
  constructor(index, on) {
    this.name = el("strong");
    this.says = el("span", { class: "ls-caption ls-cut" });
    this.heat = blank();
    this.range = createRange("", { move: (share) => on.move(index, share), rest: on.rest });
    this.ends = ENDS.map((end, share) => {
      const canvas = blank();
      const root = el("button", { type: "button", dataset: { end }, onclick: () => { on.move(index, share); on.rest(); } }, canvas, end);
      return { root, canvas };
    });
    const [first, last] = this.ends.map(({ root }) => root);
    this.root = el("div", { class: "ls-gene", dataset: { gene: index } },
      el("div", { class: "ls-gene-head" }, this.name, this.says),
      el("div", { class: "ls-gene-row" }, first, el("div", { class: "ls-gene-heat" }, this.heat, "acts here"), last), this.range);
  }

  /** @param {Gene} gene @param {string} name @param {boolean} silent */
  dress({ dims, heat, effect }, name, silent) {
    setText(this.name, name);
    const percent = `${(100 * effect).toFixed(effect < 0.01 ? 1 : 0)} %`;
    this.says.title = `${dims.map((d) => `z${d + 1}`).join(", ")}: ${percent} of all that changes in the pictures`;
    this.says.dataset.numbers = `${dims.length} number${dims.length === 1 ? "" : "s"}, ${percent}`;
    this.root.toggleAttribute("data-silent", silent);
    this.range.setAttribute("aria-label", `${name}, from A to B`);
    this.ends.forEach(({ root }, i) => root.setAttribute("aria-label", `${name} from ${ENDS[i]}`));
    void showUrl(this.heat, heat);
  }

  /** @param {number} share of it that comes from B */
  show(share) {
    this.range.value = String(share);
    this.range.setAttribute("aria-valuetext", mixture(share));
    setText(this.says, `${this.says.dataset.numbers} · ${mixture(share)}`);
    this.ends.forEach(({ root }, end) => root.setAttribute("aria-pressed", String(share === end)));
  }
}

/** @param {{move: (index: number, share: number) => void, rest: () => void}} on */
export function createGenes(on) {
  const root = el("div", { class: "ls-genes" });
  /** @type {GeneBox[]} */
  let boxes = [];
  return {
    root,
    /** @param {Gene[]} genes @param {boolean} silent whether the last one is */
    dress(genes, silent) {
      while (boxes.length < genes.length) boxes.push(new GeneBox(boxes.length, on));
      boxes = boxes.slice(0, genes.length);
      root.replaceChildren(...boxes.map((box) => box.root));
      boxes.forEach((box, g) => {
        const last = silent && g === genes.length - 1;
        box.dress(genes[g], last ? "silent" : `gene ${g + 1}`, last);
      });
    },
    /** @param {number[]} shares */
    show: (shares) => boxes.forEach((box, g) => box.show(shares[g])),
    /** What the child would be with a gene from one parent. @param {number} index 2 · gene + parent
     * @param {Float32Array} images @param {[number, number, number]} shape */
    paint(index, images, shape) {
      const box = boxes[index >> 1];
      if (box) showPixels(box.ends[index & 1].canvas, images, shape);
    },
  };
}
