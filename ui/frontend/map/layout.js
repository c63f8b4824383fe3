// @ts-check
/** The map's elements: the plot with its notes, and the footer. */

import { addStyle, el, setText } from "../core/dom.js";
import { createDecoderStatus } from "../decoding/status.js";
import { toRgb } from "../widgets/palette.js";
import { MAP_STYLE } from "./style.js";
import { WindowHeight } from "./window_height.js";

const WITHOUT_WEBGL =
  "Drawn without WebGL, which this browser lacks or has switched off (hardware acceleration): moving is slower.";

export class MapLayout {
  constructor() {
    addStyle("ls-map-style", MAP_STYLE);
    this.decoderStatus = createDecoderStatus();
    this.inverseNote = el("span"); // how a map point is transformed to a code
    const about = [this.decoderStatus.root, this.inverseNote];
    this.about = el("div", { class: "ls-map-about", hidden: true }, ...about);
    this.note = el("div", { class: "ls-map-note" });
    this.fallback = el(
      "div",
      { class: "ls-map-about ls-map-fallback", hidden: true },
      WITHOUT_WEBGL,
    );
    this.status = el("div", { class: "ls-map-wait" }, "Drawing the map…");
    this.announcer = el("div", { class: "ls-map-announcer", "aria-live": "polite" });
    this.scaleProbe = el("i", { class: "ls-map-scale", "aria-hidden": "true" }); // as wide as points are scaled
    this.plot = el("div", { class: "ls-map-plot", tabindex: "0", role: "application" });
    this.footer = el("div", { class: "ls-map-foot" });
    this.root = el(
      "div",
      { class: "ls-map" },
      this.plot,
      this.footer,
      this.announcer,
      this.scaleProbe,
    );
    this.height = new WindowHeight(this.root);
  }

  /** @param {{height: number | null, note: string}} data */
  update({ height, note }) {
    this.height.set(height);
    setText(this.note, note);
  }

  /** Colors of the page. @returns {{background: import("../widgets/palette.js").Rgb, text: import("../widgets/palette.js").Rgb}} */
  pageColors() {
    const style = getComputedStyle(this.root);
    const background = style.getPropertyValue("--st-background-color").trim() || "#ffffff";
    const text = style.getPropertyValue("--st-text-color").trim() || "#222222";
    return { background: toRgb(background), text: toRgb(text) };
  }

  /** The factor by which the page enlarges points: more than 1 on a projector. */
  pointScale() {
    return Number(getComputedStyle(this.root).getPropertyValue("--ls-point-scale")) || 1;
  }

  /** @param {string} text for a screen reader */
  announce(text) {
    setText(this.announcer, text);
  }

  /** @param {import("./decode/decode_source.js").DecodeSource} source @param {boolean} withStatus also show where images are decoded */
  showDecoderInfo(source, withStatus) {
    this.about.hidden = source.spec === null;
    this.decoderStatus.root.hidden = !withStatus;
    if (source.spec === null) return;
    this.decoderStatus.follow(source.decoder);
    const { note } = source.spec.inverse;
    setText(this.inverseNote, `Code at a point: ${note.charAt(0).toLowerCase()}${note.slice(1)}`);
  }

  /** Points cannot be decoded. @param {Error} error */
  showDecoderError(error) {
    this.decoderStatus.root.hidden = true;
    setText(
      this.inverseNote,
      `Points between the samples can't be decoded: ${error.message}. Reloading the page may help.`,
    );
  }

  /** The map cannot be drawn. @param {unknown} error */
  showError(error) {
    const reason = error instanceof Error ? error.message : String(error);
    this.status.setAttribute("role", "alert");
    setText(this.status, `The map can't be drawn: ${reason}. Reloading the page may help.`);
  }

  dispose() {
    this.decoderStatus.dispose();
    this.height.dispose();
    this.root.remove();
  }
}
