// @ts-check
/** Round numbers along an axis. */

const STEPS = [1, 2, 5, 10];

/**
 * Round values between `low` and `high`, about `count` of them.
 * @param {number} low @param {number} high @param {number} count
 * @returns {{values: number[], digits: number}} ascending; digits after the decimal point
 */
export function roundTicks(low, high, count) {
  const raw = (high - low) / Math.max(1, count);
  if (!(raw > 0) || !Number.isFinite(raw)) return { values: [], digits: 0 };
  const power = 10 ** Math.floor(Math.log10(raw));
  const step =
    power * /** @type {number} */ (STEPS.find((factor) => factor * power >= raw * 0.999));
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const values = Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step);
  return { values, digits };
}
