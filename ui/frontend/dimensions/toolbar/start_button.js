// @ts-check
/** Image and label of the start; a click goes back to it. */

import { el, setText } from "../../core/dom.js";
import { imageCanvas, showDecoded } from "../../core/images.js";
import { getDecodeQueue } from "../code/code_stores.js";

/** @typedef {import("../code/code_store.js").CodeStore} CodeStore */

export class StartButton {
  /** @type {Float32Array} */ #shownCode = new Float32Array(0);

  /** @param {() => import("../../decoding/decoder.js").Decoder} decoder @param {() => void} onclick */
  constructor(decoder, onclick) {
    this.decoder = decoder;
    this.image = imageCanvas();
    this.label = el("strong", { class: "ls-ellipsis" });
    this.root = el(
      "button",
      { type: "button", class: "ls-dims-from", title: "back to the start", onclick },
      this.image,
      el("span", {}, el("span", { class: "ls-caption" }, "from"), this.label),
    );
  }

  /** @param {CodeStore} store */
  update(store) {
    const { code, label } = store.start;
    setText(this.label, label);
    if (isSame(code, this.#shownCode)) return;
    this.#shownCode = code;
    getDecodeQueue(store, this.decoder).request(this.image, code, (images) =>
      showDecoded(this.image, images, this.decoder().spec.shape),
    );
  }
}

/** @param {Float32Array} a @param {Float32Array} b */
const isSame = (a, b) => a.length === b.length && a.every((value, d) => value === b[d]);
