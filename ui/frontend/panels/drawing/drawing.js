// @ts-check
/** A drawing as a list of strokes; clearing is undone like a stroke. */

/** @typedef {[number, number]} Point in [0, 1] */
/** @typedef {{erase: boolean, points: Point[]}} Stroke */
/** @typedef {Stroke | "clear"} DrawingStep */

export class Drawing {
  /** @type {DrawingStep[]} */ #steps = [];

  /** @param {DrawingStep[]} [steps] of an earlier drawing */
  constructor(steps = []) {
    this.#steps = steps;
  }

  /** The strokes and clearings, in their order. */
  get steps() {
    return this.#steps;
  }

  /** The number of strokes and clearings. */
  get length() {
    return this.#steps.length;
  }

  /** The strokes since the drawing was last cleared. @returns {Stroke[]} */
  get strokes() {
    const first = this.#steps.lastIndexOf("clear") + 1;
    return /** @type {Stroke[]} */ (this.#steps.slice(first));
  }

  /** Whether nothing has been drawn since it was last cleared. */
  get isBlank() {
    return this.strokes.every((stroke) => stroke.erase);
  }

  /** Start a stroke, to whose points more can be added. @param {boolean} erase @param {Point} point */
  begin(erase, point) {
    /** @type {Stroke} */
    const stroke = { erase, points: [point] };
    this.#steps.push(stroke);
    return stroke;
  }

  /** @returns {boolean} whether there was something to undo */
  undo() {
    return this.#steps.pop() !== undefined;
  }

  /** @returns {boolean} whether there was something to clear */
  clear() {
    if (this.isBlank) return false;
    this.#steps.push("clear");
    return true;
  }
}

/** @typedef {{from: Point, control: Point, to: Point}} QuadraticCurve */

/**
 * The curves that continue a stroke from point `first` on; they pass through the midpoints of
 * neighboring points, which makes the stroke smooth.
 * @param {Point[]} points @param {number} first
 * @returns {QuadraticCurve[]}
 */
export function strokeCurves(points, first) {
  const curves = [];
  for (let i = Math.max(1, first); i < points.length; i++) {
    const from = i === 1 ? points[0] : midpoint(points[i - 2], points[i - 1]);
    curves.push({ from, control: points[i - 1], to: midpoint(points[i - 1], points[i]) });
  }
  return curves;
}

/** @param {Point} a @param {Point} b @returns {Point} */
export function midpoint(a, b) {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}
