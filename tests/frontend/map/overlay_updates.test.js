import assert from "node:assert/strict";
import test from "node:test";

import { OverlayUpdates } from "../../../ui/frontend/map/overlay_updates.js";
import { Normalizer } from "../../../ui/frontend/map/scene/normalizer.js";
import { PointPositions } from "../../../ui/frontend/map/scene/positions.js";
import { fakeFrames } from "./frames.js";

/** Parts of a 2D map with two samples, whose coordinates range from 0 to 10. */
function parts({ nDims = 2 } = {}) {
  const positions = new PointPositions();
  positions.set(Float32Array.of(-1, 0, 0, 1, 0.5, 0), Float32Array.of(-1, 0, 0, 1, 0.5, 0));
  const shown = /** @type {any} */ ({ updates: [], marks: null });
  const sources = /** @type {any} */ ({
    scene: {
      view: { nDims, pointSize: () => 5 },
      ready: true,
      positions,
      normalizer: new Normalizer([0, 0], [10, 10]),
      element: { clientWidth: 640 },
      screen: { projector: () => () => null },
    },
    overlay: {
      update: (/** @type {any} */ _project, /** @type {any} */ state) => shown.updates.push(state),
      setMarks: (/** @type {any} */ marks) => (shown.marks = marks),
    },
    selection: { sample: 1, point: null },
    hover: { hovered: 0, source: { transform: null } },
    live: { pointOn: () => [10, 5] },
  });
  return { sources, shown, updates: new OverlayUpdates(sources) };
}

test("rings are at the selected and the hovered sample, the marker at the live position", () => {
  const { shown, updates } = parts();
  updates.update();
  const [{ ring, hoverRing, marker, size, width }] = shown.updates;
  assert.deepEqual(
    [ring, hoverRing],
    [
      [1, 0.5, 0],
      [-1, 0, 0],
    ],
  );
  assert.deepEqual([...marker], [1, 0, 0]);
  assert.deepEqual([size, width], [5, 640]);
});

test("without a selection or on a 3D map the ring or the marker is absent", () => {
  const { sources, shown, updates } = parts({ nDims: 3 });
  sources.selection.sample = null;
  updates.update();
  assert.equal(shown.updates[0].ring, null);
  assert.equal(shown.updates[0].marker, null);
});

test("scheduled updates run once per frame, and only while the map is ready", (context) => {
  const frames = fakeFrames(context);
  const { sources, shown, updates } = parts();
  updates.schedule();
  updates.schedule();
  frames.run();
  assert.equal(shown.updates.length, 1);
  sources.scene.ready = false;
  updates.schedule();
  frames.run();
  assert.equal(shown.updates.length, 1);
});

test("the selected point is a mark without a label, after the others", () => {
  const { sources, shown, updates } = parts();
  sources.selection.point = [0, 0];
  updates.showMarks([{ at: [10, 10], label: "new" }]);
  const marks = shown.marks.map((/** @type {any} */ { position, label }) => [...position, label]);
  assert.deepEqual(marks, [
    [1, 1, 0, "new"],
    [-1, -1, 0, ""],
  ]);
});
