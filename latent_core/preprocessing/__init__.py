"""Preprocessing: from any image to the input that a model was trained on.

`preprocess` runs the steps in `STEPS` as a model's `PreprocessingConfig` requires, and keeps an
image and a reason for each, so that a page can show what was done.
"""

from latent_core.preprocessing.config import (
    STEPS,
    PreprocessedImage,
    PreprocessingConfig,
    PreprocessingStep,
)
from latent_core.preprocessing.pipeline import preprocess

__all__ = ["STEPS", "PreprocessedImage", "PreprocessingConfig", "PreprocessingStep", "preprocess"]
