// @ts-check
/** A cube of codes seen from a direction, without perspective. */

/** @typedef {{yaw: number, pitch: number}} View in degrees, around the vertical axis and of the eye above the floor */
/** @typedef {{x: number, y: number, depth: number}} Seen x to the right, y down, depth away from the eye */

export const HOME = { yaw: 32, pitch: 22 };
const MAX_PITCH = 85;
const DEGREES_PER_PIXEL = 0.55;
const CENTER = 0.5;

/**
 * Where a point of the unit cube is seen, in units of the cube's side from the center.
 * @param {number[]} point @param {View} view @returns {Seen}
 */
export function seenFrom([x, y, z], { yaw, pitch }) {
  const [a, b] = [radians(yaw), radians(pitch)];
  const [u, v, w] = [x - CENTER, y - CENTER, z - CENTER];
  const right = u * Math.cos(a) - v * Math.sin(a);
  const away = u * Math.sin(a) + v * Math.cos(a);
  return {
    x: right,
    y: -(w * Math.cos(b) + away * Math.sin(b)),
    depth: away * Math.cos(b) - w * Math.sin(b),
  };
}

/** The view after a drag. @param {View} view @param {number} right @param {number} down in pixels @returns {View} */
export function turnedBy({ yaw, pitch }, right, down) {
  const next = pitch + DEGREES_PER_PIXEL * down;
  return {
    yaw: yaw + DEGREES_PER_PIXEL * right,
    pitch: Math.max(-MAX_PITCH, Math.min(MAX_PITCH, next)),
  };
}

/** How far a view is turned from the first one, from 0 to 360 degrees. @param {View} view */
export function turnedDegrees({ yaw, pitch }) {
  return Math.min(360, Math.max(Math.abs(yaw - HOME.yaw), Math.abs(pitch - HOME.pitch)));
}

/** @param {number} degrees */
function radians(degrees) {
  return (degrees * Math.PI) / 180;
}
