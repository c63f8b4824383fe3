"""Train the network of a model card: losses, augmentation, GAN training and checkpoints.

`train` runs the stages of a `TrainingConfig` and writes ``weights.safetensors``; a run is seeded
and continues from a checkpoint after an interruption.
"""

from latent_core.training.config import TrainingConfig, stages_from_card
from latent_core.training.losses import LOSSES, Batch
from latent_core.training.trainer import train

__all__ = ["LOSSES", "Batch", "TrainingConfig", "stages_from_card", "train"]
