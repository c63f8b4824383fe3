// @ts-check
/** Collects what a map shows, for `figureSvg`. */

import { scaleColor } from "../../widgets/palette.js";

/** @typedef {import("../latent_map.js").LatentMap} LatentMap */
/** @typedef {import("./figure_svg.js").Figure} Figure */

const SCALE_STOPS = 12;

/** The visible points in view, the nearest to the viewer last. @param {LatentMap} map @returns {import("./figure_svg.js").Dot[]} */
function dotsOf({ scene }) {
  const project = scene.screen.projector();
  const { clientWidth: width, clientHeight: height } = scene.element;
  const { positions, colors } = scene;
  const size = scene.view?.pointSize(positions.count) ?? 0;
  const centerDepth = project([0, 0, 0]).depth;
  const dots = [];
  for (let i = 0; i < positions.count; i++) {
    if (!colors.visible[i]) continue;
    const at = project(positions.target.subarray(3 * i, 3 * i + 3));
    const outside = at.x < 0 || at.x > width || at.y < 0 || at.y > height || at.depth <= 0;
    if (!outside)
      dots.push({
        ...at,
        radius: radiusAt(at.depth, centerDepth, size),
        color: colors.cssColor(i),
      });
  }
  return scene.view?.nDims === 3 ? dots.sort((a, b) => b.depth - a.depth) : dots;
}

/** @param {number} depth @param {number} centerDepth @param {number} size of a point at the center */
function radiusAt(depth, centerDepth, size) {
  return (size / 2) * Math.min(4, Math.max(0.5, centerDepth / depth));
}

/** @param {LatentMap} map @returns {Figure["legend"]} */
function legendOf({ scene, data, legend }) {
  const { theme } = scene.colors;
  const color = data?.color;
  if (!color || color.kind === "class") {
    return legend.entries().filter(({ shown }) => shown);
  }
  const colors = Array.from(
    { length: SCALE_STOPS },
    (_, k) => `rgb(${scaleColor(theme, k / (SCALE_STOPS - 1)).join(",")})`,
  );
  return { title: color.title, ...legend.ends, colors };
}

/** Layers that are images already. @param {HTMLCanvasElement[]} canvases @returns {string[]} */
function urlsOf(canvases) {
  return canvases.filter((canvas) => !canvas.hidden).map((canvas) => canvas.toDataURL("image/png"));
}

/** @param {LatentMap} map @returns {Figure} */
export function mapFigure(map) {
  const { scene, data, layout } = map;
  const { labels, axes, sprites } = map.layers;
  const { color, fontFamily } = getComputedStyle(layout.root);
  const { size, weight } = labels.font;
  return {
    width: scene.element.clientWidth,
    height: scene.element.clientHeight,
    background: `rgb(${scene.colors.background.join(",")})`,
    text: color,
    font: fontFamily,
    title: data?.title ?? "",
    note: data?.note ?? "",
    opacity: scene.view?.nDims === 3 ? 1 : 0.86,
    dots: dotsOf(map),
    axes: axes.shapes,
    images: { under: urlsOf([map.grid.canvas]), over: urlsOf([sprites.canvas]) },
    captions: labels.placed.map(({ text, x, y }) => ({ text, x, y, size, weight })),
    legend: legendOf(map),
  };
}
