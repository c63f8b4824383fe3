"""The commands of ``python -m latent_core``: each function here runs the command of its name."""

from latent_core.cli.analysis import analyze
from latent_core.cli.common import reporter
from latent_core.cli.comparing import compare
from latent_core.cli.inference import decode, encode, project
from latent_core.cli.inspection import datasets, model_table, models
from latent_core.cli.maintenance import (
    add_torchvision,
    cache,
    export_onnx,
    precompute,
    upgrade_cards,
)
from latent_core.cli.model_opening import export_bundle, open_model
from latent_core.cli.opening import open_data
from latent_core.cli.sampling import sample
from latent_core.cli.training import (
    evaluate,
    replicate,
    train,
    train_evaluation_network,
    train_realism_network,
)
from latent_core.cli.uses import uses

__all__ = [
    "add_torchvision",
    "analyze",
    "cache",
    "compare",
    "datasets",
    "decode",
    "encode",
    "evaluate",
    "export_bundle",
    "export_onnx",
    "model_table",
    "models",
    "open_data",
    "open_model",
    "precompute",
    "project",
    "replicate",
    "reporter",
    "sample",
    "train",
    "train_evaluation_network",
    "train_realism_network",
    "upgrade_cards",
    "uses",
]
