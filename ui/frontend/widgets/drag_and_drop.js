// @ts-check
/** Dragging an image out of the tray onto a drop target: `[data-drop]`. */

import { addStyle, el } from "../core/dom.js";

const STYLE = `
.ls-drag-image { position: fixed; left: 0; top: 0; z-index: 1000; width: 56px; margin: -28px; pointer-events: none; border-radius: 6px;
  box-shadow: 0 6px 20px rgb(0 0 0 / .45), 0 0 0 2px var(--st-primary-color, currentColor); }
`;

/** Starts a drag; drop targets are highlighted meanwhile. @param {HTMLCanvasElement} canvas */
export function startDragImage(canvas) {
  addStyle("ls-drag-image-style", STYLE);
  /** @type {Element | null} */
  let dropTarget = null;
  let lastX = 0;
  const preview = el("canvas", {
    class: "ls-drag-image",
    width: canvas.width,
    height: canvas.height,
  });
  preview.style.display = "none";
  preview.getContext("2d")?.drawImage(canvas, 0, 0);
  document.body.append(preview);
  document.documentElement.dataset.lsDragging = "";

  /** @param {Element | null} next */
  function setDropTarget(next) {
    if (next === dropTarget) return;
    dropTarget?.removeAttribute("data-drop-over");
    next?.setAttribute("data-drop-over", "");
    dropTarget = next;
  }

  return {
    /** Moves the preview. @param {PointerEvent} event @param {boolean} outside of the tray */
    move({ clientX, clientY }, outside) {
      lastX = clientX;
      preview.style.display = outside ? "block" : "none";
      preview.style.transform = `translate(${clientX}px, ${clientY}px)`;
      setDropTarget(
        outside
          ? (document.elementFromPoint(clientX, clientY)?.closest("[data-drop]") ?? null)
          : null,
      );
    },
    /** Ends the drag; returns whether a target accepted the image. @param {string | null} key null drops nothing */
    end(key) {
      const target = dropTarget;
      setDropTarget(null);
      preview.remove();
      delete document.documentElement.dataset.lsDragging;
      if (key === null || !target) return false;
      target.dispatchEvent(new CustomEvent("ls-drop", { detail: { key, x: lastX } }));
      return true;
    },
  };
}
