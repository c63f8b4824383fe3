// @ts-check
/** Keeps the overlay in step with selection, pointer and current position. */

import { NextFrame } from "./next_frame.js";

/**
 * @typedef {object} OverlaySources
 * @property {import("./scene/scene.js").Scene} scene
 * @property {import("./overlay.js").Overlay} overlay
 * @property {import("./input/selection.js").Selection} selection
 * @property {import("./decode/hover_decoder.js").HoverDecoder} hover
 * @property {import("./live_position.js").LivePosition} live
 * @property {number | null} linkedHover the sample under the pointer of a linked map
 */

/** @typedef {import("../core/payloads.js").MarkData} MarkData */

export class OverlayUpdates {
  #frame = new NextFrame(() => {
    if (this.sources.scene.ready) this.update();
  });

  /** @param {OverlaySources} sources */
  constructor(sources) {
    this.sources = sources;
  }

  /** Move everything to its current position. */
  update() {
    const { scene, overlay, selection, hover } = this.sources;
    if (!scene.view) return;
    overlay.update(scene.screen.projector(), {
      ring: scene.positions.at(selection.sample),
      hoverRing: scene.positions.at(hover.hovered),
      linkedRing: scene.positions.at(this.sources.linkedHover),
      marker: this.#markerPosition(),
      size: scene.view.pointSize(scene.positions.count),
      width: scene.element.clientWidth,
    });
  }

  /** Update in the next frame: the overlay has changed, and the points have not. */
  schedule() {
    this.#frame.request();
  }

  /** The current position in normalized coordinates; only on 2D maps. */
  #markerPosition() {
    const { scene, hover, live } = this.sources;
    const point = live.pointOn(hover.source.transform);
    return scene.view?.nDims === 2 && point?.length === 2
      ? scene.normalizer.normalize(point)
      : null;
  }

  /** Show marks of points that are no samples: new images and the selected point. @param {MarkData[]} marks */
  showMarks(marks) {
    const { scene, overlay, selection } = this.sources;
    const selected = selection.point ? [{ at: selection.point, label: "" }] : [];
    overlay.setMarks(
      [...marks, ...selected].map(({ at, label }) => ({
        position: scene.normalizer.normalize(at),
        label,
      })),
    );
  }

  dispose() {
    this.#frame.cancel();
  }
}
