// @ts-check
/**
 * Draws all points of a map in one call.
 *
 * Plotly's own markers are made for charts: scatter3d tessellates every point into 57 vertices,
 * scattergl draws at twice the pixels.  Without a graphics card (two cores, 800×600) ten
 * thousand of them cost about 1,000 ms and 280 ms a frame; as WebGL points about 55 and 25 ms.
 * Here colors and positions also change in place, and transitions run on the graphics card.
 */

const VERTEX = `
attribute vec3 before, after;
attribute vec4 color;
uniform mat4 matrix;
uniform float transition, size, middle, reach, smallest;
uniform vec3 background;
varying vec4 tint;
varying float radius;
void main() {
  vec4 place = matrix * vec4(mix(before, after, transition), 1.0);
  gl_Position = color.a == 0.0 ? vec4(2.0, 2.0, 2.0, 1.0) : place;
  float scale = middle > 0.0 ? clamp(middle / place.w, 0.5, 4.0) : 1.0;
  float haze = middle > 0.0 ? 0.6 * smoothstep(middle - 0.4 * reach, middle + reach, place.w) : 0.0;
  radius = 0.5 * max(smallest, size * scale);
  gl_PointSize = 2.0 * radius + 1.0;
  tint = vec4(mix(color.rgb, background, haze), color.a);
}`;

const FRAGMENT = `
precision mediump float;
uniform float opacity;
varying vec4 tint;
varying float radius;
void main() {
  float away = length(gl_PointCoord - 0.5) * (2.0 * radius + 1.0);
  float alpha = tint.a * opacity * clamp(radius + 0.5 - away, 0.0, 1.0);
  if (alpha < 0.04) discard;
  gl_FragColor = vec4(tint.rgb * alpha, alpha);
}`;

const UNIFORMS = [
  "matrix",
  "transition",
  "size",
  "middle",
  "reach",
  "smallest",
  "background",
  "opacity",
];

/** @param {WebGLRenderingContext} gl @param {number} kind @param {string} source */
function compileShader(gl, kind, source) {
  const compiled = /** @type {WebGLShader} */ (gl.createShader(kind));
  gl.shaderSource(compiled, source);
  gl.compileShader(compiled);
  return compiled;
}

/** @param {WebGLRenderingContext} gl */
function linkProgram(gl) {
  const program = /** @type {WebGLProgram} */ (gl.createProgram());
  gl.attachShader(program, compileShader(gl, gl.VERTEX_SHADER, VERTEX));
  gl.attachShader(program, compileShader(gl, gl.FRAGMENT_SHADER, FRAGMENT));
  ["before", "after", "color"].forEach((name, at) => gl.bindAttribLocation(program, at, name));
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`the map's shader: ${gl.getProgramInfoLog(program)}`);
  }
  return program;
}

/**
 * @typedef {object} PointStyle
 * @property {ArrayLike<number>} matrix 4×4, column after column: map → clip space
 * @property {number} size of a point, in pixels
 * @property {number} opacity
 * @property {number} [middle] distance of the points' center; 0 for a 2D map
 * @property {number} [reach] depth of the points behind the center
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
      before: gl.createBuffer(),
      after: gl.createBuffer(),
      color: gl.createBuffer(),
    };
  }

  /**
   * @param {Float32Array} after three values per point
   * @param {Float32Array} before previous positions, for `draw` with a transition below 1
   */
  setPositions(after, before) {
    this.count = after.length / 3;
    this.#upload("after", after);
    this.#upload("before", before);
  }

  /** @param {Uint8Array} rgba four bytes per point */
  setColors(rgba) {
    this.#upload("color", rgba);
  }

  /** @param {"before" | "after" | "color"} name @param {Float32Array | Uint8Array} values */
  #upload(name, values) {
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.buffers[name]);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, values, this.gl.DYNAMIC_DRAW);
  }

  /**
   * @param {PointStyle} style
   * @param {number} transition 0 shows `before`, 1 `after`
   * @param {number} [stride] 1 draws every point, 2 every second …
   */
  draw(style, transition, stride = 1) {
    const { gl, uniforms } = this;
    gl.useProgram(this.program);
    gl.uniformMatrix4fv(uniforms.matrix, false, Float32Array.from(style.matrix));
    gl.uniform3f(
      uniforms.background,
      style.background[0] / 255,
      style.background[1] / 255,
      style.background[2] / 255,
    );
    const { size, opacity, middle = 0, reach = 0 } = style;
    const numbers = { transition, size, opacity, middle, reach, smallest: Math.min(size, 1.5) };
    for (const [name, value] of Object.entries(numbers)) gl.uniform1f(uniforms[name], value);
    if (middle > 0) gl.enable(gl.DEPTH_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    this.#attribute(0, "before", 3, gl.FLOAT, 12 * stride);
    this.#attribute(1, "after", 3, gl.FLOAT, 12 * stride);
    this.#attribute(2, "color", 4, gl.UNSIGNED_BYTE, 4 * stride);
    gl.drawArrays(gl.POINTS, 0, Math.ceil(this.count / stride));
  }

  /** @param {number} location @param {"before" | "after" | "color"} name @param {number} size @param {number} type @param {number} stride */
  #attribute(location, name, size, type, stride) {
    const { gl } = this;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers[name]);
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, size, type, type === gl.UNSIGNED_BYTE, stride, 0);
  }

  dispose() {
    for (const buffer of Object.values(this.buffers)) this.gl.deleteBuffer(buffer);
    this.gl.deleteProgram(this.program);
  }
}
