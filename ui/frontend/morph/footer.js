// @ts-check
/** What stands under a picture that moves: where it is decoded, how it is enlarged, and the tray. */

import { el, setText } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { isSmooth, setSmooth } from "../core/images.js";
import { createWay } from "../decoding/status.js";

/**
 * @param {(event: string, value: any) => void} send
 * @param {() => any} here what Python needs to know of where one is
 */
export function createFoot(send, here) {
  const way = createWay();
  const failed = el("span", { class: "ls-caption", role: "alert", hidden: true });
  const smooth = el("input", { type: "checkbox", onchange: () => {
    setSmooth(smooth.checked);
    send("smooth", smooth.checked);
  } });
  const tray = el("button", { type: "button", class: "ls-button ls-morph-tray", onclick: () => send("kept", here()) }, icon("plus"), "Add to tray");
  const root = el("div", { class: "ls-morph-foot" }, way.root, failed,
    el("label", { class: "ls-smooth", title: "Show the pixels between as a smooth shading; the picture itself stays the same." }, smooth, "smooth"));
  let told = /** @type {boolean | null} */ (null);
  return {
    root,
    tray,
    /** Whether there is a code to add. @param {boolean} yes */
    allow(yes) {
      tray.toggleAttribute("disabled", !yes);
      tray.title = yes ? "Keep this picture and its code." : "A cross-fade has no code.";
    },
    /** @param {Error} error */
    fail(error) {
      if (error.name === "AbortError") return;
      failed.hidden = false;
      setText(failed, `This can't be decoded: ${error.message}`);
    },
    /** @param {{smooth: boolean}} data @param {import("../decoding/decoder.js").Decoder | undefined | null} decoder */
    update(data, decoder) {
      failed.hidden = true;
      if (decoder) way.follow(decoder);
      smooth.checked = isSmooth();
      if (data.smooth !== isSmooth() && told !== isSmooth()) send("smooth", (told = isSmooth()));
    },
    dispose: () => way.dispose(),
  };
}
