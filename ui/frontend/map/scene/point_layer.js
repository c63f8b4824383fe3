// @ts-check
/**
 * The canvas with the dots, under Plotly's own drawing.  It is ours because Plotly's 3D canvas
 * is always multisampled, which costs a machine without a graphics card most of a frame.
 *
 * Where drawing is slow, only every 2nd, 4th or 8th dot is drawn while things move, and all of
 * them as soon as they rest.
 */

import { el } from "../../core/dom.js";
import { CONFIG } from "./plotly_loader.js";
import { Cloud } from "./point_shader.js";

const SLOW_MS = 50; // a frame that takes longer is slow
const REST_MS = 160; // without a new drawing, things have come to rest
const MOST = 8; // at least every eighth dot is drawn …
const FEWEST = 5000; // … and never fewer dots than this

export class Dots {
  thin = 1; // every how-many-th dot is drawn while things move
  #last = 0;
  #cost = 0;
  #rest = 0;

  /**
   * @param {HTMLElement} host
   * @param {() => void} restored called when the graphics card has forgotten everything
   */
  constructor(host, restored) {
    this.host = host;
    this.canvas = el("canvas", { class: "ls-map-dots" });
    host.prepend(this.canvas);
    const gl = this.canvas.getContext("webgl", { antialias: false, premultipliedAlpha: true, depth: true });
    if (!gl) throw new Error("this browser offers no WebGL, which the map is drawn with");
    this.gl = gl;
    this.cloud = new Cloud(gl);
    this.canvas.addEventListener("webglcontextlost", (event) => event.preventDefault());
    this.canvas.addEventListener("webglcontextrestored", () => {
      this.cloud = new Cloud(gl);
      restored();
    });
  }

  /** @param {import("./point_shader.js").Look} look its size in CSS pixels @param {number} mixing */
  draw(look, mixing) {
    const now = performance.now();
    const moves = now - this.#last < REST_MS;
    this.#last = now;
    if (!moves && this.#cost < SLOW_MS / 2) this.thin = Math.max(1, this.thin / 2); // it was easy last time
    this.#paint(look, mixing, moves ? this.thin : 1);
    this.#watch(now, moves);
    clearTimeout(this.#rest);
    if (moves && this.thin > 1) this.#rest = window.setTimeout(() => this.#paint(look, mixing, 1), REST_MS);
  }

  /** @param {import("./point_shader.js").Look} look @param {number} mixing @param {number} every */
  #paint(look, mixing, every) {
    const { canvas, gl, host } = this;
    const ratio = CONFIG.plotGlPixelRatio;
    const [width, height] = [host.clientWidth * ratio, host.clientHeight * ratio].map(Math.round);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    this.cloud.draw({ ...look, size: look.size * ratio }, mixing, every);
  }

  /** How long the browser takes until it asks for the next frame. @param {number} begun @param {boolean} moves */
  #watch(begun, moves) {
    requestAnimationFrame(() => {
      this.#cost += 0.4 * (performance.now() - begun - this.#cost);
      const most = Math.min(MOST, this.cloud.count / FEWEST);
      if (!moves || this.#cost < SLOW_MS || 2 * this.thin > most) return;
      this.thin *= 2;
      this.#cost = 0; // see what this brings first
    });
  }

  dispose() {
    clearTimeout(this.#rest);
    this.cloud.dispose();
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
    this.canvas.remove();
  }
}
