"""A first page needs no library that takes long to import; the warm-up imports those later."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ui.startup import warmup
from ui.startup.activity import activity

ROOT = Path(__file__).resolve().parents[4]
HEAVY = ("torch", "sklearn", "scipy", "openTSNE", "onnx", "onnxruntime", "umap", "numba", "pandas")
FIRST_PAGE = """
import sys
from streamlit.testing.v1 import AppTest
from ui import spaces
from ui.startup.activity import activity
spaces.PATIENCE_S = 60
activity.libraries_ready.clear()  # as while the server warms up
app = AppTest.from_file("ui/navigation.py", default_timeout=90).run()
loaded = {name.split(".")[0] for name in sys.modules}
assert not app.exception and not app.error, (app.exception, app.error)
assert "map.plot" in str(app.main), app.main
print(sorted(set(sys.argv[1:]) & loaded))
activity.libraries_ready.set()
"""


def test_the_first_map_is_drawn_without_any_library_that_takes_long(tmp_path: Path):
    environment = {"PYTHONPATH": str(ROOT), "LATENT_CACHE": str(tmp_path / "cache")}
    said = subprocess.run(
        [sys.executable, "-c", FIRST_PAGE, *HEAVY],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "[]"


def test_libraries_are_imported_in_quiet_moments_and_what_waits_for_them_goes_on(
    monkeypatch: pytest.MonkeyPatch,
):
    steps: list[str] = []
    for step in ("load_first_page", "load_decoder_data", "load_model"):
        monkeypatch.setattr(warmup, step, lambda step=step: steps.append(step))
    monkeypatch.setattr(activity, "wait_until_quiet", lambda: steps.append("quiet"))
    monkeypatch.setattr(warmup, "import_module", steps.append)
    monkeypatch.setattr(activity.libraries_ready, "set", lambda: steps.append("ready"))
    monkeypatch.setattr(warmup.gc, "freeze", lambda: None)
    warmup.warm_up()
    assert steps == [
        "load_first_page", "quiet", "onnx", "quiet", "sklearn.neighbors", "ready",
        "load_decoder_data", "quiet", "torch", "quiet", "latent_core.architectures", "load_model",
        *(step for name in warmup.FOR_OTHER_PAGES for step in ("quiet", name)),
    ]  # fmt: skip
