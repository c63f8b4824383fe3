from __future__ import annotations

import pytest


@pytest.fixture
def few_iterations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few iterations, for tests that do not depend on the quality of the result."""
    for name in ("tsne._EARLY", "tsne._MAIN", "tsne._FINE", "tsne._MOST_FINE", "umap._EPOCHS"):
        monkeypatch.setattr(f"latent_core.projection.{name}", 15)
