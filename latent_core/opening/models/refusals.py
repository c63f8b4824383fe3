"""Files that are never opened, since that would run their code; recognized by their first bytes.

Each refusal has the few lines that export its kind to ONNX.
"""

from __future__ import annotations

import io
import pickletools
import re
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


MAX_PICKLE_BYTES = 2**24
_OF_WEIGHTS = re.compile(
    r"torch|torch\.(_utils|_tensor|storage|serialization|nn\.parameter)|collections|numpy(\..*)?"
)


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
        archive = zipfile.ZipFile(io.BytesIO(content))
        names = archive.namelist()
    except zipfile.BadZipFile:
        return None
    inner = {entry.split("/", 1)[-1] for entry in names}
    pickled = next((entry for entry in names if entry.endswith("data.pkl")), None)
    signs = {
        "a TorchScript model": "constants.pkl" in inner
        or any("/code/" in f"/{entry}" for entry in inner),
        "a torch.package": ".data/extern_modules" in inner,
        "an exported program (.pt2)": name.endswith(".pt2")
        or bool({"archive_format", "serialized_exported_program.json"} & inner),
        "a Keras model": {"config.json", "model.weights.h5"} <= inner,
        "a pickled PyTorch model": pickled is not None
        and bool(foreign_names(_member(archive, pickled))),
    }
    return next((kind for kind, is_it in signs.items() if is_it), None)


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The first bytes of a file in a zip; none of a damaged one."""
    try:
        with archive.open(name) as file:
            return file.read(MAX_PICKLE_BYTES)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return b""


def foreign_names(pickled: bytes) -> list[str]:
    """The modules, other than those of plain weights, that a pickle would import if it were read.

    Its instructions are listed, not followed.
    """
    found: list[str] = []
    texts: list[str] = []
    try:
        for opcode, argument, _ in pickletools.genops(pickled):
            if isinstance(argument, str):
                texts.append(argument)
            if opcode.name in ("GLOBAL", "INST"):
                found.append(str(argument).split(" ")[0])
            elif opcode.name == "STACK_GLOBAL" and len(texts) > 1:
                found.append(texts[-2])
    except Exception:  # noqa: BLE001 - a damaged pickle, of which the reader says what is wrong
        return []
    return sorted({name for name in found if not _OF_WEIGHTS.fullmatch(name)})


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
