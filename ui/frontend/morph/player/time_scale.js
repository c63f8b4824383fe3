// @ts-check
/** From times to places on a track: what lies beyond the ends gets less room. */

export class TimeScale {
  /**
   * @param {number} low @param {number} high the least and the greatest time
   * @param {number} margin the share of the track on either side for what lies beyond 0 and 1
   */
  constructor(low, high, margin) {
    this.low = low;
    this.high = high;
    this.margin = margin;
  }

  /** Where a time lies on the track, in [0, 1]. @param {number} time */
  fraction(time) {
    const { low, high, margin } = this;
    if (time < 0) return margin * (1 - time / low);
    if (time > 1) return 1 - margin * (1 - (time - 1) / (high - 1));
    return margin + time * (1 - 2 * margin);
  }

  /** The time at a place of the track. @param {number} fraction in [0, 1] */
  time(fraction) {
    const { low, high, margin } = this;
    if (fraction < margin) return low * (1 - fraction / margin);
    if (fraction > 1 - margin) return high - (high - 1) * ((1 - fraction) / margin);
    return (fraction - margin) / (1 - 2 * margin);
  }

  /** @param {number} time */
  clamp(time) {
    return Math.min(this.high, Math.max(this.low, time));
  }
}
