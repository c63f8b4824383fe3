// @ts-check
/** What browser tests read from a map: positions on the page, and what is shown. */

/** @param {import("./index.js").LatentMap} map */
export function testHooks(map) {
  const { scene, hover, grid, plot } = map;
  /** Page pixels of a normalized position. @param {ArrayLike<number>} position in the cube */
  const onPage = (position) => {
    const { left, top } = plot.getBoundingClientRect();
    const { x, y } = scene.projector()(position);
    return { x: left + x, y: top + y };
  };
  return {
    /** A sample's position on the page, in CSS pixels. */
    screenOf: (/** @type {number} */ id) => {
      const position = scene.positionOf(id);
      return position && scene.ready ? onPage(position) : null;
    },
    /** The position of a map point on the page. */
    screenAt: (/** @type {number[]} */ position) => onPage(scene.normalizer.normalize(position)),
    /** The sample that a click at a position of the page would select. */
    hit: (/** @type {number} */ x, /** @type {number} */ y) => {
      const { left, top } = plot.getBoundingClientRect();
      return scene.sampleAt(x - left, y - top, 9);
    },
    /** A sample's map coordinates. */
    pointOf: (/** @type {number} */ id) =>
      scene.normalizer.denormalize(scene.positionOf(id) ?? [NaN, NaN, NaN]),
    camera: () => scene.view?.camera(),
    nVisible: () => scene.visible.reduce((sum, bit) => sum + bit, 0),
    inTransition: () => scene.transition < 1,
    /** Where points are decoded, or "" if they are not. */
    decoderMode: () => (hover.source.ready ? hover.source.decoder.state.mode : ""),
    /** The last decoded point: coordinates, support level and pixels in [0, 1]. */
    decoded: () =>
      hover.decoded && {
        point: hover.decoded.point,
        level: hover.decoded.level,
        images: Array.from(hover.decoded.images),
      },
    tiles: () => grid.tiles(),
    scene,
  };
}
