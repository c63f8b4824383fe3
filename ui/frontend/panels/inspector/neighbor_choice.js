// @ts-check
/** How many neighbors the inspector shows, and the metric of their distances. */

import { el } from "../../core/dom.js";

/** @typedef {{n_neighbors: 8 | 16 | 32, metric: "euclidean" | "cosine"}} Choice */

const COUNTS = /** @type {const} */ ([8, 16, 32]);
const METRICS = /** @type {const} */ ([
  ["euclidean", "Euclidean"],
  ["cosine", "cosine"],
]);

/** @param {(choice: Choice) => void} onChange */
export function createNeighborChoice(onChange) {
  const changed = () =>
    onChange({
      n_neighbors: /** @type {Choice["n_neighbors"]} */ (Number(count.value)),
      metric: /** @type {Choice["metric"]} */ (metric.value),
    });
  const count = el(
    "select",
    { "aria-label": "number of neighbors", onchange: changed },
    ...COUNTS.map((value) => el("option", { value }, String(value))),
  );
  const metric = el(
    "select",
    { "aria-label": "metric", onchange: changed },
    ...METRICS.map(([value, text]) => el("option", { value }, text)),
  );
  const root = el(
    "div",
    { class: "ls-neighbor-choice" },
    count,
    el("span", { class: "ls-caption" }, "nearest codes,"),
    metric,
    el("span", { class: "ls-caption" }, "distance"),
  );
  /** @param {{n_neighbors: number, metric: string}} chosen */
  function update(chosen) {
    count.value = String(chosen.n_neighbors);
    metric.value = chosen.metric;
  }
  return { root, update };
}
