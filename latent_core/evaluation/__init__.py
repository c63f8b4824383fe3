"""Metrics of models: reconstruction error, probes, disentanglement, Fréchet distances.

`evaluate.evaluate` computes those that apply to a model's family; `summary_sentence` puts them into
words; `seed_std` gives their standard deviation over training seeds.
"""

from latent_core.evaluation.disentanglement import mutual_information_gap
from latent_core.evaluation.evaluate import write_metrics
from latent_core.evaluation.evaluator import Evaluator, evaluate_samples
from latent_core.evaluation.frechet import frechet_distance
from latent_core.evaluation.probes import probe_accuracy, probe_factors
from latent_core.evaluation.replicate_statistics import config_hash, replicate_values, seed_std
from latent_core.evaluation.summary import summary_sentence

__all__ = [
    "Evaluator",
    "config_hash",
    "evaluate_samples",
    "frechet_distance",
    "mutual_information_gap",
    "probe_accuracy",
    "probe_factors",
    "replicate_values",
    "seed_std",
    "summary_sentence",
    "write_metrics",
]
