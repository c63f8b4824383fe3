"""The diagnosis of models whose state is known: by construction, or in closed form."""

from __future__ import annotations

import json

import numpy as np
import pytest

import latent_core as lc
from latent_core.errors import InvalidInputError
from latent_core.health import diagnose, subject_of_images
from latent_core.health.storage import from_arrays, to_arrays, to_json
from latent_core.types import Posterior
from tests.unit.health.linear_models import (
    AXES,
    EIGENVALUES,
    NOISE,
    ConstantDecoder,
    LinearAE,
    LinearVAE,
    card,
    gaussian_images,
)

IMAGES = gaussian_images(2000)


@pytest.fixture(scope="module")
def healthy():
    return lc.diagnose(LinearVAE(beta=1), IMAGES)


def test_the_optimal_linear_vae_is_healthy_and_measured_as_the_theory_says(healthy):
    assert healthy.diagnosis == "healthy"
    model = LinearVAE(beta=1)
    assert healthy.codes.active.all()
    assert healthy.codes.noise_share == pytest.approx(model.noise_share, rel=0.15)
    expected = -0.5 * np.log(model.noise_share)  # mean and variance terms cancel in the mean
    assert healthy.codes.kl == pytest.approx(expected, abs=0.1)
    assert np.abs(healthy.codes.correlation - np.eye(6)).max() < 0.12
    assert healthy.codes.effective_dim > 5.8


def test_its_aggregate_posterior_is_the_prior_and_has_no_holes(healthy):
    aggregate, holes = healthy.aggregate, healthy.holes
    assert aggregate.prior == "N(0, I)"
    assert (aggregate.distance < 2 * aggregate.distance_floor).all()
    assert aggregate.norm_distance < 2 * aggregate.norm_distance_floor
    assert aggregate.chi_mean == pytest.approx(2.35, abs=0.01), "√2 Γ(3.5) / Γ(3)"
    assert holes.share == pytest.approx(0.05, abs=0.04)
    assert abs(holes.share - holes.baseline) < 4 * (holes.share_se + holes.baseline_se)


def test_the_sensitivity_is_the_norm_of_the_decoders_columns(healthy):
    columns = np.sqrt((EIGENVALUES - NOISE) / 64)
    assert healthy.sensitivity.norm == pytest.approx(columns, rel=0.06)
    rms = np.sqrt(np.square(healthy.sensitivity.norm).mean())
    assert healthy.sensitivity.random_direction == pytest.approx(rms, rel=1e-3)


def test_a_linear_path_of_a_linear_decoder_is_its_cross_fade():
    health = lc.diagnose(LinearAE(AXES[:, :6]), IMAGES)
    assert health.smoothness.path == "linear"
    assert health.smoothness.ratio == pytest.approx(1, rel=0.02)


def test_a_vae_with_a_weight_beyond_every_eigenvalue_is_collapsed():
    health = lc.diagnose(LinearVAE(beta=1.01 * EIGENVALUES.max() / NOISE), IMAGES)
    assert health.diagnosis == "collapsed"
    assert not health.codes.active.any()
    assert health.codes.kl == pytest.approx(0, abs=1e-6)
    assert health.reconstruction.explained == pytest.approx(0, abs=0.01)
    assert health.output.sample_variance == 0
    assert health.output.dead == 1


def test_a_vae_with_a_weight_within_the_eigenvalues_is_over_regularized():
    model = LinearVAE(beta=150)
    health = lc.diagnose(model, IMAGES)
    assert health.diagnosis == "over-regularized"
    kept = model.noise_share < 1
    assert (health.codes.active == kept).all()
    assert "PCA" in health.findings[0].evidence
    assert "β" in health.findings[0].advice


def images_of_clusters():
    rng = np.random.default_rng(2)
    centers = rng.choice([-0.3, 0.3], (12, 4))
    codes = centers[rng.integers(0, 12, 2000)] + 0.005 * rng.normal(size=(2000, 4))
    return LinearAE(AXES[:, :4]).decode(codes.astype(np.float32))


def test_an_autoencoder_of_separate_clusters_has_holes():
    health = lc.diagnose(LinearAE(AXES[:, :4]), images_of_clusters())
    assert health.diagnosis == "under-regularized"
    assert health.holes.prior.startswith("a Gaussian")
    assert health.holes.share > 0.8
    assert health.holes.baseline < 0.1
    assert "mixture" in health.findings[0].advice


def test_codes_that_do_not_cover_the_prior_of_a_gan_are_a_note_and_no_holes():
    model = LinearAE(AXES[:, :4])
    subject = subject_of_images(model, images_of_clusters())
    model.card = card("gan", 4)
    health = diagnose(subject)
    assert health.holes.share > 0.8
    assert health.diagnosis == "healthy"
    looked_for = health.findings[0].evidence.partition("Not possible")[0]
    assert "holes" not in looked_for
    assert any("inversion" in finding.title for finding in health.findings[1:])


def test_a_model_of_its_training_images_alone_is_overfitted():
    train = gaussian_images(40, seed=5).reshape(40, -1) - 0.5
    axes = np.linalg.svd(train, full_matrices=False)[2][:20].T  # also fits the noise of 40 images
    images = (0.5 + train).reshape(40, 1, 8, 8)
    health = lc.diagnose(LinearAE(axes), IMAGES, train_images=images)
    assert "overfitted" in [finding.kind for finding in health.findings]
    assert health.reconstruction.train_ratio_low > 1.25
    assert health.reconstruction.n_train == 40
    same = lc.diagnose(LinearAE(axes), IMAGES, train_images=gaussian_images(500, seed=6))
    assert "overfitted" not in [finding.kind for finding in same.findings]
    assert same.reconstruction.train_ratio == pytest.approx(1, abs=0.1)


def test_an_autoencoder_without_variances_that_is_worse_than_pca_is_underfitted():
    health = lc.diagnose(LinearAE(AXES[:, :6], gain=0.5), IMAGES)
    assert health.diagnosis == "underfitted"
    lost, residual = 0.25 * EIGENVALUES.sum(), 58 * NOISE
    assert health.reconstruction.ratio_to_pca == pytest.approx(
        (lost + residual) / residual, rel=0.1
    )


def test_a_decoder_alone_is_examined_at_samples_from_the_prior():
    health = lc.diagnose(ConstantDecoder(), IMAGES)
    assert health.diagnosis == "collapsed", "the same image for every code"
    assert health.codes is None
    assert health.output.sample_variance == 0
    assert set(health.missing) >= {"codes", "holes", "reconstruction errors"}


def test_codes_alone_are_examined_without_a_model():
    rng = np.random.default_rng(3)
    health = lc.diagnose(None, rng.normal(size=(600, 5)))
    assert health.diagnosis == "not assessable"
    assert health.holes.share < 0.12
    assert set(health.missing) >= {"KL divergence", "reconstruction errors", "sensitivity"}
    line = np.outer(rng.normal(size=600), np.ones(8))
    assert lc.diagnose(None, line).diagnosis == "collapsed", "8 dimensions, one of them used"
    variances = Posterior(mean=np.zeros((600, 3)), log_var=np.zeros((600, 3)))
    assert lc.diagnose(None, variances).diagnosis == "collapsed"


def test_constant_codes_and_constant_dimensions_are_no_error():
    constant = lc.diagnose(None, np.ones((100, 3)))
    assert constant.diagnosis == "collapsed"
    assert constant.holes is None
    rng = np.random.default_rng(4)
    codes = np.column_stack([rng.normal(size=(400, 2)), np.ones(400)])
    health = lc.diagnose(None, codes)
    assert health.codes.active.tolist() == [True, True, False]
    assert health.codes.correlation[2].tolist() == [0, 0, 0]
    assert health.aggregate.degrees == 2


def test_too_few_samples_are_refused_with_the_number_that_is_needed():
    with pytest.raises(InvalidInputError, match=r"15 held-out .* 20"):
        lc.diagnose(None, np.random.default_rng(0).normal(size=(30, 2)))


def test_the_worst_images_are_the_held_out_ones_with_the_largest_error(healthy):
    errors = healthy.reconstruction
    assert (np.diff(errors.worst_errors) <= 0).all()
    assert (errors.worst % 2 == 1).all()
    decoded = LinearVAE(beta=1).decode(LinearVAE(beta=1).encode(IMAGES).mean)
    all_errors = np.square(IMAGES - decoded).reshape(2000, -1).mean(axis=1)
    assert errors.worst_errors[0] == pytest.approx(all_errors[1::2].max())
    assert errors.n_images == 1000


def test_a_health_is_restored_from_its_arrays_and_written_as_json(healthy):
    arrays, meta = to_arrays(healthy)
    restored = from_arrays(arrays, json.loads(json.dumps(meta)))
    assert restored.findings == healthy.findings
    assert restored.holes == healthy.holes
    assert (restored.codes.correlation == healthy.codes.correlation).all()
    written = json.loads(json.dumps(to_json(healthy), allow_nan=False))
    assert written["diagnosis"] == "healthy"
    assert len(written["codes"]["kl"]) == 6
