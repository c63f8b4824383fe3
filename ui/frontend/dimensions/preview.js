// @ts-check
/** The decoded image of the current code, with its verdict and where it is decoded. */

import { subscribe } from "../core/bus.js";
import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { fitSide, isSmooth, setSmooth } from "../core/images.js";
import { loadSpace } from "../latent/support.js";
import { openDecoder } from "../decoding/decoder.js";
import { LatestOnly } from "../decoding/latest_only.js";
import { createDecoderStatus } from "../decoding/status.js";
import { createDecodedImage } from "../widgets/decoded_image.js";
import { FRAME_PX, availableSide } from "./preview_size.js";

/** @typedef {import("../core/component.js").Component} Component */
/** @typedef {import("../core/payloads.js").PreviewData} Data */

const STYLE = `
.ls-preview { display: grid; gap: 4px; justify-items: center; }
.ls-preview .ls-decoded { width: var(--side, 100%); max-width: 100%; }
.ls-preview-footer { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 2px 12px; width: var(--side, 100%); max-width: 100%; }
.ls .ls-preview-footer button { font-size: .87rem; color: var(--ls-muted); text-decoration: underline; text-underline-offset: 2px; padding: 3px 0; }
.ls .ls-preview-footer button:hover { color: var(--st-text-color); }
@media (max-width: 640px) {
  .ls-preview { grid-template-columns: auto minmax(0, 1fr); column-gap: 14px; justify-items: start; align-items: end;
    padding: 6px 0; background: var(--ls-background); box-shadow: 12px 0 var(--ls-background), -12px 0 var(--ls-background), 0 1px var(--ls-line), 12px 1px var(--ls-line), -12px 1px var(--ls-line); }
  .ls-preview .ls-decoded { display: contents; }
  .ls-preview .ls-frame { grid-row: 1 / 3; width: var(--side); }
  .ls-preview .ls-decoded-footer { grid-column: 2; align-self: end; flex-wrap: wrap; }
  .ls-preview-footer { grid-column: 2; flex-direction: column; align-items: flex-start; width: auto; align-self: start; }
}
`;

/** @implements {Component} */
class Preview {
  /** @type {Data | null} */ #data = null;
  /** @type {Float32Array | null} */ #code = null;
  /** @type {import("../latent/support.js").LatentSpace | null} */ #space = null;
  #channel = "";
  #unsubscribe = () => {};

  constructor() {
    addStyle("ls-preview", STYLE);
    this.image = createDecodedImage("the image decoded from the current code");
    this.status = createDecoderStatus();
    this.latest = new LatestOnly(
      () => openDecoder(/** @type {Data} */ (this.#data).decoder),
      () => this.#onFailure(),
    );
    this.smoothToggle = el("button", { type: "button", onclick: () => this.#toggleSmooth() });
    this.root = el(
      "section",
      { class: "ls ls-preview", "aria-label": "The decoded image" },
      this.image.root,
      el("div", { class: "ls-preview-footer" }, this.status.root, this.smoothToggle),
    );
    this.resizeObserver = new ResizeObserver(this.#fit);
    this.resizeObserver.observe(this.root);
    window.addEventListener("resize", this.#fit);
  }

  #toggleSmooth() {
    setSmooth(!isSmooth());
    this.#updateSmoothToggle();
  }

  #updateSmoothToggle() {
    setText(this.smoothToggle, isSmooth() ? "show pixels" : "show smooth");
  }

  /** Fit the image's side to the space. */
  #fit = () => {
    const imageWidth = this.#data?.decoder.shape[2] ?? 0;
    const { clientWidth } = this.root;
    if (!imageWidth || !clientWidth) return;
    const available = availableSide(clientWidth, window);
    const side = fitSide(available - FRAME_PX, imageWidth) + FRAME_PX;
    this.root.style.setProperty("--side", `${side}px`);
  };

  /** @param {Data} data */
  update(data) {
    this.#data = data;
    this.status.follow(openDecoder(data.decoder));
    this.#updateSmoothToggle();
    this.#fit();
    if (data.channel !== this.#channel) this.#follow(data);
  }

  /** Show the codes that are published on another channel. @param {Data} data */
  #follow({ channel, space }) {
    this.#channel = channel;
    this.#code = this.#space = null;
    this.#unsubscribe();
    loadSpace(space).then(
      (loaded) => {
        if (this.#channel !== channel) return;
        this.#space = loaded;
        this.#draw();
      },
      () => {}, // the image is shown without its support level
    );
    this.#unsubscribe = subscribe(channel, ({ code }) => {
      this.#code = code;
      this.#draw();
    });
  }

  #draw() {
    const code = this.#code;
    if (!code) return;
    this.root.setAttribute("aria-busy", "true");
    this.latest.request(code, (images, realism) => {
      const decoder = openDecoder(/** @type {Data} */ (this.#data).decoder);
      const support = this.#space?.support(code).level;
      const verdict = support ? decoder.verdict(support, realism) : null;
      this.image.show(images, decoder.spec.shape, verdict);
      this.root.dataset.code = Array.from(code).join(" ");
      this.root.setAttribute("aria-busy", String(code !== this.#code));
    });
  }

  #onFailure() {
    this.image.caption("not decoded; the next change tries again");
    this.root.setAttribute("aria-busy", "false");
  }

  dispose() {
    this.#unsubscribe();
    this.latest.cancel();
    this.status.dispose();
    this.resizeObserver.disconnect();
    window.removeEventListener("resize", this.#fit);
  }
}

export default defineComponent(() => new Preview());
