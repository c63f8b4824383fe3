// @ts-check
/**
 * All dots of a map in one draw call.
 *
 * Plotly's own markers are made for charts: scatter3d tessellates every dot into 57 vertices,
 * scattergl draws at twice the pixels.  Without a graphics card (two cores, 800×600) ten
 * thousand of them cost about 1,000 ms and 280 ms a frame; as WebGL points about 55 and 25 ms.
 * Here colours and places also change in place, and a move is mixed on the graphics card.
 */

const VERTEX = `
attribute vec3 before, after;
attribute vec4 colour;
uniform mat4 matrix;
uniform float mixing, size, middle, reach, smallest;
uniform vec3 ground;
varying vec4 tint;
varying float radius;
void main() {
  vec4 place = matrix * vec4(mix(before, after, mixing), 1.0);
  gl_Position = colour.a == 0.0 ? vec4(2.0, 2.0, 2.0, 1.0) : place;
  float scale = middle > 0.0 ? clamp(middle / place.w, 0.5, 4.0) : 1.0;
  float haze = middle > 0.0 ? 0.6 * smoothstep(middle - 0.4 * reach, middle + reach, place.w) : 0.0;
  radius = 0.5 * max(smallest, size * scale);
  gl_PointSize = 2.0 * radius + 1.0;
  tint = vec4(mix(colour.rgb, ground, haze), colour.a);
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

const UNIFORMS = ["matrix", "mixing", "size", "middle", "reach", "smallest", "ground", "opacity"];

/** @param {WebGLRenderingContext} gl @param {number} kind @param {string} source */
function shader(gl, kind, source) {
  const made = /** @type {WebGLShader} */ (gl.createShader(kind));
  gl.shaderSource(made, source);
  gl.compileShader(made);
  return made;
}

/** @param {WebGLRenderingContext} gl */
function link(gl) {
  const program = /** @type {WebGLProgram} */ (gl.createProgram());
  gl.attachShader(program, shader(gl, gl.VERTEX_SHADER, VERTEX));
  gl.attachShader(program, shader(gl, gl.FRAGMENT_SHADER, FRAGMENT));
  ["before", "after", "colour"].forEach((name, at) => gl.bindAttribLocation(program, at, name));
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`the map's shader: ${gl.getProgramInfoLog(program)}`);
  }
  return program;
}

/**
 * @typedef {object} Look
 * @property {ArrayLike<number>} matrix 4×4, column after column: map → clip space
 * @property {number} size of a dot, in pixels
 * @property {number} opacity
 * @property {number} [middle] distance of the cloud's middle; 0 for a flat map
 * @property {number} [reach] how far the cloud goes behind the middle
 * @property {[number, number, number]} ground the page's colour, 0–255: distance fades into it
 */

/** The dots of one map in one WebGL context. */
export class Cloud {
  /** @param {WebGLRenderingContext} gl */
  constructor(gl) {
    this.gl = gl;
    this.count = 0;
    this.program = link(gl);
    this.at = Object.fromEntries(UNIFORMS.map((name) => [name, gl.getUniformLocation(this.program, name)]));
    this.buffers = {
      before: gl.createBuffer(),
      after: gl.createBuffer(),
      colour: gl.createBuffer(),
    };
  }

  /**
   * @param {Float32Array} after three numbers per dot
   * @param {Float32Array} before where each comes from, for `draw`'s mixing below 1
   */
  setPlaces(after, before) {
    this.count = after.length / 3;
    this.#upload("after", after);
    this.#upload("before", before);
  }

  /** @param {Uint8Array} rgba four bytes per dot */
  setColours(rgba) {
    this.#upload("colour", rgba);
  }

  /** @param {"before" | "after" | "colour"} name @param {Float32Array | Uint8Array} values */
  #upload(name, values) {
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.buffers[name]);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, values, this.gl.DYNAMIC_DRAW);
  }

  /**
   * @param {Look} look
   * @param {number} mixing 0 shows `before`, 1 `after`
   * @param {number} [every] 1 draws every dot, 2 every second …
   */
  draw(look, mixing, every = 1) {
    const { gl, at } = this;
    gl.useProgram(this.program);
    gl.uniformMatrix4fv(at.matrix, false, Float32Array.from(look.matrix));
    gl.uniform3f(at.ground, look.ground[0] / 255, look.ground[1] / 255, look.ground[2] / 255);
    const { size, opacity, middle = 0, reach = 0 } = look;
    const numbers = { mixing, size, opacity, middle, reach, smallest: Math.min(size, 1.5) };
    for (const [name, value] of Object.entries(numbers)) gl.uniform1f(at[name], value);
    if (middle > 0) gl.enable(gl.DEPTH_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    this.#attribute(0, "before", 3, gl.FLOAT, 12 * every);
    this.#attribute(1, "after", 3, gl.FLOAT, 12 * every);
    this.#attribute(2, "colour", 4, gl.UNSIGNED_BYTE, 4 * every);
    gl.drawArrays(gl.POINTS, 0, Math.ceil(this.count / every));
  }

  /** @param {number} place @param {"before" | "after" | "colour"} name @param {number} size @param {number} type @param {number} stride */
  #attribute(place, name, size, type, stride) {
    const { gl } = this;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers[name]);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, size, type, type === gl.UNSIGNED_BYTE, stride, 0);
  }

  dispose() {
    for (const buffer of Object.values(this.buffers)) this.gl.deleteBuffer(buffer);
    this.gl.deleteProgram(this.program);
  }
}
