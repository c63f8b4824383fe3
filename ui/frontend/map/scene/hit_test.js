// @ts-check
/** Points on the screen: the nearest to the pointer, those inside an outline. */

/**
 * @typedef {object} Screen
 * @property {ArrayLike<number>} matrix 4×4, map → clip space
 * @property {number} width in pixels
 * @property {number} height
 */

/** @typedef {{x: number, y: number, depth: number}} ScreenPosition in pixels; the depth is negative behind the camera */

/**
 * Screen position and depth of a map position.
 * @param {Screen} screen
 * @param {number} x @param {number} y @param {number} z
 * @returns {ScreenPosition}
 */
export function project({ matrix: m, width, height }, x, y, z) {
  const depth = m[3] * x + m[7] * y + m[11] * z + m[15];
  return {
    x: width * (0.5 + (0.5 * (m[0] * x + m[4] * y + m[8] * z + m[12])) / depth),
    y: height * (0.5 - (0.5 * (m[1] * x + m[5] * y + m[9] * z + m[13])) / depth),
    depth,
  };
}

/**
 * Call `visit(i, x, y, depth)` for every visible point in front of the camera.  70,000 take a
 * millisecond or two, so a spatial index is not needed.
 * @param {Screen} screen
 * @param {Float32Array} positions three values per point
 * @param {Uint8Array} visible
 * @param {(i: number, x: number, y: number, depth: number) => void} visit
 */
function forEachPoint({ matrix: m, width, height }, positions, visible, visit) {
  for (let i = 0, k = 0; i < visible.length; i++, k += 3) {
    if (!visible[i]) continue;
    const [x, y, z] = [positions[k], positions[k + 1], positions[k + 2]];
    const depth = m[3] * x + m[7] * y + m[11] * z + m[15];
    if (depth <= 0) continue;
    const sx = width * (0.5 + (0.5 * (m[0] * x + m[4] * y + m[8] * z + m[12])) / depth);
    const sy = height * (0.5 - (0.5 * (m[1] * x + m[5] * y + m[9] * z + m[13])) / depth);
    visit(i, sx, sy, depth);
  }
}

/**
 * The visible point nearest to a screen position; of two equally near, the one in front.
 * @param {Screen} screen
 * @param {Float32Array} positions
 * @param {Uint8Array} visible
 * @param {number} x @param {number} y
 * @param {number} radius no farther than this, in pixels
 * @returns {number | null}
 */
export function nearestPoint(screen, positions, visible, x, y, radius) {
  let best = /** @type {number | null} */ (null);
  let lowestCost = radius + 0.3;
  const m = screen.matrix;
  const scale = Math.hypot(m[3], m[7], m[11]) || 1;
  forEachPoint(screen, positions, visible, (i, sx, sy, depth) => {
    const [dx, dy] = [sx - x, sy - y];
    if (dx > radius || dx < -radius || dy > radius || dy < -radius) return;
    const cost = Math.hypot(dx, dy) + (0.15 * (depth - m[15])) / scale;
    if (cost < lowestCost) [best, lowestCost] = [i, cost];
  });
  return best;
}

/** @typedef {[number, number][]} Outline screen positions, in order */

/** Whether a position is inside, by the even–odd rule. @param {Outline} outline @param {number} x @param {number} y */
function contains(outline, x, y) {
  let inside = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [ax, ay] = outline[i];
    const [bx, by] = outline[j];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/**
 * The visible points inside an outline, one byte per point.
 * @param {Screen} screen
 * @param {Float32Array} positions
 * @param {Uint8Array} visible
 * @param {Outline} outline
 * @returns {Uint8Array}
 */
export function pointsInside(screen, positions, visible, outline) {
  const inside = new Uint8Array(visible.length);
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  forEachPoint(screen, positions, visible, (i, x, y) => {
    if (x < left || x > right || y < top || y > bottom) return;
    if (contains(outline, x, y)) inside[i] = 1;
  });
  return inside;
}
