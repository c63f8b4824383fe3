"""Metrics of models: reconstructions, samples, probes, disentanglement, classifiers.

`registry.METRICS` has an entry for each; `evaluate.evaluate` computes those that apply to a model;
`summary_sentence` puts them into words; `seed_statistics` gives mean and standard deviation over
training seeds.
"""

from latent_core.evaluation.disentanglement.mutual_information_gap import mutual_information_gap
from latent_core.evaluation.disentanglement.scores import (
    DisentanglementScores,
    disentanglement_scores,
)
from latent_core.evaluation.evaluate import write_metrics
from latent_core.evaluation.evaluator import Evaluator
from latent_core.evaluation.frechet import frechet_distance
from latent_core.evaluation.probes import probe_accuracy, probe_factors
from latent_core.evaluation.registry import METRICS, Metric
from latent_core.evaluation.replicate_statistics import (
    config_hash,
    replicate_values,
    seed_statistics,
)
from latent_core.evaluation.sample_metrics import sample_quality
from latent_core.evaluation.summary import summary_sentence

__all__ = [
    "METRICS",
    "DisentanglementScores",
    "Evaluator",
    "Metric",
    "config_hash",
    "disentanglement_scores",
    "frechet_distance",
    "mutual_information_gap",
    "probe_accuracy",
    "probe_factors",
    "replicate_values",
    "sample_quality",
    "seed_statistics",
    "summary_sentence",
    "write_metrics",
]
