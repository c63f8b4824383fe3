// @ts-check
/** Draws all points of a map in one call; colors and positions change in place, transitions run on the graphics card. */

import { ATTRIBUTES, UNIFORMS, linkProgram } from "./shader_program.js";

export const MIN_SIZE_PX = 1.5; // distant points are not drawn smaller

/**
 * @typedef {object} PointStyle
 * @property {ArrayLike<number>} matrix 4×4, column after column: map → clip space
 * @property {number} size of a point, in pixels
 * @property {number} opacity
 * @property {number} [centerDepth] distance of the points' center from the camera; 0 for a 2D map
 * @property {number} [depthRange] depth of the points behind the center
 * @property {[number, number, number]} background the page's color, 0–255: distance fades into it
 */

/** The points of one map in one WebGL context. */
export class PointShader {
  /** @param {WebGLRenderingContext} gl */
  constructor(gl) {
    this.gl = gl;
    this.count = 0;
    this.program = linkProgram(gl);
    this.uniforms = Object.fromEntries(
      UNIFORMS.map((name) => [name, gl.getUniformLocation(this.program, name)]),
    );
    this.buffers = {
      previous: gl.createBuffer(),
      target: gl.createBuffer(),
      color: gl.createBuffer(),
    };
    this.previous = this.buffers.target; // the buffer of the previous positions
  }

  /**
   * @param {Float32Array} target three values per point
   * @param {Float32Array} previous positions, for `draw` with a transition below 1
   */
  setPositions(target, previous) {
    this.count = target.length / 3;
    this.#upload("target", target);
    this.previous = previous === target ? this.buffers.target : this.buffers.previous;
    if (previous !== target) this.#upload("previous", previous);
  }

  /** @param {Uint8Array} rgba four bytes per point */
  setColors(rgba) {
    this.#upload("color", rgba);
  }

  /** @param {(typeof ATTRIBUTES)[number]} name @param {Float32Array | Uint8Array} values */
  #upload(name, values) {
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.buffers[name]);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, values, this.gl.DYNAMIC_DRAW);
  }

  /**
   * @param {PointStyle} style
   * @param {number} transition 0 shows the previous positions, 1 the new ones
   * @param {number} [stride] 1 draws every point, 2 every second …
   */
  draw(style, transition, stride = 1) {
    const { gl } = this;
    gl.useProgram(this.program);
    this.#setUniforms(style, transition);
    if ((style.centerDepth ?? 0) > 0) gl.enable(gl.DEPTH_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    this.#bind("previous", this.previous, 3, gl.FLOAT, 12 * stride);
    this.#bind("target", this.buffers.target, 3, gl.FLOAT, 12 * stride);
    this.#bind("color", this.buffers.color, 4, gl.UNSIGNED_BYTE, 4 * stride);
    gl.drawArrays(gl.POINTS, 0, Math.ceil(this.count / stride));
  }

  /** @param {PointStyle} style @param {number} transition */
  #setUniforms({ matrix, size, opacity, centerDepth = 0, depthRange = 0, background }, transition) {
    const { gl, uniforms } = this;
    const [red, green, blue] = background.map((value) => value / 255);
    gl.uniformMatrix4fv(uniforms.matrix, false, Float32Array.from(matrix));
    gl.uniform3f(uniforms.background, red, green, blue);
    const minSize = Math.min(size, MIN_SIZE_PX);
    const scalars = { transition, size, opacity, centerDepth, depthRange, minSize };
    for (const [name, value] of Object.entries(scalars)) gl.uniform1f(uniforms[name], value);
  }

  /** @param {(typeof ATTRIBUTES)[number]} name @param {WebGLBuffer | null} buffer @param {number} size @param {number} type @param {number} stride in bytes */
  #bind(name, buffer, size, type, stride) {
    const { gl } = this;
    const location = ATTRIBUTES.indexOf(name);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, size, type, type === gl.UNSIGNED_BYTE, stride, 0);
  }

  dispose() {
    for (const buffer of Object.values(this.buffers)) this.gl.deleteBuffer(buffer);
    this.gl.deleteProgram(this.program);
  }
}
