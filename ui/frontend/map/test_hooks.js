// @ts-check
/** What browser tests read from a map: positions on the page, and what is shown. */

import { hitRadius } from "./input/press.js";

/** @typedef {import("./latent_map.js").LatentMap} LatentMap */

/** @param {HTMLCanvasElement} canvas */
function pixelsOf(canvas) {
  const { width, height } = canvas;
  return Array.from(canvas.getContext("2d")?.getImageData(0, 0, width, height).data ?? []);
}

/** Positions on the page, in CSS pixels. @param {LatentMap} map */
function positionHooks({ scene, layout }) {
  /** @param {ArrayLike<number>} position in normalized coordinates */
  const onPage = (position) => {
    const { left, top } = layout.plot.getBoundingClientRect();
    const { x, y } = scene.screen.projector()(position);
    return { x: left + x, y: top + y };
  };
  return {
    /** A sample's position on the page. */
    screenOf: (/** @type {number} */ id) => {
      const position = scene.positions.at(id);
      return position && scene.ready ? onPage(position) : null;
    },
    /** The position of a map point on the page. */
    screenAt: (/** @type {number[]} */ point) => onPage(scene.normalizer.normalize(point)),
    /** The sample that a click at a position of the page would select. */
    hit: (/** @type {number} */ x, /** @type {number} */ y) => {
      const { left, top } = layout.plot.getBoundingClientRect();
      return scene.screen.sampleAt(x - left, y - top, hitRadius("mouse"));
    },
    /** A sample's map coordinates. */
    pointOf: (/** @type {number} */ id) =>
      scene.normalizer.denormalize(scene.positions.at(id) ?? [NaN, NaN, NaN]),
  };
}

/** What is decoded. @param {LatentMap} map */
function decodeHooks({ scene, hover, grid }) {
  return {
    /** Where points are decoded, or "" if they are not. */
    decoderMode: () => (hover.source.ready ? hover.source.decoder.state.mode : ""),
    /** The last decoded point: coordinates, support level and pixels in [0, 1]. */
    decoded: () => {
      if (!hover.decoded) return null;
      const { point, level, images, realism } = hover.decoded;
      return { point, level, images: Array.from(images), realism: Array.from(realism) };
    },
    /** The decoded tiles in view: center in map coordinates, support level and pixels. */
    tiles: () =>
      grid.decodedTiles().map(({ name, x, y, verdict, image }) => {
        const point = scene.normalizer.denormalize([x, y]);
        return { name, point, level: verdict.support, verdict, pixels: pixelsOf(image) };
      }),
  };
}

/** What is written and drawn over the points. @param {LatentMap} map */
function layerHooks({ layers }) {
  return {
    /** The names in view, with their centers and sizes in pixels of the plot. */
    labels: () => layers.labels.placed,
    /** The names and numbers of the axes. */
    axisTexts: () => layers.axes.shapes.texts.map(({ text }) => text),
    /** The side of the images in the place of points; 0 where points are shown. */
    imageSide: () => layers.sprites.side,
  };
}

/** @param {LatentMap} map */
export function testHooks(map) {
  const { scene } = map;
  return {
    ...positionHooks(map),
    ...decodeHooks(map),
    ...layerHooks(map),
    pointSize: () => scene.view?.pointSize(scene.positions.count),
    camera: () => scene.view?.camera(),
    nVisible: () => scene.colors.visible.reduce((sum, bit) => sum + bit, 0),
    atRest: () => scene.atRest,
    scene,
  };
}
