// @ts-check
/** What Python sends for a map, and what is read from the addresses in it. */

import { fetchBytes, fetchClasses, fetchTable } from "../core/fetch.js";
import { formatNumber } from "../core/format.js";

/** @typedef {{url: string, count: number, dims: 2 | 3, lo: number[], hi: number[]}} PointsData */
/** @typedef {{kind: "class", url: string, names: string[]}} ClassData */
/** @typedef {{kind: "scale", url: string, title: string, lo: number, hi: number}} ScaleData */
/**
 * @typedef {object} MapData
 * @property {PointsData} points
 * @property {ClassData | ScaleData} colour
 * @property {ClassData | null} labels what pictures are called when the colour says something else
 * @property {import("../core/images.js").SheetSpec | null} sheet
 * @property {number | null} selected
 * @property {boolean} selecting whether Python holds a region of this map
 * @property {{at: number[], label: string}[]} marks
 * @property {boolean} tools whether the buttons are shown
 * @property {number} height
 * @property {boolean} moving
 * @property {string} note
 * @property {import("./decode/decode_source.js").DecodeSpec | null} live what decodes a place of a flat map
 * @property {import("./path_lines.js").PathLineData[]} lines
 * @property {string} follow the channel that says where one is
 * @property {{url: string} | null} names one a line, where each sample has its own
 * @property {string} noun what a sample is
 */
/** @typedef {Uint8Array | Float32Array} Values classes, or numbers on a scale */
/** @typedef {{table: Float32Array, values: Values, labels: Uint8Array | null, names: string[] | null}} Columns */

/** @param {ClassData | ScaleData} colour @returns {Promise<Values>} */
function fetchColor(colour) {
  if (colour.kind === "class") return fetchClasses(colour);
  return fetchTable({ url: colour.url, lo: [colour.lo], hi: [colour.hi] });
}

/** @param {{url: string}} names */
async function fetchNames({ url }) {
  return new TextDecoder().decode(await fetchBytes(url)).split("\n");
}

/** @param {MapData} data @returns {Promise<Columns>} */
export async function fetchColumns(data) {
  const [table, values, labels, names] = await Promise.all([
    fetchTable(data.points), fetchColor(data.colour), data.labels ? fetchClasses(data.labels) : null,
    data.names ? fetchNames(data.names) : null,
  ]);
  return { table, values, labels, names };
}

/**
 * What a sample is called.
 * @param {MapData} data @param {Values} values @param {{labels: Uint8Array | null, names: string[] | null}} columns @param {number} id
 */
export function sampleCaption({ colour, labels: labelClasses }, values, { labels, names: ownNames }, id) {
  const classes = colour.kind === "class" ? values : labels;
  const names = colour.kind === "class" ? colour.names : labelClasses?.names;
  const name = ownNames?.[id] ?? (classes && names ? names[classes[id]] ?? "" : "");
  const value = colour.kind === "scale" ? `${formatNumber(values[id], 3)} · ` : "";
  return { name, detail: `${value}#${id}` };
}

/** What a screen reader says of the map. @param {MapData} data */
export function mapLabel({ points: { count, dims }, live, noun }) {
  const keyHelp = `Arrow keys go from ${noun} to ${noun}, Escape clears a selection.`;
  const inspectHelp = live ? " With Shift they look at the places between, Enter chooses one." : "";
  return `Map of ${count} ${noun}s in ${dims}D. ${keyHelp}${inspectHelp}`;
}
