// @ts-check
/** A code as signed bars, scaled by the data's range per dimension. */

import { addStyle, el, setChildCount, setText } from "../core/dom.js";
import { barIndex, describeDimension, deviationSpan, relativePosition } from "./code_values.js";

/** @typedef {import("./code_values.js").Code} Code */

const STYLE = `
.ls-code-bars { position: relative; display: flex; gap: 2px; touch-action: pan-y; cursor: default;
  --from: 50%; --size: 0%; }
.ls-code-bars[data-many] { gap: 1px; } .ls-code-bars[data-dense] { gap: 0; }
.ls-code-bars > i { position: relative; flex: 1 1 0; min-width: 0; min-height: 0; border-radius: 2px;
  background: color-mix(in srgb, var(--st-text-color) 6%, transparent); }
.ls-code-bars > i > b { position: absolute; border-radius: 2px; background: var(--ls-accent); }
.ls-code-bars > i.ls-inactive > b { opacity: .35; }
.ls-code-bars > i.ls-highlighted { background: color-mix(in srgb, var(--st-text-color) 17%, transparent); }
.ls-code-bars::after { content: ""; position: absolute; background: var(--ls-muted); opacity: .55; pointer-events: none; }
.ls-code-bars[data-orientation=columns] { flex-direction: row; height: 58px; }
.ls-code-bars[data-orientation=columns] > i { max-width: 30px; }
.ls-code-bars[data-orientation=columns] > i > b { left: 0; right: 0; bottom: var(--from); height: max(1px, var(--size));
  transition: bottom .14s ease-out, height .14s ease-out; }
.ls-code-bars[data-orientation=columns]::after { left: 0; right: 0; top: calc(50% - .5px); height: 1px; }
.ls-code-bars[data-orientation=columns] > i.ls-above > b { border-top: 3px solid var(--st-text-color); }
.ls-code-bars[data-orientation=columns] > i.ls-below > b { border-bottom: 3px solid var(--st-text-color); }
.ls-code-bars > i > u { display: none; position: absolute; background: var(--st-text-color); }
.ls-code-bars > i.ls-deviating > u { display: block; }
.ls-code-bars[data-orientation=columns] > i > u { left: calc(50% - 1px); width: 2px; bottom: var(--deviation-from); height: max(3px, var(--deviation-size)); }
.ls-code-bars[data-orientation=rows] > i > u { top: calc(50% - .5px); height: 1px; left: var(--deviation-from); width: max(3px, var(--deviation-size)); }
.ls-code-bars[data-orientation=rows] { flex-direction: column; justify-content: center; height: 100%; }
.ls-code-bars[data-orientation=rows] > i { max-height: 22px; }
.ls-code-bars[data-orientation=rows] > i > b { top: 0; bottom: 0; left: var(--from); width: max(1px, var(--size));
  transition: left .14s ease-out, width .14s ease-out; }
.ls-code-bars[data-orientation=rows]::after { top: 0; bottom: 0; left: calc(50% - .5px); width: 1px; }
.ls-code-bars[data-orientation=rows] > i.ls-above > b { border-right: 3px solid var(--st-text-color); }
.ls-code-bars[data-orientation=rows] > i.ls-below > b { border-left: 3px solid var(--st-text-color); }
`;

/** The bars of one code, of which one can be highlighted. */
class CodeBars {
  /** @type {HTMLElement[]} */ #bars = [];
  /** @type {Code | null} */ #code = null;
  #highlighted = -1;

  /** @param {"rows" | "columns"} orientation @param {(text: string) => void} onHover */
  constructor(orientation, onHover) {
    this.orientation = orientation;
    this.onHover = onHover;
    this.root = el("div", {
      class: "ls-code-bars",
      tabindex: "0",
      role: "group",
      "data-orientation": orientation,
      onpointermove: (/** @type {PointerEvent} */ event) => this.#onPointer(event),
      onpointerdown: (/** @type {PointerEvent} */ event) => this.#onPointer(event),
      onpointerleave: () => this.#highlight(-1),
      onfocus: () => this.root.matches(":focus-visible") && this.#highlight(0),
      onblur: () => this.#highlight(-1),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
    });
  }

  /** @param {number} index -1 for none */
  #highlight(index) {
    this.#bars[this.#highlighted]?.classList.remove("ls-highlighted");
    this.#highlighted = index;
    this.#bars[index]?.classList.add("ls-highlighted");
    this.onHover(index < 0 || !this.#code ? "" : describeDimension(this.#code, index));
  }

  /** @param {PointerEvent} event */
  #onPointer({ clientX, clientY }) {
    const first = this.#bars[0]?.getBoundingClientRect();
    const last = this.#bars.at(-1)?.getBoundingClientRect();
    if (!first || !last || !this.root.getBoundingClientRect().width) return;
    const count = this.#bars.length;
    this.#highlight(
      this.orientation === "rows"
        ? barIndex(clientY, first.top, last.bottom, count)
        : barIndex(clientX, first.left, last.right, count),
    );
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.#highlight(Math.max(0, Math.min(this.#bars.length - 1, this.#highlighted + step)));
  }

  /** @param {Code} code */
  update(code) {
    this.#code = code;
    const count = code.values.length;
    setChildCount(this.root, count, () => el("i", {}, el("b"), el("u")));
    this.#bars = /** @type {HTMLElement[]} */ ([...this.root.children]);
    this.root.toggleAttribute("data-many", count > 24);
    this.root.toggleAttribute("data-dense", count > 96);
    this.root.setAttribute(
      "aria-label",
      `latent code: ${count} dimensions; arrow keys read the values`,
    );
    this.#bars.forEach((bar, index) => drawBar(bar, code, index));
    if (this.#highlighted >= 0) this.#highlight(Math.min(this.#highlighted, count - 1));
  }
}

/** @param {HTMLElement} bar @param {Code} code @param {number} index */
function drawBar(bar, code, index) {
  const { values, low, high, active } = code;
  const position = relativePosition(values[index], low[index], high[index]);
  const clipped = Math.max(-1, Math.min(1, position));
  bar.style.setProperty("--from", `${50 + 50 * Math.min(0, clipped)}%`);
  bar.style.setProperty("--size", `${50 * Math.abs(clipped)}%`);
  const span = deviationSpan(code, index);
  const [from, to] = span ?? [0, 0];
  bar.style.setProperty("--deviation-from", `${100 * from}%`);
  bar.style.setProperty("--deviation-size", `${100 * (to - from)}%`);
  bar.classList.toggle("ls-deviating", span !== null);
  bar.classList.toggle("ls-above", position > 1.02);
  bar.classList.toggle("ls-below", position < -1.02);
  bar.classList.toggle("ls-inactive", active ? !active[index] : false);
}

/**
 * A code as signed bars.
 * @param {"rows" | "columns"} orientation
 * @param {(text: string) => void} onHover text of the highlighted bar, or ""
 * @returns {{root: HTMLElement, update: (code: Code) => void}}
 */
export function createCodeBars(orientation, onHover) {
  addStyle("ls-code-bars", STYLE);
  return new CodeBars(orientation, onHover);
}

/** A line of text about the highlighted bar. @param {string} [placeholder] */
export function createReadout(placeholder = "") {
  const root = el("span", { class: "ls-caption ls-ellipsis", role: "status" }, placeholder);
  return {
    root,
    onHover: (/** @type {string} */ text) => setText(root, text || placeholder),
  };
}
