// @ts-check
/** The axis ranges of a 2D view: what they show, and the transforms that they define. */

/** @typedef {[number, number]} Range */
/** @typedef {[Range, Range]} Ranges x and y, in normalized coordinates */

const MARGIN = 1.06; // around the points
const MIN_EXTENT = 0.05;

/** Half the width and height that contain all points. @param {Float32Array} positions three values per point @returns {[number, number]} */
export function extentOf(positions) {
  let [halfWidth, halfHeight] = [MIN_EXTENT, MIN_EXTENT];
  for (let i = 0; i < positions.length; i += 3) {
    halfWidth = Math.max(halfWidth, Math.abs(positions[i]));
    halfHeight = Math.max(halfHeight, Math.abs(positions[i + 1]));
  }
  return [halfWidth, halfHeight];
}

/** The ranges that show everything, one unit as long on both axes. @param {[number, number]} extent @param {number} aspect width over height @returns {Ranges} */
export function homeRanges([halfWidth, halfHeight], aspect) {
  const half = MARGIN * Math.max(halfHeight, halfWidth / aspect);
  return [
    [-half * aspect, half * aspect],
    [-half, half],
  ];
}

/**
 * The ranges enlarged around a map position that stays where it is.
 * @param {Ranges} ranges @param {number} factor above 1 zooms in
 * @param {[number, number]} [fixed] by default the center @returns {Ranges}
 */
export function zoomRanges(ranges, factor, fixed) {
  return /** @type {Ranges} */ (
    ranges.map(([low, high], k) => {
      const at = fixed ? fixed[k] : (low + high) / 2;
      return [at - (at - low) / factor, at + (high - at) / factor];
    })
  );
}

/** The ranges after the points were moved by pixels. @param {Ranges} ranges @param {{width: number, height: number}} size in pixels @param {number} dx @param {number} dy @returns {Ranges} */
export function panRanges([[left, right], [low, high]], { width, height }, dx, dy) {
  const x = (dx / width) * (right - left);
  const y = (dy / height) * (high - low);
  return [
    [left - x, right - x],
    [low + y, high + y],
  ];
}

/** How many times larger `ranges` shows the map than `home`. @param {Ranges} ranges @param {Ranges} home */
export function magnification([[left, right]], [[homeLeft, homeRight]]) {
  return (homeRight - homeLeft) / (right - left);
}

/** Map → clip space. @param {Ranges} ranges @returns {number[]} 4×4, column after column */
export function clipMatrix([[left, right], [low, high]]) {
  const [width, height] = [right - left, high - low];
  return [
    [2 / width, 0, 0, 0],
    [0, 2 / height, 0, 0],
    [0, 0, 1, 0],
    [-(left + right) / width, -(low + high) / height, 0, 1],
  ].flat();
}

/** The map position of a pixel. @param {Ranges} ranges @param {{width: number, height: number}} size in pixels @param {number} x @param {number} y @returns {[number, number]} */
export function unproject([[left, right], [low, high]], { width, height }, x, y) {
  return [left + (x / width) * (right - left), high - (y / height) * (high - low)];
}
