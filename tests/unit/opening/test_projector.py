"""Folders of the Embedding Projector: the sprite is no sample."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from tests.artefacts import data_files as files

CODES = np.random.default_rng(0).normal(size=(9, 5)).astype(np.float32)
SPRITE = files.png(np.zeros((24, 24), np.uint8))
METADATA = b"name\tkind\n" + b"".join(b"n%d\t%s\n" % (i, b"ab"[i % 2 :][:1]) for i in range(9))
CONFIG = b"""embeddings {
  tensor_path: "tensors.tsv"
  metadata_path: "metadata.tsv"
  sprite {
    image_path: "img/tiles.png"
    single_image_dim: 8
    single_image_dim: 8
  }
}"""


def folder(sprite: str, **more: bytes) -> dict[str, bytes]:
    tensors = "\n".join("\t".join(f"{x:.9g}" for x in row) for row in CODES).encode()
    return {"tensors.tsv": tensors, "metadata.tsv": METADATA, sprite: SPRITE} | more


@pytest.mark.parametrize(
    ("sprite", "more"),
    [
        ("tiles.png", {"projector_config.pbtxt": CONFIG}),
        ("sprite.png", {}),
        ("mnist_10k_sprite.png", {}),
    ],
)
def test_the_embeddings_open_and_the_sprite_is_said(sprite, more):
    draft = lc.inspect_dataset(folder(sprite, **more))
    contents = draft.contents()
    assert draft.kind == "embeddings"
    np.testing.assert_array_equal(contents.codes, CODES)
    assert contents.class_names == ("a", "b")
    assert contents.names[:2] == ("n0", "n1")
    (sentence,) = [text for text in draft.warnings if "sprite" in text]
    assert sprite in sentence
    assert ("8 × 8 pixels" in sentence) == bool(more)
    assert not any("other types" in text for text in draft.warnings)


def test_an_image_that_is_no_sprite_stays_an_image():
    draft = lc.inspect_dataset({"sprite.png": SPRITE})
    assert (draft.kind, draft.count) == ("images", 1)
    photos = {f"{i}_sprite.png": SPRITE for i in range(3)}
    assert lc.inspect_dataset(photos | {"metadata.tsv": b"kind\na\nb\na\n"}).count == 3
