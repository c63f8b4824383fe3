// @ts-check
/** The buttons in the map's corner, and drawing the outline of a box or lasso. */

import { el, svg } from "../core/dom.js";

const ICON_PATHS = {
  lasso:
    "M10 4c4 0 7 1.9 7 4.4S14 13 10 13s-7-2.1-7-4.6S6 4 10 4Zm-4.6 8.2c-1 1-.9 2.4.3 2.6 1 .2 1.6-.6 1.1-1.5M5.6 14.8c.2 1.2-.3 2-1.4 2.4",
  box: "M4 6.5V4h2.5M9 4h2M13.5 4H16v2.5M16 9v2M16 13.5V16h-2.5M11 16H9M6.5 16H4v-2.5M4 11V9",
  nearer: "M10 4.5v11M4.5 10h11",
  farther: "M4.5 10h11",
  home: "M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4",
  inspect:
    "M2.5 10S5.2 5 10 5s7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5ZM10 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4",
  grid: "M3.5 3.5h5v5h-5ZM11.5 3.5h5v5h-5ZM3.5 11.5h5v5h-5ZM11.5 11.5h5v5h-5Z",
};
const GRID_HELP = "Decode the map: show decoded images under the points";

/** @typedef {"pan" | "box" | "lasso" | "inspect"} Mode */

/** @param {keyof typeof ICON_PATHS} iconName @param {string} title @param {() => void} onClick @param {string} [label] beside the icon */
function button(iconName, title, onClick, label = "") {
  const icon = svg(
    "svg",
    { viewBox: "0 0 20 20", "aria-hidden": "true" },
    svg("path", { d: ICON_PATHS[iconName] }),
  );
  return el(
    "button",
    {
      type: "button",
      class: "ls-map-tool",
      title,
      "aria-label": title,
      dataset: { tool: iconName },
      onclick: onClick,
    },
    icon,
    label && el("span", {}, label),
  );
}

export class Toolbar {
  /** @param {{mode: (mode: Mode) => void, zoom: (factor: number) => void, home: () => void, grid: () => void}} onClick */
  constructor(onClick) {
    this.mode = /** @type {Mode} */ ("pan");
    this.onClick = onClick;
    this.box = button("box", "Select with a box", () => this.#toggle("box"));
    this.lasso = button("lasso", "Select with a lasso (or Shift and drag)", () =>
      this.#toggle("lasso"),
    );
    this.inspect = button("inspect", "Decode under the pointer: press and move", () =>
      this.#toggle("inspect"),
    );
    this.grid = button("grid", GRID_HELP, onClick.grid, "Decode the map");
    this.root = el(
      "div",
      { class: "ls-map-tools", role: "toolbar", "aria-label": "Map tools" },
      this.grid,
      this.inspect,
      this.lasso,
      this.box,
      button("nearer", "Nearer", () => onClick.zoom(1.5)),
      button("farther", "Farther", () => onClick.zoom(1 / 1.5)),
      button("home", "Show everything", onClick.home),
    );
    this.set("pan");
    this.setDecodes(false);
    this.setGrid(false);
  }

  /** @param {number} dims boxes and lassos are for the flat map */
  setDims(dims) {
    this.box.hidden = this.lasso.hidden = dims !== 2;
    if (dims !== 2) this.set("pan");
  }

  /** @param {boolean} live whether points can be decoded */
  setDecodes(live) {
    this.grid.hidden = this.inspect.hidden = !live;
    if (!live && this.mode === "inspect") this.set("pan");
  }

  /** @param {boolean} on whether the decoded grid is shown */
  setGrid(on) {
    this.grid.setAttribute("aria-pressed", String(on));
  }

  /** @param {Mode} mode */
  #toggle(mode) {
    this.set(this.mode === mode ? "pan" : mode);
  }

  /** @param {Mode} mode */
  set(mode) {
    this.mode = mode;
    for (const [name, node] of /** @type {[Mode, HTMLElement][]} */ ([
      ["box", this.box],
      ["lasso", this.lasso],
      ["inspect", this.inspect],
    ])) {
      node.setAttribute("aria-pressed", String(mode === name));
    }
    this.onClick.mode(mode);
  }
}

/** @typedef {import("./scene/hit_test.js").Outline} Outline */

/**
 * Follow a pointer until it is released.
 * @param {PointerEvent} start
 * @param {HTMLElement} container
 * @param {Mode} mode
 * @param {(outline: Outline, done: boolean) => void} report positions within `container`
 */
export function drawOutline(start, container, mode, report) {
  const frame = container.getBoundingClientRect();
  /** @param {PointerEvent} event @returns {[number, number]} */
  const place = (event) => [event.clientX - frame.left, event.clientY - frame.top];
  const path = [place(start)];
  const outline = () => {
    if (mode !== "box") return path;
    const [[ax, ay], [bx, by]] = [path[0], path[path.length - 1]];
    return /** @type {Outline} */ ([
      [ax, ay],
      [bx, ay],
      [bx, by],
      [ax, by],
    ]);
  };
  const follow = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId !== start.pointerId) return;
    const [x, y] = place(event);
    const [lastX, lastY] = path[path.length - 1];
    if (Math.hypot(x - lastX, y - lastY) < 3) return;
    path.push([x, y]);
    report(outline(), false);
  };
  const stop = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId !== start.pointerId) return;
    for (const [name, listener] of listeners) window.removeEventListener(name, listener);
    report(event.type === "pointerup" ? outline() : [], true);
  };
  const listeners = /** @type {[string, EventListener][]} */ ([
    ["pointermove", follow],
    ["pointerup", stop],
    ["pointercancel", stop],
  ]);
  for (const [name, listener] of listeners) window.addEventListener(name, listener);
}
