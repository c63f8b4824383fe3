// @ts-check
/** The buttons in the map's corner. */

import { el, svg } from "../core/dom.js";
import { SampleSearch } from "./search/sample_search.js";
import { ViewMenu } from "./view_menu.js";

const ICON_PATHS = {
  lasso:
    "M10 4c4 0 7 1.9 7 4.4S14 13 10 13s-7-2.1-7-4.6S6 4 10 4Zm-4.6 8.2c-1 1-.9 2.4.3 2.6 1 .2 1.6-.6 1.1-1.5M5.6 14.8c.2 1.2-.3 2-1.4 2.4",
  box: "M4 6.5V4h2.5M9 4h2M13.5 4H16v2.5M16 9v2M16 13.5V16h-2.5M11 16H9M6.5 16H4v-2.5M4 11V9",
  "zoom-in": "M10 4.5v11M4.5 10h11",
  "zoom-out": "M4.5 10h11",
  home: "M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4",
  inspect:
    "M2.5 10S5.2 5 10 5s7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5ZM10 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4",
  menu: "M4 5.5h12M4 10h12M4 14.5h12M7 4v3M13 8.5v3M8 13v3",
  grid: "M3.5 3.5h5v5h-5ZM11.5 3.5h5v5h-5ZM3.5 11.5h5v5h-5ZM11.5 11.5h5v5h-5Z",
};
const GRID_HELP = "Decode the map: show decoded images under the points";

/** @typedef {"pan" | "box" | "lasso" | "inspect"} Mode */

/** @typedef {{mode: (mode: Mode) => void, zoom: (factor: number) => void, home: () => void, grid: () => void, view: import("./view_menu.js").ViewMenuHandlers, search: import("./search/sample_search.js").SearchHandlers}} ToolbarHandlers */

const ZOOM_FACTOR = 1.5;

/** @param {keyof typeof ICON_PATHS} tool @param {string} title @param {() => void} onClick @param {string} [label] beside the icon */
function createButton(tool, title, onClick, label = "") {
  const path = svg("path", { d: ICON_PATHS[tool] });
  const icon = svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, path);
  const names = { title, "aria-label": title, dataset: { tool } };
  const props = { type: "button", class: "ls-map-tool", ...names, onclick: onClick };
  return el("button", props, icon, label && el("span", {}, label));
}

export class Toolbar {
  mode = /** @type {Mode} */ ("pan");

  /** @param {ToolbarHandlers} handlers */
  constructor(handlers) {
    this.handlers = handlers;
    const { grid, zoom, home } = handlers;
    this.grid = createButton("grid", GRID_HELP, grid, "Decode the map");
    this.modeButtons = {
      inspect: this.#modeButton("inspect", "Decode under the pointer: press and move"),
      lasso: this.#modeButton("lasso", "Select with a lasso (or Shift and drag)"),
      box: this.#modeButton("box", "Select with a box"),
    };
    this.menu = new ViewMenu(handlers.view);
    this.search = new SampleSearch(handlers.search);
    this.root = el(
      "div",
      { class: "ls-map-tools", role: "toolbar", "aria-label": "Map tools" },
      this.search.root,
      this.grid,
      ...Object.values(this.modeButtons),
      createButton("zoom-in", "Zoom in", () => zoom(ZOOM_FACTOR)),
      createButton("zoom-out", "Zoom out", () => zoom(1 / ZOOM_FACTOR)),
      createButton("home", "Reset view: show everything", home),
      createButton("menu", "Names, images, and saving the map", () => this.menu.toggle()),
      this.menu.panel,
    );
    this.set("pan");
    this.setDecodes(false);
    this.setGrid(false);
  }

  /** @param {Exclude<Mode, "pan">} mode @param {string} title */
  #modeButton(mode, title) {
    return createButton(mode, title, () => this.set(this.mode === mode ? "pan" : mode));
  }

  /** @param {number} nDims boxes and lassos are for 2D maps */
  setDims(nDims) {
    const { box, lasso } = this.modeButtons;
    box.hidden = lasso.hidden = nDims !== 2;
    if (nDims !== 2) this.set("pan");
  }

  /** @param {boolean} decodes whether points can be decoded */
  setDecodes(decodes) {
    this.grid.hidden = this.modeButtons.inspect.hidden = !decodes;
    if (!decodes && this.mode === "inspect") this.set("pan");
  }

  /** @param {boolean} on whether the decoded grid is shown */
  setGrid(on) {
    this.grid.setAttribute("aria-pressed", String(on));
  }

  /** @param {Mode} mode */
  set(mode) {
    this.mode = mode;
    for (const [name, button] of Object.entries(this.modeButtons))
      button.setAttribute("aria-pressed", String(mode === name));
    this.handlers.mode(mode);
  }
}
