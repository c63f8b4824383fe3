// @ts-check
/**
 * The canvas of the points, under Plotly's own.  Plotly does not draw them because its 3D canvas
 * is always multisampled, which costs a machine without a graphics card most of a frame.
 *
 * Where drawing is slow, only every 2nd, 4th or 8th point is drawn during a movement, and all
 * of them at its end.
 */

import { el } from "../../core/dom.js";
import { PLOTLY_CONFIG } from "./plotly_loader.js";
import { PointShader } from "./point_shader.js";

const SLOW_FRAME_MS = 50; // a frame that takes longer is slow
const SETTLE_MS = 160; // without a new frame, the movement has ended
const MAX_STRIDE = 8; // at least every eighth point is drawn …
const MIN_POINTS = 5000; // … and never fewer points than this

export class PointLayer {
  stride = 1; // every stride-th point is drawn during a movement
  #lastDraw = 0;
  #frameMs = 0;
  #settleTimer = 0;

  /**
   * @param {HTMLElement} host
   * @param {() => void} onRestored called after a lost WebGL context
   */
  constructor(host, onRestored) {
    this.host = host;
    this.canvas = el("canvas", { class: "ls-map-points" });
    host.prepend(this.canvas);
    const gl = this.canvas.getContext("webgl", {
      antialias: false,
      premultipliedAlpha: true,
      depth: true,
    });
    if (!gl) throw new Error("this browser offers no WebGL, which the map is drawn with");
    this.gl = gl;
    this.shader = new PointShader(gl);
    this.canvas.addEventListener("webglcontextlost", (event) => event.preventDefault());
    this.canvas.addEventListener("webglcontextrestored", () => {
      this.shader = new PointShader(gl);
      onRestored();
    });
  }

  /** @param {import("./point_shader.js").PointStyle} style its size in CSS pixels @param {number} transition */
  draw(style, transition) {
    const now = performance.now();
    const moving = now - this.#lastDraw < SETTLE_MS;
    this.#lastDraw = now;
    if (!moving && this.#frameMs < SLOW_FRAME_MS / 2) this.stride = Math.max(1, this.stride / 2); // the last frame was fast
    this.#paint(style, transition, moving ? this.stride : 1);
    this.#measure(now, moving);
    clearTimeout(this.#settleTimer);
    if (moving && this.stride > 1)
      this.#settleTimer = window.setTimeout(() => this.#paint(style, transition, 1), SETTLE_MS);
  }

  /** @param {import("./point_shader.js").PointStyle} style @param {number} transition @param {number} stride */
  #paint(style, transition, stride) {
    const { canvas, gl, host } = this;
    const ratio = PLOTLY_CONFIG.plotGlPixelRatio;
    const [width, height] = [host.clientWidth * ratio, host.clientHeight * ratio].map(Math.round);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    this.shader.draw({ ...style, size: style.size * ratio }, transition, stride);
  }

  /** Measures the time until the next frame. @param {number} started @param {boolean} moving */
  #measure(started, moving) {
    requestAnimationFrame(() => {
      this.#frameMs += 0.4 * (performance.now() - started - this.#frameMs);
      const maxStride = Math.min(MAX_STRIDE, this.shader.count / MIN_POINTS);
      if (!moving || this.#frameMs < SLOW_FRAME_MS || 2 * this.stride > maxStride) return;
      this.stride *= 2;
      this.#frameMs = 0; // measure again before the next change
    });
  }

  dispose() {
    clearTimeout(this.#settleTimer);
    this.shader.dispose();
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
    this.canvas.remove();
  }
}
