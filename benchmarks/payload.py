"""What the browser fetches to draw a map, against the same points as JSON."""

from __future__ import annotations

import json

import numpy as np

from ui.components.map import ClassColor, payload_bytes


def main() -> None:
    rng = np.random.default_rng(0)
    for count in (10_000, 70_000):
        for dims in (2, 3):
            points = rng.normal(size=(count, dims)).astype(np.float32)
            labels = ClassColor(values=rng.integers(0, 10, count), names=tuple(map(str, range(10))))
            sent = payload_bytes(points, labels)
            as_json = len(json.dumps([points.tolist(), labels.values.tolist()]))
            print(
                f"payload: {count:,} points in {dims}D: {sent / 1e6:.2f} MB, "
                f"{sent / as_json:.0%} of JSON (aim at 70,000: at most 2 MB)"
            )


if __name__ == "__main__":
    main()
