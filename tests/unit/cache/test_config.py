"""Location and size limit of the cache."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from latent_core.cache import Store, default_folder
from latent_core.errors import InvalidInputError


def test_the_folder_is_set_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path("/home/someone")
    for name in ("LATENT_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: home)
    name = "latent-space-explorer"
    assert default_folder() == home / ".cache" / name
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/is/ignored")
    assert default_folder() == home / ".cache" / name
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache")
    assert default_folder() == Path("/var/cache") / name
    monkeypatch.setattr(sys, "platform", "darwin")
    assert default_folder() == home / "Library" / "Caches" / name
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "/local")
    assert default_folder() == Path("/local") / name
    monkeypatch.setenv("LATENT_CACHE", "/elsewhere")
    assert Store().folder == default_folder() == Path("/elsewhere")


def test_the_size_limit_is_set_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LATENT_CACHE_MAX_MB", raising=False)
    assert Store().max_bytes == 2 * 2**30
    monkeypatch.setenv("LATENT_CACHE_MAX_MB", "5")
    assert Store().max_bytes == 5_000_000
    for text in ("0", "-1", "lots", "1.5", "²"):
        monkeypatch.setenv("LATENT_CACHE_MAX_MB", text)
        with pytest.raises(InvalidInputError, match="must be a positive whole number, not"):
            Store()
