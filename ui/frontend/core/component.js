// @ts-check
/** Mounts a component where Streamlit places it. */

import { watchConnection } from "./connection.js";
import { addStyle } from "./dom.js";
import { BASE_STYLE } from "./theme.js";

/**
 * @typedef {object} StreamlitComponent what Streamlit passes to a mount function
 * @property {any} data
 * @property {HTMLElement} parentElement
 * @property {(name: string, value: any) => void} setTriggerValue
 * @property {(name: string, value: any) => void} setStateValue
 */

/**
 * The interface of every component.  A part of a component that listens to nothing outside its
 * root needs no `dispose`.
 * @typedef {object} Component
 * @property {HTMLElement} root
 * @property {(payload: any) => void} update show this payload
 * @property {() => void} dispose remove listeners, observers and timers
 */

/**
 * A component's module exports what this returns.  The component is built once per parent element
 * and updated at every later call.  Streamlit may run an old call's clean-up while the component
 * stays, so only a root that has left the page is disposed of.
 * @param {(send: (event: string, value: any) => void) => Component} build
 * @returns {(streamlit: StreamlitComponent) => () => void} the mount function; it returns the clean-up
 */
export function defineComponent(build) {
  /** @type {WeakMap<HTMLElement, {component: Component, streamlit: StreamlitComponent}>} */
  const instances = new WeakMap();
  return (streamlit) => {
    const parent = streamlit.parentElement;
    const instance = instances.get(parent) ?? create(parent, streamlit, build);
    instances.set(parent, instance);
    instance.streamlit = streamlit;
    const { component } = instance;
    component.update(streamlit.data);
    return () => {
      setTimeout(() => {
        if (component.root.isConnected) return;
        component.dispose();
        instances.delete(parent);
      });
    };
  };
}

/**
 * @param {HTMLElement} parent @param {StreamlitComponent} streamlit
 * @param {(send: (event: string, value: any) => void) => Component} build
 */
function create(parent, streamlit, build) {
  addStyle("ls-base", BASE_STYLE);
  watchConnection();
  const instance = /** @type {{component: Component, streamlit: StreamlitComponent}} */ ({
    streamlit,
  });
  instance.component = build((event, value) => instance.streamlit.setTriggerValue(event, value));
  parent.append(instance.component.root);
  return instance;
}
