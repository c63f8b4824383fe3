// @ts-check
/** The points of a scene on the screen: their pixels, and hit tests. */

import { nearestPoint, pointsInside, project } from "./hit_test.js";

const HIT_MARGIN_PX = 2; // around a point

export class ScreenPoints {
  /** @param {import("./scene.js").Scene} scene */
  constructor(scene) {
    this.scene = scene;
  }

  /** How positions are projected to pixels of the plot. @returns {import("./hit_test.js").Screen} */
  get frame() {
    const { view, element } = this.scene;
    const matrix = /** @type {import("./scene.js").View} */ (view).matrix();
    return { matrix, width: element.clientWidth, height: element.clientHeight };
  }

  /** From a position to pixels of the plot. @returns {(position: ArrayLike<number>) => import("./hit_test.js").ScreenPosition} */
  projector() {
    const screen = this.frame;
    return ({ 0: x, 1: y, 2: z }) => project(screen, x, y, z);
  }

  /** The visible point nearest to a pixel. @param {number} x @param {number} y @param {number} radius within which it is hit */
  sampleAt(x, y, radius) {
    const { ready, view, complete, positions, colors } = this.scene;
    if (!ready || !view || !complete) return null;
    const reach = Math.max(radius, view.pointSize(positions.count) / 2 + HIT_MARGIN_PX);
    return nearestPoint(this.frame, positions.current(), colors.visible, x, y, reach);
  }

  /** The visible points inside an outline in pixels, one byte per point. @param {import("./hit_test.js").Outline} outline */
  samplesInside(outline) {
    const { positions, colors } = this.scene;
    return pointsInside(this.frame, positions.current(), colors.visible, outline);
  }
}
