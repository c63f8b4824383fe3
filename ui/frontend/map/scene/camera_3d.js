// @ts-check
/** The camera of a 3D view, in Plotly's terms, and 4×4 matrices. */

/** @typedef {{x: number, y: number, z: number}} Vector */
/** @typedef {{eye: Vector, center: Vector, up: Vector}} Camera */

const EYE_DIRECTION = [0.66, 0.66, 0.36]; // from the center to the eye, length 1
const RIGHT = [-Math.SQRT1_2, Math.SQRT1_2, 0];
const UP = [-0.255, -0.255, 0.933];
const TAN_HALF_FOV = Math.tan(Math.PI / 8); // of Plotly's camera, vertically
const MARGIN = 1.08; // around the points
const MIN_DISTANCE = 0.4;

/** @param {ArrayLike<number>} a @param {number} i @param {number[]} b */
function dot(a, i, b) {
  return a[i] * b[0] + a[i + 1] * b[1] + a[i + 2] * b[2];
}

/**
 * The distance of the eye at which every position is in view.
 * @param {Float32Array} positions three values per point
 * @param {number} aspect width over height
 */
export function cameraDistance(positions, aspect) {
  let distance = MIN_DISTANCE;
  for (let i = 0; i < positions.length; i += 3) {
    const vertical = Math.abs(dot(positions, i, UP));
    const horizontal = Math.abs(dot(positions, i, RIGHT)) / aspect;
    const needed = (MARGIN * Math.max(vertical, horizontal)) / TAN_HALF_FOV;
    distance = Math.max(distance, needed + dot(positions, i, EYE_DIRECTION));
  }
  return distance / 2; // Plotly's world is half the map's size
}

/** The camera that shows everything. @param {number} distance of the eye from the center @returns {Camera} */
export function homeCamera(distance) {
  const [x, y, z] = EYE_DIRECTION.map((part) => part * distance);
  return { eye: { x, y, z }, center: { x: 0, y: 0, z: 0 }, up: { x: 0, y: 0, z: 1 } };
}

/** The camera nearer to its center. @param {Camera} camera @param {number} factor above 1 zooms in @returns {Camera} */
export function zoomCamera({ eye, center, ...rest }, factor) {
  const at = (/** @type {"x" | "y" | "z"} */ axis) =>
    center[axis] + (eye[axis] - center[axis]) / factor;
  return { ...rest, center, eye: { x: at("x"), y: at("y"), z: at("z") } };
}

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b @returns {number[]} a·b; 4×4, column after column */
export function multiply(a, b) {
  const product = new Array(16).fill(0);
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 4; row++) {
      for (let k = 0; k < 4; k++) product[4 * column + row] += a[4 * k + row] * b[4 * column + k];
    }
  }
  return product;
}

/** A scaling. @param {ArrayLike<number>} factors x, y and z @returns {number[]} 4×4, column after column */
export function scaling({ 0: x, 1: y, 2: z }) {
  return [
    [x, 0, 0, 0],
    [0, y, 0, 0],
    [0, 0, z, 0],
    [0, 0, 0, 1],
  ].flat();
}
