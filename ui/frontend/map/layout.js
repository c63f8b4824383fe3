// @ts-check
/** The map's elements: the drawing with what is written in it, and what stands below it. */

import { addStyle, el, setText } from "../core/dom.js";
import { BASE } from "../core/theme.js";
import { createWay } from "../decoding/status.js";
import { toRgb } from "../widgets/palette.js";
import { STYLE } from "./style.js";

export class Room {
  /** @param {HTMLElement} place of the page */
  constructor(place) {
    addStyle("ls-base", BASE);
    addStyle("ls-map-style", STYLE);
    this.way = createWay();
    this.back = el("span"); // how one gets from a place to a code
    this.about = el("div", { class: "ls-map-about", hidden: true }, this.way.root, this.back);
    this.note = el("div", { class: "ls-map-note" });
    this.wait = el("div", { class: "ls-map-wait" }, "Drawing the map…");
    this.said = el("div", { class: "ls-map-said", "aria-live": "polite" });
    this.plot = el("div", { class: "ls-map-plot", tabindex: "0", role: "application" });
    this.foot = el("div", { class: "ls-map-foot" });
    this.root = el("div", { class: "ls-map" }, this.plot, this.foot, this.said);
    place.append(this.root);
  }

  /** The page's colours. @returns {{ground: string, ink: string}} */
  theme() {
    const style = getComputedStyle(this.root);
    const ground = style.getPropertyValue("--st-background-color").trim() || "#ffffff";
    const ink = style.getPropertyValue("--st-text-color").trim() || "#222222";
    return { ground, ink };
  }

  /** @param {string} words for a screen reader */
  say(words) {
    setText(this.said, words);
  }

  /** @param {import("./decode/decode_source.js").Source} source @param {boolean} full also where is decoded */
  tellAbout(source, full) {
    this.about.hidden = source.spec === null;
    this.way.root.hidden = !full;
    if (source.spec === null) return;
    this.way.follow(source.decoder);
    const { note } = source.spec.inverse;
    setText(this.back, `From a place to its code: ${note.charAt(0).toLowerCase()}${note.slice(1)}`);
  }

  /** Places can't be decoded. @param {Error} error */
  refuse(error) {
    this.way.root.hidden = true;
    setText(this.back, `Places between the dots can't be decoded: ${error.message}. Reloading the page may help.`);
  }

  /** @param {unknown} error */
  fail(error) {
    const reason = error instanceof Error ? error.message : String(error);
    this.wait.setAttribute("role", "alert");
    setText(this.wait, `The map can't be drawn: ${reason}. Reloading the page may help.`);
  }

  dispose() {
    this.way.dispose();
    this.root.remove();
  }
}

/** Dots outside a selection. @param {string} ground @param {string} ink @returns {{ground: import("./scene/scene.js").Triple, grey: import("./scene/scene.js").Triple}} */
export function greys(ground, ink) {
  const [page, text] = [toRgb(ground), toRgb(ink)];
  const grey = page.map((value, k) => Math.round(0.72 * value + 0.28 * text[k]));
  return { ground: page, grey: /** @type {import("./scene/scene.js").Triple} */ (grey) };
}
