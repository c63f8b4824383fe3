// @ts-check
/**
 * The offer of a tour beside the hint of a page, until the tour was taken or dismissed in this
 * browser.  Python draws its buttons hidden, so that the page does not move when they appear.
 */

const OFFER = ".ls-tour-offer";
const key = (/** @type {string} */ page) => `ls-tour-seen-${page}`;

export class TourOffer {
  #page = "";

  /**
   * @param {() => void} onAccept
   * @param {() => HTMLElement} fallback takes the focus when the offer has gone
   */
  constructor(onAccept, fallback) {
    /** @param {MouseEvent} event */
    this.listener = (event) => {
      const button = event.target instanceof Element && event.target.closest(`${OFFER} button`);
      if (!button) return;
      if (button.matches("[data-role=accept]")) onAccept();
      else {
        this.dismiss();
        fallback().focus();
      }
    };
    document.addEventListener("click", this.listener);
  }

  /** @param {string} page */
  update(page) {
    this.#page = page;
    const seen = !page || globalThis.localStorage?.getItem(key(page)) === "yes";
    document.documentElement.dataset.tourOffer = seen ? "" : page;
  }

  /** The tour of this page is not offered again. */
  dismiss() {
    globalThis.localStorage?.setItem(key(this.#page), "yes");
    this.update(this.#page);
  }

  dispose() {
    document.removeEventListener("click", this.listener);
  }
}
