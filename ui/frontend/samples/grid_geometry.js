// @ts-check
/** Where the tiles of an endless grid are, and which of them can be seen. */

/**
 * @typedef {object} Grid
 * @property {number} columns
 * @property {number} width of a tile, in CSS pixels
 * @property {number} height of a row, with the gap below it
 */

export const GAP_PX = 8;
const ROWS_AHEAD = 3; // that can be scrolled to, below the last one seen

/**
 * The grid that fills a width.
 * @param {number} available in CSS pixels @param {number} minWidth of a tile
 * @param {(width: number) => number} heightOf a tile of that width
 * @returns {Grid}
 */
export function gridOf(available, minWidth, heightOf) {
  const columns = Math.max(1, Math.floor((available + GAP_PX) / (minWidth + GAP_PX)));
  const width = Math.max(1, (available - GAP_PX * (columns - 1)) / columns);
  return { columns, width, height: heightOf(width) + GAP_PX };
}

/**
 * The numbers of the samples that are seen: from the first, below the last.
 * @param {Grid} grid @param {number} top that is scrolled to @param {number} seen height in pixels
 */
export function visibleRange({ columns, height }, top, seen) {
  const firstRow = Math.max(0, Math.floor(top / height));
  const lastRow = Math.max(firstRow + 1, Math.ceil((top + seen) / height));
  return { first: firstRow * columns, end: lastRow * columns };
}

/**
 * The height of the content: always some rows beyond those that were seen.
 * @param {Grid} grid @param {number} end number of samples seen so far
 */
export function contentHeight({ columns, height }, end) {
  return (Math.ceil(end / columns) + ROWS_AHEAD) * height;
}

/** Where a sample's tile is. @param {Grid} grid @param {number} index */
export function tilePosition({ columns, width, height }, index) {
  return {
    left: (index % columns) * (width + GAP_PX),
    top: Math.floor(index / columns) * height,
  };
}

/** How far to scroll so that a sample is seen; null where it is. @param {Grid} grid @param {number} index @param {number} top @param {number} seen */
export function scrollTo(grid, index, top, seen) {
  const place = tilePosition(grid, index).top;
  return place >= top && place + grid.height <= top + seen ? null : Math.max(0, place - GAP_PX);
}
