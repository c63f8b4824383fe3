"""Models: their cards, the catalog of installed models, inversion and ONNX export.

A model is a card and a network with weights; `load_model` finds one by its id.  This package
imports torch only when a network is loaded.
"""

from latent_core.models.card import FAMILIES, ModelCard
from latent_core.models.card_reader import read_model_card
from latent_core.models.catalog import (
    evaluator_for,
    list_models,
    load_card,
    load_from_card,
    load_model,
)
from latent_core.models.inversion import (
    BATCH_INVERSION,
    FAST,
    HIGH_QUALITY,
    InversionConfig,
    InversionResult,
    invert,
)
from latent_core.models.protocols import Differentiable, LatentModel, differentiable
from latent_core.models.torch_model import TorchModel

__all__ = [
    "BATCH_INVERSION",
    "FAMILIES",
    "FAST",
    "HIGH_QUALITY",
    "Differentiable",
    "InversionConfig",
    "InversionResult",
    "LatentModel",
    "ModelCard",
    "TorchModel",
    "differentiable",
    "evaluator_for",
    "invert",
    "list_models",
    "load_card",
    "load_from_card",
    "load_model",
    "read_model_card",
]
