// @ts-check
/** A square with an image at each corner: drag inside to interpolate between them. */

import { float32FromBase64 } from "../core/base64.js";
import { publish } from "../core/bus.js";
import { defineComponent } from "../core/component.js";
import { addStyle, el } from "../core/dom.js";
import { OptimisticValue } from "../core/optimistic.js";
import { bilinear } from "../latent/paths.js";
import { loadSpace } from "../latent/support.js";
import { openDecoder } from "../decoding/decoder.js";
import { LatestOnly } from "../decoding/latest_only.js";
import { createButtonGroup } from "../widgets/button_group.js";
import { createDecodedImage } from "../widgets/decoded_image.js";
import { createCornerGrid } from "./corner_grid.js";
import { createEndpointCard } from "./endpoint_card.js";
import { createFooter } from "./footer.js";
import { createPadHandle } from "./pad_handle.js";
import { MORPH_STYLE } from "./style.js";

/** @typedef {import("../latent/paths.js").CornerInterpolation} CornerInterpolation */
/** @typedef {{u: number, v: number, kind: CornerInterpolation}} PadPosition how far right and down, in [0, 1] */
/**
 * @typedef {object} FourCornersData what Python sends
 * @property {import("../decoding/decoder.js").DecoderSpec} decoder
 * @property {import("../latent/support.js").SpaceSpec} space
 * @property {string} codes of the four corners, float32 in base64
 * @property {PadPosition} position
 * @property {import("./endpoint_card.js").EndpointData[]} cards top left, top right, bottom left, bottom right
 * @property {string} active
 * @property {boolean} smooth
 * @property {string} channel on which the map listens
 */

/** @type {[CornerInterpolation, string, string][]} */
const KINDS = [
  ["linear", "bilinear interpolation of the four codes", "Bilinear"],
  ["spherical", "spherical interpolation of the four codes", "Spherical"],
];

class FourCorners {
  /** @type {PadPosition} */ position = { u: 0.5, v: 0.5, kind: "linear" };
  /** @type {import("../decoding/decoder.js").Decoder | null} */ decoder = null;
  /** @type {Promise<import("../latent/support.js").LatentSpace> | null} */ space = null;
  /** @type {import("../latent/support.js").LatentSpace | null} */ #latentSpace = null;
  /** @type {Float32Array} */ codes = new Float32Array(0);
  /** @type {OptimisticValue<PadPosition>} */ #reported = new OptimisticValue({ ...this.position });
  #codesKey = "";
  channel = "";

  /** @param {{rest: (position: PadPosition) => void, failed: (error: Error) => void}} on */
  constructor(on) {
    this.on = on;
    this.image = createDecodedImage("the image at this position of the square");
    this.grid = createCornerGrid();
    this.handle = createPadHandle({
      move: (u, v) => this.#moveTo({ u, v }),
      rest: () => this.#report(),
    });
    this.handle.root.prepend(this.grid.root);
    this.kindButtons = createButtonGroup(
      "interpolation",
      KINDS.map(([kind, help, name]) => [kind, help, document.createTextNode(name)]),
      (kind) => {
        this.#moveTo({ kind });
        this.#decodeGrid();
        this.#report();
      },
    );
    this.latest = new LatestOnly(
      () => /** @type {import("../decoding/decoder.js").Decoder} */ (this.decoder),
      on.failed,
    );
  }

  /** @param {FourCornersData} data */
  update(data) {
    this.decoder = openDecoder(data.decoder);
    this.channel = data.channel;
    this.space = loadSpace(data.space);
    const accepted = this.#reported.receive(data.position) && !this.handle.dragging;
    const drawn = `${data.decoder.server_url} ${data.codes}`;
    const kindChanged = accepted && data.position.kind !== this.position.kind;
    const codesChanged = drawn !== this.#codesKey;
    if (codesChanged) this.#setCorners(drawn, data.codes);
    if (accepted) this.position = { ...data.position };
    if (accepted || codesChanged) this.#moveTo({});
    if (codesChanged || kindChanged) this.#decodeGrid();
  }

  /** @param {string} drawn @param {string} codes */
  #setCorners(drawn, codes) {
    this.#codesKey = drawn;
    this.codes = float32FromBase64(codes);
    this.#latentSpace = null;
    const loading = this.space;
    loading?.then((space) => {
      if (loading !== this.space) return;
      this.#latentSpace = space;
      this.#moveTo({});
    }, this.on.failed);
  }

  #decodeGrid() {
    const { decoder, space } = this;
    if (decoder && space)
      this.grid
        .show(decoder, this.codes, this.position.kind, space)
        .catch((error) => error.name === "AbortError" || this.on.failed(error));
  }

  /** Show the interpolation there. @param {Partial<PadPosition>} where */
  #moveTo(where) {
    Object.assign(this.position, where);
    const { u, v, kind } = this.position;
    const decoder = /** @type {import("../decoding/decoder.js").Decoder} */ (this.decoder);
    const { spec } = decoder;
    const code = bilinear(this.codes, spec.dim, u, v, kind);
    const level = this.#latentSpace ? this.#latentSpace.support(code).level : null;
    const place = `${Math.round(100 * u)} % right, ${Math.round(100 * v)} % down`;
    this.handle.set(u, v, level ? `${place}, ${level}` : place);
    this.kindButtons.show(kind);
    this.image.caption(`→ ${Math.round(100 * u)} %  ↓ ${Math.round(100 * v)} %`);
    publish(this.channel, { code });
    this.latest.request(
      code,
      (images) => decoder === this.decoder && this.image.show(images, spec.shape, level),
    );
  }

  #report() {
    const round = (/** @type {number} */ share) => Math.round(share * 1e4) / 1e4;
    const position = {
      u: round(this.position.u),
      v: round(this.position.v),
      kind: this.position.kind,
    };
    if (this.#reported.set(position)) this.on.rest(position);
  }

  dispose() {
    this.grid.dispose();
    this.handle.dispose();
    publish(this.channel, null);
  }
}

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-morph", MORPH_STYLE);
  const square = new FourCorners({
    rest: (here) => send("moved", here),
    failed: (error) => footer.fail(error),
  });
  const footer = createFooter(send, () => square.position);
  const cards = ["0", "1", "2", "3"].map((slot) =>
    createEndpointCard(
      {
        choose: () => send("chosen", { slot }),
        drop: (key) => send("dropped", { slot, key }),
      },
      true,
    ),
  );
  const root = el(
    "section",
    { class: "ls ls-morph ls-four-corners", "aria-label": "between four corners" },
    el(
      "div",
      { class: "ls-four-corners-top" },
      el(
        "div",
        { class: "ls-four-corners-square" },
        ...cards.map((card) => card.root),
        square.handle.root,
      ),
      el(
        "div",
        { class: "ls-four-corners-image" },
        square.image.root,
        el("div", { class: "ls-morph-row" }, square.kindButtons.root, footer.tray),
      ),
    ),
    footer.root,
  );
  footer.root.children[0].after(square.grid.legend);
  Object.assign(root, { __testHooks: square }); // for tests

  /** @param {FourCornersData} data */
  function update(data) {
    cards.forEach((card, i) => card.show(data.cards[i], data.cards[i].slot === data.active));
    square.update(data);
    footer.update(data, square.decoder);
    root.dataset.ready = "true";
  }
  return {
    root,
    update,
    dispose: () => {
      square.dispose();
      footer.dispose();
    },
  };
}

export default defineComponent(build);
