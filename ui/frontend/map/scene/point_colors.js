// @ts-check
/** What determines the color of every point: values, legend filter, region, page colors. */

import { GRAY, classColor, pointColors, scaleColor, themeOf } from "../../widgets/palette.js";

/** @typedef {[number, number, number]} Rgb 0–255 */

const DIMMED_TEXT_FRACTION = 0.28; // of the text color in the color of dimmed points

/** Color of points outside a selection. @param {Rgb} background of the page @param {Rgb} text @returns {Rgb} */
export function dimmedColor(background, text) {
  return /** @type {Rgb} */ (
    background.map((value, k) =>
      Math.round((1 - DIMMED_TEXT_FRACTION) * value + DIMMED_TEXT_FRACTION * text[k]),
    )
  );
}

export class PointColors {
  /** @type {Uint8Array | Float32Array} */ values = new Uint8Array(0); // classes, or numbers on a scale
  /** @type {{lo?: number, hi?: number, nColored?: number}} */ scale = {};
  visible = new Uint8Array(0);
  /** @type {Uint8Array | null} */ region = null; // the selected points; null without a selection
  /** @type {Rgb} */ background = [255, 255, 255];
  /** @type {Rgb} */ dimmed = [180, 180, 180];

  get theme() {
    return themeOf(this.background);
  }

  /** @param {Rgb} background of the page @param {Rgb} text */
  setPageColors(background, text) {
    this.background = background;
    this.dimmed = dimmedColor(background, text);
  }

  /** Show all points but those of the hidden classes. @param {Set<number>} hidden */
  filter(hidden) {
    this.visible = new Uint8Array(this.values.length).fill(1);
    if (hidden.size === 0) return;
    this.values.forEach((value, i) => hidden.has(value) && (this.visible[i] = 0));
  }

  /** Whether values and visibility belong to that many points. @param {number} count */
  match(count) {
    return this.values.length === count && this.visible.length === count;
  }

  /** The next or previous id that is visible and in the region; null without one. @param {number | null} id @param {number} step */
  nextVisible(id, step) {
    const { visible, region } = this;
    const n = visible.length;
    let next = id ?? (step > 0 ? -1 : 0);
    for (let tries = 0; tries < n; tries++) {
      next = (next + step + n) % n;
      if (visible[next] && (!region || region[next])) return next;
    }
    return null;
  }

  /** The color of one point, as CSS. @param {number} id */
  cssColor(id) {
    const { theme, dimmed, values, region, scale } = this;
    if (region && !region[id]) return `rgb(${dimmed.join(",")})`;
    if (values instanceof Uint8Array) return classColor(theme, values[id], scale.nColored);
    const { lo = 0, hi = 1 } = scale;
    if (Number.isNaN(values[id])) return GRAY[theme];
    return `rgb(${scaleColor(theme, (values[id] - lo) / (hi - lo || 1)).join(",")})`;
  }

  /** Four bytes per point; alpha 0 hides it. @returns {Uint8Array} */
  rgba() {
    const { theme, dimmed, values, visible, region, scale } = this;
    return pointColors({ theme, dimmed, values, visible, region, ...scale });
  }
}
