// @ts-check
/** The decoded image of the current code, with its support level and where it is decoded. */

import { subscribe } from "../core/bus.js";
import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { fitSide, isSmooth, setSmooth } from "../core/images.js";
import { loadSpace } from "../latent/support.js";
import { openDecoder } from "../decoding/decoder.js";
import { LatestOnly } from "../decoding/latest_only.js";
import { createDecoderStatus } from "../decoding/status.js";
import { createDecodedImage } from "../widgets/decoded_image.js";

/**
 * @typedef {object} Data
 * @property {string} channel on which the code is published
 * @property {import("../decoding/decoder.js").DecoderSpec} decoder
 * @property {import("../latent/support.js").SpaceSpec} space
 */

const STYLE = `
.ls-preview { display: grid; gap: 4px; justify-items: center; }
.ls-preview .ls-decoded { width: var(--side, 100%); max-width: 100%; }
.ls-preview-footer { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 2px 12px; width: var(--side, 100%); max-width: 100%; }
.ls .ls-preview-footer button { font-size: .78rem; color: var(--ls-muted); text-decoration: underline; text-underline-offset: 2px; padding: 3px 0; }
.ls .ls-preview-footer button:hover { color: var(--st-text-color); }
@media (max-width: 640px) {
  .ls-preview { grid-template-columns: auto minmax(0, 1fr); column-gap: 14px; justify-items: start; align-items: end;
    padding: 6px 0; background: var(--ls-background); box-shadow: 12px 0 var(--ls-background), -12px 0 var(--ls-background), 0 1px var(--ls-line), 12px 1px var(--ls-line), -12px 1px var(--ls-line); }
  .ls-preview .ls-decoded { display: contents; }
  .ls-preview .ls-frame { grid-row: 1 / 3; width: var(--side); }
  .ls-preview .ls-decoded-footer { grid-column: 2; align-self: end; flex-wrap: wrap; }
  .ls-preview-footer { grid-column: 2; flex-direction: column; align-items: flex-start; width: auto; align-self: start; }
}
`;
const FRAME_PX = 16; // both sides of the frame around the image
const RESERVED_PX = 470; // of a screen's height that title, map and tray need

function build() {
  addStyle("ls-preview", STYLE);
  /** @type {Data} */
  let data;
  let unsubscribe = () => {};
  let channel = "";
  /** @type {Float32Array | null} */
  let code = null;
  /** @type {import("../latent/support.js").LatentSpace | null} */
  let space = null;

  const image = createDecodedImage("the image decoded from the current code");
  const status = createDecoderStatus();
  const latest = new LatestOnly(
    () => openDecoder(data.decoder),
    () => image.caption("it can't be decoded just now"),
  );
  const smooth = el("button", {
    type: "button",
    onclick: () => {
      setSmooth(!isSmooth());
      showSmoothing();
    },
  });
  const root = el(
    "section",
    { class: "ls ls-preview", "aria-label": "The decoded image" },
    image.root,
    el("div", { class: "ls-preview-footer" }, status.root, smooth),
  );

  function showSmoothing() {
    setText(smooth, isSmooth() ? "show pixels" : "show smooth");
  }

  function draw() {
    if (!code) return;
    const requested = code;
    latest.request(requested, (images) => {
      image.show(images, data.decoder.shape, space?.support(requested).level ?? null);
      root.dataset.code = Array.from(requested).join(" ");
    });
  }

  function fit() {
    const width = data?.decoder.shape[2] ?? 0;
    const rootWidth = root.clientWidth;
    if (!width || !rootWidth) return;
    const phone = window.innerWidth <= 640;
    const available = phone
      ? 0.42 * rootWidth
      : Math.min(rootWidth, Math.max(220, window.innerHeight - RESERVED_PX));
    root.style.setProperty("--side", `${fitSide(available - FRAME_PX, width) + FRAME_PX}px`);
  }
  const resizeObserver = new ResizeObserver(fit);
  resizeObserver.observe(root);
  window.addEventListener("resize", fit);

  /** @param {Data} next */
  function update(next) {
    data = next;
    status.follow(openDecoder(next.decoder));
    showSmoothing();
    fit();
    if (next.channel === channel) return;
    channel = next.channel;
    code = space = null;
    unsubscribe();
    loadSpace(next.space).then(
      (loaded) => {
        if (channel !== next.channel) return;
        space = loaded;
        draw();
      },
      () => {},
    );
    unsubscribe = subscribe(channel, (value) => {
      code = value.code;
      draw();
    });
  }

  function dispose() {
    unsubscribe();
    latest.cancel();
    status.dispose();
    resizeObserver.disconnect();
    window.removeEventListener("resize", fit);
  }
  return { root, update, dispose };
}

export default defineComponent(build);
