"""Groups of dimensions against known effects of a synthetic decoder."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core.analysis.dimension_groups import DimensionGroups, group_dimensions
from latent_core.architectures import build
from latent_core.errors import InvalidInputError
from latent_core.types import Encodings, Floats

RNG = np.random.default_rng(3)
CODES = (RNG.normal(size=(4000, 5)) @ RNG.normal(size=(5, 5)) + 2).astype(np.float32)


def encodings(codes: Floats) -> Encodings:
    return Encodings(model_id="m", dataset_id="d", fingerprint="f", mean=codes)


def quarters(codes: Floats) -> Floats:
    """Images whose quarters depend on dimensions 0 and 5, 1 and 4, 2, and 3."""
    image = np.zeros((len(codes), 3, 4, 4), np.float32)
    image[:, :, :2, :2] = (codes[:, 0] + codes[:, 5])[:, None, None, None]
    image[:, 0, :2, 2:] = (codes[:, 1] - 2 * codes[:, 4])[:, None, None]
    image[:, 1, 2:, :2] = codes[:, 2, None, None]
    image[:, 2, 2:, 2:] = codes[:, 3, None, None] / 2
    return image


def codes_with_std(*std: float) -> Floats:
    codes = RNG.normal(size=(3000, len(std)))
    return ((codes - codes.mean(axis=0)) / codes.std(axis=0) * std).astype(np.float32)


def test_dimensions_that_change_the_same_pixels_form_a_group():
    groups = group_dimensions(quarters, encodings(codes_with_std(1, 1, 1, 1, 1, 1)), max_groups=4)
    assert groups.groups == ((0, 5), (1, 4), (2,), (3,))
    assert (groups.within_similarity, groups.between_similarity) == (pytest.approx(1), 0)
    assert not groups.has_inactive_group


def test_effect_maps_are_the_change_over_two_standard_deviations():
    groups = group_dimensions(
        quarters, encodings(codes_with_std(0.5, 1, 1, 1, 1, 1.5)), max_groups=4
    )
    maps = dict(zip(groups.groups, groups.effect_maps, strict=True))
    expected = np.zeros((4, 4))
    expected[:2, :2] = 2 * 0.5 + 2 * 1.5
    np.testing.assert_allclose(maps[0, 5], expected, rtol=1e-4)
    expected = np.zeros((4, 4))
    expected[2:, 2:] = 2 * 0.5 / 3
    np.testing.assert_allclose(maps[3,], expected, rtol=1e-4)
    totals = np.array([16, (2 + 4) / 3 * 4, 2 / 3 * 4, 1 / 3 * 4])
    np.testing.assert_allclose(groups.effect, totals / totals.sum(), rtol=1e-4)


def test_dimensions_without_variance_or_effect_form_the_inactive_group():
    constant = group_dimensions(
        quarters, encodings(codes_with_std(1, 1, 1e-4, 1, 1, 1)), max_groups=6
    )
    assert constant.has_inactive_group
    assert constant.groups[-1] == (2,)
    no_effect = group_dimensions(
        lambda z: quarters(z * [1, 1, 1, 0, 1, 1]), encodings(codes_with_std(*[1] * 6))
    )
    assert no_effect.has_inactive_group
    assert no_effect.groups[-1] == (3,)


def test_similarity_of_equal_effects_is_one():
    def everywhere(codes: Floats) -> Floats:
        return np.broadcast_to(codes.sum(axis=1)[:, None, None, None], (len(codes), 1, 2, 2))

    groups = group_dimensions(everywhere, encodings(CODES), max_groups=3)
    assert (groups.within_similarity, groups.between_similarity) == (
        pytest.approx(1),
        pytest.approx(1),
    )


def test_between_similarity_is_the_cosine_of_the_effects():
    def shared(codes: Floats) -> Floats:
        image = np.zeros((len(codes), 1, 1, 3), np.float32)
        image[:, 0, 0, 0], image[:, 0, 0, 2] = codes[:, 0], codes[:, 1]
        image[:, 0, 0, 1] = codes[:, 0] - codes[:, 1]
        return image

    groups = group_dimensions(shared, encodings(codes_with_std(1, 2)))
    assert (groups.within_similarity, groups.between_similarity) == (1, pytest.approx(0.5))


@pytest.mark.parametrize("model_id", ["digits-vae-16", "digits-vae-2", "fashion-vae-16"])
def test_groups_of_a_model_are_a_deterministic_partition(model_id):
    model = lc.load_model(model_id)
    found = lc.encode(model, lc.load_dataset(model.card.dataset))
    groups, repeated = (group_dimensions(model.decode, found) for _ in range(2))
    assert sorted(d for group in groups.groups for d in group) == list(range(found.latent_dim))
    assert len(groups) <= 6
    assert groups.groups == repeated.groups
    assert groups.effect.sum() == pytest.approx(1)
    assert groups.effect_maps.shape[1:] == model.card.image_shape[1:]


def test_groups_of_color_images_with_64_dimensions():
    import torch

    torch.manual_seed(0)
    net = build("conv", (3, 64, 64), 64, variational=True).eval()

    def decode(codes: Floats) -> Floats:
        with torch.inference_mode():
            return net.decode(torch.from_numpy(codes)).numpy()

    fractions: list[float] = []
    codes = RNG.normal(size=(50, 64)).astype(np.float32)
    groups = group_dimensions(
        decode, encodings(codes), progress=lambda fraction, _message: fractions.append(fraction)
    )
    assert groups.latent_dim == 64
    assert groups.effect_maps.shape == (len(groups), 64, 64)
    assert fractions == [d / 64 for d in range(64)]


@pytest.mark.parametrize("groups", [((0, 1), (1, 2)), ((0,), (2,)), ((0,), ())])
def test_groups_that_are_no_partition_are_rejected(groups):
    with pytest.raises(InvalidInputError, match="partition of the dimensions"):
        DimensionGroups(
            groups=groups,
            effect_maps=np.ones((2, 1, 1), np.float32),
            within_similarity=1.0,
            between_similarity=0.0,
            has_inactive_group=False,
        )


def test_max_groups_below_two_is_rejected():
    with pytest.raises(InvalidInputError, match="at least 2, not 1"):
        group_dimensions(quarters, encodings(codes_with_std(*[1] * 6)), max_groups=1)
