// @ts-check
/** Whether the decoded grid is shown: the button, the grid and Python agree on it. */

import { OptimisticValue } from "../../core/optimistic.js";

/**
 * @typedef {object} GridParts
 * @property {{setGrid: (on: boolean) => void}} toolbar
 * @property {{setVisible: (on: boolean) => void}} grid
 * @property {{faded: boolean, redraw: () => void}} scene
 * @property {{ready: boolean}} source
 * @property {{dataset: DOMStringMap}} root
 * @property {(event: "grid", value: {on: boolean}) => void} send
 */

export class GridSwitch {
  #on = new OptimisticValue(false);

  /** @param {GridParts} parts */
  constructor(parts) {
    this.parts = parts;
  }

  /** Python's value. @param {boolean} on */
  receive(on) {
    this.#on.receive(on);
    this.apply();
  }

  toggle() {
    const on = !this.#on.value;
    this.#on.set(on);
    this.parts.send("grid", { on });
    this.apply();
  }

  /** The switch, or whether points can be decoded, has changed. */
  apply() {
    const { toolbar, grid, scene, source, root } = this.parts;
    const on = this.#on.value;
    toolbar.setGrid(on);
    grid.setVisible(on);
    scene.faded = on && source.ready;
    root.dataset.grid = String(on);
    scene.redraw();
  }
}
