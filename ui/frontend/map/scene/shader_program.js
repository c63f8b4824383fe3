// @ts-check
/** The GLSL program of the points. */

const VERTEX = `
attribute vec3 previous, target;
attribute vec4 color;
uniform mat4 matrix;
uniform float transition, size, centerDepth, depthRange, minSize;
uniform vec3 background;
varying vec4 tint;
varying float radius;
void main() {
  vec4 clip = matrix * vec4(mix(previous, target, transition), 1.0);
  gl_Position = color.a == 0.0 ? vec4(2.0, 2.0, 2.0, 1.0) : clip;
  float scale = centerDepth > 0.0 ? clamp(centerDepth / clip.w, 0.5, 4.0) : 1.0;
  float fog = centerDepth > 0.0
    ? 0.6 * smoothstep(centerDepth - 0.4 * depthRange, centerDepth + depthRange, clip.w) : 0.0;
  radius = 0.5 * max(minSize, size * scale);
  gl_PointSize = 2.0 * radius + 1.0;
  tint = vec4(mix(color.rgb, background, fog), color.a);
}`;

const FRAGMENT = `
precision mediump float;
uniform float opacity;
varying vec4 tint;
varying float radius;
void main() {
  float centerDistance = length(gl_PointCoord - 0.5) * (2.0 * radius + 1.0);
  float alpha = tint.a * opacity * clamp(radius + 0.5 - centerDistance, 0.0, 1.0);
  if (alpha < 0.04) discard;
  gl_FragColor = vec4(tint.rgb * alpha, alpha);
}`;

/** Per point: previous position, new position, color; an index here is the attribute's location. */
export const ATTRIBUTES = /** @type {const} */ (["previous", "target", "color"]);

export const UNIFORMS = [
  "matrix",
  "transition",
  "size",
  "centerDepth",
  "depthRange",
  "minSize",
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

/** Compile and link it. @param {WebGLRenderingContext} gl */
export function linkProgram(gl) {
  const program = /** @type {WebGLProgram} */ (gl.createProgram());
  gl.attachShader(program, compileShader(gl, gl.VERTEX_SHADER, VERTEX));
  gl.attachShader(program, compileShader(gl, gl.FRAGMENT_SHADER, FRAGMENT));
  ATTRIBUTES.forEach((name, location) => gl.bindAttribLocation(program, location, name));
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`the map's shader can't be compiled: ${gl.getProgramInfoLog(program)}`);
  }
  return program;
}
