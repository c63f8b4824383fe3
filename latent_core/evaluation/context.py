"""`Evaluation`: a model and its data, and what the metrics of the registry are computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from latent_core.analysis.analogies import analogy_accuracy, find_name
from latent_core.analysis.mixture import fit_mixture
from latent_core.datasets.splits import indices_for_test, indices_for_validation, labeled
from latent_core.evaluation.disentanglement.mutual_information_gap import mutual_information_gap
from latent_core.evaluation.evaluator import Evaluator
from latent_core.evaluation.image_comparison import ImageComparison
from latent_core.evaluation.networks import NETWORKS, evaluation_network
from latent_core.evaluation.probes import FactorScores, probe_accuracy, probe_factors
from latent_core.evaluation.real_images import RealImages, real_images, varying_factors
from latent_core.evaluation.reconstruction import baseline_errors
from latent_core.evaluation.sample_comparison import SampleComparison
from latent_core.metrics import active_units, kl_per_dimension
from latent_core.models.catalog import as_network, load_model
from latent_core.models.model import Model
from latent_core.notebook import compact_repr
from latent_core.types import Array, Dataset, Encodings, Floats

SAMPLING_SEEDS = (0, 1, 2)


@dataclass(frozen=True)
class Evaluation:
    """A model and its data; every part is computed when it is first needed.

    Parameters
    ----------
    model
        The model.
    data
        Images it was not trained on, with labels or factors where known.
    encodings
        Codes of `data` under `model`.
    errors
        Its reconstruction errors ``(N,)``; None where it has no decoder.
    pixel_probes
        `probes_of` the pixels; empty where not computed.
    """

    model: Model
    data: Dataset
    encodings: Encodings
    errors: Floats | None
    pixel_probes: Mapping[str, Any]

    __repr__ = compact_repr

    @cached_property
    def capabilities(self) -> frozenset[str]:
        """What the model and the data have; each metric names those it requires."""
        card, data = self.model.card, self.data
        has_labels = data.labels is not None
        has_factors = bool(data.factors) and bool(varying_factors(data))
        decodes = self.errors is not None
        known = {
            "decoder": decodes,
            "pca errors": decodes and (card.baseline is not None or card.family == "pca"),
            "posterior": self.encodings.log_var is not None,
            "classes": has_labels,
            "factors": has_factors,
            "attributes": "attribute_thresholds" in data.card,
            "dimensions": self.encodings.mean.shape[1] > 1,
            "pca codes": card.baseline is not None,
            "pixel probes": bool(self.pixel_probes),
            "prior": decodes and card.has_gaussian_prior,
            "classifier": card.is_classifier,
            "classifier of attributes": card.is_classifier and bool(card.attribute_thresholds),
            "relations": data.precomputed is not None and "relations" in data.card,
        }
        names = {name for name, is_known in known.items() if is_known}
        if decodes:
            names |= {name for name in NETWORKS if evaluation_network(name, data) is not None}
        return frozenset(names)

    @cached_property
    def test(self) -> Array:
        """Indices of the test images."""
        return indices_for_test(self.data)

    @property
    def mse(self) -> float:
        """Mean squared error per pixel of the reconstructed test images."""
        assert self.errors is not None
        return float(self.errors[self.test].mean())

    @cached_property
    def pca_errors(self) -> tuple[float, float]:
        """The same of PCA with as many dimensions: linear, and with pixels clipped to [0, 1]."""
        return baseline_errors(self.model, self.data, self.test)

    @cached_property
    def kl(self) -> Floats:
        """KL divergence of each dimension, ``(D,)`` nats, mean over test images."""
        log_var = self.encodings.log_var
        assert log_var is not None
        return kl_per_dimension(self.encodings.mean[self.test], log_var[self.test])

    @property
    def active_units(self) -> int:
        """Number of active units."""
        return int(active_units(self.encodings.mean[self.test]).sum())

    @cached_property
    def probes(self) -> Mapping[str, Any]:
        """`probes_of` the codes."""
        return probes_of(self.encodings.mean, self.data)

    @cached_property
    def pca_probes(self) -> Mapping[str, Any]:
        """`probes_of` the codes of PCA with as many dimensions."""
        codes = load_model(str(self.model.card.baseline)).encode(self.data.images()).mean
        return probes_of(codes[:, : self.model.card.latent_dim], self.data)

    @property
    def mig(self) -> float:
        """The mutual information gap of the test images' codes, mean over factors."""
        factors = {name: values[self.test] for name, values in self.data.factors.items()}
        gaps = mutual_information_gap(self.encodings.mean[self.test], factors)
        return float(np.mean(list(gaps.values())))

    @cached_property
    def classifier(self) -> Evaluator:
        """The model as a classifier of the test images."""
        return Evaluator(as_network(self.model), self.data, self.test)

    @property
    def classifier_accuracy(self) -> float | None:
        """Accuracy of the class, or mean over attributes; None without labels."""
        return _mean(self.classifier.accuracy())

    @property
    def majority_baseline(self) -> float | None:
        """The same of always predicting the most frequent label."""
        return _mean(self.classifier.majority_baseline())

    @cached_property
    def analogies(self) -> Mapping[str, float]:
        """Accuracies of analogies and their number."""
        codes = self.data.precomputed
        assert codes is not None
        pairs = {
            kind: [(find_name(codes.names, a), find_name(codes.names, b)) for a, b in pairs]
            for kind, pairs in self.data.card["relations"].items()
        }
        return dict(analogy_accuracy(self.encodings.mean, pairs))

    @cached_property
    def _reconstructions(self) -> dict[str, ImageComparison]:
        images = self.model.decode(self.encodings.mean[self.test])
        return {
            name: ImageComparison(real, real.features(images))
            for name, real in self._real_images.items()
        }

    def under(self, network: str) -> ImageComparison:
        """Reconstructions under an evaluation network, a key of `NETWORKS`."""
        return self._reconstructions[network]

    @cached_property
    def _real_images(self) -> dict[str, RealImages]:
        return {
            name: real_images(name, self.data) for name in NETWORKS if name in self.capabilities
        }

    def prior_samples(self, network: str) -> SampleComparison:
        """Samples from the prior under an evaluation network."""
        return self._of_prior[network]

    def mixture_samples(self, network: str) -> SampleComparison:
        """Samples from a Gaussian mixture of the validation codes, under an evaluation network."""
        return self._of_mixture[network]

    @cached_property
    def _of_prior(self) -> dict[str, SampleComparison]:
        return self._compare_samples([self._prior_codes(seed) for seed in SAMPLING_SEEDS])

    @cached_property
    def _of_mixture(self) -> dict[str, SampleComparison]:
        mixture = fit_mixture(self.encodings.mean[indices_for_validation(self.data)])
        count = len(self.test)
        return self._compare_samples(
            [mixture.sample(count, random_state=seed) for seed in SAMPLING_SEEDS]
        )

    def _compare_samples(self, codes_of_seeds: list[Floats]) -> dict[str, SampleComparison]:
        """By network; images of a sampling seed are decoded once and not kept."""
        samples: dict[str, list[Floats]] = {name: [] for name in self._real_images}
        for codes in codes_of_seeds:
            images = self.model.decode(codes)
            for name, real in self._real_images.items():
                samples[name].append(real.features(images))
        return {
            name: SampleComparison(real, samples[name]) for name, real in self._real_images.items()
        }

    def _prior_codes(self, seed: int) -> Floats:
        """As many codes from N(0, I) as test images."""
        rng = np.random.default_rng([seed, 20_011])
        shape = len(self.test), self.model.card.latent_dim
        return rng.standard_normal(shape).astype(np.float32)


def _mean(values: Mapping[str, float]) -> float | None:
    return float(np.mean(list(values.values()))) if values else None


def probes_of(codes: Floats, data: Dataset) -> dict[str, Any]:
    """Results of linear and kNN probes on codes ``(N, D)``, or pixels, of a data set.

    Fitted to the validation images, evaluated on the test images.

    Returns
    -------
    dict
        With classes, ``linear accuracy`` and ``knn accuracy``, value and standard deviation, of
        `probe_accuracy`.  With factors, ``linear r2`` and ``knn r2`` of `probe_factors` over the
        ordered factors that vary, and ``linear r2 by factor``.
    """
    results: dict[str, Any] = {}
    halves = indices_for_validation(data), indices_for_test(data)
    if (labels := data.labels) is not None:
        known = (labeled(data, rows) for rows in halves)
        train, test = ((codes[rows], labels[rows]) for rows in known)
        results |= {f"{k} accuracy": v for k, v in probe_accuracy(train, test).items()}
    if data.factors and (names := varying_factors(data)):
        scores: dict[str, FactorScores] = probe_factors(
            *((codes[rows], {n: data.factors[n][rows] for n in names}) for rows in halves)
        )
        results |= {f"{name} r2": (score.mean, score.std) for name, score in scores.items()}
        results["linear r2 by factor"] = scores["linear"].by_factor
    return results
