"""The data set of a decoder alone: its samples from the prior, whose codes are known."""

from __future__ import annotations

import hashlib

import numpy as np

from latent_core.cache.entry import CacheEntry
from latent_core.cache.store import Store
from latent_core.card_files import write_card
from latent_core.datasets.dataset import load_dataset
from latent_core.files import write_file
from latent_core.installed import MODELS, Target
from latent_core.io.sprite_sheet import pack_sprite_sheet
from latent_core.models.catalog import load_model
from latent_core.opening.ids import new_folder
from latent_core.types import to_uint8
from latent_core.workspace.keys import encodings_key

SAMPLES_SUFFIX = "-samples"
N_SAMPLES, N_LARGE_SAMPLES = 2000, 500
LARGE = 3 * 64 * 64
"""Values of an image above which fewer samples are made."""
SEED = 0


def install_samples(model_id: str, target: Target) -> None:
    """Write the data set of a generator's samples from N(0, I), and its codes beside the model.

    Raises
    ------
    InvalidInputError
        The decoder fails, or the files cannot be written.
    """
    model = load_model(model_id)
    shape, dim = model.card.image_shape, model.card.latent_dim
    count = N_LARGE_SAMPLES if int(np.prod(shape)) > LARGE else N_SAMPLES
    codes = np.random.default_rng(SEED).standard_normal((count, dim), np.float32)
    sheet = pack_sprite_sheet(to_uint8(model.decode(codes)))
    dataset_id = f"{model_id}{SAMPLES_SUFFIX}"
    with new_folder(target.data / dataset_id) as folder:
        write_file(folder / "images.png", sheet)
        card = {
            "title": f"Samples of {model.card.title}",
            "description": f"{count:,} images decoded from codes of N(0, I), seed {SEED}.",
            "source": f"the decoder {model_id}",
            "license": "",
            "sha256": {"images.png": hashlib.sha256(sheet).hexdigest()},
            "count": count,
            "image_shape": list(shape),
        }
        write_card(folder / "card.json", card)
    store_folder = MODELS.find(model_id) / "store"
    store_folder.mkdir()
    key = encodings_key(model.card, load_dataset(dataset_id))
    Store(store_folder, shipped=[]).put(key, CacheEntry(arrays={"mean": codes}, meta={}))
