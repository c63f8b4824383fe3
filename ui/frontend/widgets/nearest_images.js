// @ts-check
/** The images of the data set with the nearest codes. */

import { addStyle, el, setChildCount, setText } from "../core/dom.js";
import { formatCount } from "../core/format.js";
import { imageCanvas, showTile } from "../core/images.js";

const STYLE = `
.ls-nearest-images { display: grid; grid-template-columns: repeat(8, minmax(0, 52px)); gap: 6px; justify-content: space-between; }
.ls-nearest-images button { display: block; text-align: center; border-radius: 4px; }
.ls-nearest-images button:hover .ls-image { box-shadow: 0 0 0 2px var(--ls-accent); }
.ls-nearest-images span { display: block; margin-top: 3px; font-size: .87rem; line-height: 1.2; }
.ls-nearest-images .ls-distance { margin-top: 1px; color: var(--ls-muted); font-variant-numeric: tabular-nums; }
`;

/** @typedef {{neighbors: {id: number, label: string, distance?: string}[], sheet: import("../core/images.js").SheetSpec}} NearestImages */

/**
 * A row of clickable images of the data set.
 * @param {(id: number) => void} onPick
 */
export function createNearestImages(onPick) {
  addStyle("ls-nearest-images", STYLE);
  const root = el("div", { class: "ls-nearest-images" });

  function createNeighbor() {
    const button = el(
      "button",
      {
        type: "button",
        "data-role": "neighbor",
        onclick: () => onPick(Number(button.dataset.id)),
      },
      imageCanvas(),
      el("span", { class: "ls-ellipsis" }),
      " ",
      el("span", { class: "ls-distance" }),
    );
    return button;
  }

  /** @param {NearestImages} data nearest first */
  function update({ neighbors, sheet }) {
    setChildCount(root, neighbors.length, createNeighbor);
    neighbors.forEach(({ id, label, distance = "" }, i) => {
      const button = /** @type {HTMLElement} */ (root.children[i]);
      const [canvas, name, far] = button.children;
      button.dataset.id = String(id);
      button.title = label;
      const shown = [label, distance && `${distance} away`].filter(Boolean).join(" ");
      button.setAttribute("aria-label", `${shown}, neighbor ${i + 1}, image ${formatCount(id)}`);
      setText(name, label || "\u00a0");
      setText(far, distance);
      void showTile(/** @type {HTMLCanvasElement} */ (canvas), sheet, id);
    });
  }
  return { root, update };
}
