// @ts-check
/** What every component shares: one style sheet per id, small DOM builders, numbers as text. */

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
 * Give `node` its properties: `on…` listens, `class`, `dataset` and `style` do what they say,
 * `null` and `false` take an attribute away, everything else is an attribute.
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
function fill(node, children) {
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
  fill(node, children);
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
  fill(node, children);
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

/** A number with a true minus sign. @param {number} value @param {number} [digits] */
export function number(value, digits = 2) {
  return value.toFixed(digits).replace(/^-/, "−").replace(/^−(0(?:\.0*)?)$/, "$1");
}

/** A whole number with thin spaces between thousands. @param {number} value */
export function count(value) {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
}

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

/** Whether somebody is typing, or moving in something that has arrows of its own.
 * @param {EventTarget | null} target */
export function ownsArrows(target) {
  const roles = ["slider", "listbox", "combobox", "radio", "radiogroup", "tab", "menu", "menuitem",
    "option", "spinbutton", "textbox", "grid", "gridcell", "dialog"];
  return target instanceof Element && target.closest(
    ["input", "textarea", "select", "video", "[contenteditable]", ...roles.map((r) => `[role=${r}]`)]
      .join(",")) !== null;
}

const ICONS = {
  previous: "M10 3 5 8l5 5", next: "m6 3 5 5-5 5", cross: "m4 4 8 8m0-8-8 8",
  plus: "M8 3v10M3 8h10", check: "m3 8.5 3.5 3.5L13 5", arrow: "M1.5 8h13M10 3.5 14.5 8 10 12.5",
  pen: "m3 13 .8-3.2 7-7a1.4 1.4 0 0 1 2.4 2.4l-7 7zM9.5 4.2l2.3 2.3",
  eraser: "m6 13-3.4-3.4a1 1 0 0 1 0-1.4L8.2 2.6a1 1 0 0 1 1.4 0l3.8 3.8a1 1 0 0 1 0 1.4L8.2 13zM5.4 5.4l5.2 5.2M5 13h8.5",
  undo: "M6 3 2.5 6.5 6 10M2.5 6.5h7a3.5 3.5 0 0 1 0 7H7",
  clear: "M2.5 4.5h11M6.3 4.5v-2h3.4v2M4 4.5l.7 9h6.6l.7-9M6.8 7v4M9.2 7v4",
  refused: "M8 1.8 14.8 13.8H1.2zM8 6v3.6M8 11.6v.2",
};

/** A line drawing in the text's colour; it says nothing to a screen reader.
 * @param {keyof typeof ICONS} name */
export function icon(name) {
  return svg("svg", { viewBox: "0 0 16 16", class: "ls-icon", "aria-hidden": "true" },
    svg("path", { d: ICONS[name] }));
}

/** The two facing trapezoids that everybody knows, or the decoder alone.
 * @param {"both" | "decoder"} which */
export function mark(which) {
  const says = which === "both" ? "through encoder and decoder" : "decoded";
  return el("span", { class: "ls-mark", role: "img", "aria-label": says },
    which === "both" && el("i", { class: "ls-encoder" }), el("i", { class: "ls-decoder" }));
}

/** What the two colours of a difference mean. */
export function differenceKey() {
  return el("span", { class: "ls-key" }, el("i", { class: "ls-less" }), "missing",
    el("i", { class: "ls-more" }), "added");
}

export const BASE = `
.ls { container-type: inline-size; color: var(--st-text-color); font-family: var(--st-font);
  font-size: .93rem; line-height: 1.35; font-variant-numeric: tabular-nums;
  --ls-accent: var(--st-primary-color); --ls-ground: var(--st-background-color);
  --ls-plate: var(--st-secondary-background-color); --ls-line: var(--st-border-color);
  --ls-quiet: color-mix(in srgb, var(--st-text-color) 68%, var(--st-background-color));
  --ls-tint: color-mix(in srgb, var(--st-primary-color) 13%, var(--st-background-color)); }
.ls, .ls * { box-sizing: border-box; }
.ls :where(p, figure, ul, ol, li) { margin: 0; padding: 0; list-style: none; font-size: inherit; }
.ls button { all: unset; box-sizing: border-box; cursor: pointer; -webkit-tap-highlight-color: transparent; }
.ls :focus-visible { outline: 2px solid var(--ls-accent); outline-offset: 2px; border-radius: 5px; }
.ls [hidden] { display: none !important; }
.ls-quiet { color: var(--ls-quiet); }
.ls-caption { color: var(--ls-quiet); font-size: .8rem; line-height: 1.25; }
.ls-cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
.ls-picture { display: block; width: 100%; height: auto; border-radius: 3px; background: var(--ls-plate);
  box-shadow: 0 0 0 1px color-mix(in srgb, var(--st-text-color) 14%, transparent); }
.ls-icon { width: 1em; height: 1em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.6;
  stroke-linecap: round; stroke-linejoin: round; vertical-align: -.125em; }
.ls button.ls-button { display: inline-flex; align-items: center; justify-content: center; gap: .45em;
  min-height: 34px; padding: 0 .8em; border-radius: 8px; border: 1px solid var(--ls-line);
  background: var(--ls-ground); font-size: .87rem; font-weight: 500; white-space: nowrap;
  transition: background .12s, border-color .12s, color .12s; }
.ls button.ls-button:hover { border-color: var(--ls-accent); color: var(--ls-accent); }
.ls button.ls-button[disabled] { opacity: .42; pointer-events: none; }
.ls button.ls-first { background: var(--ls-accent); border-color: var(--ls-accent); color: var(--ls-ground); }
.ls button.ls-first:hover { color: var(--ls-ground); filter: brightness(1.1); }
.ls button.ls-first[aria-disabled=true] { background: var(--ls-tint); border-color: transparent;
  color: var(--ls-accent); cursor: default; filter: none; }
.ls-encoder, .ls-decoder { display: block; background: linear-gradient(90deg,
  color-mix(in srgb, var(--ls-accent) 26%, var(--ls-ground)), var(--ls-accent)); }
.ls-encoder { clip-path: polygon(0 0, 100% 33%, 100% 67%, 0 100%); }
.ls-decoder { clip-path: polygon(0 33%, 100% 0, 100% 100%, 0 67%); transform-origin: center;
  background: linear-gradient(270deg,
  color-mix(in srgb, var(--ls-accent) 26%, var(--ls-ground)), var(--ls-accent)); }
.ls-mark { display: inline-flex; gap: 2px; align-items: center; }
.ls-mark i { width: 12px; height: 26px; }
.ls-key { white-space: nowrap; }
.ls-key i { display: inline-block; width: .62em; height: .62em; border-radius: 2px; margin: 0 .3em 0 0; }
.ls-key i + i, .ls-key i:last-of-type { margin-left: .35em; }
.ls-less { background: #3d8fd6; } .ls-more { background: #e57a1f; }
@media (prefers-reduced-motion: reduce) { .ls, .ls *, .ls *::before, .ls *::after {
  transition: none !important; animation: none !important; } }
`;
