"""Sentences on files that are not opened, with what to do instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from latent_core.errors import InvalidInputError
from latent_core.io.limits import safe_display_name, sniff_type
from latent_core.opening.datasets.source_files import SourceFile
from latent_core.types import Array

FORMATS = (
    "images (PNG, JPEG, WebP, BMP, GIF, TIFF, in folders, zip or tar), arrays (.npy, .npz, idx) or "
    "tables (.csv, .tsv, .parquet, .jsonl)"
)
_SIGNATURES = (
    (b"\x89HDF\r\n", "an HDF5 file"),
    (b"\x80\x02", "a pickle"),
    (b"\x80\x03", "a pickle"),
    (b"\x80\x04", "a pickle"),
    (b"\x80\x05", "a pickle"),
)
_HDF5 = """import h5py
import numpy as np

arrays = {}
with h5py.File(PATH) as file:  # its arrays of numbers, by their paths

    def keep(path, item):
        if isinstance(item, h5py.Dataset) and item.dtype.kind in "buif":
            arrays[path.replace("/", "_")] = item[()]

    file.visititems(keep)
np.savez(PATH + ".npz", **arrays)"""
_ANNDATA = """import anndata
import numpy as np

data = anndata.read_h5ad(PATH)
columns = {
    name: values.to_numpy() if values.dtype.kind in "if" else values.astype(str).to_numpy("U")
    for name, values in data.obs.items()
}
codes = data.obsm["X_pca"]  # or another of data.obsm
np.savez(PATH + ".npz", codes=codes, name=data.obs_names.to_numpy("U"), **columns)"""
_PICKLE = """import numpy as np

np.save("codes.npy", codes)  # of an array; of a table: table.to_parquet("codes.parquet")"""
_EXPORTS = {"an HDF5 file": _HDF5, "an AnnData file": _ANNDATA, "a pickle": _PICKLE}
_REASONS = {
    "an HDF5 file": "which is not read",
    "an AnnData file": "which is not read",
    "a pickle": "which can run code when it is read and so never is",
}
_TORCH = (".pt", ".pth", ".ckpt", ".bin")


def torch_refusal(name: str) -> str:
    """The sentence on a file of PyTorch."""
    return f"{name} is a file of PyTorch; save the tensor with np.save(…, tensor.numpy())."


class RefusedDataError(InvalidInputError):
    """A file that is not read, but whose owner can save it as one that is.

    Attributes
    ----------
    code
        Lines of Python that do that.
    """

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


def refusal_of(files: Sequence[SourceFile], arrays: Mapping[str, Array]) -> InvalidInputError:
    """Why none of these files is a data set, and what would be."""
    if not files:
        shapes = ", ".join(f"{name!r} {array.shape}" for name, array in arrays.items())
        return InvalidInputError(
            f"No array here can be a data set ({shapes}); images have 3 or 4 axes, (N, H, W, C), "
            "embeddings 2, (N, D)."
        )
    file, data = files[0], files[0].head()
    name = safe_display_name(file.name)
    kind = next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)
    if kind is not None:
        kind = "an AnnData file" if file.suffix == ".h5ad" else kind
        return RefusedDataError(
            f"{name} is {kind}, {_REASONS[kind]}; save its arrays with np.save or np.savez, or "
            "the table with to_parquet.",
            _EXPORTS[kind].replace("PATH", repr(name)),
        )
    if file.suffix in _TORCH or sniff_type(data) == "zip":
        return InvalidInputError(torch_refusal(name))
    return InvalidInputError(f"{name} is {sniff_type(data)}; give {FORMATS}.")
