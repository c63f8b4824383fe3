// @ts-check
/** Images in the place of points, where the view is near enough to hold them without overlap. */

import { smoothsImages } from "../../core/images.js";
import { Occupancy } from "../labels/occupancy.js";
import { clearCanvas, createCanvasLayer } from "../overlay_canvas.js";
import { spriteSide } from "./sprite_size.js";

/** @typedef {"original" | "reconstruction" | "residual"} SpriteKind */
/** @typedef {{image: CanvasImageSource, x: number, y: number, width: number, height: number}} Source */

const RIM_PX = 1.5; // in the color of the point

export class SpriteLayer {
  side = 0; // of the images drawn last, in CSS pixels; 0 where there are none
  #occupancy = new Occupancy();
  #ids = new Int32Array(0);
  #pixels = new Float32Array(0); // x and y of each point in view

  /**
   * @param {HTMLElement} host
   * @param {import("../scene/scene.js").Scene} scene
   * @param {{source: (id: number) => Source | null, kind: () => SpriteKind | null}} handlers the image of a
   *   sample, null while there is none; null shows points only
   */
  constructor(host, scene, handlers) {
    this.host = host;
    this.scene = scene;
    this.handlers = handlers;
    const { canvas, context } = createCanvasLayer("ls-map-sprites");
    this.canvas = canvas;
    this.context = context;
    host.append(canvas);
  }

  /** Draw; called after the points were drawn. */
  update() {
    const { scene, handlers, canvas } = this;
    const possible =
      handlers.kind() !== null && scene.ready && !scene.positions.moving && scene.view?.nDims === 2;
    const count = possible ? this.#findInView() : 0;
    this.side = count ? spriteSide(count, this.host.clientWidth * this.host.clientHeight) : 0;
    canvas.hidden = this.side === 0;
    canvas.dataset.side = String(this.side);
    if (this.side) this.#draw(count);
  }

  /** Collects the visible points in view; gives how many. */
  #findInView() {
    const { scene } = this;
    const { matrix: m, width, height } = scene.screen.frame;
    const { target, count } = scene.positions;
    const { visible } = scene.colors;
    if (this.#ids.length < count) {
      this.#ids = new Int32Array(count);
      this.#pixels = new Float32Array(2 * count);
    }
    let found = 0;
    for (let i = 0; i < count; i++) {
      if (!visible[i]) continue;
      const x = width * (0.5 + 0.5 * (m[0] * target[3 * i] + m[12]));
      const y = height * (0.5 - 0.5 * (m[5] * target[3 * i + 1] + m[13]));
      if (x < 0 || x > width || y < 0 || y > height) continue;
      this.#ids[found] = i;
      this.#pixels[2 * found] = x;
      this.#pixels[2 * found + 1] = y;
      found += 1;
    }
    return found;
  }

  /** @param {number} count */
  #draw(count) {
    const { context, host, side } = this;
    const { clientWidth: width, clientHeight: height } = host;
    clearCanvas(context, host);
    this.#occupancy.reset(width + 2 * side, height + 2 * side); // images may reach beyond the edge
    for (let k = 0; k < count; k++) {
      const [x, y] = [this.#pixels[2 * k], this.#pixels[2 * k + 1]];
      if (this.#occupancy.take(x + side / 2, y + side / 2, side, side))
        this.#drawImage(this.#ids[k], x, y);
    }
  }

  /** @param {number} id @param {number} x @param {number} y center, in pixels */
  #drawImage(id, x, y) {
    const source = this.handlers.source(id);
    if (!source) return;
    const { context, side } = this;
    const scale = side / Math.max(source.width, source.height);
    const [width, height] = [source.width * scale, source.height * scale];
    const [left, top] = [Math.round(x - width / 2), Math.round(y - height / 2)];
    context.fillStyle = this.scene.colors.cssColor(id);
    context.fillRect(left - RIM_PX, top - RIM_PX, width + 2 * RIM_PX, height + 2 * RIM_PX);
    context.imageSmoothingEnabled = scale < 1 || smoothsImages(source.width);
    context.imageSmoothingQuality = "medium";
    context.drawImage(
      source.image,
      source.x,
      source.y,
      source.width,
      source.height,
      left,
      top,
      width,
      height,
    );
  }
}
