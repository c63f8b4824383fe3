// @ts-check
/** The camera of a 3D view, and 4×4 matrices.  The world is half as large as the map: a cube of side 1. */

/** @typedef {{x: number, y: number, z: number}} Vector */
/** @typedef {{eye: Vector, center: Vector, up: Vector}} Camera */

const EYE_DIRECTION = [0.66, 0.66, 0.36]; // from the center to the eye, length 1
const RIGHT = [-Math.SQRT1_2, Math.SQRT1_2, 0];
const UP = [-0.255, -0.255, 0.933];
const TAN_HALF_FOV = Math.tan(Math.PI / 8); // half the field of view, vertically
const MARGIN = 1.08; // around the points
const MIN_DISTANCE = 0.4;
const WORLD_SCALE = 0.5;
const [NEAR, FAR] = [0.01, 100]; // distances from the eye that are drawn
const MAX_ELEVATION = 0.499 * Math.PI; // not quite from above, where "up" has no direction

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
  return distance * WORLD_SCALE;
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

/** @param {Vector} a @param {Vector} b @returns {Vector} */
const minus = (a, b) => ({ x: a.x - b.x, y: a.y - b.y, z: a.z - b.z });

/** @param {Vector} a @param {Vector} b @returns {Vector} */
const cross = (a, b) => ({
  x: a.y * b.z - a.z * b.y,
  y: a.z * b.x - a.x * b.z,
  z: a.x * b.y - a.y * b.x,
});

/** @param {Vector} vector @returns {Vector} of length 1 */
function unit({ x, y, z }) {
  const length = Math.hypot(x, y, z) || 1;
  return { x: x / length, y: y / length, z: z / length };
}

/** Unit vectors to the right, up and back of the image. @param {Camera} camera */
function axesOf({ eye, center, up }) {
  const back = unit(minus(eye, center));
  const right = unit(cross(up, back));
  return { right, up: cross(back, right), back };
}

/**
 * The camera turned around its center, as if the points turned with the pointer.
 * @param {Camera} camera @param {number} azimuth around z, in radians
 * @param {number} elevation in radians; the eye stays between below and above @returns {Camera}
 */
export function rotateCamera({ eye, center, ...rest }, azimuth, elevation) {
  const { x, y, z } = minus(eye, center);
  const distance = Math.hypot(x, y, z);
  const around = Math.atan2(y, x) - azimuth;
  const above = Math.asin(z / (distance || 1)) + elevation;
  const bounded = Math.min(MAX_ELEVATION, Math.max(-MAX_ELEVATION, above));
  const horizontal = distance * Math.cos(bounded);
  return {
    ...rest,
    center,
    eye: {
      x: center.x + horizontal * Math.cos(around),
      y: center.y + horizontal * Math.sin(around),
      z: center.z + distance * Math.sin(bounded),
    },
  };
}

/** The camera moved so that its center moves with the pointer. @param {Camera} camera @param {number} dx to the right @param {number} dy down; in heights of the view @returns {Camera} */
export function panCamera(camera, dx, dy) {
  const { eye, center, up } = camera;
  const axes = axesOf(camera);
  const { x, y, z } = minus(eye, center);
  const height = 2 * TAN_HALF_FOV * Math.hypot(x, y, z); // of the view, at the center
  const moved = (/** @type {Vector} */ from, /** @type {"x" | "y" | "z"} */ axis) =>
    from[axis] + height * (dy * axes.up[axis] - dx * axes.right[axis]);
  const all = (/** @type {Vector} */ from) => ({
    x: moved(from, "x"),
    y: moved(from, "y"),
    z: moved(from, "z"),
  });
  return { eye: all(eye), center: all(center), up };
}

/** Map → clip space. @param {Camera} camera @param {number} aspect width over height @returns {number[]} 4×4, column after column */
export function projectionMatrix(camera, aspect) {
  return multiply(
    multiply(perspective(aspect), viewMatrix(camera)),
    scaling([WORLD_SCALE, WORLD_SCALE, WORLD_SCALE]),
  );
}

/** @param {number} aspect */
function perspective(aspect) {
  const focal = 1 / TAN_HALF_FOV;
  return [
    [focal / aspect, 0, 0, 0],
    [0, focal, 0, 0],
    [0, 0, (FAR + NEAR) / (NEAR - FAR), -1],
    [0, 0, (2 * FAR * NEAR) / (NEAR - FAR), 0],
  ].flat();
}

/** World → camera. @param {Camera} camera */
function viewMatrix(camera) {
  const { right, up, back } = axesOf(camera);
  const { eye } = camera;
  const along = (/** @type {Vector} */ axis) => -(axis.x * eye.x + axis.y * eye.y + axis.z * eye.z);
  return [
    [right.x, up.x, back.x, 0],
    [right.y, up.y, back.y, 0],
    [right.z, up.z, back.z, 0],
    [along(right), along(up), along(back), 1],
  ].flat();
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
