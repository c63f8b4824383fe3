"""More data sets than a person has are each read once."""

from __future__ import annotations

import pytest

import latent_core as lc
from latent_core.datasets import dataset
from tests.conftest import add_dataset


def test_twenty_data_sets_are_read_once(four, monkeypatch):
    names = [f"set-{n}" for n in range(20)]
    for name in names:
        add_dataset(four / "data" / name, 3)
    loaded = [lc.load_dataset(name) for name in names]
    monkeypatch.setattr(dataset, "_read_verified", lambda *_: pytest.fail("read again"))
    assert all(lc.load_dataset(n) is one for n, one in zip(names, loaded, strict=True))
