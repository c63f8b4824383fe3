// @ts-check
/** Mounts a component where Streamlit places it. */

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
 * @typedef {object} View
 * @property {HTMLElement} root
 * @property {(data: any) => void} update
 * @property {() => void} [dispose]
 */

/**
 * Build a component once per parent element and update it at every later call.  Streamlit
 * may run an old call's clean-up while the component stays, so only a root that has left the
 * page is disposed of.
 * @param {WeakMap<HTMLElement, {view: View, component: StreamlitComponent}>} instances
 * @param {StreamlitComponent} component
 * @param {(send: (event: string, value: any) => void) => View} build
 */
export function mountComponent(instances, component, build) {
  const parent = component.parentElement;
  let mounted = instances.get(parent);
  if (!mounted) {
    addStyle("ls-base", BASE_STYLE);
    const created = /** @type {{view: View, component: StreamlitComponent}} */ ({ component });
    created.view = build((event, value) => created.component.setTriggerValue(event, value));
    parent.append(created.view.root);
    instances.set(parent, created);
    mounted = created;
  }
  mounted.component = component;
  const { view } = mounted;
  view.update(component.data);
  return () => {
    setTimeout(() => {
      if (view.root.isConnected) return;
      view.dispose?.();
      instances.delete(parent);
    });
  };
}
