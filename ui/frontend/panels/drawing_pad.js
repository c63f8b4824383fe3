// @ts-check
/** A drawing pad, white on black; the drawing is sent to Python while it is made. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { Drawing } from "./drawing/drawing.js";
import { DrawingCanvas } from "./drawing/drawing_canvas.js";
import { ReportThrottle } from "./drawing/report_throttle.js";
import { storeDrawing, storedDrawing } from "./drawing/stored_drawing.js";
import { StrokeInput } from "./drawing/stroke_input.js";

const STYLE = `
.ls-drawing-pad { display: grid; gap: 10px; justify-items: start; }
.ls-drawing-pad > div { width: 100%; max-width: 340px; }
.ls-drawing-surface { position: relative; aspect-ratio: 1; border-radius: 10px; overflow: hidden; background: #000;
  box-shadow: 0 0 0 1px color-mix(in srgb, var(--st-text-color) 18%, transparent); }
.ls-drawing-surface canvas { display: block; width: 100%; height: 100%; touch-action: none; cursor: crosshair;
  user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; }
.ls-drawing-surface p { position: absolute; inset: 0; display: grid; place-items: center; pointer-events: none;
  color: #8b9096; font-size: 1rem; text-align: center; padding: 1em; transition: opacity .15s; }
.ls-drawing-surface:not([data-blank]) p { opacity: 0; }
.ls-drawing-pad-tools { display: flex; gap: 8px; }
.ls-drawing-pad-pair { display: flex; border: 1px solid var(--ls-line); border-radius: 8px; overflow: hidden; }
.ls .ls-drawing-pad-pair button.ls-button { border: 0; border-radius: 0; }
.ls .ls-drawing-pad-pair button.ls-button:focus-visible { outline-offset: -3px; }
.ls .ls-drawing-pad-pair button[aria-pressed=true] { background: var(--ls-accent); color: var(--ls-background); }
.ls-drawing-pad-tools > button:first-of-type { margin-left: auto; }
@container (max-width: 330px) { .ls-drawing-pad-tools .ls-tool-text { display: none; } }
`;

/** Drawings survive a change of page, by the component's name. @type {Map<string, Drawing>} */
const drawings = new Map();

/** @param {string} name */
function drawingNamed(name) {
  const drawing = drawings.get(name) ?? storedDrawing(name);
  drawings.set(name, drawing);
  return drawing;
}

/**
 * Whether the server has a new session, which does not know the drawing.
 * @param {number} answered the last report that the server has answered, 0 for none
 * @param {number} before what it had answered at the last update, negative at the first
 */
function isNewSession(answered, before) {
  return answered < before || (before < 0 && answered === 0);
}

class DrawingPad {
  #drawing = new Drawing();
  #name = "";
  #answered = -1; // what the server has answered last
  #erasing = false;

  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-drawing-pad", STYLE);
    this.send = send;
    this.throttle = new ReportThrottle((sequence) => this.#report(sequence));
    this.canvas = new DrawingCanvas();
    this.input = new StrokeInput(
      this.canvas,
      (isEraserEnd, point) => this.#drawing.begin(this.#erasing || isEraserEnd, point),
      () => this.#onChange(),
    );
    this.hint = el("p");
    this.surface = el("div", { class: "ls-drawing-surface" }, this.canvas.root, this.hint);
    this.pen = createToolButton("pen", "Pen", () => this.#setTool(false));
    this.eraser = createToolButton("eraser", "Eraser", () => this.#setTool(true));
    this.undo = createToolButton("undo", "Undo", () => this.#undo());
    this.clear = createToolButton("clear", "Clear", () => this.#clear());
    this.root = el(
      "section",
      { class: "ls ls-drawing-pad", "aria-label": "Drawing" },
      this.surface,
      this.#createToolbar(),
    );
    this.root.addEventListener("keydown", (event) => this.#onKey(event));
    this.#setTool(false);
  }

  #createToolbar() {
    const tools = el(
      "span",
      { class: "ls-drawing-pad-pair", role: "group", "aria-label": "tool" },
      this.pen,
      this.eraser,
    );
    return el("div", { class: "ls-drawing-pad-tools" }, tools, this.undo, this.clear);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.key !== "z" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.#undo();
  }

  /** @param {boolean} erase */
  #setTool(erase) {
    this.#erasing = erase;
    this.pen.setAttribute("aria-pressed", String(!erase));
    this.eraser.setAttribute("aria-pressed", String(erase));
  }

  #undo() {
    if (!this.input.isDrawing && this.#drawing.undo()) this.#redraw();
  }

  #clear() {
    if (!this.input.isDrawing && this.#drawing.clear()) this.#redraw();
  }

  #redraw() {
    this.canvas.draw(this.#drawing.strokes);
    this.#onChange();
  }

  #onChange() {
    this.#updateTools();
    this.throttle.change();
    this.root.toggleAttribute("data-waiting", this.throttle.isWaiting);
  }

  #updateTools() {
    const { isBlank, length } = this.#drawing;
    this.surface.toggleAttribute("data-blank", isBlank);
    this.undo.disabled = length === 0;
    this.clear.disabled = isBlank;
    this.root.dataset.strokes = String(length);
  }

  /** @param {number} sequence */
  #report(sequence) {
    const final = !this.input.isDrawing;
    this.root.dataset.seq = String(sequence);
    this.root.dataset.final = String(final);
    const blank = this.#drawing.isBlank;
    if (final) storeDrawing(this.#name, this.#drawing);
    this.send("drawn", { png: this.canvas.toPng(), seq: sequence, final, blank });
  }

  /** @param {{answered_seq: number, hint: string, name: string}} payload */
  update({ answered_seq, hint, name }) {
    if (!this.#name) this.#restore(name, answered_seq);
    if (isNewSession(answered_seq, this.#answered) && !this.#drawing.isBlank)
      this.throttle.change();
    this.#answered = answered_seq;
    setText(this.hint, hint);
    this.root.dataset.answered = String(answered_seq);
    this.throttle.answer(answered_seq);
    this.root.toggleAttribute("data-waiting", this.throttle.isWaiting);
  }

  /** @param {string} name @param {number} lastSequence */
  #restore(name, lastSequence) {
    this.#name = name;
    this.#drawing = drawingNamed(name);
    this.throttle.continueFrom(lastSequence);
    this.canvas.draw(this.#drawing.strokes);
    this.#updateTools();
  }

  dispose() {
    this.throttle.dispose();
  }
}

/** @param {"pen" | "eraser" | "undo" | "clear"} name @param {string} label @param {() => void} onClick */
function createToolButton(name, label, onClick) {
  const hasText = name === "undo" || name === "clear";
  return el(
    "button",
    {
      class: "ls-button",
      type: "button",
      "data-role": name,
      "aria-label": label,
      title: label,
      onclick: onClick,
    },
    icon(name),
    hasText && el("span", { class: "ls-tool-text" }, label),
  );
}

export default defineComponent((send) => new DrawingPad(send));
