// @ts-check
/**
 * Reports to Python, withheld while the visitor is leaving the page.
 *
 * A report that arrives while the next page is being drawn would rerun a fragment of this one, and
 * the next page would stay empty.  So each report waits briefly for a click on another
 * page; what is not sent then is sent when the visitor returns.
 */

const CLICK_DELAY_MS = 80; // from the press on a link, which blurs the field, to the click
const LEAVING_MS = 4000; // by then another page is shown, or the click had no effect

let leavingSince = -Infinity;

document.addEventListener(
  "click",
  ({ target }) => {
    const link = target instanceof Element ? target.closest("a") : null;
    if (link && link.target !== "_blank" && link.pathname !== location.pathname)
      leavingSince = performance.now();
  },
  true,
);
window.addEventListener("popstate", () => {
  leavingSince = performance.now();
});

/** Called when a page is shown again. */
export function pageEntered() {
  leavingSince = -Infinity;
}

/**
 * Send after the delay of a click, unless the visitor is leaving the page.
 * @param {() => void} send
 * @param {() => void} discard called instead while the visitor is leaving
 */
export function deferReport(send, discard) {
  setTimeout(
    () => (performance.now() - leavingSince > LEAVING_MS ? send() : discard()),
    CLICK_DELAY_MS,
  );
}
