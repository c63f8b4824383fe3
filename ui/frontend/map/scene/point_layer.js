// @ts-check
/** The canvas of the points.  It is not multisampled, which costs a machine without a graphics card most of a frame. */

import { el } from "../../core/dom.js";
import { PointShader } from "./point_shader.js";
import { AdaptiveStride, SETTLE_MS } from "./stride.js";

/** Device pixels per CSS pixel, at most 2: more would only slow drawing down. */
export function pixelRatio() {
  return Math.min(2, window.devicePixelRatio || 1);
}

/** @type {WebGLContextAttributes} */
const CONTEXT_OPTIONS = { antialias: false, premultipliedAlpha: true, depth: true };

/** A canvas for points with its WebGL context; null where the browser has no WebGL. */
export function createWebGLCanvas() {
  const canvas = el("canvas", { class: "ls-map-points" });
  const gl = canvas.getContext("webgl", CONTEXT_OPTIONS);
  return gl && { canvas, gl: /** @type {WebGLRenderingContext} */ (gl) };
}

export class PointLayer {
  adaptive = new AdaptiveStride();
  complete = false; // every point is drawn, not only those of a movement
  #settleTimer = 0;

  /**
   * @param {HTMLElement} host
   * @param {HTMLCanvasElement} canvas @param {WebGLRenderingContext} gl its context
   * @param {() => void} onRestored called after a lost WebGL context
   */
  constructor(host, canvas, gl, onRestored) {
    this.host = host;
    this.canvas = canvas;
    host.prepend(canvas);
    this.gl = gl;
    this.shader = new PointShader(gl);
    this.canvas.addEventListener("webglcontextlost", (event) => {
      event.preventDefault(); // else it is never restored
      this.complete = false;
    });
    this.canvas.addEventListener("webglcontextrestored", () => {
      this.shader = new PointShader(gl);
      onRestored();
    });
  }

  /** @param {import("./point_shader.js").PointStyle} style its size in CSS pixels @param {number} transition */
  draw(style, transition) {
    const now = performance.now();
    const { count } = this.shader;
    const stride = this.adaptive.begin(now, count);
    this.#drawFrame(style, transition, stride);
    requestAnimationFrame(() => this.adaptive.end(performance.now() - now, count / stride));
    clearTimeout(this.#settleTimer);
    if (stride > 1)
      this.#settleTimer = window.setTimeout(() => this.#drawFrame(style, transition, 1), SETTLE_MS);
  }

  /** @param {import("./point_shader.js").PointStyle} style @param {number} transition @param {number} stride */
  #drawFrame(style, transition, stride) {
    const { canvas, gl, host } = this;
    const ratio = pixelRatio();
    const [width, height] = [host.clientWidth * ratio, host.clientHeight * ratio].map(Math.round);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    this.shader.draw({ ...style, size: style.size * ratio }, transition, stride);
    this.complete = stride === 1 && !gl.isContextLost();
  }

  dispose() {
    clearTimeout(this.#settleTimer);
    this.shader.dispose();
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
    this.canvas.remove();
  }
}
