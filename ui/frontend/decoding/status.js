// @ts-check
/** A line that states where images are decoded: in this browser, or on the server and why. */

import { addStyle, el, setText } from "../core/dom.js";

const STYLE = `
.ls-decoder-status { display: inline-flex; align-items: center; gap: .45em; font-size: .87rem; color: var(--ls-muted, inherit); }
.ls-decoder-status i { flex: none; width: .62em; height: .62em; border-radius: 50%; box-shadow: inset 0 0 0 2px var(--st-primary-color); }
.ls-decoder-status[data-mode=browser] i { background: var(--st-primary-color); }
.ls-decoder-status[data-mode=server] i { border-radius: 1px; }
`;

/** The state of a decoder in words. @param {import("./decoder.js").DecoderState} state */
export function describeStatus({ mode, progress, reason }) {
  if (mode === "browser") return "decoded in this browser";
  if (mode === "loading") return `loading the decoder: ${Math.round(100 * progress)} %`;
  return `decoded on the server: ${reason}`;
}

/** Shows the state of one decoder at a time. */
export function createDecoderStatus() {
  addStyle("ls-decoder-status", STYLE);
  const text = el("span");
  const root = el("span", { class: "ls-decoder-status", role: "status" }, el("i"), text);
  /** @type {import("./decoder.js").Decoder | null} */
  let current = null;
  let stop = () => {};
  return {
    root,
    /** @param {import("./decoder.js").Decoder} decoder */
    follow(decoder) {
      if (decoder === current) return;
      stop();
      current = decoder;
      stop = decoder.subscribe((state) => {
        root.dataset.mode = state.mode;
        setText(text, describeStatus(state));
      });
    },
    dispose: () => stop(),
  };
}
