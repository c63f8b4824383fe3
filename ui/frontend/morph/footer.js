// @ts-check
/** Below the image: where it is decoded, smoothing, and the tray button. */

import { el, setText } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { isSmooth, setSmooth } from "../core/images.js";
import { createDecoderStatus } from "../decoding/status.js";

const SMOOTH_HELP = "Interpolate between pixels when enlarging; the image itself stays the same.";

export class Footer {
  /** @type {boolean | null} */ #reportedSmooth = null;

  /**
   * @param {(event: string, value: any) => void} send
   * @param {() => any} getPosition the current position, as Python needs it
   */
  constructor(send, getPosition) {
    this.send = send;
    this.status = createDecoderStatus();
    this.errorText = el("span", { class: "ls-caption", role: "alert", hidden: true });
    this.smooth = el("input", { type: "checkbox", onchange: () => this.#onSmooth() });
    this.tray = el(
      "button",
      {
        type: "button",
        class: "ls-button ls-morph-tray",
        onclick: () => send("kept", getPosition()),
      },
      icon("plus"),
      "Add to tray",
    );
    this.root = el(
      "div",
      { class: "ls-morph-foot" },
      this.status.root,
      this.errorText,
      el("label", { class: "ls-smooth", title: SMOOTH_HELP }, this.smooth, "smooth"),
    );
  }

  #onSmooth() {
    setSmooth(this.smooth.checked);
    this.send("smooth", this.smooth.checked);
  }

  /** Whether there is a code to add. @param {boolean} hasCode */
  allow(hasCode) {
    this.tray.toggleAttribute("disabled", !hasCode);
    this.tray.title = hasCode
      ? "Add this image and its code to the tray."
      : "A cross-fade has no code.";
  }

  /** @param {Error} error */
  fail(error) {
    if (error.name === "AbortError") return;
    this.errorText.hidden = false;
    setText(this.errorText, `This can't be decoded: ${error.message}`);
  }

  /** @param {{smooth: boolean}} data @param {import("../decoding/decoder.js").Decoder | undefined | null} decoder */
  update(data, decoder) {
    this.errorText.hidden = true;
    if (decoder) this.status.follow(decoder);
    this.smooth.checked = isSmooth();
    if (data.smooth === isSmooth() || this.#reportedSmooth === isSmooth()) return;
    this.#reportedSmooth = isSmooth();
    this.send("smooth", this.#reportedSmooth);
  }

  dispose() {
    this.status.dispose();
  }
}
