"""Writing a draft as a data set, and a model of it, as those that ship are written."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from latent_core.card_files import write_card
from latent_core.datasets.dataset import FACTORS_FILE, load_dataset
from latent_core.datasets.factors import Factor, is_known, write_factors
from latent_core.datasets.precomputed import CODES_FILE, NAMES_FILE, pack_codes
from latent_core.datasets.splits import SPLIT
from latent_core.files import write_file
from latent_core.installed import DATASETS, MODELS
from latent_core.io.export import npy
from latent_core.io.sprite_sheet import pack_sprite_sheet
from latent_core.opening.datasets.contents import Contents
from latent_core.opening.datasets.pixel_pca import write_pixel_pca
from latent_core.opening.ids import PCA_SUFFIX, check_free, free_id, new_folder
from latent_core.progress import ProgressCallback, subprogress
from latent_core.types import Dataset, Floats

if TYPE_CHECKING:
    from latent_core.opening.datasets.draft import DatasetDraft

_UNIT_NORM = 1e-3
"""Largest deviation from norm 1 of codes whose metric is the cosine."""


def save_draft(
    draft: DatasetDraft,
    dataset_id: str | None,
    *,
    models: Path | None,
    data: Path | None,
    progress: ProgressCallback,
) -> Dataset:
    """Write the data set, then a model of it; see `DatasetDraft.save`."""
    models, data = models or MODELS.own, data or DATASETS.own
    dataset_id = dataset_id or free_id(draft.title, "data")
    check_free(dataset_id)
    contents = draft.contents()
    progress(0.0, "writing the data set")
    with new_folder(data / dataset_id) as folder:
        _write_dataset(draft, contents, folder)
    if contents.codes is not None:
        with new_folder(models / dataset_id) as folder:
            write_card(folder / "card.json", _precomputed_card(draft, contents, dataset_id))
    elif draft.images is not None:
        part = subprogress(progress, 0.5, 1)
        with new_folder(models / f"{dataset_id}{PCA_SUFFIX}") as folder:
            write_pixel_pca(draft.images, folder, dataset_id, draft.title, part)
    progress(1.0, "opened")
    return load_dataset(dataset_id)


def _write_dataset(draft: DatasetDraft, contents: Contents, folder: Path) -> None:
    files: dict[str, bytes] = {}
    card: dict[str, Any] = {"title": draft.title, "description": _description(draft, contents)}
    card |= {"source": "", "license": ""}
    if contents.codes is not None:
        files[CODES_FILE] = pack_codes(contents.codes)
        card["codes"] = {"metric": metric_of(contents.codes), "sample_noun": "sample"}
        if contents.names:
            files[NAMES_FILE] = "\n".join(contents.names).encode()
    elif draft.images is not None:
        files["images.png"] = pack_sprite_sheet(draft.images)
        card["image_shape"] = list(draft.image_shape or ())
        card |= {"composite": draft.composite} if draft.composites else {}
    if contents.labels is not None:
        files["labels.npy"] = npy(contents.labels.astype(np.int32))
        card["class_names"] = list(contents.class_names)
    if contents.factors:
        files[FACTORS_FILE] = write_factors(contents.factors)
        card["factors"] = {name: _factor(values) for name, values in contents.factors.items()}
    for name, content in files.items():
        write_file(folder / name, content)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    write_card(
        folder / "card.json",
        card | {"sha256": digests, "count": len(contents.rows), "split": SPLIT},
    )


def _description(draft: DatasetDraft, contents: Contents) -> str:
    warnings = (*draft.warnings, *contents.warnings)
    return " ".join((*draft.findings, *contents.findings, *warnings))[:4000]


def _factor(values: Floats) -> dict[str, Any]:
    known = values[is_known(values)]
    low, high = float(known.min()), float(known.max())
    n_missing = len(values) - len(known)
    return Factor(low=low, high=high, description="", n_missing=n_missing).as_card()


def metric_of(codes: Floats) -> str:
    """``"cosine"`` for codes of norm 1, else ``"euclidean"``."""
    norms = np.linalg.norm(codes, axis=1)
    return "cosine" if bool((np.abs(norms - 1) < _UNIT_NORM).all()) else "euclidean"


def _precomputed_card(draft: DatasetDraft, contents: Contents, dataset_id: str) -> dict[str, Any]:
    latent_dim = 0 if contents.codes is None else contents.codes.shape[1]
    return {
        "title": f"{draft.title}, {latent_dim} dimensions",
        "description": "Embeddings that were opened from a file: no encoder and no decoder.",
        "family": "precomputed",
        "dataset": dataset_id,
        "latent_dim": latent_dim,
        "architecture": {},
        "preprocessing": {},
        "paper": "",
        "license": "",
        "training": {"command": "none; opened from a file"},
        "weights": {},
        "metrics": {},
    }
