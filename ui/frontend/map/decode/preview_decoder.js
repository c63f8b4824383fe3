// @ts-check
/** Decodes the code of a selected sample for the panel beside the map. */

import { publishPreview } from "../../core/sample_preview.js";

/** @typedef {import("./decode_source.js").DecodeSource} DecodeSource */

export class PreviewDecoder {
  #last = 0; // an earlier sample's image never replaces a later one's

  /** @param {DecodeSource} source */
  constructor(source) {
    this.source = source;
  }

  /**
   * @param {number} id
   * @param {string} label
   * @param {import("../../core/images.js").Sheet | null} sheet
   */
  async show(id, label, sheet) {
    const { source } = this;
    const request = ++this.#last;
    if (!source.transform || !sheet || id >= sheet.count) return;
    const { decoder } = source;
    const { codes, dim } = source.transform.space;
    try {
      const code = codes.table.slice(id * dim, (id + 1) * dim);
      const { images } = await decoder.decode(code);
      if (request === this.#last)
        publishPreview({ id, label, sheet, images, shape: decoder.spec.shape });
    } catch {
      // the panel waits for Python's answer
    }
  }
}
