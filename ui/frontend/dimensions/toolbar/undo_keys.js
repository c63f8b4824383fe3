// @ts-check
/** The keys for undo and redo. */

/** Ctrl+Z; Ctrl+Shift+Z or Ctrl+Y. @param {import("../dimension_scale.js").KeyPress} press @returns {"undo" | "redo" | null} */
export function undoAction({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  if (!(ctrlKey || metaKey) || altKey) return null;
  const letter = key.toLowerCase();
  if (letter === "y" || (letter === "z" && shiftKey)) return "redo";
  return letter === "z" ? "undo" : null;
}

/** Whether a text is being typed and not committed yet. @param {Event} event */
export function isTyping({ target }) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && target.classList.contains("ls-dim-number"))
    return target.value !== target.dataset.written;
  const isText = target instanceof HTMLInputElement && target.type !== "range";
  return isText || target instanceof HTMLTextAreaElement || target.isContentEditable;
}
