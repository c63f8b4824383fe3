// @ts-check
/** What tests ask a map: where things are on the page, and what is shown. */

/** @param {import("./index.js").LatentMap} map */
export function hooksOf(map) {
  const { scene, look, grid, plot } = map;
  /** Pixels of the drawing as pixels of the page. @param {ArrayLike<number>} place in the cube */
  const onPage = (place) => {
    const { left, top } = plot.getBoundingClientRect();
    const { x, y } = scene.projector()(place);
    return { x: left + x, y: top + y };
  };
  return {
    /** Where a sample is on the page, in CSS pixels. */
    screenOf: (/** @type {number} */ id) => {
      const place = scene.placeOf(id);
      return place && scene.ready ? onPage(place) : null;
    },
    /** Where a place in the map's own numbers is on the page. */
    screenAt: (/** @type {number[]} */ place) => onPage(scene.cube.enter(place)),
    /** The sample that a click at a place of the page would pick. */
    hit: (/** @type {number} */ x, /** @type {number} */ y) => {
      const { left, top } = plot.getBoundingClientRect();
      return scene.hit(x - left, y - top, 9);
    },
    /** A sample's place in the map's own numbers. */
    placeOf: (/** @type {number} */ id) => scene.cube.leave(scene.placeOf(id) ?? [NaN, NaN, NaN]),
    camera: () => scene.view?.camera(),
    shown: () => scene.shown.reduce((sum, bit) => sum + bit, 0),
    gliding: () => scene.mixing < 1,
    /** Whether places can be decoded, and where. */
    way: () => (look.source.ready ? look.source.decoder.state.way : ""),
    /** What was decoded last where one looks: place, word and pixels in [0, 1]. */
    seen: () => look.seen && { place: look.seen.place, word: look.seen.word, images: Array.from(look.seen.images) },
    tiles: () => grid.tiles(),
    scene,
  };
}
