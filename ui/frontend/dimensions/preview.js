// @ts-check
/** The picture of the current code, with its trust, and where it is decoded. */

import { hear } from "../core/bus.js";
import { keep } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { fitSide, isSmooth, setSmooth } from "../core/images.js";
import { loadSpace } from "../latent/support.js";
import { openDecoder } from "../decoding/decoder.js";
import { Line } from "../decoding/latest_only.js";
import { createWay } from "../decoding/status.js";
import { createStage } from "../widgets/decoded_image.js";

/**
 * @typedef {object} Data
 * @property {string} channel where the code is told
 * @property {import("../decoding/decoder.js").DecoderSpec} decoder
 * @property {import("../latent/support.js").SpaceSpec} space
 */

const STYLE = `
.ls-now { display: grid; gap: 4px; justify-items: center; }
.ls-now .ls-stage { width: var(--side, 100%); max-width: 100%; }
.ls-now-foot { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 2px 12px; width: var(--side, 100%); max-width: 100%; }
.ls .ls-now-foot button { font-size: .78rem; color: var(--ls-quiet); text-decoration: underline; text-underline-offset: 2px; padding: 3px 0; }
.ls .ls-now-foot button:hover { color: var(--st-text-color); }
@media (max-width: 640px) {
  .ls-now { grid-template-columns: auto minmax(0, 1fr); column-gap: 14px; justify-items: start; align-items: end;
    padding: 6px 0; background: var(--ls-ground); box-shadow: 12px 0 var(--ls-ground), -12px 0 var(--ls-ground), 0 1px var(--ls-line), 12px 1px var(--ls-line), -12px 1px var(--ls-line); }
  .ls-now .ls-stage { display: contents; }
  .ls-now .ls-frame { grid-row: 1 / 3; width: var(--side); }
  .ls-now .ls-stage-foot { grid-column: 2; align-self: end; flex-wrap: wrap; }
  .ls-now-foot { grid-column: 2; flex-direction: column; align-items: flex-start; width: auto; align-self: start; }
}
`;
const FRAME_PX = 16; // both sides of the frame round the picture
const BESIDE_PX = 470; // of a screen's height that title, map and tray need

function build() {
  addStyle("ls-now", STYLE);
  /** @type {Data} */
  let data;
  let stopHearing = () => {};
  let channel = "";
  /** @type {Float32Array | null} */
  let code = null;
  /** @type {import("../latent/support.js").Space | null} */
  let space = null;

  const stage = createStage("what the current code decodes to");
  const way = createWay();
  const line = new Line(() => openDecoder(data.decoder), () => stage.caption("it can't be decoded just now"));
  const smooth = el("button", { type: "button", onclick: () => { setSmooth(!isSmooth()); sayHow(); } });
  const root = el("section", { class: "ls ls-now", "aria-label": "The picture" }, stage.root,
    el("div", { class: "ls-now-foot" }, way.root, smooth));

  function sayHow() {
    setText(smooth, isSmooth() ? "show crisp pixels" : "show it smooth");
  }

  function draw() {
    if (!code) return;
    const asked = code;
    line.ask(asked, (images) => {
      stage.show(images, data.decoder.shape, space?.support(asked).word ?? null);
      root.dataset.code = Array.from(asked).join(" ");
    });
  }

  function fit() {
    const width = data?.decoder.shape[2] ?? 0;
    const room = root.clientWidth;
    if (!width || !room) return;
    const phone = window.innerWidth <= 640;
    const most = phone ? 0.42 * room : Math.min(room, Math.max(220, window.innerHeight - BESIDE_PX));
    root.style.setProperty("--side", `${fitSide(most - FRAME_PX, width) + FRAME_PX}px`);
  }
  const sizes = new ResizeObserver(fit);
  sizes.observe(root);
  window.addEventListener("resize", fit);

  /** @param {Data} next */
  function update(next) {
    data = next;
    way.follow(openDecoder(next.decoder));
    sayHow();
    fit();
    if (next.channel === channel) return;
    channel = next.channel;
    code = space = null;
    stopHearing();
    loadSpace(next.space).then((loaded) => {
      if (channel !== next.channel) return;
      space = loaded;
      draw();
    }, () => {});
    stopHearing = hear(channel, (value) => {
      code = value.code;
      draw();
    });
  }

  function dispose() {
    stopHearing();
    line.drop();
    way.dispose();
    sizes.disconnect();
    window.removeEventListener("resize", fit);
  }
  return { root, update, dispose };
}

const places = new WeakMap();

/** @param {import("../core/component.js").Component} component */
export default function mount(component) {
  return keep(places, component, build);
}
