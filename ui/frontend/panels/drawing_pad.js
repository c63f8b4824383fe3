// @ts-check
/** A slate to draw on, white on black; what is drawn goes to Python while it is drawn. */

import { keep } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { icon } from "../core/icons.js";

/** @typedef {{erase: boolean, points: [number, number][]} | "clear"} Stroke points in [0, 1] */

const SIDE = 560; // of the slate, in its own pixels
const SENT_SIDE = 140;
const PEN = 1 / 13;
const PAUSE_MS = 125;
const PATIENCE_MS = 1500;

const STYLE = `
.ls-draw { display: grid; gap: 10px; justify-items: start; }
.ls-draw > div { width: 100%; max-width: 340px; }
.ls-slate { position: relative; aspect-ratio: 1; border-radius: 10px; overflow: hidden; background: #000;
  box-shadow: 0 0 0 1px color-mix(in srgb, var(--st-text-color) 18%, transparent); }
.ls-slate canvas { display: block; width: 100%; height: 100%; touch-action: none; cursor: crosshair;
  user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; }
.ls-slate p { position: absolute; inset: 0; display: grid; place-items: center; pointer-events: none;
  color: #8b9096; font-size: 1rem; text-align: center; padding: 1em; transition: opacity .15s; }
.ls-slate:not([data-blank]) p { opacity: 0; }
.ls-draw-tools { display: flex; gap: 8px; }
.ls-draw-pair { display: flex; border: 1px solid var(--ls-line); border-radius: 8px; overflow: hidden; }
.ls .ls-draw-pair button.ls-button { border: 0; border-radius: 0; }
.ls .ls-draw-pair button.ls-button:focus-visible { outline-offset: -3px; }
.ls .ls-draw-pair button[aria-pressed=true] { background: var(--ls-accent); color: var(--ls-ground); }
.ls-draw-tools > button:first-of-type { margin-left: auto; }
@container (max-width: 330px) { .ls-draw-tools .ls-word { display: none; } }
`;

/** Drawings outlive a change of page: they are kept here under the component's name.
 * @type {Map<string, Stroke[]>} */
const drawings = new Map();

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-draw", STYLE);
  /** @type {Stroke[]} */
  let strokes = [];
  /** @type {{id: number, stroke: Exclude<Stroke, "clear">, done: number} | null} */
  let under = null;
  let erasing = false;
  let named = false;

  // what goes to Python
  let seq = 0;
  let sentAt = -Infinity;
  let answered = 0;
  let dirty = false;
  let timer = 0;

  const canvas = el("canvas", { width: SIDE, height: SIDE, role: "img", "aria-label": "your drawing" });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const small = el("canvas", { width: SENT_SIDE, height: SENT_SIDE });
  const hint = el("p");
  const slate = el("div", { class: "ls-slate" }, canvas, hint);
  const pen = tool("pen", "Pen", () => setTool(false));
  const eraser = tool("eraser", "Eraser", () => setTool(true));
  const undo = tool("undo", "Undo", undoLast);
  const clear = tool("clear", "Clear", clearAll);
  const root = el("section", { class: "ls ls-draw", "aria-label": "Drawing" },
    slate, el("div", { class: "ls-draw-tools" },
      el("span", { class: "ls-draw-pair", role: "group", "aria-label": "tool" }, pen, eraser), undo, clear));

  /** @param {"pen" | "eraser" | "undo" | "clear"} name @param {string} word @param {() => void} act */
  function tool(name, word, act) {
    const word_ = el("span", { class: "ls-word" }, word);
    return el("button", { class: "ls-button", type: "button", "data-role": name, "aria-label": word,
      title: word, onclick: act }, icon(name), name === "pen" || name === "eraser" ? null : word_);
  }

  /** @param {boolean} erase */
  function setTool(erase) {
    erasing = erase;
    pen.setAttribute("aria-pressed", String(!erase));
    eraser.setAttribute("aria-pressed", String(erase));
  }

  function isBlank() {
    const since = strokes.slice(strokes.lastIndexOf("clear") + 1);
    return !since.some((stroke) => stroke !== "clear" && !stroke.erase);
  }

  function wipe() {
    context.fillStyle = "#000";
    context.fillRect(0, 0, SIDE, SIDE);
  }

  function redraw() {
    wipe();
    const since = strokes.slice(strokes.lastIndexOf("clear") + 1);
    for (const stroke of since) {
      if (stroke !== "clear") ink(stroke, 0, true);
    }
    showTools();
  }

  function showTools() {
    slate.toggleAttribute("data-blank", isBlank());
    for (const [button, off] of /** @type {[HTMLButtonElement, boolean][]} */ ([[undo, !strokes.length], [clear, isBlank()]])) {
      button.disabled = off;
    }
    root.dataset.strokes = String(strokes.length);
  }

  /** Draw a stroke from point `from` on; curves run through the middles between points.
   * @param {Exclude<Stroke, "clear">} stroke @param {number} from @param {boolean} whole */
  function ink(stroke, from, whole) {
    const points = stroke.points.map(([x, y]) => [x * SIDE, y * SIDE]);
    context.strokeStyle = context.fillStyle = stroke.erase ? "#000" : "#fff";
    context.lineWidth = SIDE * PEN * (stroke.erase ? 1.6 : 1);
    context.lineCap = context.lineJoin = "round";
    if (from === 0) {
      context.beginPath();
      context.arc(points[0][0], points[0][1], context.lineWidth / 2, 0, 2 * Math.PI);
      context.fill();
    }
    const middle = (/** @type {number} */ i) => [
      (points[i - 1][0] + points[i][0]) / 2, (points[i - 1][1] + points[i][1]) / 2];
    context.beginPath();
    for (let i = Math.max(1, from); i < points.length; i++) {
      const [mx, my] = middle(i);
      const [sx, sy] = i === 1 ? points[0] : middle(i - 1);
      context.moveTo(sx, sy);
      context.quadraticCurveTo(points[i - 1][0], points[i - 1][1], mx, my);
    }
    if (whole && points.length > 1) {
      const [mx, my] = middle(points.length - 1);
      context.moveTo(mx, my);
      context.lineTo(points[points.length - 1][0], points[points.length - 1][1]);
    }
    context.stroke();
  }

  /** @param {PointerEvent} event @returns {[number, number]} */
  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (under || event.button !== 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    const erase = erasing || event.buttons === 32; // the other end of a pen
    under = { id: event.pointerId, stroke: { erase, points: [place(event)] }, done: 0 };
    strokes.push(under.stroke);
    extend();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!under || event.pointerId !== under.id) return;
    const parts = event.getCoalescedEvents?.() ?? [];
    for (const part of parts.length ? parts : [event]) under.stroke.points.push(place(part));
    extend();
  });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) {
    canvas.addEventListener(name, (event) => {
      if (!under || /** @type {PointerEvent} */ (event).pointerId !== under.id) return;
      ink(under.stroke, under.done, true);
      under = null;
      changed();
    });
  }
  root.addEventListener("keydown", (event) => {
    if (event.key !== "z" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    undoLast();
  });

  function extend() {
    if (!under) return;
    ink(under.stroke, under.done, false);
    under.done = under.stroke.points.length;
    changed();
  }

  function undoLast() {
    if (under || !strokes.length) return;
    strokes.pop();
    redraw();
    changed();
  }

  function clearAll() {
    if (under || isBlank()) return;
    strokes.push("clear");
    redraw();
    changed();
  }

  function changed() {
    showTools();
    dirty = true;
    pump();
  }

  /** Send the latest state when Python has answered the one before and a moment has passed. */
  function pump() {
    clearTimeout(timer);
    if (!dirty) return;
    const passed = performance.now() - sentAt;
    const wait = Math.max(PAUSE_MS, answered >= seq ? 0 : PATIENCE_MS) - passed;
    if (wait > 0) {
      timer = setTimeout(pump, wait);
      return;
    }
    dirty = false;
    seq += 1;
    sentAt = performance.now();
    root.dataset.seq = String(seq);
    root.dataset.final = String(!under);
    send("drawn", { png: picture(), seq, final: !under, blank: isBlank() });
  }

  function picture() {
    const to = /** @type {CanvasRenderingContext2D} */ (small.getContext("2d", { alpha: false }));
    to.imageSmoothingQuality = "high";
    to.drawImage(canvas, 0, 0, SENT_SIDE, SENT_SIDE);
    return small.toDataURL("image/png");
  }

  /** @param {{answered: number, hint: string, name: string}} data */
  function update(data) {
    if (!named) {
      named = true;
      strokes = drawings.get(data.name) ?? [];
      drawings.set(data.name, strokes);
      seq = data.answered; // numbers go on where an earlier slate stopped
      redraw();
    }
    answered = Math.max(answered, data.answered);
    setText(hint, data.hint);
    root.dataset.answered = String(data.answered);
    pump();
  }

  setTool(false);
  wipe();
  return { root, update, dispose: () => clearTimeout(timer) };
}

const places = new WeakMap();

/** @param {import("../core/component.js").Component} component */
export default function mount(component) {
  return keep(places, component, build);
}
