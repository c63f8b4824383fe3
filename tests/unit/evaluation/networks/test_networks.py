"""Evaluation networks: training, loading, and what ships."""

from __future__ import annotations

import json

import numpy as np
import pytest

import latent_core as lc
from latent_core import card_files
from latent_core.errors import InvalidCardError, InvalidInputError
from latent_core.evaluation.networks import NETWORKS, evaluation_network
from latent_core.evaluation.networks.training import train_evaluation_network
from latent_core.installed import DATASETS
from latent_core.io.sprite_sheet import pack_sprite_sheet

MAX_BYTES = 3 * 2**20
IMAGE_SETS = [name for name in lc.list_datasets() if lc.load_dataset(name).precomputed is None]


@pytest.fixture
def bars(four):
    """A data set whose factor is the height of a bar, and a folder of training images."""
    import pyarrow as pa
    from pyarrow import parquet

    def images(count, seed):
        heights = np.random.default_rng(seed).integers(1, 16, count)
        pixels = np.where(np.arange(16)[:, None] < heights[:, None, None, None], 255, 0)
        table = pa.table({"height": heights.astype(np.float32)})
        return np.broadcast_to(pixels, (count, 1, 16, 16)).astype(np.uint8), table

    folder, chunks = four / "data" / "bars", four / "chunks"
    folder.mkdir()
    chunks.mkdir()
    pixels, table = images(60, 0)
    (folder / "images.png").write_bytes(pack_sprite_sheet(pixels))
    parquet.write_table(table, folder / "factors.parquet")
    sums = {n: card_files.sha256_file(folder / n) for n in ("images.png", "factors.parquet")}
    factors = {"height": {"range": [1, 15], "description": "of the bar"}}
    card = {"title": "Bars", "image_shape": [1, 16, 16], "count": 60, "sha256": sums}
    (folder / "card.json").write_text(json.dumps(card | {"factors": factors}))
    pixels, table = images(640, 1)
    np.save(chunks / "part-00000.npy", pixels)
    parquet.write_table(table, chunks / "factors.parquet")
    return chunks


def test_a_trained_network_is_on_the_card_and_its_features_predict_the_factor(bars):
    entry = train_evaluation_network(lc.load_dataset("bars"), bars, epochs=4)
    assert entry["predicts"] == ["height"]
    assert entry["n_images"] == 640
    data = lc.load_dataset("bars")
    assert data.card["evaluation_network"] == entry
    features = evaluation_network("residual", data)(data.images())
    solution = np.linalg.lstsq(features, data.factors["height"], rcond=None)[0]
    assert np.corrcoef(features @ solution, data.factors["height"])[0, 1] > 0.95
    again = train_evaluation_network(data, bars, epochs=4)
    assert again["sha256"] == entry["sha256"], "training is deterministic"


def test_a_damaged_network_is_refused_and_one_without_training_data_too(bars, tmp_path):
    train_evaluation_network(lc.load_dataset("bars"), bars, epochs=1)
    data = lc.load_dataset("bars")
    path = DATASETS.shipped / "bars" / data.card["evaluation_network"]["file"]
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(InvalidCardError, match="train-evaluation-network"):
        evaluation_network("residual", data)
    with pytest.raises(InvalidInputError, match="shape"):
        train_evaluation_network(lc.load_dataset("four"), bars, epochs=1)


def test_a_data_set_without_a_trained_network_has_the_training_free_one(four):
    data = lc.load_dataset("four")
    assert evaluation_network("residual", data) is None
    assert evaluation_network("scattering", data) is not None


@pytest.mark.parametrize("dataset_id", IMAGE_SETS)
def test_shipped_networks_are_small_and_have_their_command(dataset_id):
    data = lc.load_dataset(dataset_id)
    images = data.images(slice(4))
    entry = data.card.get("evaluation_network")
    for name in NETWORKS if entry else ("scattering",):
        features = evaluation_network(name, data)(images)
        assert features.shape[0] == 4
        assert np.isfinite(features).all()
    if entry:
        assert entry["command"].startswith("python -m latent_core train-evaluation-network")
        assert (DATASETS.shipped / dataset_id / entry["file"]).stat().st_size < MAX_BYTES
