import assert from "node:assert/strict";
import { test } from "node:test";

import {
  escapeXml,
  figureSvg,
  legendLines,
} from "../../../../ui/frontend/map/figure/figure_svg.js";

const FIGURE = {
  width: 300,
  height: 200,
  background: "rgb(255,255,255)",
  text: "#222",
  font: "sans-serif",
  title: 'Digits <b> & "quotes"',
  note: "t-SNE",
  opacity: 0.86,
  dots: [{ x: 10.04, y: 20, radius: 2, color: "#ff0000" }],
  axes: {
    lines: [],
    texts: [{ text: "z1 →", x: 1, y: 2, align: /** @type {const} */ ("right"), strong: true }],
  },
  images: { under: [], over: ["data:image/png;base64,AAAA"] },
  captions: [{ x: 50, y: 60, text: "seven", size: 16, weight: 650 }],
  legend: [{ color: "#ff0000", name: "0" }],
};

test("the document has every point, name, axis and legend entry, and text is escaped", () => {
  const { text, width, height } = figureSvg(FIGURE);
  assert.ok(text.includes('<circle cx="10" cy="20" r="2" fill="#ff0000"/>'));
  for (const part of [">seven</text>", ">z1 →</text>", ">0</text>", "data:image/png"])
    assert.ok(text.includes(part), part);
  assert.ok(text.includes("Digits &lt;b&gt; &amp; &quot;quotes&quot;"));
  assert.ok(!text.includes("<b>"));
  assert.ok(width > 300 && height > 200);
});

test("a continuous legend has its title and both ends", () => {
  const legend = { title: "error", low: "0.01", high: "0.05", colors: ["#000", "#fff"] };
  const { text } = figureSvg({ ...FIGURE, legend });
  for (const part of [">error<", ">0.01<", ">0.05<", "linearGradient"])
    assert.ok(text.includes(part), part);
});

test("control characters, which no XML may have, are left out", () => {
  assert.equal(escapeXml("a\u0007b<"), "ab&lt;");
});

test("legend entries that do not fit continue on the next line", () => {
  const entries = Array.from({ length: 9 }, (_, k) => ({ color: "#000", name: `class ${k}` }));
  const lines = legendLines(entries, 300);
  assert.ok(lines.every(({ x }) => x < 300));
  assert.deepEqual([...new Set(lines.map(({ line }) => line))], [0, 1, 2]);
});
