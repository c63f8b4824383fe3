// @ts-check
/** What the verdict on the selected image means, and the nearest images of the data set. */

import { el, setText } from "../core/dom.js";
import { verdictHelp } from "../core/verdict.js";
import { createNearestImages } from "../widgets/nearest_images.js";

const N_NEIGHBORS = 8;

export class SupportPanel {
  /** @param {(id: number) => void} onPick */
  constructor(onPick) {
    this.text = el("p", { class: "ls-caption" });
    this.nearest = createNearestImages(onPick);
    this.root = el("div", { class: "ls-crossover-near" }, this.text, this.nearest.root);
  }

  /**
   * @param {Float32Array} code @param {import("../core/verdict.js").Verdict} verdict
   * @param {import("../latent/support.js").LatentSpace} space @param {import("../core/images.js").SheetSpec} sheet
   */
  update(code, verdict, space, sheet) {
    setText(this.text, `${verdictHelp(verdict)} Nearest images of the data set:`);
    const { index } = space.nearest(code, N_NEIGHBORS);
    const neighbors = Array.from(index, (id) => ({ id, label: "" }));
    this.nearest.update({ neighbors, sheet });
  }
}
