"""Realism networks: training, files, and that they order defects below what models decode."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.metrics import roc_auc_score

import latent_core as lc
from benchmarks.torn_faces import MODEL as TORN_MODEL
from benchmarks.torn_faces import labeled_codes, read_labels
from latent_core import card_files
from latent_core.architectures.realism import REALISM_NETWORKS, PatchNetwork
from latent_core.errors import InvalidCardError
from latent_core.evaluation.networks.realism_examples import Examples
from latent_core.evaluation.networks.realism_training import (
    RealismTraining,
    fit_patch_network,
    train_realism_network,
)
from latent_core.installed import DATASETS
from latent_core.models.onnx_export import decoder_with_weights
from latent_core.models.onnx_graph import run_graph
from latent_core.models.onnx_realism import decoder_with_realism, realism_with_weights
from latent_core.models.realism import ENTRY, WEIGHTS, ImageRealism, load_realism
from latent_core.training.corruption import corrupt

MAX_BYTES = 200_000
RATED = [name for name in lc.list_datasets() if ENTRY in lc.load_dataset(name).card]


def realism_of(dataset_id: str) -> ImageRealism:
    found = load_realism(dataset_id)
    assert found is not None
    return found


def waves(count: int, seed: int) -> np.ndarray:
    """Smooth images ``(count, 1, 16, 16)``, uint8."""
    rng = np.random.default_rng(seed)
    x, y = np.meshgrid(np.linspace(0, 1, 16), np.linspace(0, 1, 16))
    a, b, phase = rng.uniform(1, 4, (3, count, 1, 1))
    return np.uint8(127 + 100 * np.sin(a * x + b * y + phase))[:, None]


@pytest.mark.parametrize("dataset_id", RATED)
def test_corrupted_test_images_rank_below_reconstructions(dataset_id: str) -> None:
    realism = realism_of(dataset_id)
    model = lc.load_model(next(iter(lc.load_dataset(dataset_id).card[ENTRY]["models"])))
    codes = lc.encode(model, lc.load_dataset(dataset_id)).mean[1:121:2]
    decoded = model.decode(codes)
    defects = corrupt(torch.from_numpy(decoded), torch.Generator().manual_seed(99)).numpy()
    scores = np.concatenate([realism.score(decoded), realism.score(defects)])
    assert roc_auc_score(np.repeat([1, 0], len(decoded)), scores) > 0.75
    assert np.mean([level == "unlike the data" for level in realism.levels(decoded)]) < 0.15


def test_torn_faces_rank_below_whole_ones() -> None:
    model = lc.load_model(TORN_MODEL)
    labels = read_labels(model.card.weights_sha256)
    if labels is None:
        pytest.skip("the faces were labeled for other weights")
    torn, clear = labels
    codes = labeled_codes(lc.encode(model, lc.load_dataset(model.card.dataset)).mean)[0]
    scores = realism_of(model.card.dataset).score(model.decode(codes))
    assert roc_auc_score(torn[clear], -scores[clear]) >= 0.9


@pytest.mark.parametrize("dataset_id", RATED)
def test_shipped_networks_are_small_and_the_browser_gets_the_same_scores(dataset_id: str) -> None:
    realism, data = realism_of(dataset_id), lc.load_dataset(dataset_id)
    entry = data.card[ENTRY]
    assert sum((realism.folder / entry[name]).stat().st_size for name in ("file", "graph")) < (
        MAX_BYTES
    )
    assert entry["command"].startswith(f"python -m latent_core train-realism-network {dataset_id}")
    model = lc.load_model(next(iter(entry["models"])))
    decoder = decoder_with_weights(model.card)
    assert decoder is not None
    joined = decoder_with_realism(decoder, realism_with_weights(realism))
    codes = lc.encode(model, data).mean[:7]
    images = run_graph(joined, {"codes": codes}, "images")
    np.testing.assert_allclose(images, model.decode(codes), atol=1e-4)
    scores = run_graph(joined, {"codes": codes}, "realism")
    np.testing.assert_allclose(scores, realism.score(np.clip(images, 0, 1)), atol=1e-2)


def test_a_patch_network_is_fitted_deterministically_and_sees_noise() -> None:
    examples = Examples(
        real=waves(10, 0),
        like=waves(200, 1),
        unlike=np.zeros((0, 1, 16, 16), np.uint8),
        held_out=waves(10, 2),
    )
    nets = [PatchNetwork((1, 16, 16)) for _ in range(2)]
    for net in nets:
        fit_patch_network(net, examples, seed=0)
    assert torch.equal(nets[0].head.weight, nets[1].head.weight)
    clean = torch.from_numpy(waves(40, 3)).float() / 255
    noisy = clean.clone()
    noisy[:, :, 4:10, 4:10] += 0.3 * torch.randn(
        (40, 1, 6, 6), generator=torch.Generator().manual_seed(0)
    )
    with torch.inference_mode():
        scores = torch.cat([nets[0](clean), nets[0](noisy.clamp(0, 1))]).numpy()
    assert roc_auc_score(np.repeat([1, 0], 40), scores) > 0.95


@pytest.mark.parametrize("name", REALISM_NETWORKS)
def test_a_score_does_not_depend_on_the_batch(name: str) -> None:
    net = REALISM_NETWORKS[name]((3, 32, 32)).eval()
    images = torch.rand((5, 3, 32, 32), generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        torch.testing.assert_close(net(images)[2:3], net(images[2:3]), atol=1e-4, rtol=1e-4)


def test_a_data_set_without_decoders_has_nothing_to_rate(four: object) -> None:
    data = lc.load_dataset("four")
    assert load_realism("four") is None
    with pytest.raises(InvalidCardError, match="decodes"):
        train_realism_network(data, [], RealismTraining())


def test_only_the_models_it_was_trained_with_are_rated() -> None:
    realism, rated = realism_of("faces"), lc.load_dataset("faces").card[ENTRY]["models"]
    for card in map(lc.load_card, lc.list_models()):
        assert realism.rates(card) == (rated.get(card.id) == card.weights_sha256)
    assert not realism.rates(lc.load_card("faces-pca-32"))


def test_damaged_weights_are_refused(four: object) -> None:
    folder = DATASETS.shipped / "four"
    (folder / WEIGHTS).write_bytes(b"damaged")
    card_files.update_card(folder, realism_network={"sha256": "0" * 64})
    with pytest.raises(InvalidCardError, match="train-realism-network"):
        load_realism("four")
