from __future__ import annotations

from pathlib import Path

import pytest

from latent_core import workspace


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for own models and data, and an empty cache."""
    folder = tmp_path / "home"
    monkeypatch.setenv("LATENT_HOME", str(folder))
    monkeypatch.setenv("LATENT_CACHE", str(tmp_path / "cache"))
    workspace.default_store.cache_clear()
    yield folder
    workspace.default_store.cache_clear()
