// @ts-check
/** Style sheets and small DOM builders. */

/**
 * Put a style sheet into the page once; the same id again only replaces its text.
 * @param {string} id
 * @param {string} cssText
 */
export function addStyle(id, cssText) {
  let style = document.getElementById(id);
  if (!style) {
    style = document.createElement("style");
    style.id = id;
    document.head.append(style);
  }
  if (style.textContent !== cssText) style.textContent = cssText;
}

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * Give `node` its properties: `on…` adds a listener, `dataset` and `style` take objects,
 * `null` and `false` remove an attribute, everything else sets one.
 * @param {Element} node
 * @param {Record<string, any>} props
 */
export function setProps(node, props) {
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2).toLowerCase(), value);
    else if (name === "dataset") Object.assign(/** @type {HTMLElement} */ (node).dataset, value);
    else if (name === "style") {
      for (const [key, text] of Object.entries(value)) {
        /** @type {HTMLElement} */ (node).style.setProperty(key, String(text));
      }
    } else if (value === null || value === undefined || value === false) {
      node.removeAttribute(name);
    } else node.setAttribute(name, value === true ? "" : String(value));
  }
}

/** @param {Element} node @param {Child[]} children */
function appendChildren(node, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/**
 * An HTML element; children are nodes or text, never markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  setProps(node, props);
  appendChildren(node, children);
  return node;
}

/**
 * An SVG element.
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [props]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setProps(node, props);
  appendChildren(node, children);
  return node;
}

/**
 * Set text only when it differs, so that nothing flickers and selections survive.
 * @param {Node} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Remove or create children at the end until there are `count` of them.
 * @param {Element} parent @param {number} count @param {() => Node} create
 */
export function setChildCount(parent, count, create) {
  while (parent.children.length > count) parent.lastElementChild?.remove();
  while (parent.children.length < count) parent.append(create());
}

const ARROW_KEY_ROLES = [
  "slider",
  "listbox",
  "combobox",
  "radio",
  "radiogroup",
  "tab",
  "menu",
  "menuitem",
  "option",
  "spinbutton",
  "textbox",
  "grid",
  "gridcell",
  "dialog",
];
const ARROW_KEY_OWNERS = [
  "input",
  "textarea",
  "select",
  "video",
  "[contenteditable]",
  ...ARROW_KEY_ROLES.map((role) => `[role=${role}]`),
].join(",");

/** Whether the target is a text field or a widget that handles arrow keys itself.
 * @param {EventTarget | null} target */
export function ownsArrows(target) {
  return target instanceof Element && target.closest(ARROW_KEY_OWNERS) !== null;
}
