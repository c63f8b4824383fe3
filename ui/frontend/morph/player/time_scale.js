// @ts-check
/** From times to positions on the timeline: the parts beyond the endpoints are compressed. */

const MARGIN_BEYOND = 0.16; // of a path that goes on beyond its endpoints
const MARGIN = 0.022;

export class TimeScale {
  /**
   * @param {number} low @param {number} high the least and the greatest time
   * @param {number} margin the fraction of the track on either side for times outside [0, 1]
   */
  constructor(low, high, margin) {
    this.low = low;
    this.high = high;
    this.margin = margin;
  }

  /** The position of a time on the track, in [0, 1]. @param {number} time */
  fraction(time) {
    const { low, high, margin } = this;
    if (time < 0) return margin * (1 - time / low);
    if (time > 1) return 1 - margin * (1 - (time - 1) / (high - 1));
    return margin + time * (1 - 2 * margin);
  }

  /** The time at a position of the track. @param {number} fraction in [0, 1] */
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

/** The scale of a path. @param {ArrayLike<number>} times of its nodes, ascending */
export function timeScaleOf(times) {
  const [low, high] = [times[0], times[times.length - 1]];
  return new TimeScale(low, high, low < 0 ? MARGIN_BEYOND : MARGIN);
}
