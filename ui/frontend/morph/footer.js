// @ts-check
/** Below the image: where it is decoded, smoothing, and the tray button. */

import { el, setText } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { isSmooth, setSmooth } from "../core/images.js";
import { createDecoderStatus } from "../decoding/status.js";

/**
 * @param {(event: string, value: any) => void} send
 * @param {() => any} getPosition the current position, as Python needs it
 */
export function createFooter(send, getPosition) {
  const status = createDecoderStatus();
  const errorText = el("span", { class: "ls-caption", role: "alert", hidden: true });
  const smoothInput = el("input", {
    type: "checkbox",
    onchange: () => {
      setSmooth(smoothInput.checked);
      send("smooth", smoothInput.checked);
    },
  });
  const tray = el(
    "button",
    {
      type: "button",
      class: "ls-button ls-morph-tray",
      onclick: () => send("kept", getPosition()),
    },
    icon("plus"),
    "Add to tray",
  );
  const root = el(
    "div",
    { class: "ls-morph-foot" },
    status.root,
    errorText,
    el(
      "label",
      {
        class: "ls-smooth",
        title: "Interpolate between pixels when enlarging; the image itself stays the same.",
      },
      smoothInput,
      "smooth",
    ),
  );
  let reportedSmooth = /** @type {boolean | null} */ (null);
  return {
    root,
    tray,
    /** Whether there is a code to add. @param {boolean} hasCode */
    allow(hasCode) {
      tray.toggleAttribute("disabled", !hasCode);
      tray.title = hasCode
        ? "Add this image and its code to the tray."
        : "A cross-fade has no code.";
    },
    /** @param {Error} error */
    fail(error) {
      if (error.name === "AbortError") return;
      errorText.hidden = false;
      setText(errorText, `This can't be decoded: ${error.message}`);
    },
    /** @param {{smooth: boolean}} data @param {import("../decoding/decoder.js").Decoder | undefined | null} decoder */
    update(data, decoder) {
      errorText.hidden = true;
      if (decoder) status.follow(decoder);
      smoothInput.checked = isSmooth();
      if (data.smooth !== isSmooth() && reportedSmooth !== isSmooth())
        send("smooth", (reportedSmooth = isSmooth()));
    },
    dispose: () => status.dispose(),
  };
}
