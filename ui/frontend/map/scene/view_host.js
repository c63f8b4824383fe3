// @ts-check
/** The current view of a scene, in 2D or in 3D, and attaching it to Plotly. */

import { loadPlotly } from "./plotly_loader.js";
import { View2D } from "./view_2d.js";
import { View3D } from "./view_3d.js";

/** @typedef {View2D | View3D} View */

/**
 * @typedef {object} ViewHandlers
 * @property {() => void} moved the axes have changed: draw again
 * @property {() => void} drawn a 3D view has drawn the points
 * @property {() => void} restored the WebGL context was restored: upload the points again
 * @property {() => void} attached Plotly handles gestures now
 * @property {(error: unknown) => void} failed
 */

export class ViewHost {
  /** @type {View | null} */ view = null;
  attached = false;

  /** @param {HTMLElement} element @param {ViewHandlers} handlers */
  constructor(element, handlers) {
    this.element = element;
    this.handlers = handlers;
  }

  /** Replace the view. @param {number} nDims 2 or 3 @returns {View} */
  open(nDims) {
    this.view?.dispose();
    this.attached = false;
    const view = this.#create(nDims);
    this.view = view;
    this.#attach(view).catch((error) => this.view === view && this.handlers.failed(error));
    return view;
  }

  /** @param {number} nDims */
  #create(nDims) {
    const { moved, drawn, restored } = this.handlers;
    return nDims === 2
      ? new View2D(this.element, { onMove: moved, onRestored: restored })
      : new View3D(this.element, { onDraw: drawn, onRestored: restored });
  }

  /** @param {View} view */
  async #attach(view) {
    const plotly = await loadPlotly();
    if (this.view !== view) return;
    await view.attach(plotly);
    if (this.view !== view) return;
    this.attached = true;
    this.handlers.attached();
  }

  dispose() {
    this.view?.dispose();
    this.view = null;
  }
}
