import assert from "node:assert/strict";
import { test } from "node:test";
import {
  nextStep,
  placeBubble,
  stepCount,
  visiblePart,
} from "../../../../ui/frontend/panels/page_header/tour_steps.js";

const WINDOW = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const BUBBLE = { width: 340, height: 180 };

test("steps whose element is missing are skipped in both directions", () => {
  const present = [false, true, false, false, true];
  assert.equal(nextStep(present, -1, 1), 1);
  assert.equal(nextStep(present, 1, 1), 4);
  assert.equal(nextStep(present, 4, 1), -1);
  assert.equal(nextStep(present, 4, -1), 1);
  assert.equal(nextStep(present, 1, -1), -1);
  assert.equal(nextStep([], -1, 1), -1);
});

test("only steps whose element is there are counted", () => {
  assert.deepEqual(stepCount([false, true, false, true], 3), { number: 2, total: 2 });
  assert.deepEqual(stepCount([true, true, true], 1), { number: 2, total: 3 });
});

test("the bubble lies below its element, else above, right, left, else over it", () => {
  const at = (left, top, width, height) =>
    placeBubble({ left, top, width, height }, BUBBLE, WINDOW);
  assert.deepEqual(at(400, 100, 200, 50), { left: 330, top: 162 });
  assert.deepEqual(at(400, 700, 200, 50), { left: 330, top: 508 });
  assert.deepEqual(at(0, 60, 700, 700), { left: 712, top: 320 });
  assert.deepEqual(at(580, 60, 700, 700), { left: 228, top: 320 });
  assert.deepEqual(at(0, 60, 1280, 700), { left: 470, top: 612 });
});

test("the bubble is inside the window wherever its element is", () => {
  for (const view of [WINDOW, PHONE]) {
    for (const left of [-500, 0, 200, 389, 1300]) {
      for (const top of [-900, 0, 400, 840, 2000]) {
        for (const size of [10, 300, 2000]) {
          const place = placeBubble({ left, top, width: size, height: size }, BUBBLE, view);
          assert.ok(place.left >= 8 && place.left + BUBBLE.width <= view.width - 8);
          assert.ok(place.top >= 8 && place.top + BUBBLE.height <= view.height - 8);
        }
      }
    }
  }
});

test("the frame around an element larger than the window has four visible sides", () => {
  const box = visiblePart({ left: -50, top: 100, width: 2000, height: 3000 }, PHONE);
  assert.deepEqual(box, { left: 4, top: 100, width: 382, height: 740 });
});
