"""The app without a browser, with a cache of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ui import spaces

SHELL = Path(__file__).resolve().parents[2] / "ui" / "navigation.py"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("LATENT_CACHE", str(tmp_path))
    monkeypatch.setattr(spaces, "PATIENCE_S", 40)
    return AppTest.from_file(str(SHELL), default_timeout=90)
