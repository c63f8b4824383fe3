"""Explore the latent space of an autoencoder: encode, project, decode and evaluate.

>>> import latent_core as lc
>>> model = lc.load_model("digits-vae-16")
>>> data = lc.load_dataset("digits")
>>> encodings = lc.encode(model, data)
>>> encodings.mean.shape
(10000, 16)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from latent_core.analysis import AttributeDirections as AttributeDirections
    from latent_core.analysis import ClosedFormDirections as ClosedFormDirections
    from latent_core.analysis import CodeArithmetic as CodeArithmetic
    from latent_core.analysis import DirectionEvidence as DirectionEvidence
    from latent_core.analysis import GaussianMixture as GaussianMixture
    from latent_core.analysis import MarkedDirection as MarkedDirection
    from latent_core.analysis import PrincipalDirections as PrincipalDirections
    from latent_core.analysis import Support as Support
    from latent_core.analysis import closed_form_directions as closed_form_directions
    from latent_core.analysis import code_arithmetic as code_arithmetic
    from latent_core.analysis import direction_evidence as direction_evidence
    from latent_core.analysis import fit_marked_direction as fit_marked_direction
    from latent_core.analysis import fit_mixture as fit_mixture
    from latent_core.analysis import hold_fixed as hold_fixed
    from latent_core.analysis import leakage as leakage
    from latent_core.analysis import principal_directions as principal_directions
    from latent_core.api.codes import encode as encode
    from latent_core.api.codes import fit_attribute_directions as fit_attribute_directions
    from latent_core.api.codes import geodesic_path as geodesic_path
    from latent_core.api.codes import project as project
    from latent_core.api.codes import support as support
    from latent_core.api.diagnosis import compare as compare
    from latent_core.api.diagnosis import diagnose as diagnose
    from latent_core.api.sampling import sample as sample
    from latent_core.comparison import Comparison as Comparison
    from latent_core.datasets.dataset import list_datasets as list_datasets
    from latent_core.datasets.dataset import load_dataset as load_dataset
    from latent_core.errors import CancelledError as CancelledError
    from latent_core.errors import InputTooLargeError as InputTooLargeError
    from latent_core.errors import InvalidCardError as InvalidCardError
    from latent_core.errors import InvalidInputError as InvalidInputError
    from latent_core.errors import LatentError as LatentError
    from latent_core.errors import NotFittedError as NotFittedError
    from latent_core.errors import UnknownNameError as UnknownNameError
    from latent_core.evaluation.disentanglement.scores import (
        disentanglement_scores as disentanglement_scores,
    )
    from latent_core.evaluation.evaluate import evaluate as evaluate
    from latent_core.health import Health as Health
    from latent_core.image_arrays import show as show
    from latent_core.interpolation import LatentPath as LatentPath
    from latent_core.interpolation import linear_path as linear_path
    from latent_core.interpolation import spherical_path as spherical_path
    from latent_core.io.uploads import read_uploads as read_uploads
    from latent_core.models.card import ModelCard as ModelCard
    from latent_core.models.catalog import list_models as list_models
    from latent_core.models.catalog import load_card as load_card
    from latent_core.models.catalog import load_model as load_model
    from latent_core.models.first_layer import first_decoder_weight as first_decoder_weight
    from latent_core.models.inversion import InversionResult as InversionResult
    from latent_core.models.inversion import invert as invert
    from latent_core.models.protocols import Differentiable as Differentiable
    from latent_core.models.protocols import LatentModel as LatentModel
    from latent_core.models.torch_model import TorchModel as TorchModel
    from latent_core.neighbors import nearest as nearest
    from latent_core.opening.bundles import export_bundle as export_bundle
    from latent_core.opening.bundles import import_bundle as import_bundle
    from latent_core.opening.datasets import inspect_dataset as inspect_dataset
    from latent_core.opening.datasets import open_dataset as open_dataset
    from latent_core.opening.models.inspection import open_model as open_model
    from latent_core.opening.models.loaders import register_loader as register_loader
    from latent_core.opening.models.wrapping import wrap as wrap
    from latent_core.projection import LLE as LLE
    from latent_core.projection import PCA as PCA
    from latent_core.projection import TSNE as TSNE
    from latent_core.projection import UMAP as UMAP
    from latent_core.projection import Isomap as Isomap
    from latent_core.projection import LatentAxes as LatentAxes
    from latent_core.projection import Projection as Projection
    from latent_core.types import Dataset as Dataset
    from latent_core.types import Encodings as Encodings
    from latent_core.types import Posterior as Posterior
    from latent_core.uses.cluster_figures import cluster_agreement as cluster_agreement
    from latent_core.uses.clusters import Clustering as Clustering
    from latent_core.uses.clusters import cluster_codes as cluster_codes
    from latent_core.uses.corruptions import corrupt as corrupt
    from latent_core.uses.denoising import denoise as denoise
    from latent_core.uses.entropy_coding import code_bits as code_bits
    from latent_core.uses.image_quality import psnr as psnr
    from latent_core.uses.image_quality import ssim as ssim
    from latent_core.uses.label_errors import label_disagreement as label_disagreement
    from latent_core.uses.outlier_scores import outlier_scores as outlier_scores
    from latent_core.uses.recommendation import recommend as recommend
    from latent_core.workspace import reconstruction_errors as reconstruction_errors


__version__ = "0.1.0"

_MODULES = {
    "AttributeDirections": "analysis",
    "ClosedFormDirections": "analysis",
    "closed_form_directions": "analysis",
    "CodeArithmetic": "analysis",
    "code_arithmetic": "analysis",
    "GaussianMixture": "analysis",
    "PrincipalDirections": "analysis",
    "Support": "analysis",
    "MarkedDirection": "analysis",
    "fit_marked_direction": "analysis",
    "fit_mixture": "analysis",
    "DirectionEvidence": "analysis",
    "direction_evidence": "analysis",
    "hold_fixed": "analysis",
    "leakage": "analysis",
    "principal_directions": "analysis",
    "diagnose": "api.diagnosis",
    "compare": "api.diagnosis",
    "encode": "api.codes",
    "fit_attribute_directions": "api.codes",
    "geodesic_path": "api.codes",
    "project": "api.codes",
    "sample": "api.sampling",
    "support": "api.codes",
    "Comparison": "comparison",
    "list_datasets": "datasets.dataset",
    "load_dataset": "datasets.dataset",
    "CancelledError": "errors",
    "InputTooLargeError": "errors",
    "InvalidCardError": "errors",
    "InvalidInputError": "errors",
    "LatentError": "errors",
    "NotFittedError": "errors",
    "UnknownNameError": "errors",
    "disentanglement_scores": "evaluation.disentanglement.scores",
    "evaluate": "evaluation.evaluate",
    "Health": "health",
    "show": "image_arrays",
    "LatentPath": "interpolation",
    "linear_path": "interpolation",
    "spherical_path": "interpolation",
    "read_uploads": "io.uploads",
    "ModelCard": "models.card",
    "list_models": "models.catalog",
    "load_card": "models.catalog",
    "load_model": "models.catalog",
    "first_decoder_weight": "models.first_layer",
    "InversionResult": "models.inversion",
    "invert": "models.inversion",
    "TorchModel": "models.torch_model",
    "Differentiable": "models.protocols",
    "LatentModel": "models.protocols",
    "nearest": "neighbors",
    "open_model": "opening.models.inspection",
    "register_loader": "opening.models.loaders",
    "wrap": "opening.models.wrapping",
    "export_bundle": "opening.bundles",
    "import_bundle": "opening.bundles",
    "inspect_dataset": "opening.datasets",
    "open_dataset": "opening.datasets",
    "Isomap": "projection",
    "LLE": "projection",
    "LatentAxes": "projection",
    "PCA": "projection",
    "Projection": "projection",
    "TSNE": "projection",
    "UMAP": "projection",
    "Dataset": "types",
    "Encodings": "types",
    "Posterior": "types",
    "corrupt": "uses.corruptions",
    "denoise": "uses.denoising",
    "code_bits": "uses.entropy_coding",
    "psnr": "uses.image_quality",
    "ssim": "uses.image_quality",
    "cluster_agreement": "uses.cluster_figures",
    "Clustering": "uses.clusters",
    "cluster_codes": "uses.clusters",
    "label_disagreement": "uses.label_errors",
    "recommend": "uses.recommendation",
    "outlier_scores": "uses.outlier_scores",
    "reconstruction_errors": "workspace",
}
__all__ = sorted(_MODULES)  # noqa: PLE0605 - a test compares it with the typed exports


def __getattr__(name: str) -> Any:
    """Import a name at first use, since importing torch alone takes a second."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
