import assert from "node:assert/strict";
import test from "node:test";

import { MapLink } from "../../../ui/frontend/map/link.js";

function recordingLink() {
  const received = /** @type {any[]} */ ([]);
  const link = new MapLink({
    hovered: (id) => received.push(["hovered", id]),
    sampleSelected: (id) => received.push(["sample", id]),
    regionChanged: (inside) => received.push(["region", inside]),
  });
  return { link, received };
}

test("maps of one name hear of each other, and not of themselves", () => {
  const [a, b, other] = [recordingLink(), recordingLink(), recordingLink()];
  a.link.join("digits");
  b.link.join("digits");
  other.link.join("faces");
  a.link.send("hovered", 3);
  b.link.send("sampleSelected", 4);
  assert.deepEqual(b.received, [["hovered", 3]]);
  assert.deepEqual(a.received, [["sample", 4]]);
  assert.deepEqual(other.received, []);
});

test("a map that has left, or has no link, neither tells nor hears", () => {
  const [a, b] = [recordingLink(), recordingLink()];
  a.link.join("digits");
  b.link.join("digits");
  b.link.join("");
  assert.equal(b.link.active, false);
  a.link.send("hovered", 1);
  b.link.send("hovered", 2);
  a.link.dispose();
  b.link.join("digits");
  b.link.send("regionChanged", Uint8Array.of(1));
  assert.deepEqual([a.received, b.received], [[], []]);
});
