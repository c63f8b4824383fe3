// @ts-check
/** Draws strokes with one pointer at a time. */

/** @typedef {import("./drawing.js").Point} Point */
/** @typedef {import("./drawing.js").Stroke} Stroke */

const ERASER_BUTTONS = 32; // `buttons` of a pointer event from the eraser end of a pen

export class StrokeInput {
  /** @type {{pointerId: number, stroke: Stroke, nDrawn: number} | null} */ #current = null;

  /**
   * @param {import("./drawing_canvas.js").DrawingCanvas} canvas
   * @param {(isEraserEnd: boolean, point: Point) => Stroke} beginStroke
   * @param {() => void} onChange
   */
  constructor(canvas, beginStroke, onChange) {
    this.canvas = canvas;
    this.beginStroke = beginStroke;
    this.onChange = onChange;
    canvas.root.addEventListener("pointerdown", (event) => this.#begin(event));
    canvas.root.addEventListener("pointermove", (event) => this.#extend(event));
    canvas.root.addEventListener("pointerup", (event) => this.#end(event));
    canvas.root.addEventListener("pointercancel", (event) => this.#end(event));
    canvas.root.addEventListener("lostpointercapture", (event) => this.#end(event));
  }

  /** Whether a stroke is being drawn. */
  get isDrawing() {
    return this.#current !== null;
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    if (this.#current || event.button !== 0) return;
    event.preventDefault();
    this.canvas.root.setPointerCapture(event.pointerId);
    const isEraserEnd = event.buttons === ERASER_BUTTONS;
    const stroke = this.beginStroke(isEraserEnd, this.canvas.pointOf(event));
    this.#current = { pointerId: event.pointerId, stroke, nDrawn: 0 };
    this.#drawNewPoints(this.#current);
  }

  /** @param {PointerEvent} event */
  #extend(event) {
    if (event.pointerId !== this.#current?.pointerId) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const part of events.length ? events : [event]) {
      this.#current.stroke.points.push(this.canvas.pointOf(part));
    }
    this.#drawNewPoints(this.#current);
  }

  /** @param {{stroke: Stroke, nDrawn: number}} current */
  #drawNewPoints(current) {
    this.canvas.drawFrom(current.stroke, current.nDrawn);
    current.nDrawn = current.stroke.points.length;
    this.onChange();
  }

  /** @param {PointerEvent} event */
  #end(event) {
    if (event.pointerId !== this.#current?.pointerId) return;
    this.canvas.drawEnd(this.#current.stroke);
    this.#current = null;
    this.onChange();
  }
}
