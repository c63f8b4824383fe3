// @ts-check
/** Decoded images behind the plane, one per cell of a grid. */

import { el } from "../../core/dom.js";
import { toImageData } from "../../core/images.js";
import { planeGridCodes } from "./plane_geometry.js";
import { fitCanvas } from "./plane_points.js";

/** @typedef {import("../../decoding/decoder.js").Decoder} Decoder */

const TILE_PX = 26; // of an image, about

export class PlaneGrid {
  #drawnState = "";
  root = el("canvas", { "aria-hidden": "true" });

  /**
   * @param {HTMLElement} area the plane @param {() => Decoder} decoder
   * @param {import("../../decoding/background.js").BackgroundQueue} queue
   */
  constructor(area, decoder, queue) {
    this.area = area;
    this.decoder = decoder;
    this.queue = queue;
  }

  /** Decode and draw the grid, unless it is drawn. @param {string} name of the latent space @param {import("../dimension_scale.js").SliderRanges} ranges */
  draw(name, ranges) {
    const { clientWidth: width, clientHeight: height } = this.area;
    const state = `${name} ${width}`;
    if (!width || state === this.#drawnState) return;
    this.#drawnState = state;
    const [columns, rows] = [Math.round(width / TILE_PX), Math.round(height / TILE_PX)];
    this.queue.request(this, planeGridCodes(ranges, columns, rows), (images) =>
      this.#drawImages(images, columns, rows),
    );
  }

  /** @param {Float32Array} images @param {number} columns @param {number} rows */
  #drawImages(images, columns, rows) {
    const { shape } = this.decoder().spec;
    const tile = el("canvas", { width: shape[2], height: shape[1] });
    const context = fitCanvas(this.root, this.area);
    if (!context) return;
    const [width, height] = [this.root.width / columns, this.root.height / rows];
    for (let k = 0; k < columns * rows; k++) {
      tile.getContext("2d")?.putImageData(toImageData(images, shape, k), 0, 0);
      const [x, y] = [(k % columns) * width, Math.floor(k / columns) * height];
      context.drawImage(tile, x, y, width, height);
    }
    this.area.dataset.grid = `${columns} ${rows}`;
  }

  dispose() {
    this.queue.cancel(this);
  }
}
