// @ts-check
/** A small gray map with the position of the current code. */

import { el } from "../core/dom.js";
import { fetchBytes } from "../core/fetch.js";

/** @typedef {{url: string, dims: number, lo: number[], hi: number[]}} MapPoints points of a map */

const MAP_SIDE = 360; // of the thumbnail, in its own pixels
const LEVELS = 65535;

/** @param {string} drawnUrl */
async function fetchPoints(drawnUrl) {
  return new Uint16Array(await fetchBytes(drawnUrl));
}

/** The fraction of the square that each axis covers; 1 for the longer one. @param {MapPoints} map */
function axisFractions(map) {
  const ranges = [0, 1].map((k) => map.hi[k] - map.lo[k]);
  return ranges.map((range) => range / (Math.max(...ranges) || 1));
}

/** A small gray map with the position of the current code. */
export function createPipelineMap() {
  const canvas = el("canvas", { width: MAP_SIDE, height: MAP_SIDE });
  const place = el("i");
  const marks = el("div", {}, place);
  const root = el(
    "div",
    { class: "ls-pipeline-map", role: "img", "aria-label": "its place on the map" },
    canvas,
    marks,
  );
  let drawnUrl = "";
  let drawnColor = "";

  /** Both axes have the same scale, since distances matter.
   * @param {Uint16Array} points @param {MapPoints} map */
  function draw(points, map) {
    const { dims } = map;
    const [wide, high] = axisFractions(map);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.clearRect(0, 0, MAP_SIDE, MAP_SIDE);
    context.fillStyle = drawnColor;
    const many = points.length / dims;
    const size = many > 4000 ? 2 : 4;
    context.globalAlpha = Math.max(0.12, Math.min(0.6, 2600 / many));
    for (let i = 0; i < points.length; i += dims) {
      const x = (0.5 + (points[i] / LEVELS - 0.5) * wide) * MAP_SIDE;
      const y = (0.5 - (points[i + 1] / LEVELS - 0.5) * high) * MAP_SIDE;
      context.fillRect(x - size / 2, y - size / 2, size, size);
    }
  }

  /** @param {MapPoints | null} map @param {number[] | null} at */
  async function update(map, at) {
    root.hidden = !map;
    place.hidden = !at;
    if (!map) return;
    const used = axisFractions(map);
    const share = [0, 1].map((k) => {
      const range = map.hi[k] - map.lo[k];
      const along = at && range > 0 ? (at[k] - map.lo[k]) / range : 0.5;
      return Math.max(0, Math.min(1, 0.5 + (along - 0.5) * used[k])); // clipped to the edge of the map
    });
    place.style.setProperty("transform", `translate(${100 * share[0]}%, ${100 * (1 - share[1])}%)`);
    root.setAttribute("aria-label", at ? "its place on the map" : "the map");
    const ink = getComputedStyle(root).color;
    if (drawnUrl === map.url && drawnColor === ink) return;
    [drawnUrl, drawnColor] = [map.url, ink];
    const points = await fetchPoints(map.url);
    if (drawnUrl === map.url) draw(points, map);
  }

  return { root, update };
}
