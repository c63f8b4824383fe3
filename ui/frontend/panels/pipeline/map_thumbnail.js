// @ts-check
/** A small gray map with the position of the current code. */

import { el } from "../../core/dom.js";
import { fetchUint16 } from "../../core/fetch.js";
import { axisFractions, dotStyle, quantizedPosition, squarePosition } from "./map_geometry.js";

/** @typedef {import("../../core/payloads.js").MapPoints} MapPoints */

const SIDE_PX = 360; // of the canvas, in its own pixels

/** A small gray map with the position of the current code. */
export function createPipelineMap() {
  const canvas = el("canvas", { width: SIDE_PX, height: SIDE_PX });
  const marker = el("i");
  const root = el("div", { class: "ls-pipeline-map", role: "img" }, canvas, el("div", {}, marker));
  let drawnUrl = "";
  let drawnColor = "";

  /** @param {MapPoints | null} map @param {number[] | null} point */
  async function update(map, point) {
    root.hidden = !map;
    marker.hidden = !point;
    if (!map) return;
    const [x, y] = squarePosition(map, point);
    marker.style.setProperty("transform", `translate(${100 * x}%, ${100 * (1 - y)}%)`);
    root.setAttribute("aria-label", point ? "its point on the map" : "the map");
    const { color } = getComputedStyle(root);
    if (drawnUrl === map.url && drawnColor === color) return;
    [drawnUrl, drawnColor] = [map.url, color];
    const points = await fetchUint16(map.url);
    if (drawnUrl === map.url) drawPoints(canvas, drawnColor, points, map);
  }

  return { root, update };
}

/** @param {HTMLCanvasElement} canvas @param {string} color @param {Uint16Array} points @param {MapPoints} map */
function drawPoints(canvas, color, points, map) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const fractions = axisFractions(map);
  const { size, opacity } = dotStyle(points.length / map.dims);
  context.clearRect(0, 0, SIDE_PX, SIDE_PX);
  context.fillStyle = color;
  context.globalAlpha = opacity;
  for (let i = 0; i < points.length; i += map.dims) {
    const [x, y] = quantizedPosition(points, i, fractions);
    context.fillRect(x * SIDE_PX - size / 2, y * SIDE_PX - size / 2, size, size);
  }
}
