import assert from "node:assert/strict";
import { test } from "node:test";

import { undoAction } from "../../../../ui/frontend/dimensions/toolbar/undo_keys.js";

const action = (key, ...modifiers) =>
  undoAction({
    key,
    ...Object.fromEntries(
      ["ctrlKey", "metaKey", "altKey", "shiftKey"].map((name) => [name, false]),
    ),
    ...Object.fromEntries(modifiers.map((name) => [name, true])),
  });

test("Ctrl+Z and Cmd+Z undo", () => {
  assert.equal(action("z", "ctrlKey"), "undo");
  assert.equal(action("z", "metaKey"), "undo");
});

test("Ctrl+Shift+Z and Ctrl+Y redo", () => {
  assert.equal(action("Z", "ctrlKey", "shiftKey"), "redo");
  assert.equal(action("y", "ctrlKey"), "redo");
});

test("without control, with alt, or with other letters they do nothing", () => {
  assert.equal(action("z"), null);
  assert.equal(action("z", "ctrlKey", "altKey"), null);
  assert.equal(action("x", "ctrlKey"), null);
});
