"""Import of torchvision beside a build of torch that it was not compiled for.

The Linux build of torchvision on PyPI expects a CUDA build of torch; with a CPU build its import
fails, because two compiled operators are missing.  Neither is used here, so declaring their
signatures is enough for the data set readers, `transforms.v2` and the model definitions.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from latent_core.errors import LatentError
from latent_core.installation import requires_extra

_MISSING = (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
)
_declared: list[Any] = []  # a torch.library.Library lives as long as it is referenced


@cache
def import_torchvision(submodule: str = "") -> ModuleType:
    """`torchvision`, or a submodule of it such as ``"datasets.mnist"``.

    Raises
    ------
    LatentError
        It is not installed or cannot be imported.
    """
    name = "torchvision" + (f".{submodule}" if submodule else "")
    try:
        with requires_extra("train"):
            return import_module(name)
    except RuntimeError as error:
        if "torchvision::nms" not in str(error):
            raise LatentError(
                f"torchvision cannot be imported ({error}); install the version in "
                "requirements.txt."
            ) from error
    _declare_missing_operators()
    return import_module(name)


def _declare_missing_operators() -> None:
    import torch

    if not _declared:
        library = torch.library.Library("torchvision", "FRAGMENT")  # type: ignore[no-untyped-call]
        for schema in _MISSING:
            library.define(schema)  # type: ignore[no-untyped-call]
        _declared.append(library)
