// @ts-check
/** What tests ask a map: where things are on the page, and what is shown. */

/** @param {import("./index.js").LatentMap} map */
export function testHooks(map) {
  const { scene, hover, grid, plot } = map;
  /** Pixels of the drawing as pixels of the page. @param {ArrayLike<number>} place in the cube */
  const onPage = (place) => {
    const { left, top } = plot.getBoundingClientRect();
    const { x, y } = scene.projector()(place);
    return { x: left + x, y: top + y };
  };
  return {
    /** Where a sample is on the page, in CSS pixels. */
    screenOf: (/** @type {number} */ id) => {
      const place = scene.positionOf(id);
      return place && scene.ready ? onPage(place) : null;
    },
    /** Where a place in the map's own numbers is on the page. */
    screenAt: (/** @type {number[]} */ place) => onPage(scene.normalizer.normalize(place)),
    /** The sample that a click at a place of the page would pick. */
    hit: (/** @type {number} */ x, /** @type {number} */ y) => {
      const { left, top } = plot.getBoundingClientRect();
      return scene.sampleAt(x - left, y - top, 9);
    },
    /** A sample's place in the map's own numbers. */
    pointOf: (/** @type {number} */ id) => scene.normalizer.denormalize(scene.positionOf(id) ?? [NaN, NaN, NaN]),
    camera: () => scene.view?.camera(),
    nVisible: () => scene.visible.reduce((sum, bit) => sum + bit, 0),
    inTransition: () => scene.transition < 1,
    /** Whether places can be decoded, and where. */
    decoderMode: () => (hover.source.ready ? hover.source.decoder.state.mode : ""),
    /** What was decoded last where one looks: place, word and pixels in [0, 1]. */
    decoded: () => hover.decoded && { point: hover.decoded.point, level: hover.decoded.level, images: Array.from(hover.decoded.images) },
    tiles: () => grid.tiles(),
    scene,
  };
}
