// @ts-check
/**
 * The browser's history has one entry per page.  A choice on a page changes the address of its
 * entry, so that "Back" goes to the page before and never to a state that the page no longer has.
 */

/**
 * Replace the current entry where an address of the same page would be added.
 * @param {Window} page
 */
export function keepOneEntryPerPage({ history, location }) {
  const push = history.pushState.bind(history);
  /** @type {History["pushState"]} */
  history.pushState = (state, unused, url) => {
    const isSamePage = new URL(url ?? "", location.href).pathname === location.pathname;
    if (isSamePage) history.replaceState(state, unused, url);
    else push(state, unused, url);
  };
}
