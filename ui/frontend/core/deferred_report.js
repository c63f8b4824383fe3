// @ts-check
/**
 * What is told to Python, unless the visitor is just leaving the page.
 *
 * A report that arrives while the next page is being drawn would ask for a part of this one, and
 * the next page would stay empty.  So each report waits for a moment in which a click on another
 * page can be noticed; what isn't sent then is told when the visitor is back.
 */

const CLICK_DELAY_MS = 80; // from a press on a link, which takes the focus away, to the click
const LEAVING_MS = 4000; // by then another page is there, or the click led nowhere

let leavingSince = -Infinity;

document.addEventListener("click", ({ target }) => {
  const link = target instanceof Element ? target.closest("a") : null;
  if (link && link.target !== "_blank" && link.pathname !== location.pathname) leavingSince = performance.now();
}, true);
window.addEventListener("popstate", () => { leavingSince = performance.now(); });

/** Here is a page again. */
export function pageEntered() {
  leavingSince = -Infinity;
}

/** @param {() => void} send @param {() => void} discard it, to be told another time */
export function deferReport(send, discard) {
  setTimeout(() => (performance.now() - leavingSince > LEAVING_MS ? send() : discard()), CLICK_DELAY_MS);
}
