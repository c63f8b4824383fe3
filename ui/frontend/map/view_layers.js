// @ts-check
/** What is drawn around and over the points: axes, images, names, and the hint to turn. */

import { AxesLayer } from "./axes/axes_layer.js";
import { LabelLayer } from "./labels/label_layer.js";
import { SpriteImages } from "./sprites/sprite_images.js";
import { SpriteLayer } from "./sprites/sprite_layer.js";
import { TurnHint } from "./turn_hint.js";

/** @typedef {import("./payload.js").MapData} MapData */
/** @typedef {import("./latent_map.js").LatentMap} LatentMap */

const RESERVED_MARGIN_PX = 6; // around the buttons and the note, which labels keep free

export class ViewLayers {
  /** @param {LatentMap} map whose scene, content and layout exist */
  constructor(map) {
    const { scene, layout, hover } = map;
    this.map = map;
    this.axes = new AxesLayer(layout.plot, scene);
    this.spriteImages = new SpriteImages(hover.source, {
      sheet: () => map.content.sheet,
      decoded: () => scene.redraw(),
    });
    this.sprites = new SpriteLayer(layout.plot, scene, {
      source: (id) => this.spriteImages.get(id),
      kind: () => (this.spriteImages.available && !scene.faded ? this.spriteImages.kind : null),
    });
    this.labels = new LabelLayer(layout.plot, scene, () => this.#reserved());
    this.hint = new TurnHint();
    layout.plot.append(this.hint.root);
  }

  /** Boxes of the plot that labels keep free. */
  #reserved() {
    const { toolbar, layout } = this.map;
    return [toolbar.root, layout.note].map((node) => ({
      left: node.offsetLeft - RESERVED_MARGIN_PX,
      top: node.offsetTop - RESERVED_MARGIN_PX,
      width: node.offsetWidth + 2 * RESERVED_MARGIN_PX,
      height: node.offsetHeight + 2 * RESERVED_MARGIN_PX,
    }));
  }

  /** After points, colors and names were loaded. @param {MapData} data */
  load(data) {
    const { content, toolbar } = this.map;
    const isFinal = data.toolbar && !data.computing;
    const { classes, classNames } = content.classes();
    const names = content.names;
    const none = { classes: null, classNames: [], names: null };
    this.labels.setContent(isFinal ? { classes, classNames, names } : none);
    this.axes.set(data.axes);
    this.hint.setDims(data.toolbar ? data.points.dims : 2);
    toolbar.menu.setAvailable({
      names: this.labels.available,
      images: data.sheet !== null && data.points.dims === 2,
      decodes: data.decode !== null,
    });
  }

  /** Other points are in view, or other ones are hidden. */
  invalidate() {
    this.labels.invalidate();
  }

  /** After the points were drawn. */
  update() {
    this.axes.update();
    if (this.map.data?.toolbar) this.sprites.update();
    this.labels.update();
    const { view } = this.map.scene;
    if (view?.nDims === 3 && /** @type {import("./scene/view_3d.js").View3D} */ (view).turned)
      this.hint.dragged();
  }
}
