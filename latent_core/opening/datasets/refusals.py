"""Sentences on files that are not opened, with what to do instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from latent_core.io.limits import safe_display_name, sniff_type
from latent_core.opening.datasets.source_files import SourceFile
from latent_core.types import Array

FORMATS = (
    "images (PNG, JPEG, WebP, BMP, GIF, TIFF, in folders, zip or tar), arrays (.npy, .npz, idx) or "
    "tables (.csv, .tsv, .parquet, .jsonl)"
)
_SIGNATURES = (
    (b"\x89HDF\r\n", "HDF5"),
    (b"\x80\x02", "pickle"),
    (b"\x80\x03", "pickle"),
    (b"\x80\x04", "pickle"),
    (b"\x80\x05", "pickle"),
)
_REMEDIES = {
    "HDF5": "is HDF5, which is not read; save the array with np.save, or the table with "
    "to_parquet, for AnnData adata.obs.join(pd.DataFrame(adata.obsm['X_pca'], adata.obs_names))",
    "pickle": "is a pickle, which can run code when it is read and so never is; save the array "
    "with np.save, or the table with to_parquet",
}
_TORCH = (".pt", ".pth", ".ckpt", ".bin")


def torch_refusal(name: str) -> str:
    """The sentence on a file of PyTorch."""
    return f"{name} is a file of PyTorch; save the tensor with np.save(…, tensor.numpy())."


def refusal_of(files: Sequence[SourceFile], arrays: Mapping[str, Array]) -> str:
    """Why none of these files is a data set, and what would be."""
    if not files:
        shapes = ", ".join(f"{name!r} {array.shape}" for name, array in arrays.items())
        return (
            f"No array here can be a data set ({shapes}); images have 3 or 4 axes, (N, H, W, C), "
            "embeddings 2, (N, D)."
        )
    file, data = files[0], files[0].head()
    name = safe_display_name(file.name)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return f"{name} {_REMEDIES[kind]}."
    if file.suffix in _TORCH or sniff_type(data) == "zip":
        return torch_refusal(name)
    return f"{name} is {sniff_type(data)}; give {FORMATS}."
