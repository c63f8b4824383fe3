// @ts-check
/** A code as signed bars, scaled by the data's range per dimension. */

import { addStyle, el, setText } from "../core/dom.js";
import { formatNumber } from "../core/format.js";

/**
 * @typedef {object} Code
 * @property {number[]} values
 * @property {number[]} low 1st percentile of the data, per dimension
 * @property {number[]} high 99th percentile
 * @property {boolean[] | null} active whether the model uses the dimension, where that is known
 */

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
.ls-code-bars[data-orientation=rows] { flex-direction: column; justify-content: center; height: 100%; }
.ls-code-bars[data-orientation=rows] > i { max-height: 22px; }
.ls-code-bars[data-orientation=rows] > i > b { top: 0; bottom: 0; left: var(--from); width: max(1px, var(--size));
  transition: left .14s ease-out, width .14s ease-out; }
.ls-code-bars[data-orientation=rows]::after { top: 0; bottom: 0; left: calc(50% - .5px); width: 1px; }
.ls-code-bars[data-orientation=rows] > i.ls-above > b { border-right: 3px solid var(--st-text-color); }
.ls-code-bars[data-orientation=rows] > i.ls-below > b { border-left: 3px solid var(--st-text-color); }
`;

/**
 * Position of a value in its dimension's range: 0 in the middle, ±1 at its far end.  The middle
 * is 0 if the range contains 0.
 * @param {number} value @param {number} low @param {number} high
 */
export function relativePosition(value, low, high) {
  const middle = low <= 0 && high >= 0 ? 0 : (low + high) / 2;
  const reach = Math.max(high - middle, middle - low);
  return reach > 0 ? (value - middle) / reach : Math.sign(value - middle);
}

/**
 * @param {"rows" | "columns"} orientation
 * @param {(describe: string) => void} onHover text of the highlighted bar, or ""
 */
export function createCodeBars(orientation, onHover) {
  addStyle("ls-code-bars", STYLE);
  const root = el("div", {
    class: "ls-code-bars",
    tabindex: "0",
    role: "group",
    "data-orientation": orientation,
  });
  /** @type {HTMLElement[]} */
  const bars = [];
  /** @type {Code | null} */
  let code = null;
  let highlighted = -1;

  /** @param {number} index */
  function describe(index) {
    if (!code) return "";
    const [value, low, high] = [code.values[index], code.low[index], code.high[index]];
    const digits = Math.max(Math.abs(low), Math.abs(high)) >= 100 ? 1 : 2;
    const usual = `usually ${formatNumber(low, digits)} to ${formatNumber(high, digits)}`;
    const inactive = code.active && !code.active[index] ? ", inactive" : "";
    return `z${index + 1} = ${formatNumber(value, digits)}  ·  ${usual}${inactive}`;
  }

  /** @param {number} index */
  function highlight(index) {
    bars[highlighted]?.classList.remove("ls-highlighted");
    highlighted = index;
    bars[highlighted]?.classList.add("ls-highlighted");
    onHover(highlighted < 0 ? "" : describe(highlighted));
  }

  root.addEventListener("pointermove", (event) => {
    const box = root.getBoundingClientRect();
    const [at, bounds] =
      orientation === "rows"
        ? [event.clientY, [bars[0], bars[bars.length - 1]].map((b) => b?.getBoundingClientRect())]
        : [event.clientX, [bars[0], bars[bars.length - 1]].map((b) => b?.getBoundingClientRect())];
    if (!bounds[0] || !bounds[1] || !box.width) return;
    const [start, end] =
      orientation === "rows"
        ? [bounds[0].top, bounds[1].bottom]
        : [bounds[0].left, bounds[1].right];
    const index = Math.floor(((at - start) / (end - start)) * bars.length);
    highlight(index < 0 || index >= bars.length ? -1 : index);
  });
  root.addEventListener("pointerleave", () => highlight(-1));
  root.addEventListener("focus", () => root.matches(":focus-visible") && highlight(0));
  root.addEventListener("blur", () => highlight(-1));
  root.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    highlight(Math.max(0, Math.min(bars.length - 1, highlighted + step)));
  });

  /** @param {Code} next */
  function update(next) {
    code = next;
    const { values, low, high, active } = next;
    while (bars.length > values.length) bars.pop()?.remove();
    while (bars.length < values.length) {
      const bar = el("i", {}, el("b"));
      bars.push(bar);
      root.append(bar);
    }
    root.toggleAttribute("data-many", values.length > 24);
    root.toggleAttribute("data-dense", values.length > 96);
    root.setAttribute(
      "aria-label",
      `latent code: ${values.length} dimensions; arrow keys read the values`,
    );
    values.forEach((value, i) => {
      const position = relativePosition(value, low[i], high[i]);
      const at = Math.max(-1, Math.min(1, position));
      bars[i].style.setProperty("--from", `${50 + 50 * Math.min(0, at)}%`);
      bars[i].style.setProperty("--size", `${50 * Math.abs(at)}%`);
      bars[i].classList.toggle("ls-above", position > 1.02);
      bars[i].classList.toggle("ls-below", position < -1.02);
      bars[i].classList.toggle("ls-inactive", active ? !active[i] : false);
    });
    if (highlighted >= 0) highlight(Math.min(highlighted, bars.length - 1));
  }

  return { root, update };
}

/** A line of text about the highlighted bar. @param {string} [placeholder] */
export function createReadout(placeholder = "") {
  const root = el("span", { class: "ls-caption ls-ellipsis", role: "status" }, placeholder);
  return {
    root,
    onHover: (/** @type {string} */ describe) => setText(root, describe || placeholder),
  };
}
