from __future__ import annotations

from pathlib import Path

import pytest

from latent_core.cache import Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def store(folder: Path) -> Store:
    """A store without a copy in memory, so that every read is from disk."""
    return Store(folder, memory_bytes=0)
