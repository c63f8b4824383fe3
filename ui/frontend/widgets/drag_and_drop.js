// @ts-check
/** Carrying a picture out of the tray to a place of the page that takes it: `[data-drop]`. */

import { addStyle, el } from "../core/dom.js";

const STYLE = `
.ls-carried { position: fixed; left: 0; top: 0; z-index: 1000; width: 56px; margin: -28px; pointer-events: none; border-radius: 6px;
  box-shadow: 0 6px 20px rgb(0 0 0 / .45), 0 0 0 2px var(--st-primary-color, currentColor); }
`;

/** Starts when a picture is taken up; the page shows where it can go. @param {HTMLCanvasElement} picture */
export function carry(picture) {
  addStyle("ls-carry", STYLE);
  /** @type {Element | null} */
  let over = null;
  let at = 0;
  const ghost = el("canvas", { class: "ls-carried", width: picture.width, height: picture.height });
  ghost.style.display = "none";
  ghost.getContext("2d")?.drawImage(picture, 0, 0);
  document.body.append(ghost);
  document.documentElement.dataset.lsCarrying = "";

  /** @param {Element | null} next */
  function point(next) {
    if (next === over) return;
    over?.removeAttribute("data-drop-over");
    next?.setAttribute("data-drop-over", "");
    over = next;
  }

  return {
    /** The hand is there. @param {PointerEvent} event @param {boolean} outside of the tray */
    move({ clientX, clientY }, outside) {
      at = clientX;
      ghost.style.display = outside ? "block" : "none";
      ghost.style.transform = `translate(${clientX}px, ${clientY}px)`;
      point(outside ? document.elementFromPoint(clientX, clientY)?.closest("[data-drop]") ?? null : null);
    },
    /** The hand has let go; whether something took the picture. @param {string | null} key null drops nothing */
    end(key) {
      const taker = over;
      point(null);
      ghost.remove();
      delete document.documentElement.dataset.lsCarrying;
      if (key === null || !taker) return false;
      taker.dispatchEvent(new CustomEvent("ls-drop", { detail: { key, x: at } }));
      return true;
    },
  };
}
