// @ts-check
/** The axes of a 2D map as lines and texts. */

import { formatNumber } from "../../core/format.js";
import { roundTicks } from "./ticks.js";

/** @typedef {{x1: number, y1: number, x2: number, y2: number, strong: boolean}} Line in pixels */
/** @typedef {{text: string, x: number, y: number, align: "left" | "center" | "right", strong: boolean}} Text */
/** @typedef {{lines: Line[], texts: Text[]}} Shapes */
/** @typedef {import("../../core/payloads.js").AxisData} AxisData */

const TICK_DISTANCE_PX = 110;
const EDGE_PX = 8; // from the text to the plot's edge
const LINE_PX = 15; // height of a text line

/**
 * Grid lines at round values with their numbers along the left and lower edge, and the names of
 * the axes at their ends.
 * @param {object} view
 * @param {number} view.width @param {number} view.height in pixels
 * @param {[number, number]} view.x values at the left and right edge @param {[number, number]} view.y at the lower and upper edge
 * @param {AxisData[]} axes
 * @returns {Shapes}
 */
export function axesShapes2d({ width, height, x, y }, axes) {
  const shapes = /** @type {Shapes} */ ({ lines: [], texts: [] });
  if (axes[0].has_ticks) addVerticalLines(shapes, x, width, height);
  if (axes[1].has_ticks) addHorizontalLines(shapes, y, width, height);
  const bottom = height - EDGE_PX - LINE_PX;
  shapes.texts.push(
    {
      text: `${axes[0].title} →`,
      x: width - EDGE_PX,
      y: bottom - LINE_PX / 2,
      align: "right",
      strong: true,
    },
    { text: `↑ ${axes[1].title}`, x: EDGE_PX, y: 46, align: "left", strong: true },
  );
  return shapes;
}

/** @param {Shapes} shapes @param {[number, number]} range @param {number} width @param {number} height */
function addVerticalLines({ lines, texts }, [low, high], width, height) {
  const { values, digits } = roundTicks(low, high, width / TICK_DISTANCE_PX);
  for (const value of values) {
    const x = ((value - low) / (high - low)) * width;
    lines.push({ x1: x, y1: 0, x2: x, y2: height, strong: Math.abs(value) < 1e-9 });
    const text = formatNumber(value, digits);
    if (x > 40 && x < width - 30)
      texts.push({ text, x, y: height - EDGE_PX, align: "center", strong: false });
  }
}

/** @param {Shapes} shapes @param {[number, number]} range @param {number} width @param {number} height */
function addHorizontalLines({ lines, texts }, [low, high], width, height) {
  const { values, digits } = roundTicks(low, high, height / TICK_DISTANCE_PX);
  for (const value of values) {
    const y = height - ((value - low) / (high - low)) * height;
    lines.push({ x1: 0, y1: y, x2: width, y2: y, strong: Math.abs(value) < 1e-9 });
    const text = formatNumber(value, digits);
    if (y > 64 && y < height - 30)
      texts.push({ text, x: EDGE_PX, y: y - LINE_PX / 2, align: "left", strong: false });
  }
}
