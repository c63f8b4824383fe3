// @ts-check
/** Numbers as text. */

/** A number with a true minus sign. @param {number} value @param {number} [digits] */
export function formatNumber(value, digits = 2) {
  return value
    .toFixed(digits)
    .replace(/^-/, "−")
    .replace(/^−(0(?:\.0*)?)$/, "$1");
}

/** A count with its noun, such as "1 image" or "1,234 images".
 * @param {number} count @param {string} noun in the singular */
export function formatQuantity(count, noun) {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A whole number with commas between thousands, as Python writes it. @param {number} value */
export function formatCount(value) {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}
