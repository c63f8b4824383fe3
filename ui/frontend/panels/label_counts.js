// @ts-check
/** The most frequent labels of a selection. */

const MAX_LABELS = 10;
const MAX_SHORT_LENGTH = 2;

/**
 * The rows to show, with bar lengths relative to the most frequent label.
 * @param {[string, number][]} labels class names and counts, the most frequent first
 */
export function labelRows(labels) {
  const largest = labels.length ? labels[0][1] : 1;
  return labels
    .slice(0, MAX_LABELS)
    .map(([name, count]) => ({ name, count, percent: (100 * count) / largest }));
}

/** Whether a label, such as a digit, fits a narrow column. @param {string} name */
export function isShort(name) {
  return name.length <= MAX_SHORT_LENGTH;
}
