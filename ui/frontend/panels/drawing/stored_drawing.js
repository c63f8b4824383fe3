// @ts-check
/** A drawing in this tab's storage, which survives a reload of the page. */

import { readFromTab, writeToTab } from "../../core/tab_storage.js";
import { Drawing } from "./drawing.js";

const MAX_POINTS = 20_000;

/** @param {string} name */
const keyOf = (name) => `latent-drawing ${name}`;

/** @param {any} point */
const isPoint = (point) =>
  Array.isArray(point) && point.length === 2 && point.every(Number.isFinite);

/** @param {any} step */
function isStep(step) {
  if (step === "clear") return true;
  return Array.isArray(step?.points) && step.points.length > 0 && step.points.every(isPoint);
}

/** @param {string} name @returns {Drawing} an empty one where none is stored */
export function storedDrawing(name) {
  const steps = readFromTab(keyOf(name));
  return new Drawing(Array.isArray(steps) && steps.every(isStep) ? steps : []);
}

/** @param {string} name @param {Drawing} drawing */
export function storeDrawing(name, { steps }) {
  const count = steps.reduce((sum, step) => sum + (step === "clear" ? 1 : step.points.length), 0);
  if (count <= MAX_POINTS) writeToTab(keyOf(name), steps);
}
