// @ts-check
/** The order of waypoints and the seconds between them. */

import { END_SLOT, MAX_LEG_SECONDS, MIN_LEG_SECONDS, MIN_WAYPOINTS } from "../../core/constants.js";

/** @typedef {{slots: string[], seconds: number[]}} WaypointOrder `seconds`: from each waypoint to the next */

/** Move a waypoint to another index; null where that changes nothing. @param {WaypointOrder} order @param {string} slot @param {number} to @returns {WaypointOrder | null} */
export function moveWaypoint({ slots, seconds }, slot, to) {
  const from = slots.indexOf(slot);
  if (to < 0 || to >= slots.length || to === from) return null;
  const others = slots.filter((other) => other !== slot);
  return { slots: [...others.slice(0, to), slot, ...others.slice(to)], seconds };
}

/** Remove a waypoint with the seconds that follow it (the last one: that precede it); null where too few would be left. @param {WaypointOrder} order @param {string} slot @returns {WaypointOrder | null} */
export function removeWaypoint({ slots, seconds }, slot) {
  if (slots.length <= MIN_WAYPOINTS) return null;
  const index = slots.indexOf(slot);
  const leg = Math.min(index, seconds.length - 1);
  return {
    slots: slots.filter((_, i) => i !== index),
    seconds: seconds.filter((_, i) => i !== leg),
  };
}

/** Set the seconds after a waypoint, clipped to what is allowed; no number changes nothing. @param {WaypointOrder} order @param {string} slot @param {string} text @returns {WaypointOrder} */
export function setSeconds({ slots, seconds }, slot, text) {
  const wanted = Number(text);
  if (!Number.isFinite(wanted) || wanted <= 0) return { slots, seconds };
  const clipped = Math.min(MAX_LEG_SECONDS, Math.max(MIN_LEG_SECONDS, wanted));
  const hundredths = Math.round(100 * clipped) / 100;
  const leg = slots.indexOf(slot);
  return { slots, seconds: seconds.map((value, i) => (i === leg ? hundredths : value)) };
}

/** The index at which a waypoint is dropped: after the others whose centers are left of it. @param {number[]} centers of the others @param {number} x */
export const dropIndex = (centers, x) => centers.filter((center) => center < x).length;

/**
 * The slot before which an image of the tray is inserted, or "end".
 * @param {{slot: string, left: number, width: number}[]} boxes in order @param {number} x of the pointer
 */
export function insertionSlot(boxes, x) {
  return boxes.find(({ left, width }) => left + width / 3 > x)?.slot ?? END_SLOT;
}
