// @ts-check
/** Copying text, also on pages without TLS, where browsers have no clipboard. */

import { el } from "../../core/dom.js";

/** @param {string} text @returns {Promise<boolean>} whether it was copied */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** @param {string} text */
function copyBySelection(text) {
  const field = el("textarea", { readonly: true, style: { position: "fixed", opacity: "0" } });
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
}
