// @ts-check
/** The payload of a map, and fetching the data it refers to. */

import { fetchBytes, fetchClasses, fetchScale, fetchTable } from "../core/fetch.js";
import { formatCount, formatNumber } from "../core/format.js";

/** @typedef {import("../core/payloads.js").PointsData} PointsData */
/** @typedef {import("../core/payloads.js").ClassData} ClassData */
/** @typedef {import("../core/payloads.js").ScaleData} ScaleData */
/** @typedef {import("../core/payloads.js").MapData} MapData */
/** @typedef {Uint8Array | Float32Array} Values classes, or numbers on a scale */
/** @typedef {{table: Float32Array, values: Values, labels: Uint8Array | null, names: string[] | null}} Columns */

/** @param {ClassData | ScaleData} color @returns {Promise<Values>} */
function fetchColor(color) {
  if (color.kind === "class") return fetchClasses(color);
  return fetchScale(color);
}

/** @param {{url: string}} names */
async function fetchNames({ url }) {
  return new TextDecoder().decode(await fetchBytes(url)).split("\n");
}

/** @param {MapData} data @returns {Promise<Columns>} */
export async function fetchColumns(data) {
  const [table, values, labels, names] = await Promise.all([
    fetchTable(data.points),
    fetchColor(data.color),
    data.labels ? fetchClasses(data.labels) : null,
    data.names ? fetchNames(data.names) : null,
  ]);
  return { table, values, labels, names };
}

/**
 * Name and details of a sample.
 * @param {Pick<MapData, "color" | "labels">} data @param {Values} values of its color
 * @param {Pick<Columns, "labels" | "names">} columns @param {number} id
 */
export function sampleCaption({ color, labels }, values, columns, id) {
  const isClass = color.kind === "class";
  const classes = isClass ? values : columns.labels;
  const classNames = isClass ? color.names : labels?.names;
  const className = classes && classNames?.[classes[id]];
  const number = Number.isNaN(values[id]) ? "not known" : formatNumber(values[id], 3);
  const value = isClass ? "" : `${number} · `;
  return { name: columns.names?.[id] ?? className ?? "", detail: `${value}#${formatCount(id)}` };
}

/** Identifies the positions of the points: the same bytes may encode another range. @param {PointsData} points */
export function pointsKey({ url, lo, hi }) {
  return `${url} ${lo} ${hi}`;
}

/** The map's description for screen readers. @param {Pick<MapData, "points" | "decode" | "sample_noun">} data */
export function mapLabel({ points: { count, dims }, decode, sample_noun }) {
  const keyHelp = `Arrow keys go from ${sample_noun} to ${sample_noun}, Escape clears a selection.`;
  const inspectHelp = decode
    ? " With Shift they move a crosshair over the map, Enter selects its point."
    : "";
  return `Map of ${formatCount(count)} ${sample_noun}s in ${dims}D. ${keyHelp}${inspectHelp}`;
}
