// @ts-check
/** A row of images of the data set: a click chooses one. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { imageCanvas, showImage } from "../core/images.js";
import { OptimisticValue } from "../core/optimistic.js";

/** @typedef {import("../core/payloads.js").ExamplesData} ExamplesData */
/** @typedef {import("../core/payloads.js").Example} Example */

const STYLE = `
.ls-examples { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 10px; }
.ls-examples-images { display: flex; gap: 2px; min-width: 0; overflow-x: auto; scrollbar-width: thin; }
.ls .ls-examples-images button { flex: none; display: grid; gap: 2px; justify-items: center; padding: 4px; border-radius: 8px; }
.ls-examples-images .ls-image { width: 46px; }
.ls-examples-images .ls-caption { max-width: 62px; }
.ls .ls-examples-images button:hover { background: var(--ls-surface); }
.ls .ls-examples-images button[aria-pressed=true] { background: var(--ls-tint); box-shadow: inset 0 0 0 2px var(--ls-accent); }
`;

class Examples {
  #shownKey = "";
  #chosen = new OptimisticValue(/** @type {number | null} */ (null)); // id

  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-examples", STYLE);
    this.send = send;
    this.images = el("div", { class: "ls-examples-images" });
    this.caption = el("span", { class: "ls-caption" });
    this.root = el("div", { class: "ls ls-examples", role: "group" }, this.caption, this.images);
  }

  /** @param {ExamplesData} data */
  update({ caption, examples, chosen }) {
    setText(this.caption, caption);
    this.root.setAttribute("aria-label", caption);
    const key = JSON.stringify(examples);
    if (key !== this.#shownKey) {
      this.#shownKey = key;
      this.images.replaceChildren(...examples.map((example) => this.#createButton(example)));
    }
    this.#chosen.receive(chosen);
    this.#showChosen();
  }

  /** @param {Example} example */
  #createButton({ id, label, picture }) {
    const canvas = imageCanvas();
    void showImage(canvas, picture);
    return el(
      "button",
      { type: "button", "data-id": id, title: label, onclick: () => this.#choose(id) },
      canvas,
      el("span", { class: "ls-caption ls-ellipsis" }, label),
    );
  }

  /** @param {number} id */
  #choose(id) {
    this.#chosen.set(id);
    this.#showChosen();
    this.send("picked", { id });
  }

  #showChosen() {
    for (const button of this.images.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(Number(button.dataset.id) === this.#chosen.value));
  }

  dispose() {}
}

export default defineComponent((send) => new Examples(send));
