// @ts-check
/** A drawing pad, white on black; the drawing is sent to Python while it is made. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { icon } from "../core/icons.js";

/** @typedef {{erase: boolean, points: [number, number][]} | "clear"} Stroke points in [0, 1] */

const SIDE = 560; // of the canvas, in its own pixels
const SENT_SIDE_PX = 140;
const PEN = 1 / 13;
const MIN_INTERVAL_MS = 125;
const ANSWER_TIMEOUT_MS = 1500;

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

/** Drawings survive a change of page, by the component's name.
 * @type {Map<string, Stroke[]>} */
const drawings = new Map();

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-drawing-pad", STYLE);
  /** @type {Stroke[]} */
  let strokes = [];
  /** @type {{id: number, stroke: Exclude<Stroke, "clear">, done: number} | null} */
  let underlay = null;
  let erasing = false;
  let storeName = false;

  // what goes to Python
  let seq = 0;
  let sentAt = -Infinity;
  let answeredSeq = 0;
  let dirty = false;
  let timer = 0;

  const canvas = el("canvas", {
    width: SIDE,
    height: SIDE,
    role: "img",
    "aria-label": "your drawing",
  });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const thumbnail = el("canvas", { width: SENT_SIDE_PX, height: SENT_SIDE_PX });
  const hint = el("p");
  const surface = el("div", { class: "ls-drawing-surface" }, canvas, hint);
  const pen = toolButton("pen", "Pen", () => setTool(false));
  const eraser = toolButton("eraser", "Eraser", () => setTool(true));
  const undo = toolButton("undo", "Undo", undoLast);
  const clear = toolButton("clear", "Clear", clearAll);
  const root = el(
    "section",
    { class: "ls ls-drawing-pad", "aria-label": "Drawing" },
    surface,
    el(
      "div",
      { class: "ls-drawing-pad-tools" },
      el(
        "span",
        { class: "ls-drawing-pad-pair", role: "group", "aria-label": "tool" },
        pen,
        eraser,
      ),
      undo,
      clear,
    ),
  );

  /** @param {"pen" | "eraser" | "undo" | "clear"} name @param {string} label @param {() => void} act */
  function toolButton(name, label, act) {
    const text = el("span", { class: "ls-tool-text" }, label);
    return el(
      "button",
      {
        class: "ls-button",
        type: "button",
        "data-role": name,
        "aria-label": label,
        title: label,
        onclick: act,
      },
      icon(name),
      name === "pen" || name === "eraser" ? null : text,
    );
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

  function clearCanvas() {
    context.fillStyle = "#000";
    context.fillRect(0, 0, SIDE, SIDE);
  }

  function redraw() {
    clearCanvas();
    const since = strokes.slice(strokes.lastIndexOf("clear") + 1);
    for (const stroke of since) {
      if (stroke !== "clear") drawSegment(stroke, 0, true);
    }
    showTools();
  }

  function showTools() {
    surface.toggleAttribute("data-blank", isBlank());
    for (const [button, off] of /** @type {[HTMLButtonElement, boolean][]} */ ([
      [undo, !strokes.length],
      [clear, isBlank()],
    ])) {
      button.disabled = off;
    }
    root.dataset.strokes = String(strokes.length);
  }

  /** Draw a stroke from point `from` on; curves pass through the midpoints.
   * @param {Exclude<Stroke, "clear">} stroke @param {number} from @param {boolean} isWhole */
  function drawSegment(stroke, from, isWhole) {
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
      (points[i - 1][0] + points[i][0]) / 2,
      (points[i - 1][1] + points[i][1]) / 2,
    ];
    context.beginPath();
    for (let i = Math.max(1, from); i < points.length; i++) {
      const [mx, my] = middle(i);
      const [sx, sy] = i === 1 ? points[0] : middle(i - 1);
      context.moveTo(sx, sy);
      context.quadraticCurveTo(points[i - 1][0], points[i - 1][1], mx, my);
    }
    if (isWhole && points.length > 1) {
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
    if (underlay || event.button !== 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    const erase = erasing || event.buttons === 32; // the eraser end of a pen
    underlay = { id: event.pointerId, stroke: { erase, points: [place(event)] }, done: 0 };
    strokes.push(underlay.stroke);
    extend();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!underlay || event.pointerId !== underlay.id) return;
    const parts = event.getCoalescedEvents?.() ?? [];
    for (const part of parts.length ? parts : [event]) underlay.stroke.points.push(place(part));
    extend();
  });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) {
    canvas.addEventListener(name, (event) => {
      if (!underlay || /** @type {PointerEvent} */ (event).pointerId !== underlay.id) return;
      drawSegment(underlay.stroke, underlay.done, true);
      underlay = null;
      changed();
    });
  }
  root.addEventListener("keydown", (event) => {
    if (event.key !== "z" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    undoLast();
  });

  function extend() {
    if (!underlay) return;
    drawSegment(underlay.stroke, underlay.done, false);
    underlay.done = underlay.stroke.points.length;
    changed();
  }

  function undoLast() {
    if (underlay || !strokes.length) return;
    strokes.pop();
    redraw();
    changed();
  }

  function clearAll() {
    if (underlay || isBlank()) return;
    strokes.push("clear");
    redraw();
    changed();
  }

  function changed() {
    showTools();
    dirty = true;
    sendLater();
  }

  /** Send the latest state once Python has answered the one before and a minimum interval has passed. */
  function sendLater() {
    clearTimeout(timer);
    if (!dirty) return;
    const passed = performance.now() - sentAt;
    const wait = Math.max(MIN_INTERVAL_MS, answeredSeq >= seq ? 0 : ANSWER_TIMEOUT_MS) - passed;
    if (wait > 0) {
      timer = setTimeout(sendLater, wait);
      return;
    }
    dirty = false;
    seq += 1;
    sentAt = performance.now();
    root.dataset.seq = String(seq);
    root.dataset.final = String(!underlay);
    send("drawn", { png: toPng(), seq, final: !underlay, blank: isBlank() });
  }

  function toPng() {
    const to = /** @type {CanvasRenderingContext2D} */ (
      thumbnail.getContext("2d", { alpha: false })
    );
    to.imageSmoothingQuality = "high";
    to.drawImage(canvas, 0, 0, SENT_SIDE_PX, SENT_SIDE_PX);
    return thumbnail.toDataURL("image/png");
  }

  /** @param {{answered_seq: number, hint: string, name: string}} data */
  function update(data) {
    if (!storeName) {
      storeName = true;
      strokes = drawings.get(data.name) ?? [];
      drawings.set(data.name, strokes);
      seq = data.answered_seq; // continues the numbering of an earlier instance
      redraw();
    }
    answeredSeq = Math.max(answeredSeq, data.answered_seq);
    setText(hint, data.hint);
    root.dataset.answered = String(data.answered_seq);
    sendLater();
  }

  setTool(false);
  clearCanvas();
  return { root, update, dispose: () => clearTimeout(timer) };
}

export default defineComponent(build);
