"""`diagnose`: all measurements of a model on its data, and the findings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.health.aggregate_posterior import AggregatePosterior, compare_with_prior
from latent_core.health.code_statistics import CodeStatistics, code_statistics
from latent_core.health.decoder_output import DecoderOutput, decoder_output
from latent_core.health.findings import HEALTHY, NOT_ASSESSABLE, NOTE, PROBLEMS, Finding
from latent_core.health.holes import Holes, find_holes
from latent_core.health.reconstruction import (
    ReconstructionErrors,
    baseline_errors,
    baseline_size,
    reconstruction_statistics,
)
from latent_core.health.reference_prior import (
    ReferencePrior,
    draw_codes,
    fitted_gaussian,
    standard_normal,
)
from latent_core.health.rules import RULES
from latent_core.health.sensitivity import Sensitivity, dimension_sensitivity
from latent_core.health.smoothness import Smoothness, perceptual_path_length
from latent_core.health.subject import Subject
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Floats, Posterior

N_DECODED = 256
"""Images that dead pixels and ranges are measured on."""
NO_DECODER, NO_ENCODER = "the model has no decoder", "no codes: the model has no encoder"
NO_VARIANCES = "the encoder gives no variances"
NO_IMAGES = "there are no images"
NO_TRAINING_IMAGES = "the training images are not at hand"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Health:
    """The measurements of a model, and what follows from them.

    Parameters
    ----------
    latent_dim
        D.
    latent_decodes, trained_on_prior_samples
        Whether the model has a decoder; whether that was trained on samples from the prior.
    codes, aggregate, holes, reconstruction, sensitivity, smoothness, output
        The measurements; None where something for them is missing.
    findings
        Problems, the most severe first, then notes.
    missing
        What could not be measured, by name, and why.
    """

    latent_dim: int
    latent_decodes: bool
    trained_on_prior_samples: bool = False
    codes: CodeStatistics | None = None
    aggregate: AggregatePosterior | None = None
    holes: Holes | None = None
    reconstruction: ReconstructionErrors | None = None
    sensitivity: Sensitivity | None = None
    smoothness: Smoothness | None = None
    output: DecoderOutput | None = None
    findings: tuple[Finding, ...] = ()
    missing: dict[str, str] = field(default_factory=dict)

    __repr__ = compact_repr

    @property
    def diagnosis(self) -> str:
        """The kind of the first finding, such as ``"healthy"``."""
        return self.findings[0].kind


def diagnose(
    subject: Subject, *, seed: int = 0, progress: ProgressCallback = null_progress
) -> Health:
    """Measure everything that the subject allows, and name what is missing.

    Parameters
    ----------
    subject
        The model with its codes and images.
    seed
        Of all samples.
    progress
        Called with the completed fraction; may raise `CancelledError`.

    Raises
    ------
    InvalidInputError
        There are fewer than 20 held-out codes, or nothing to examine.
    """
    missing: dict[str, str] = {}
    parts: dict[str, Any] = {}
    prior = standard_normal(subject.latent_dim)
    progress(0.0, "measuring the codes")
    if subject.posterior is None:
        missing |= dict.fromkeys(("codes", "aggregate posterior", "holes"), NO_ENCODER)
    else:
        held_out = subject.part(1)
        parts["codes"] = code_statistics(held_out)
        if held_out.log_var is None:
            missing["KL divergence"] = NO_VARIANCES
        if not subject.has_gaussian_prior and parts["codes"].variance.any():
            prior = fitted_gaussian(subject.part(0).mean)
        parts |= _against_prior(subject, prior, seed)
    progress(0.2, "measuring reconstruction errors")
    parts |= _reconstruction(subject, missing)
    parts |= _decoder(subject, prior, missing, seed, subprogress(progress, 0.4, 1.0))
    health = Health(
        latent_dim=subject.latent_dim,
        latent_decodes=subject.decoder is not None,
        trained_on_prior_samples=subject.trained_on_prior_samples,
        missing=missing,
        **parts,
    )
    return replace(health, findings=find(health))


def _against_prior(subject: Subject, prior: ReferencePrior, seed: int) -> dict[str, Any]:
    reference, held_out = (draw_codes(subject.part(first), seed + first) for first in (0, 1))
    if not held_out.any(axis=None) or not np.ptp(held_out, axis=0).any():
        return {}
    return {
        "aggregate": compare_with_prior(held_out, prior, seed),
        "holes": find_holes(reference, held_out, prior, seed=seed),
    }


def _reconstruction(subject: Subject, missing: dict[str, str]) -> dict[str, Any]:
    if subject.errors is None or subject.images is None:
        reason = NO_DECODER if subject.decoder is None else NO_IMAGES
        missing["reconstruction errors"] = reason
        return {}
    if subject.train_errors is None:
        missing["training against held-out error"] = NO_TRAINING_IMAGES
    rows, reference = subject.rows(1), subject.rows(0)
    size = baseline_size(subject.images(rows[:1]).shape[1:])
    fitted, evaluated = (_spread(each, size) for each in (reference, rows))
    baselines = baseline_errors(
        subject.images(fitted), subject.images(evaluated), subject.latent_dim
    )
    return {
        "reconstruction": reconstruction_statistics(
            subject.errors[rows],
            rows,
            baselines=baselines,
            n_fitted=len(fitted),
            n_baseline=len(evaluated),
            train_errors=subject.train_errors,
        )
    }


def _decoder(
    subject: Subject,
    prior: ReferencePrior,
    missing: dict[str, str],
    seed: int,
    progress: ProgressCallback,
) -> dict[str, Any]:
    """Sensitivity, smoothness and range of the decoder, at held-out codes or samples."""
    model = subject.decoder
    if model is None:
        missing |= dict.fromkeys(("sensitivity", "smoothness", "decoded pixels"), NO_DECODER)
        return {}
    samples = prior.sample(N_DECODED, seed)
    rows = _spread(subject.rows(1), N_DECODED)
    codes = samples if subject.posterior is None else _spread_codes(subject.part(1))
    std = prior.std
    if subject.posterior is not None:
        std = np.maximum(draw_codes(subject.part(1), seed).std(axis=0), 1e-6)
    order = np.random.default_rng([seed, 100_003]).permutation(len(codes))
    sensitivity = dimension_sensitivity(
        model.decode, codes[order], std, progress=subprogress(progress, 0.0, 0.7)
    )
    progress(0.7, "measuring the smoothness of interpolations")
    smoothness = perceptual_path_length(
        model.decode,
        codes[order],
        features=subject.features,
        space=subject.feature_space,
        is_spherical=subject.has_gaussian_prior,
        seed=seed,
    )
    progress(0.9, "looking at decoded pixels")
    real = None if subject.images is None else subject.images(rows)
    decode = getattr(model, "decode_unclipped", model.decode)
    output = decoder_output(decode, codes, samples, real)
    return {"sensitivity": sensitivity, "smoothness": smoothness, "output": output}


def _spread_codes(posterior: Posterior) -> Floats:
    """The codes of the rows that `_spread` takes."""
    return posterior.mean[_spread(np.arange(len(posterior)), N_DECODED)]


def _spread(rows: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """At most `count` of the rows, evenly spaced."""
    if len(rows) <= count:
        return rows
    return rows[np.linspace(0, len(rows) - 1, count).astype(np.int64)]


def find(health: Health) -> tuple[Finding, ...]:
    """The findings of measurements: problems, the most severe first, then notes.

    Without a problem the first finding says `HEALTHY`, or `NOT_ASSESSABLE` where neither
    reconstructions nor samples could be looked at.
    """
    found = [f for rule in RULES for f in rule(health)]
    problems = sorted(
        (f for f in found if f.kind in PROBLEMS), key=lambda f: PROBLEMS.index(f.kind)
    )
    notes = [f for f in found if f.kind == NOTE]
    return (*(problems or [_no_problem(health)]), *notes)


def _no_problem(health: Health) -> Finding:
    gan = health.trained_on_prior_samples  # has seen its whole prior, so it has no holes
    checks = {
        "collapse": health.reconstruction or health.codes,
        "reconstruction against PCA": health.reconstruction,
        "holes": health.holes if health.latent_decodes and not gan else None,
        "training against held-out error": health.reconstruction
        and health.reconstruction.train_ratio,
    }
    done = [name for name, value in checks.items() if value]
    undone = [name for name, value in checks.items() if not value]
    looked = f"Looked for: {', '.join(done) or 'nothing'}."
    missing = f" Not possible here: {', '.join(undone)}." if undone else ""
    if health.reconstruction is None and health.output is None:
        title = "Nothing is wrong with the codes; without a decoder little else can be checked."
        return Finding(kind=NOT_ASSESSABLE, title=title, evidence=looked + missing)
    return Finding(kind=HEALTHY, title="No problem was found.", evidence=looked + missing)
