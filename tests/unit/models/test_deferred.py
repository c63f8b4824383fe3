"""A deferred model is what it stands for, from the first time that it is used."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

import latent_core as lc
from latent_core.errors import InvalidCardError
from latent_core.models import deferred
from latent_core.models.deferred import DeferredModel, open_model

ROOT = Path(__file__).resolve().parents[3]


def test_only_the_card_is_read_until_the_model_decodes(monkeypatch: pytest.MonkeyPatch):
    loaded: list[str] = []
    monkeypatch.setattr(deferred, "load_model", lambda name: loaded.append(name) or "the model")
    model = open_model("digits-vae-16")
    assert model.card.latent_dim == 16
    assert loaded == []
    assert model.upper() == "THE MODEL"  # type: ignore[attr-defined]
    assert loaded == ["digits-vae-16"]


def test_a_deferred_model_gives_the_same_codes_and_images():
    model, expected = open_model("digits-vae-16"), lc.load_model("digits-vae-16")
    assert isinstance(model, DeferredModel)
    images = lc.load_dataset("digits").images(slice(3))
    codes = expected.encode(images).mean
    np.testing.assert_array_equal(model.encode(images).mean, codes)
    np.testing.assert_array_equal(model.decode(codes), expected.decode(codes))


def test_damaged_weights_are_noticed_before_anything_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    shutil.copytree(ROOT / "models" / "digits-vae-16", tmp_path / "digits-vae-16")
    (tmp_path / "digits-vae-16" / "weights.safetensors").write_bytes(b"damaged")
    monkeypatch.setenv("LATENT_MODELS", str(tmp_path))
    with pytest.raises(InvalidCardError, match="digits-vae-16"):
        open_model("digits-vae-16")


def test_precomputed_codes_have_no_weights_to_check():
    name = next(name for name in lc.list_models() if lc.load_card(name).is_precomputed)
    assert open_model(name).card.is_precomputed
