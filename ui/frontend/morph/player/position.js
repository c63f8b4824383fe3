// @ts-check
/** A position on a path: its text, and what is reported. */

/** @typedef {import("./sampled_path.js").Kind} Kind */
/** @typedef {import("../../core/payloads.js").PathPosition} PathPosition */

/** How far from A to B. @param {number} time */
export function percentText(time) {
  const percent = Math.round(100 * time);
  if (percent < 0) return `${-percent} % before A`;
  return percent > 100 ? `${percent - 100} % beyond B` : `${percent} %`;
}

/** The caption of the image. @param {PathPosition} position @param {Kind} shownKind the kind of path that is shown */
export function captionText({ kind, time }, shownKind) {
  const percent = percentText(time);
  if (shownKind === kind) return percent;
  return `${percent} of the linear path, until the one along the data is computed`;
}

/** The position as it is reported: to four digits. @param {PathPosition} position @returns {PathPosition} */
export const roundPosition = ({ kind, time }) => ({ kind, time: Math.round(time * 1e4) / 1e4 });
