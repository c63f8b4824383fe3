// @ts-check
/**
 * The colors of a map.
 *
 * CLASSES: ten hues chosen here by hill climbing so that each has a contrast of at least 3 : 1 to the
 * page, in both themes, and any two stay apart for everyone.  The least difference with full
 * deuteranopia, simulated as by Machado, Oliveira & Fernandes (2009), is 20 in CIELAB (CIE 1976); with
 * protanopia, deuteranopia and tritanopia it is 9.4 in OKLab, times 100, and 12.9 without.
 * A test computes it again.
 * SCALE: viridis (van der Walt & Smith, 2015), without the end that has too little contrast to the page.
 */

export const CLASSES = {
  light: [
    "#109ac7",
    "#be8604",
    "#ba3c20",
    "#228369",
    "#521a96",
    "#7b222a",
    "#1416f5",
    "#fd3fb2",
    "#694c7d",
    "#a459fd",
  ],
  dark: [
    "#2cd5ff",
    "#d5c565",
    "#ed6711",
    "#1d7f70",
    "#3f9bfd",
    "#8c5b00",
    "#8940f7",
    "#f492a1",
    "#9d83b7",
    "#b800bc",
  ],
};

/** Of classes without a color of their own. */
export const GRAY = { light: "#85888c", dark: "#85898e" };

const VIRIDIS = [
  "#440154",
  "#482878",
  "#3e4989",
  "#31688e",
  "#26828e",
  "#1f9e89",
  "#35b779",
  "#6ece58",
  "#b5de2b",
  "#fde725",
];
const VIRIDIS_RANGE = { light: [0, 0.92], dark: [0.16, 1] };

const DIMMED_ALPHA = 70;

/** @typedef {"light" | "dark"} Theme */
/** @typedef {[number, number, number]} Rgb */

/** @param {string} hex @returns {Rgb} */
function fromHex(hex) {
  const value = parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/**
 * Any CSS color as numbers.
 * @param {string} css
 * @returns {Rgb}
 */
export function toRgb(css) {
  if (/^#[0-9a-f]{6}$/i.test(css)) return fromHex(css);
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!context) return [128, 128, 128];
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

/** @param {Rgb} ground the page's color @returns {Theme} */
export function themeOf([red, green, blue]) {
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light";
}

/**
 * The color of a class; gray from the class `nColored` on.
 * @param {Theme} theme @param {number} index @param {number} [nColored]
 */
export function classColor(theme, index, nColored = CLASSES[theme].length) {
  return index < nColored ? CLASSES[theme][index] : GRAY[theme];
}

/**
 * The color at a position of the scale, in [0, 1].
 * @param {Theme} theme
 * @param {number} t
 * @returns {Rgb}
 */
export function scaleColor(theme, t) {
  const [low, high] = VIRIDIS_RANGE[theme];
  const position = (low + Math.min(1, Math.max(0, t)) * (high - low)) * (VIRIDIS.length - 1);
  const index = Math.min(VIRIDIS.length - 2, Math.floor(position));
  const a = fromHex(VIRIDIS[index]);
  const b = fromHex(VIRIDIS[index + 1]);
  return /** @type {Rgb} */ (
    a.map((value, i) => Math.round(value + (b[i] - value) * (position - index)))
  );
}

/** @param {Theme} theme a CSS gradient of the scale, left to right */
export function scaleGradient(theme) {
  const stops = Array.from({ length: 12 }, (_, i) => `rgb(${scaleColor(theme, i / 11).join(",")})`);
  return `linear-gradient(90deg, ${stops.join(",")})`;
}

/**
 * The color of every point, four bytes each; alpha 0 hides a point.
 * @param {object} what
 * @param {Theme} what.theme
 * @param {Rgb} what.dimmed of points outside the region
 * @param {Uint8Array | Float32Array} what.values classes, or numbers between `lo` and `hi`; NaN is gray
 * @param {number} [what.lo]
 * @param {number} [what.hi]
 * @param {number} [what.nColored] how many classes have a color of their own
 * @param {Uint8Array} what.visible 1 where the legend lets a point be seen
 * @param {Uint8Array | null} what.region 1 inside; null when there is none
 * @returns {Uint8Array}
 */
export function pointColors({
  theme,
  dimmed,
  values,
  lo = 0,
  hi = 255,
  nColored,
  visible,
  region,
}) {
  const isClass = values instanceof Uint8Array;
  const colorAt = (/** @type {number} */ index) =>
    isClass ? fromHex(classColor(theme, index, nColored)) : scaleColor(theme, index / 255);
  const table = packColors(Array.from({ length: 256 }, (_, index) => [...colorAt(index), 255]));
  const [missing] = packColors([[...fromHex(GRAY[theme]), 255]]);
  const [dimmedColor] = packColors([[...dimmed, DIMMED_ALPHA]]);
  const step = isClass ? 1 : 255 / (hi - lo || 1);
  const start = isClass ? 0 : lo;
  const colors = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (!visible[i]) continue;
    const isDimmed = region !== null && !region[i];
    const index = Math.round((values[i] - start) * step); // beyond the range: the nearest color
    const color = Number.isNaN(index) ? missing : table[Math.min(255, Math.max(0, index))];
    colors[i] = isDimmed ? dimmedColor : color;
  }
  return new Uint8Array(colors.buffer);
}

/** Colors as one number each, of four bytes. @param {number[][]} colors red, green, blue and alpha, 0–255 */
function packColors(colors) {
  return new Uint32Array(Uint8Array.from(colors.flat()).buffer);
}
