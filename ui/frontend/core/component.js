// @ts-check
/** Mounts a component where Streamlit places it. */

import { addStyle } from "./dom.js";
import { BASE } from "./theme.js";

/**
 * @typedef {object} Component what Streamlit hands to a mount function
 * @property {any} data
 * @property {HTMLElement} parentElement
 * @property {(name: string, value: any) => void} setTriggerValue
 * @property {(name: string, value: any) => void} setStateValue
 */

/**
 * @typedef {object} Part
 * @property {HTMLElement} root
 * @property {(data: any) => void} update
 * @property {() => void} [dispose]
 */

/**
 * Build a component once per place in the page and update it at every later call.  Streamlit
 * may run an old call's clean-up while the component stays, so only a root that has left the
 * page is disposed of.
 * @param {WeakMap<HTMLElement, {part: Part, component: Component}>} places
 * @param {Component} component
 * @param {(send: (event: string, value: any) => void) => Part} build
 */
export function keep(places, component, build) {
  const place = component.parentElement;
  let kept = places.get(place);
  if (!kept) {
    addStyle("ls-base", BASE);
    const fresh = /** @type {{part: Part, component: Component}} */ ({ component });
    fresh.part = build((event, value) => fresh.component.setTriggerValue(event, value));
    place.append(fresh.part.root);
    places.set(place, fresh);
    kept = fresh;
  }
  kept.component = component;
  const { part } = kept;
  part.update(component.data);
  return () => {
    setTimeout(() => {
      if (part.root.isConnected) return;
      part.dispose?.();
      places.delete(place);
    });
  };
}
