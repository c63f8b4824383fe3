// @ts-check
/** What a map shows as an SVG document: title, axes, points, images, names, paths, legend. */

/** @typedef {{x: number, y: number, radius: number, color: string}} Dot */
/** @typedef {{x: number, y: number, text: string, size: number, weight: number, align?: "start" | "middle" | "end"}} Caption */
/** @typedef {{color: string, name: string}} LegendEntry */
/** @typedef {{title: string, low: string, high: string, colors: string[]}} LegendScale from low to high */

/**
 * @typedef {object} Figure
 * @property {number} width @property {number} height of the plot, in pixels
 * @property {string} background @property {string} text colors
 * @property {string} font
 * @property {string} title @property {string} note
 * @property {number} opacity of the points
 * @property {Dot[]} dots the nearest last
 * @property {import("../axes/shapes_2d.js").Shapes} axes
 * @property {{under: string[], over: string[]}} images data URLs as large as the plot, below and above the points
 * @property {Caption[]} captions
 * @property {LegendEntry[] | LegendScale} legend
 */

const MARGIN = 20;
const HEAD = 52; // above the plot, with title and note
const LINE = 22; // of the legend
const SCALE_WIDTH = 220;
const ENTRY_PX = { gap: 30, perCharacter: 8 };
const ANCHORS = { left: "start", center: "middle", right: "end" };

/** @param {string} text */
export function escapeXml(text) {
  const names = /** @type {Record<string, string>} */ ({
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  });
  const legal = [...text].filter((sign) => sign >= " ").join("");
  return legal.replace(/[&<>"]/g, (sign) => names[sign]);
}

const number = (/** @type {number} */ value) => String(Math.round(value * 10) / 10);

/** @param {Caption} caption */
function textElement({ x, y, text, size, weight, align = "start" }) {
  return (
    `<text x="${number(x)}" y="${number(y)}" font-size="${size}" font-weight="${weight}" ` +
    `text-anchor="${align}">${escapeXml(text)}</text>`
  );
}

/** @param {Figure["axes"]} axes */
function axesElements({ lines, texts }) {
  const drawn = lines.map(
    ({ x1, y1, x2, y2, strong }) =>
      `<line x1="${number(x1)}" y1="${number(y1)}" x2="${number(x2)}" y2="${number(y2)}" ` +
      `stroke="currentColor" stroke-opacity="${strong ? 0.4 : 0.15}"/>`,
  );
  const written = texts.map(({ text, x, y, align, strong }) => {
    const anchor = /** @type {"start" | "middle" | "end"} */ (ANCHORS[align]);
    return textElement({ x, y, text, size: 12, weight: strong ? 650 : 400, align: anchor });
  });
  return [...drawn, ...written].join("");
}

/** @param {Dot[]} dots @param {number} opacity */
function dotElements(dots, opacity) {
  const circles = dots.map(
    ({ x, y, radius, color }) =>
      `<circle cx="${number(x)}" cy="${number(y)}" r="${number(radius)}" fill="${color}"/>`,
  );
  return `<g fill-opacity="${opacity}">${circles.join("")}</g>`;
}

/** Text over a halo of the same text. @param {Figure} figure */
function labelElements({ captions, background }) {
  const texts = captions.map((caption) => textElement({ ...caption, align: "middle" })).join("");
  const halo = `stroke="${background}" stroke-width="4" stroke-linejoin="round"`;
  return `<g dominant-baseline="central"><g ${halo}>${texts}</g>${texts}</g>`;
}

/** @param {LegendScale} scale @param {number} y */
function scaleElements({ title, low, high, colors }, y) {
  const stops = colors.map(
    (color, k) =>
      `<stop offset="${number((100 * k) / (colors.length - 1))}%" stop-color="${color}"/>`,
  );
  return `<linearGradient id="scale">${stops.join("")}</linearGradient>${textElement({
    x: MARGIN,
    y,
    text: title,
    size: 13,
    weight: 650,
  })}${textElement({
    x: MARGIN,
    y: y + LINE,
    text: low,
    size: 12,
    weight: 400,
  })}<rect x="${MARGIN + 80}" y="${y + LINE - 10}" width="${SCALE_WIDTH}" height="10" rx="5" fill="url(#scale)"/>${textElement(
    { x: MARGIN + 90 + SCALE_WIDTH, y: y + LINE, text: high, size: 12, weight: 400 },
  )}`;
}

/** Entries in lines, broken at the figure's width. @param {LegendEntry[]} entries @param {number} width */
export function legendLines(entries, width) {
  let [x, line] = [MARGIN, 0];
  return entries.map(({ color, name }) => {
    const needed = ENTRY_PX.gap + ENTRY_PX.perCharacter * name.length;
    if (x > MARGIN && x + needed > width - MARGIN) [x, line] = [MARGIN, line + 1];
    const entry = { x, line, color, name };
    x += needed;
    return entry;
  });
}

/** @param {Figure["legend"]} legend @param {number} width @param {number} y of the first line */
function legendElements(legend, width, y) {
  if (!Array.isArray(legend)) return { text: scaleElements(legend, y), height: 2 * LINE };
  const entries = legendLines(legend, width);
  const parts = entries.map(({ x, line, color, name }) => {
    const baseline = y + LINE * line;
    const dot = `<circle cx="${x + 5}" cy="${baseline - 4.5}" r="5" fill="${color}"/>`;
    return dot + textElement({ x: x + 15, y: baseline, text: name, size: 13, weight: 500 });
  });
  const lines = entries.length ? entries[entries.length - 1].line + 1 : 0;
  return { text: parts.join(""), height: LINE * lines };
}

/** @param {Figure} figure @returns {{text: string, width: number, height: number}} the document and its size in pixels */
export function figureSvg(figure) {
  const { width, height, background, text, font, title, note, images } = figure;
  const full = width + 2 * MARGIN;
  const legend = legendElements(figure.legend, full, HEAD + height + 30);
  const total = HEAD + height + 30 + legend.height + MARGIN / 2;
  const embedded = (/** @type {string[]} */ urls) =>
    urls.map((url) => `<image href="${url}" width="${width}" height="${height}"/>`).join("");
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${full}" height="${total}" viewBox="0 0 ${full} ${total}" `,
    `color="${escapeXml(text)}" fill="${escapeXml(text)}" font-family="${escapeXml(font)}">`,
    `<rect width="${full}" height="${total}" fill="${escapeXml(background)}"/>`,
    textElement({ x: MARGIN, y: 26, text: title, size: 18, weight: 650 }),
    textElement({ x: MARGIN, y: 44, text: note, size: 12, weight: 400 }),
    `<clipPath id="plot"><rect width="${width}" height="${height}"/></clipPath>`,
    `<g transform="translate(${MARGIN} ${HEAD})" clip-path="url(#plot)">`,
    embedded(images.under),
    axesElements(figure.axes),
    dotElements(figure.dots, figure.opacity),
    embedded(images.over),
    labelElements(figure),
    `</g><rect x="${MARGIN}" y="${HEAD}" width="${width}" height="${height}" fill="none" stroke="currentColor" stroke-opacity="0.2"/>`,
    legend.text,
    `</svg>`,
  ];
  return { text: parts.join(""), width: full, height: total };
}
