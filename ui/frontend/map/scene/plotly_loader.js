// @ts-check
/** Loads Plotly once per page, when the first map needs it. */

/** @type {Promise<any> | undefined} */
let loading;

/** @returns {Promise<any>} the Plotly object */
export function loadPlotly() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("../../plotly.min.js", import.meta.url).href;
    script.onload = () => resolve(/** @type {any} */ (window).Plotly);
    script.onerror = () => {
      loading = undefined; // the next call tries again
      reject(new Error("the drawing library can't be fetched"));
    };
    document.head.append(script);
  });
  return loading;
}

/** Plotly's options for both views: no modebar, no hover, no margins. */
export const PLOTLY_CONFIG = {
  displayModeBar: false,
  scrollZoom: true,
  doubleClick: false,
  showTips: false,
  responsive: false,
  showAxisDragHandles: false,
  plotGlPixelRatio: Math.min(2, window.devicePixelRatio || 1),
};

export const PLOTLY_LAYOUT = {
  margin: { l: 0, r: 0, t: 0, b: 0 },
  showlegend: false,
  hovermode: false,
  paper_bgcolor: "rgba(0,0,0,0)",
  plot_bgcolor: "rgba(0,0,0,0)",
};

/** A point's size in CSS pixels: smaller with many points or little space. */
export function pointSize(/** @type {number} */ count, /** @type {number} */ width) {
  const size = Math.min(8, Math.max(2.4, 46 / count ** 0.25));
  return size * Math.sqrt(Math.min(1, Math.max(0.55, width / 760)));
}

/**
 * Make the figure as large as its host; not while either is being created or removed.
 * @param {any} plotly @param {any} figure @param {HTMLElement} host
 */
export function resizeFigure(plotly, figure, host) {
  const { clientWidth: width, clientHeight: height } = host;
  if (plotly && figure._fullLayout && width && height) plotly.relayout(figure, { width, height });
}
