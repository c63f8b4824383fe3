// @ts-check
/** The order in which points are drawn. */

/** The indices of values, the lowest first. @param {ArrayLike<number>} values */
export function ascendingOrder(values) {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i);
  return order.sort((a, b) => values[a] - values[b]);
}

/**
 * The rows of a table in another order; the table itself where the order does not belong to it.
 * @template {Float32Array | Uint8Array} T
 * @param {T} table row after row @param {Uint32Array | null} order @param {number} width of a row
 * @returns {T}
 */
export function permuted(table, order, width) {
  if (!order || order.length * width !== table.length) return table;
  const result = /** @type {T} */ (table.slice());
  order.forEach((row, i) => {
    for (let k = 0; k < width; k++) result[i * width + k] = table[row * width + k];
  });
  return result;
}
