// @ts-check
/** Images on canvases: sheets of small images, single images by URL, decoded pixels. */

import { memoizeAsync } from "./lru.js";
import { integerScale, rgbaFromImages } from "./pixels.js";

export { fitSide } from "./pixels.js";

/** @typedef {import("./payloads.js").SheetSpec} SheetSpec */

/** @typedef {SheetSpec & {image: ImageBitmap, count: number}} Sheet */

/** @param {string} url */
async function download(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the images at ${url} can't be fetched (${response.status})`);
  return createImageBitmap(await response.blob(), {
    premultiplyAlpha: "none",
    colorSpaceConversion: "none",
  });
}

const fetchImage = memoizeAsync(64, download);

/**
 * The sheet at a URL; decoded once per URL.
 * @param {SheetSpec} spec
 * @returns {Promise<Sheet>}
 */
export async function loadSheet({ url, columns, width, height }) {
  const bitmap = await fetchImage(url);
  const count = columns * Math.floor(bitmap.height / height);
  return { url, columns, width, height, image: bitmap, count };
}

/**
 * Draw tile `index` into `canvas` at its own size; CSS (`image-rendering: pixelated`) enlarges.
 * @param {HTMLCanvasElement} canvas
 * @param {Sheet} sheet
 * @param {number} index
 */
export function drawTile(canvas, sheet, index) {
  const { width, height, columns } = sheet;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.imageSmoothingEnabled = false;
  context.clearRect(0, 0, width, height);
  const x = (index % columns) * width;
  const y = Math.floor(index / columns) * height;
  context.drawImage(sheet.image, x, y, width, height, 0, 0, width, height);
}

const DEFAULT_WIDTH_PX = 112; // of a canvas that has no layout yet

/** @typedef {{image: CanvasImageSource, x: number, y: number, width: number, height: number, tileWidth?: number}} Source tileWidth: of one image, where it holds several */

/** @type {WeakMap<HTMLCanvasElement, Source>} */
const sources = new WeakMap();
/** @type {WeakMap<HTMLCanvasElement, string>} the last request; a late response is dropped */
const requested = new WeakMap();

const resizeObserver = new ResizeObserver((entries) => {
  for (const entry of entries) drawSource(/** @type {HTMLCanvasElement} */ (entry.target));
});

/**
 * Draw what `canvas` shows at a whole multiple of its pixels, at least as large as it is displayed:
 * every pixel is then a sharp square, at any displayed size.
 * @param {HTMLCanvasElement} canvas
 */
function drawSource(canvas) {
  const source = sources.get(canvas);
  const context = canvas.getContext("2d");
  if (!source || !context) return;
  const { image, x, y, width, height, tileWidth = width } = source;
  const displayedWidth = (canvas.clientWidth || DEFAULT_WIDTH_PX) * (window.devicePixelRatio || 1);
  const scale = integerScale(displayedWidth, width);
  const scaledWidth = width * scale;
  const scaledHeight = height * scale;
  if (canvas.width !== scaledWidth) canvas.width = scaledWidth;
  if (canvas.height !== scaledHeight) canvas.height = scaledHeight;
  context.imageSmoothingEnabled = smoothsImages(tileWidth);
  context.imageSmoothingQuality = "high";
  context.clearRect(0, 0, scaledWidth, scaledHeight);
  context.drawImage(image, x, y, width, height, 0, 0, scaledWidth, scaledHeight);
}

/** @param {HTMLCanvasElement} canvas @param {Source} source */
function showSource(canvas, source) {
  if (!sources.has(canvas)) resizeObserver.observe(canvas);
  sources.set(canvas, source);
  drawSource(canvas);
}

/** A canvas that shows nothing yet. @param {string} [label] for a screen reader */
export function imageCanvas(label = "") {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  canvas.className = "ls-image";
  if (label) {
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", label);
  } else canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

/**
 * Show tile `index` of a sheet, crisp at any size.
 * @param {HTMLCanvasElement} canvas
 * @param {SheetSpec} spec
 * @param {number} index
 */
export async function showTile(canvas, spec, index) {
  const name = `${spec.url} ${index}`;
  if (requested.get(canvas) === name) return;
  requested.set(canvas, name);
  const { image, columns, width, height } = await loadSheet(spec);
  if (requested.get(canvas) !== name) return;
  const [x, y] = [(index % columns) * width, Math.floor(index / columns) * height];
  showSource(canvas, { image, x, y, width, height });
}

/**
 * Show the image at a URL, crisp at any size; the previous one stays until it is decoded.
 * @param {HTMLCanvasElement} canvas
 * @param {string} url
 */
export async function showImage(canvas, url) {
  if (requested.get(canvas) === url) return;
  requested.set(canvas, url);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    return; // not an image: the previous one stays
  }
  if (requested.get(canvas) !== url) return;
  showSource(canvas, { image, x: 0, y: 0, width: image.naturalWidth, height: image.naturalHeight });
}

/** Show nothing. @param {HTMLCanvasElement} canvas */
export function clearImage(canvas) {
  requested.delete(canvas);
  sources.delete(canvas);
  resizeObserver.unobserve(canvas);
  canvas.width = canvas.height = 1;
}

/** @type {WeakMap<HTMLCanvasElement, HTMLCanvasElement>} the decoded image at its own size */
const sourceCanvases = new WeakMap();
const SMOOTH = "ls-smooth";
const SMOOTH_FROM_PX = 48; // photographs and renderings; digits are crisp
/** @type {boolean | null} null: by the size of the image */
let smooth = { yes: true, no: false }[globalThis.localStorage?.getItem(SMOOTH) ?? ""] ?? null;
let lastWidth = 0; // of the image enlarged last

/** Whether an image of this width is enlarged smoothly. @param {number} width in pixels */
export function smoothsImages(width) {
  lastWidth = width;
  return smooth ?? width >= SMOOTH_FROM_PX;
}

/** Whether the images that are shown are enlarged smoothly. */
export const isSmooth = () => smooth ?? lastWidth >= SMOOTH_FROM_PX;

/** Enlarge every image smoothly, or crisply again; remembered in this browser. @param {boolean} on */
export function setSmooth(on) {
  smooth = on;
  globalThis.localStorage?.setItem(SMOOTH, on ? "yes" : "no");
  for (const canvas of document.querySelectorAll("canvas.ls-image"))
    drawSource(/** @type {HTMLCanvasElement} */ (canvas));
}

/**
 * One of several images as ImageData.
 * @param {Float32Array} images (N, C, H, W) in [0, 1]
 * @param {import("./pixels.js").ImageShape} shape
 * @param {number} [index] which image
 */
export function toImageData(images, shape, index = 0) {
  const pixels = new ImageData(shape[2], shape[1]);
  pixels.data.set(rgbaFromImages(images, shape, index));
  return pixels;
}

/**
 * Show a decoded image, crisp at any size.
 * @param {HTMLCanvasElement} canvas
 * @param {Float32Array} images (N, C, H, W) in [0, 1]
 * @param {import("./pixels.js").ImageShape} shape
 * @param {number} [index] which image
 * @param {number} [tileWidth] of one image, where it is a sheet of several
 */
export function showDecoded(canvas, images, shape, index = 0, tileWidth = shape[2]) {
  requested.delete(canvas); // a pending URL must not replace this
  let sourceCanvas = sourceCanvases.get(canvas);
  if (!sourceCanvas) sourceCanvases.set(canvas, (sourceCanvas = document.createElement("canvas")));
  const [, height, width] = shape;
  if (sourceCanvas.width !== width) sourceCanvas.width = width;
  if (sourceCanvas.height !== height) sourceCanvas.height = height;
  sourceCanvas.getContext("2d")?.putImageData(toImageData(images, shape, index), 0, 0);
  showSource(canvas, { image: sourceCanvas, x: 0, y: 0, width, height, tileWidth });
}
