"""Bundles: a model with its data set and results as one zip, to open it elsewhere."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from latent_core.card_files import read_card, update_card
from latent_core.datasets.dataset import load_dataset
from latent_core.errors import InvalidInputError, LatentError
from latent_core.files import read_regular_file, remove_folder, write_file
from latent_core.installed import DATASETS, ID, MODELS, Installed, Target
from latent_core.io.limits import MB, UploadLimits
from latent_core.io.zip_files import zip_members
from latent_core.models.catalog import load_card
from latent_core.opening.ids import MANIFEST, free_id, new_folder
from latent_core.untrusted import parse_json, reading

SCHEMA = 1
_PATH = re.compile(rf"(models|data)/({ID.pattern})/((?:store/)?\w[\w.-]{{0,120}})", re.ASCII)
_DAMAGED = "The bundle is damaged", "export it again"


def export_bundle(model_id: str) -> bytes:
    """A zip of a model, its data set, and the results that are stored beside it.

    Raises
    ------
    UnknownNameError, InvalidCardError
        There is no such model, or its card or data set cannot be read.
    """
    card = load_card(model_id)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        manifest = {"schema_version": SCHEMA, "model": model_id, "dataset": card.dataset}
        archive.writestr(MANIFEST, json.dumps(manifest, indent=2))
        for kind, name in ((MODELS, model_id), (DATASETS, card.dataset)):
            folder = kind.find(name)
            for path in sorted(p for p in folder.rglob("*") if p.is_file()):
                inner = f"{kind.name}/{name}/{path.relative_to(folder).as_posix()}"
                if _PATH.fullmatch(inner):
                    archive.writestr(inner, read_regular_file(path))
    return file.getvalue()


def is_bundle(content: bytes) -> bool:
    """Whether a file is a bundle, by its list of files."""
    try:
        return MANIFEST in zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def import_bundle(content: bytes, *, target: Target | None = None) -> str:
    """Install the model and the data set of a bundle; gives the model's id.

    A data set that is there already with the same content is used.  An id that is taken becomes
    another one.

    Raises
    ------
    InvalidInputError
        It is damaged, or its model or data set cannot be read.
    """
    target = target or Target.of_user()
    with reading(*_DAMAGED, InvalidInputError):
        members = {m.path: m.read for m in zip_members(content, _limits())}
        manifest = parse_json(members[MANIFEST]().decode())
        names = {MODELS: str(manifest["model"]), DATASETS: str(manifest["dataset"])}
        if not all(ID.fullmatch(name) for name in names.values()):
            raise ValueError("its ids are none")
        files = {kind: _files_of(kind, name, members) for kind, name in names.items()}
    installed: list[Path] = []
    try:
        dataset_id = _install(DATASETS, names[DATASETS], files[DATASETS], target, installed)
        model_id = _install(MODELS, names[MODELS], files[MODELS], target, installed)
        if dataset_id != names[DATASETS]:
            update_card(MODELS.find(model_id), dataset=dataset_id)
        load_dataset(dataset_id)
        load_card(model_id).checked_weights()
    except LatentError:
        for folder in installed:
            remove_folder(folder.absolute())
        raise
    return model_id


def _limits() -> UploadLimits:
    """Those of uploads, but for files as large as a model's weights."""
    large = 512 * MB
    return UploadLimits(
        file_bytes=large, total_bytes=2 * large, visitor_bytes=large, files=2000, zip_ratio=1000
    )


def _files_of(kind: Installed, name: str, members: Mapping[str, Any]) -> dict[str, bytes]:
    """The contents of one folder of the bundle, by their path in it."""
    found = {}
    for path, read in members.items():
        match = _PATH.fullmatch(path)
        if match is not None and match[1] == kind.name and match[2] == name:
            found[match[3]] = read()
    if "card.json" not in found:
        raise ValueError(f"it has no {kind.name}/{name}/card.json")
    return found


def _install(
    kind: Installed, name: str, files: Mapping[str, bytes], target: Target, installed: list[Path]
) -> str:
    """Write the files, under another id where this one is taken; gives the id."""
    if kind is DATASETS and name in kind.list_ids() and _is_same(kind.find(name), files):
        return name
    new = (free_id(name, name) if name in kind.list_ids() else name) + target.suffix
    folder = (target.models if kind is MODELS else target.data) / new
    with new_folder(folder) as aside:
        for path, content in files.items():
            write_file(aside / path, content)
    installed.append(folder)
    return new


def _is_same(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Whether an installed data set has the files of this one, by the checksums on its card."""
    with reading(*_DAMAGED, InvalidInputError):
        theirs = parse_json(files["card.json"].decode()).get("sha256")
    return bool(read_card(folder / "card.json").get("sha256") == theirs)
