"""Files that are never opened, since that would run their code; recognized by their first bytes.

Each refusal has the few lines that export its kind to ONNX.
"""

from __future__ import annotations

import io
import zipfile

from latent_core.errors import InvalidInputError
from latent_core.io.limits import safe_display_name

_TORCH_EXPORT = """import torch
encoder, decoder = model.encoder.eval(), model.decoder.eval()  # of your model
any_batch = {"dynamic_shapes": ({0: torch.export.Dim("N")},), "external_data": False}
torch.onnx.export(encoder, (images,), "encoder.onnx", **any_batch)  # images: two or more
torch.onnx.export(decoder, (codes,), "decoder.onnx", **any_batch)"""
_KERAS_EXPORT = """encoder(images); decoder(codes)  # call each once
encoder.export("encoder.onnx", format="onnx")
decoder.export("decoder.onnx", format="onnx")"""
_SKLEARN_EXPORT = """import latent_core as lc
model = lc.wrap(estimator, example=images)  # in Python: PCA, NMF, TruncatedSVD, …"""
EXPORTS = {
    "a pickled PyTorch model": _TORCH_EXPORT,
    "a TorchScript model": _TORCH_EXPORT,
    "an exported program (.pt2)": _TORCH_EXPORT,
    "a torch.package": _TORCH_EXPORT,
    "a Keras model": _KERAS_EXPORT,
    "a Keras or HDF5 file": _KERAS_EXPORT,
    "a pickle": _SKLEARN_EXPORT,
}


class RefusedModelError(InvalidInputError):
    """A file that is never opened.

    Attributes
    ----------
    code
        Lines that export its kind to ONNX.
    """

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


def refused_kind(name: str, content: bytes) -> str | None:
    """What kind of file that is never opened this is; None for another."""
    if content.startswith(b"\x89HDF\r\n\x1a\n"):
        return "a Keras or HDF5 file"
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(name, content)
    is_pickle = content[:1] == b"\x80" and content[1:2] in {bytes([n]) for n in range(2, 6)}
    if is_pickle and not _is_legacy_torch(content):
        return "a pickle"
    return None


def _kind_of_zip(name: str, content: bytes) -> str | None:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except zipfile.BadZipFile:
        return None
    inner = {entry.split("/", 1)[-1] for entry in names}
    if "constants.pkl" in inner or any("/code/" in f"/{entry}" for entry in inner):
        return "a TorchScript model"
    if ".data/extern_modules" in inner:
        return "a torch.package"
    if {"archive_format", "serialized_exported_program.json"} & inner or name.endswith(".pt2"):
        return "an exported program (.pt2)"
    if {"config.json", "model.weights.h5"} <= inner:
        return "a Keras model"
    return None


def _is_legacy_torch(content: bytes) -> bool:
    """Whether it is a state dict as PyTorch wrote it before version 1.6."""
    return b"\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19." in content[:64]


def refuse(name: str, kind: str) -> RefusedModelError:
    """The error for a file of a kind that is never opened."""
    return RefusedModelError(
        f"{safe_display_name(name)} is {kind}, which can run code when it is opened, so it is not; "
        "export its encoder and decoder to ONNX.",
        EXPORTS[kind],
    )
