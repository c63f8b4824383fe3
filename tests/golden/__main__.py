"""Write all golden vectors."""

from __future__ import annotations

import json

from tests.golden import VECTORS
from tests.golden.paths import write_paths
from tests.golden.samples import write_samples
from tests.golden.spaces import SPACES, write_space
from tests.golden.verdicts import write_verdicts

if __name__ == "__main__":
    for name in SPACES:
        text = json.dumps(write_space(name), separators=(",", ":"), allow_nan=False)
        (VECTORS / f"{name}.json").write_text(text + "\n")
    paths = json.dumps(write_paths(), separators=(",", ":"), allow_nan=False)
    (VECTORS / "paths.json").write_text(paths + "\n")
    verdicts = json.dumps(write_verdicts(), separators=(",", ":"), allow_nan=False)
    (VECTORS / "verdicts.json").write_text(verdicts + "\n")
    samples = json.dumps(write_samples(), separators=(",", ":"), allow_nan=False)
    (VECTORS / "samples.json").write_text(samples + "\n")
