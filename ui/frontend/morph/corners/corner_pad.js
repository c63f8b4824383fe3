// @ts-check
/** The square: its position, the image there, the grid behind the handle and the interpolation. */

import { float32FromBase64 } from "../../core/base64.js";
import { publish } from "../../core/bus.js";
import { OptimisticValue } from "../../core/optimistic.js";
import { openDecoder } from "../../decoding/decoder.js";
import { LatestOnly } from "../../decoding/latest_only.js";
import { bilinear } from "../../latent/paths.js";
import { loadSpace } from "../../latent/support.js";
import { createButtonGroup } from "../../widgets/button_group.js";
import { createDecodedImage } from "../../widgets/decoded_image.js";
import { CornerGrid } from "./corner_grid.js";
import { positionText, roundPosition } from "./pad_geometry.js";
import { PadHandle } from "./pad_handle.js";

/** @typedef {import("../../decoding/decoder.js").Decoder} Decoder */
/** @typedef {import("../../latent/paths.js").CornerInterpolation} CornerInterpolation */
/** @typedef {import("../../latent/support.js").LatentSpace} LatentSpace */
/** @typedef {import("../../core/payloads.js").PadPosition} PadPosition */
/** @typedef {import("../../core/payloads.js").FourCornersData} CornerPadData */

/** @type {[CornerInterpolation, string, string][]} */
const KINDS = [
  ["linear", "bilinear interpolation of the four codes", "Bilinear"],
  ["spherical", "spherical interpolation of the four codes", "Spherical"],
];

/** @param {(kind: CornerInterpolation) => void} onChoose */
function createKindButtons(onChoose) {
  return createButtonGroup(
    "interpolation",
    KINDS.map(([kind, help, name]) => [kind, help, document.createTextNode(name)]),
    onChoose,
  );
}

export class CornerPad {
  /** @type {PadPosition} */ position = { u: 0.5, v: 0.5, kind: "linear" };
  /** @type {Decoder | null} */ decoder = null;
  /** @type {OptimisticValue<PadPosition>} */ #reported = new OptimisticValue({ ...this.position });
  /** @type {Promise<LatentSpace> | null} */ #spaceLoading = null;
  /** @type {LatentSpace | null} */ #space = null;
  /** @type {Float32Array} */ #corners = new Float32Array(0);
  #codesKey = "";
  #channel = "";

  /** @param {{rest: (position: PadPosition) => void, failed: (error: Error) => void}} handlers */
  constructor(handlers) {
    this.handlers = handlers;
    this.image = createDecodedImage("the image at this position of the square");
    this.grid = new CornerGrid();
    this.handle = new PadHandle({
      move: (u, v) => this.#moveTo({ u, v }),
      rest: () => this.#report(),
    });
    this.handle.root.prepend(this.grid.root);
    this.kindButtons = createKindButtons((kind) => this.#choose(kind));
    this.latest = new LatestOnly(() => /** @type {Decoder} */ (this.decoder), handlers.failed);
  }

  /** @param {CornerPadData} data */
  update(data) {
    this.decoder = openDecoder(data.decoder);
    this.#channel = data.channel;
    this.#spaceLoading = loadSpace(data.space);
    const accepted = this.#reported.receive(data.position) && !this.handle.dragging;
    const codesKey = `${data.decoder.server_url} ${data.codes}`;
    const codesChanged = codesKey !== this.#codesKey;
    const kindChanged = accepted && data.position.kind !== this.position.kind;
    this.#codesKey = codesKey;
    if (codesChanged) this.#setCorners(data.codes);
    if (accepted) this.position = { ...data.position };
    if (accepted || codesChanged) this.#show();
    if (codesChanged || kindChanged) this.#decodeGrid();
  }

  /** @param {string} codes */
  #setCorners(codes) {
    this.#corners = float32FromBase64(codes);
    this.#space = null;
    const loading = this.#spaceLoading;
    loading?.then((space) => {
      if (loading !== this.#spaceLoading) return;
      this.#space = space;
      this.#show();
    }, this.handlers.failed);
  }

  #decodeGrid() {
    if (!this.decoder || !this.#spaceLoading) return;
    this.grid
      .update(this.decoder, this.#corners, this.position.kind, this.#spaceLoading)
      .catch((error) => error.name === "AbortError" || this.handlers.failed(error));
  }

  /** @param {CornerInterpolation} kind */
  #choose(kind) {
    this.#moveTo({ kind });
    this.#decodeGrid();
    this.#report();
  }

  /** @param {Partial<PadPosition>} change */
  #moveTo(change) {
    Object.assign(this.position, change);
    this.#show();
  }

  /** Show the interpolation at the position. */
  #show() {
    const { u, v, kind } = this.position;
    const decoder = /** @type {Decoder} */ (this.decoder);
    const { dim, shape } = decoder.spec;
    const code = bilinear(this.#corners, dim, u, v, kind);
    const level = this.#space ? this.#space.support(code).level : null;
    this.handle.update(this.position, positionText(this.position, level));
    this.kindButtons.show(kind);
    this.image.caption(`→ ${Math.round(100 * u)} %  ↓ ${Math.round(100 * v)} %`);
    publish(this.#channel, { code });
    this.latest.request(code, (images, realism) => {
      if (decoder !== this.decoder) return;
      this.image.show(images, shape, level && decoder.verdict(level, realism));
    });
  }

  #report() {
    const position = roundPosition(this.position);
    if (this.#reported.set(position)) this.handlers.rest(position);
  }

  dispose() {
    this.grid.dispose();
    this.handle.dispose();
    publish(this.#channel, null);
  }
}
