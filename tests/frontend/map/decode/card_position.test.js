import assert from "node:assert/strict";
import test from "node:test";

import { cardPosition } from "../../../../ui/frontend/map/decode/card_position.js";

const CARD = { width: 100, height: 60 };
const PLOT = { width: 500, height: 300 };

/** Whether the card is within the plot and does not cover the pixel. @param {number} x @param {number} y */
function fits(x, y, plot = PLOT) {
  const { left, top } = cardPosition(x, y, CARD, plot);
  const inside =
    left >= 0 && left + CARD.width <= plot.width && top >= 0 && top + CARD.height <= plot.height;
  const covers = x >= left && x <= left + CARD.width && y >= top && y <= top + CARD.height;
  return inside && !covers;
}

test("the card is right of and above the pointer where there is space", () => {
  assert.deepEqual(cardPosition(200, 150, CARD, PLOT), { left: 216, top: 82 });
});

test("at the right edge it is on the left", () => {
  assert.deepEqual(cardPosition(450, 150, CARD, PLOT), { left: 334, top: 82 });
});

test("it never leaves the plot or covers the pointer", () => {
  for (let x = 0; x <= PLOT.width; x += 10)
    for (let y = 0; y <= PLOT.height; y += 10) assert.ok(fits(x, y), `${x}, ${y}`);
});

test("in a plot lower than the card the top edge is visible", () => {
  assert.equal(cardPosition(200, 20, CARD, { width: 500, height: 40 }).top, 4);
});

test("positions are whole pixels", () => {
  const { left, top } = cardPosition(200.4, 150.6, CARD, PLOT);
  assert.ok(Number.isInteger(left) && Number.isInteger(top));
});
