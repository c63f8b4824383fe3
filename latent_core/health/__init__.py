"""The health of a model: did it collapse, which dimensions are alive, where are holes.

`diagnose` measures a model on its data and puts the result into findings; each part is a frozen
dataclass with its baseline and sample size.  Parts that need an encoder, a decoder or variances
that are not there are listed in `Health.missing`.
"""

from latent_core.health.aggregate_posterior import AggregatePosterior, compare_with_prior
from latent_core.health.code_statistics import CodeStatistics, code_statistics
from latent_core.health.decoder_output import DecoderOutput, decoder_output
from latent_core.health.diagnosis import Health, diagnose
from latent_core.health.findings import Finding
from latent_core.health.holes import Holes, find_holes
from latent_core.health.reconstruction import ReconstructionErrors, reconstruction_statistics
from latent_core.health.sensitivity import Sensitivity, dimension_sensitivity
from latent_core.health.smoothness import Smoothness, perceptual_path_length
from latent_core.health.subject import Subject, subject_of_images

__all__ = [
    "AggregatePosterior",
    "CodeStatistics",
    "DecoderOutput",
    "Finding",
    "Health",
    "Holes",
    "ReconstructionErrors",
    "Sensitivity",
    "Smoothness",
    "Subject",
    "code_statistics",
    "compare_with_prior",
    "decoder_output",
    "diagnose",
    "dimension_sensitivity",
    "find_holes",
    "perceptual_path_length",
    "reconstruction_statistics",
    "subject_of_images",
]
