"""Genes, mixtures and litters: against closed forms, and the same in the browser."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path as File

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import latent_core as lc
from latent_core.analysis.dimension_groups import DimensionGroups, group_dimensions
from latent_core.analysis.variations import crossover, sample_deviations, sample_variations
from latent_core.architectures import build
from latent_core.errors import InvalidInputError
from latent_core.types import Encodings, Floats

RNG = np.random.default_rng(3)
STRETCH = RNG.normal(size=(5, 5))
CODES = (RNG.normal(size=(4000, 5)) @ STRETCH + 2).astype(np.float32)
A, B = CODES[:2]
THREE = DimensionGroups(
    groups=((0, 3), (1, 2), (4,)),
    effect_maps=np.ones((3, 2, 2), np.float32),
    within_similarity=1.0,
    between_similarity=0.0,
    has_inactive_group=False,
)
JS = File(__file__).parents[2] / "ui" / "frontend" / "latent/crossover.js"


def encodings(codes: Floats) -> Encodings:
    return Encodings(model_id="m", dataset_id="d", fingerprint="f", mean=codes)


# ---- genes


def quarters(codes: Floats) -> Floats:
    """A picture whose four quarters are moved by dimensions 0 and 5, 1 and 4, 2, and 3."""
    picture = np.zeros((len(codes), 3, 4, 4), np.float32)
    picture[:, :, :2, :2] = (codes[:, 0] + codes[:, 5])[:, None, None, None]
    picture[:, 0, :2, 2:] = (codes[:, 1] - 2 * codes[:, 4])[:, None, None]
    picture[:, 1, 2:, :2] = codes[:, 2, None, None]
    picture[:, 2, 2:, 2:] = codes[:, 3, None, None] / 2
    return picture


def spread_codes(*scales: float) -> Floats:
    codes = RNG.normal(size=(3000, len(scales)))
    return ((codes - codes.mean(axis=0)) / codes.std(axis=0) * scales).astype(np.float32)


def test_dimensions_that_change_the_same_pixels_are_one_gene():
    genes = group_dimensions(quarters, encodings(spread_codes(1, 1, 1, 1, 1, 1)), max_groups=4)
    assert genes.groups == ((0, 5), (1, 4), (2,), (3,))
    assert (genes.within_similarity, genes.between_similarity) == (pytest.approx(1), 0)
    assert not genes.has_inactive_group


def test_heat_and_effect_are_the_change_from_one_deviation_below_to_one_above():
    genes = group_dimensions(quarters, encodings(spread_codes(0.5, 1, 1, 1, 1, 1.5)), max_groups=4)
    at = dict(zip(genes.groups, genes.effect_maps, strict=True))
    wanted = np.zeros((4, 4))
    wanted[:2, :2] = 2 * 0.5 + 2 * 1.5
    np.testing.assert_allclose(at[0, 5], wanted, rtol=1e-4)
    wanted = np.zeros((4, 4))
    wanted[2:, 2:] = 2 * 0.5 / 3
    np.testing.assert_allclose(at[3,], wanted, rtol=1e-4)
    totals = np.array([16, (2 + 4) / 3 * 4, 2 / 3 * 4, 1 / 3 * 4])
    np.testing.assert_allclose(genes.effect, totals / totals.sum(), rtol=1e-4)


def test_dimensions_without_variance_or_without_effect_are_the_silent_gene():
    dull = group_dimensions(quarters, encodings(spread_codes(1, 1, 1e-4, 1, 1, 1)), max_groups=6)
    assert dull.has_inactive_group
    assert dull.groups[-1] == (2,)
    unseen = group_dimensions(
        lambda z: quarters(z * [1, 1, 1, 0, 1, 1]), encodings(spread_codes(*[1] * 6))
    )
    assert unseen.has_inactive_group
    assert unseen.groups[-1] == (3,)


def test_genes_that_act_on_the_same_pixels_are_as_near_as_can_be():
    def everywhere(codes: Floats) -> Floats:
        return np.broadcast_to(codes.sum(axis=1)[:, None, None, None], (len(codes), 1, 2, 2))

    genes = group_dimensions(everywhere, encodings(CODES), max_groups=3)
    assert (genes.within_similarity, genes.between_similarity) == (
        pytest.approx(1),
        pytest.approx(1),
    )


def test_genes_of_one_number_each_are_as_near_as_the_cosine_of_what_they_change():
    def shared(codes: Floats) -> Floats:
        picture = np.zeros((len(codes), 1, 1, 3), np.float32)
        picture[:, 0, 0, 0], picture[:, 0, 0, 2] = codes[:, 0], codes[:, 1]
        picture[:, 0, 0, 1] = codes[:, 0] - codes[:, 1]
        return picture

    genes = group_dimensions(shared, encodings(spread_codes(1, 2)))
    assert (genes.within_similarity, genes.between_similarity) == (1, pytest.approx(0.5))


@pytest.mark.parametrize("model_id", ["digits-vae-16", "digits-vae-2", "fashion-vae-16"])
def test_the_genes_of_a_model_divide_its_dimensions_and_are_the_same_each_time(model_id):
    model = lc.load_model(model_id)
    found = lc.encode(model, lc.load_dataset(model.card.dataset))
    genes, again = (group_dimensions(model.decode, found) for _ in range(2))
    assert sorted(d for group in genes.groups for d in group) == list(range(found.latent_dim))
    assert len(genes) <= 6
    assert genes.groups == again.groups
    assert genes.effect.sum() == pytest.approx(1)
    assert genes.effect_maps.shape[1:] == model.card.image_shape[1:]


def test_colour_pictures_with_64_numbers_have_genes_too():
    import torch

    torch.manual_seed(0)
    net = build("conv", (3, 64, 64), 64, variational=True).eval()

    def decode(codes: Floats) -> Floats:
        with torch.inference_mode():
            return net.decode(torch.from_numpy(codes)).numpy()

    told: list[float] = []
    codes = RNG.normal(size=(50, 64)).astype(np.float32)
    genes = group_dimensions(
        decode, encodings(codes), progress=lambda share, _words: told.append(share)
    )
    assert genes.latent_dim == 64
    assert genes.effect_maps.shape == (len(genes), 64, 64)
    assert told == [d / 64 for d in range(64)]


@pytest.mark.parametrize("groups", [((0, 1), (1, 2)), ((0,), (2,)), ((0,), ())])
def test_groups_that_divide_nothing_are_refused(groups):
    with pytest.raises(InvalidInputError, match="divide the dimensions"):
        DimensionGroups(
            groups=groups,
            effect_maps=np.ones((2, 1, 1), np.float32),
            within_similarity=1.0,
            between_similarity=0.0,
            has_inactive_group=False,
        )


def test_one_gene_alone_is_refused():
    with pytest.raises(InvalidInputError, match="At least 2 genes"):
        group_dimensions(quarters, encodings(spread_codes(*[1] * 6)), max_groups=1)


# ---- mixtures


def test_at_the_ends_a_child_is_its_parent_exactly():
    np.testing.assert_array_equal(crossover(A, B, THREE, [0, 0, 0]), A)
    np.testing.assert_array_equal(crossover(A, B, THREE, [1, 1, 1]), B)


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3))
@settings(deadline=None)
def test_each_gene_is_mixed_by_its_own_share(shares: list[float]):
    per_dim = np.array([shares[0], shares[1], shares[1], shares[0], shares[2]])
    np.testing.assert_allclose(crossover(A, B, THREE, shares), A + per_dim * (B - A), atol=1e-5)


@pytest.mark.parametrize("shares", [[0, 1], [0, 0.5, 1.01], [0, float("nan"), 1], [-0.1, 0, 0]])
def test_shares_that_make_no_sense_are_refused(shares):
    with pytest.raises(InvalidInputError, match="Give 3 shares"):
        crossover(A, B, THREE, shares)


# ---- litters


def test_without_variation_all_children_are_the_mixture():
    np.testing.assert_array_equal(sample_variations(A, CODES, 0, 8), np.tile(A, (8, 1)))


def test_the_same_seed_gives_the_same_litter_and_another_seed_another():
    first = sample_variations(A, CODES, 0.4, 8, seed=5)
    np.testing.assert_array_equal(first, sample_variations(A, CODES, 0.4, 8, seed=5))
    assert (np.abs(first - sample_variations(A, CODES, 0.4, 8, seed=6)).max(axis=1) > 0.01).all()


def test_draws_vary_as_the_data_does():
    drawn = np.concatenate([sample_deviations(CODES, 64, seed) for seed in range(150)])
    true = np.cov(CODES.T, bias=True)
    np.testing.assert_allclose(np.cov(drawn.T), true, atol=0.06 * np.abs(true).max())
    np.testing.assert_allclose(drawn.mean(axis=0), 0, atol=0.06 * np.sqrt(np.diag(true)).max())


def test_draws_stay_in_the_subspace_of_the_codes():
    flat = CODES.copy()
    flat[:, 4] = flat[:, 0] - 2 * flat[:, 1]
    drawn = sample_deviations(flat, 64, 0)
    np.testing.assert_allclose(drawn[:, 4], drawn[:, 0] - 2 * drawn[:, 1], atol=1e-3)


@pytest.mark.parametrize("amount", [0.2, 0.6, 1.0])
def test_children_are_as_far_from_the_mean_as_the_closed_form_says(amount):
    far = CODES[np.linalg.norm(CODES - CODES.mean(axis=0), axis=1).argmax()]
    mean, usual = CODES.mean(axis=0), CODES.var(axis=0).sum()
    many = np.concatenate([sample_variations(far, CODES, amount, 64, seed) for seed in range(150)])
    squared = np.square(many - mean).sum(axis=1).mean()
    wanted = (1 - amount**2) * np.square(far - mean).sum() + amount**2 * usual
    assert squared == pytest.approx(wanted, rel=0.05)
    assert squared < np.square(far - mean).sum()


def test_children_of_digits_have_norms_as_digits_have():
    codes = lc.encode(lc.load_model("digits-vae-16"), lc.load_dataset("digits")).mean
    usual = np.linalg.norm(codes, axis=1)
    norms = np.linalg.norm(sample_variations(codes[0], codes, 0.5, 64), axis=1)
    assert usual.min() < norms.min()
    assert norms.max() < usual.max()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount": 1.1}, "variation must be 0 to 1, not 1.1"),
        ({"amount": float("nan")}, "variation must be 0 to 1"),
        ({"amount": 0.5, "count": 0}, "1 to 64 children, not 0"),
        ({"amount": 0.5, "count": 65}, "1 to 64 children, not 65"),
    ],
)
def test_a_litter_that_cannot_be_is_refused(change, words):
    with pytest.raises(InvalidInputError, match=words):
        sample_variations(A, CODES, **change)


def test_the_browser_has_the_same_children():
    shares, amount = [0.0, 1.0, 0.3], 0.45
    given_ = {
        "a": A.tolist(),
        "b": B.tolist(),
        "groups": THREE.groups,
        "shares": shares,
        "mean": CODES.mean(axis=0).tolist(),
        "noise": sample_deviations(CODES, 8, 2)[7].tolist(),
        "amount": amount,
    }
    script = f"""
    import {{ crossover, sampleVariation }} from {json.dumps(JS.as_uri())};
    const g = {json.dumps(given_)};
    const centre = crossover(g.a, g.b, g.groups, g.shares);
    const child = sampleVariation(centre, g.mean, g.noise, g.amount);
    console.log(JSON.stringify([[...centre], [...child]]));
    """
    node = str(File(sys.executable).parent / "node")
    ran = subprocess.run(
        [node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    )
    centre, child = json.loads(ran.stdout)
    wanted = crossover(A, B, THREE, shares)
    np.testing.assert_allclose(centre, wanted, atol=1e-6)
    np.testing.assert_allclose(child, sample_variations(wanted, CODES, amount, 8, 2)[7], atol=1e-5)
