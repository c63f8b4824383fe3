// @ts-check
/** A square with a picture at each corner: drag inside, and the picture is their mixture. */

import { readFloats } from "../core/base64.js";
import { tell } from "../core/bus.js";
import { keep } from "../core/component.js";
import { addStyle, el } from "../core/dom.js";
import { OptimisticValue } from "../core/optimistic.js";
import { corners } from "../latent/paths.js";
import { loadSpace } from "../latent/support.js";
import { openDecoder } from "../decoding/decoder.js";
import { Line } from "../decoding/latest_only.js";
import { createGroup } from "../widgets/button_group.js";
import { createStage } from "../widgets/decoded_image.js";
import { createGrid } from "./corner_grid.js";
import { createCard } from "./endpoint_card.js";
import { createFoot } from "./footer.js";
import { createKnob } from "./pad_knob.js";
import { MORPH_STYLE } from "./style.js";

/** @typedef {import("../latent/paths.js").Mix} Mix */
/** @typedef {{u: number, v: number, kind: Mix}} Spot how far right and down, in [0, 1] */
/**
 * @typedef {object} PadData what Python sends
 * @property {import("../decoding/decoder.js").DecoderSpec} decoder
 * @property {import("../latent/support.js").SpaceSpec} space
 * @property {string} codes of the four corners, float32 in base64
 * @property {Spot} here
 * @property {import("./endpoint_card.js").CardData[]} cards top left, top right, bottom left, bottom right
 * @property {string} active
 * @property {boolean} smooth
 * @property {string} channel on which the map listens
 */

/** @type {[Mix, string, string][]} */
const MIXES = [
  ["line", "straight mixtures of the four codes", "Bilinear"],
  ["sphere", "mixtures around the sphere", "Spherical"],
];

class Pad {
  /** @type {Spot} */ here = { u: 0.5, v: 0.5, kind: "line" };
  /** @type {import("../decoding/decoder.js").Decoder | null} */ decoder = null;
  /** @type {Promise<import("../latent/support.js").Space> | null} */ space = null;
  /** @type {import("../latent/support.js").Space | null} */ #known = null;
  /** @type {Float32Array} */ codes = new Float32Array(0);
  /** @type {OptimisticValue<Spot>} */ #reported = new OptimisticValue({ ...this.here });
  #drawn = "";
  channel = "";

  /** @param {{rest: (here: Spot) => void, failed: (error: Error) => void}} on */
  constructor(on) {
    this.on = on;
    this.stage = createStage("the picture at this place of the square");
    this.grid = createGrid();
    this.knob = createKnob({ move: (u, v) => this.#go({ u, v }), rest: () => this.#rest() });
    this.knob.root.prepend(this.grid.root);
    this.mixes = createGroup("how the corners are mixed", MIXES.map(([kind, says, name]) =>
      [kind, says, document.createTextNode(name)]), (kind) => { this.#go({ kind }); this.#fill(); this.#rest(); });
    this.line = new Line(() => /** @type {import("../decoding/decoder.js").Decoder} */ (this.decoder), on.failed);
  }

  /** @param {PadData} data */
  update(data) {
    this.decoder = openDecoder(data.decoder);
    this.channel = data.channel;
    this.space = loadSpace(data.space);
    const news = this.#reported.receive(data.here) && !this.knob.held;
    const drawn = `${data.decoder.server} ${data.codes}`;
    const mixed = news && data.here.kind !== this.here.kind;
    const others = drawn !== this.#drawn;
    if (others) this.#open(drawn, data.codes);
    if (news) this.here = { ...data.here };
    if (news || others) this.#go({});
    if (others || mixed) this.#fill();
  }

  /** @param {string} drawn @param {string} codes */
  #open(drawn, codes) {
    this.#drawn = drawn;
    this.codes = readFloats(codes);
    this.#known = null;
    const asked = this.space;
    asked?.then((space) => {
      if (asked !== this.space) return;
      this.#known = space;
      this.#go({});
    }, this.on.failed);
  }

  #fill() {
    const { decoder, space } = this;
    if (decoder && space) this.grid.show(decoder, this.codes, this.here.kind, space).catch((error) => error.name === "AbortError" || this.on.failed(error));
  }

  /** Show the mixture there. @param {Partial<Spot>} where */
  #go(where) {
    Object.assign(this.here, where);
    const { u, v, kind } = this.here;
    const decoder = /** @type {import("../decoding/decoder.js").Decoder} */ (this.decoder);
    const { spec } = decoder;
    const code = corners(this.codes, spec.dim, u, v, kind);
    const word = this.#known ? this.#known.support(code).word : null;
    const place = `${Math.round(100 * u)} % right, ${Math.round(100 * v)} % down`;
    this.knob.set(u, v, word ? `${place}, ${word}` : place);
    this.mixes.show(kind);
    this.stage.caption(`→ ${Math.round(100 * u)} %  ↓ ${Math.round(100 * v)} %`);
    tell(this.channel, { code });
    this.line.ask(code, (images) => decoder === this.decoder && this.stage.show(images, spec.shape, word));
  }

  #rest() {
    const round = (/** @type {number} */ share) => Math.round(share * 1e4) / 1e4;
    const here = { u: round(this.here.u), v: round(this.here.v), kind: this.here.kind };
    if (this.#reported.set(here)) this.on.rest(here);
  }

  dispose() {
    this.grid.dispose();
    this.knob.dispose();
    tell(this.channel, null);
  }
}

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-morph", MORPH_STYLE);
  const pad = new Pad({ rest: (here) => send("moved", here), failed: (error) => foot.fail(error) });
  const foot = createFoot(send, () => pad.here);
  const cards = ["0", "1", "2", "3"].map((slot) => createCard({
    choose: () => send("chosen", { slot }),
    drop: (key) => send("dropped", { slot, key }),
  }, true));
  const root = el("section", { class: "ls ls-morph ls-four", "aria-label": "between four corners" },
    el("div", { class: "ls-four-top" },
      el("div", { class: "ls-four-square" }, ...cards.map((card) => card.root), pad.knob.root),
      el("div", { class: "ls-four-big" }, pad.stage.root, el("div", { class: "ls-morph-row" }, pad.mixes.root, foot.tray))),
    foot.root);
  foot.root.children[0].after(pad.grid.key);
  Object.assign(root, { lsMorph: pad }); // for tests

  /** @param {any} data */
  function update(data) {
    cards.forEach((card, i) => card.show(data.cards[i], data.cards[i].slot === data.active));
    pad.update(data);
    foot.update(data, pad.decoder);
    root.dataset.ready = "true";
  }
  return { root, update, dispose: () => { pad.dispose(); foot.dispose(); } };
}

const places = new WeakMap();

/** @param {import("../core/component.js").Component} component */
export default function mount(component) {
  return keep(places, component, build);
}
