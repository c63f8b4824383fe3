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

export const NO_WEBGL = "this browser has no WebGL, which the map is drawn with";

/** Device pixels per CSS pixel, at most 2: more would only slow drawing down. */
export function pixelRatio() {
  return Math.min(2, window.devicePixelRatio || 1);
}

/** Plotly's options for both views: no modebar and no tips. */
export function plotlyConfig() {
  return {
    displayModeBar: false,
    scrollZoom: true,
    doubleClick: false,
    showTips: false,
    responsive: false,
    showAxisDragHandles: false,
    plotGlPixelRatio: pixelRatio(),
  };
}

/** Plotly's layout for both views: no margins, legend or hover labels. */
export const PLOTLY_LAYOUT = {
  margin: { l: 0, r: 0, t: 0, b: 0 },
  showlegend: false,
  hovermode: false,
  paper_bgcolor: "rgba(0,0,0,0)",
  plot_bgcolor: "rgba(0,0,0,0)",
};

/**
 * Make the figure as large as its host; not while either is being created or removed.
 * @param {any} plotly @param {any} figure @param {HTMLElement} host
 */
export function resizeFigure(plotly, figure, host) {
  const { clientWidth: width, clientHeight: height } = host;
  if (plotly && figure._fullLayout && width && height) plotly.relayout(figure, { width, height });
}
