"""Drafts of images, from files, from a column of a table, and from arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.io.limits import UploadLimits, safe_display_name
from latent_core.opening.datasets.arrays import Arrays, columns_beside, image_arrays
from latent_core.opening.datasets.columns import Column, assign_roles
from latent_core.opening.datasets.composites import Composite
from latent_core.opening.datasets.draft import DatasetDraft
from latent_core.opening.datasets.embedding_drafts import with_distinct_names
from latent_core.opening.datasets.image_arrays import Layout, array_composites, images_of_array
from latent_core.opening.datasets.image_files import DecodedImages, EncodedImage, decode_images
from latent_core.opening.datasets.joining import join_table, keys_of_path
from latent_core.opening.datasets.source_files import SourceFile
from latent_core.opening.datasets.tables import Table
from latent_core.progress import ProgressCallback
from latent_core.types import Array

FOLDER = "folder"
"""The name of the column with the folder of each image."""


def images_from_files(
    files: Sequence[SourceFile],
    tables: Sequence[tuple[str, Table]],
    classes: Mapping[str, str],
    limits: UploadLimits,
    max_side: int,
    progress: ProgressCallback,
) -> DatasetDraft:
    """Image files with labels from their folders, from ``.cls`` files, or from a table."""
    encoded = [EncodedImage(name=safe_display_name(f.name), read=f.read) for f in files]
    decoded = decode_images(encoded, limits, max_side, progress)
    paths = [files[i].path for i in decoded.indices]
    columns, findings, warnings = [], [], []
    for name, table in tables:
        try:
            joined, sentence = join_table(table, name, list(map(keys_of_path, paths)), len(paths))
        except InvalidInputError as error:
            warnings.append(f"{name} is left out. {error}")
            continue
        columns += joined
        findings += [*table.findings, sentence]
    if classes:
        columns.append(_class_column(paths, classes))
    folders = _folder_column(paths, findings)
    columns += [] if folders is None else [folders]
    return _draft(decoded, columns, findings, warnings)


def _folder_column(paths: Sequence[str], findings: list[str]) -> Column | None:
    """The folder of each image, where there are several."""
    folders = [PurePosixPath(path).parent.name for path in paths]
    parents = {PurePosixPath(path).parent for path in paths}
    if len(parents) < 2:
        return None
    counts = Counter(folders)
    deep = "" if len(parents) == len(counts) else ", by the last part of their paths"
    findings.append(f"The images lie in {len(counts):,} folders{deep}.")
    if n_root := counts.get("", 0):
        findings.append(f"{n_root:,} images lie in no folder and get no label.")
    return Column(name=FOLDER, values=np.array(folders, object), role="label")


def _class_column(paths: Sequence[str], classes: Mapping[str, str]) -> Column:
    """The classes in ``.cls`` files, as WebDataset writes them beside the images."""
    by_key = {path.removesuffix(".cls"): text for path, text in classes.items()}
    values = [by_key.get(_without_suffixes(path), "") for path in paths]
    return Column(name="cls", values=np.array(values, object), role="label")


def _without_suffixes(path: str) -> str:
    pure = PurePosixPath(path)
    return (pure.parent / pure.name.partition(".")[0]).as_posix()


def images_from_table(
    table: Table, limits: UploadLimits, max_side: int, progress: ProgressCallback
) -> DatasetDraft:
    """A column of encoded images, and the table's other columns."""
    encoded = [
        EncodedImage(name=f"row {i + 1}", read=partial(_content, data))
        for i, data in enumerate(table.images or ())
    ]
    decoded = decode_images(encoded, limits, max_side, progress)
    rows = np.array(decoded.indices)
    columns = [Column(name=c.name, values=c.values[rows]) for c in table.columns]
    return _draft(decoded, columns, list(table.findings), list(table.warnings))


def _content(data: bytes | None) -> bytes:
    if data is None:
        raise InvalidInputError("There is no image in this row; leave the row out.")
    return data


def images_from_arrays(
    arrays: Arrays,
    tables: Sequence[tuple[str, Table]],
    layout: Layout,
    max_side: int,
    composite: Composite = "auto",
) -> DatasetDraft:
    """Arrays of images of one shape, joined, with labels from arrays and tables beside them."""
    used = image_arrays(arrays.by_name)
    joined: Array = (
        next(iter(used.values())) if len(used) == 1 else np.concatenate(list(used.values()))
    )
    images, findings, warnings = images_of_array(joined, layout, max_side, composite)
    choices = array_composites(joined, layout)
    if len(used) > 1:
        findings.insert(0, f"{len(used)} arrays are joined: {', '.join(used)}.")
    columns, more = columns_beside(arrays.by_name, used, len(images))
    for name, table in tables:
        beside, sentence = join_table(table, name, [], len(images))
        columns += beside
        findings += [*table.findings, sentence]
    decoded = DecodedImages(
        images=images,
        indices=tuple(range(len(images))),
        findings=tuple(findings),
        warnings=(*arrays.warnings, *warnings, *more),
    )
    draft = _draft(decoded, columns, [], [])
    if choices and composite == "auto":
        composite = choices[0]
    return replace(draft, composites=choices, composite=composite)


def _draft(
    decoded: DecodedImages, columns: Sequence[Column], findings: list[str], warnings: list[str]
) -> DatasetDraft:
    return DatasetDraft(
        kind="images",
        title="",
        count=len(decoded.images),
        columns=_roles_beside_images(with_distinct_names(columns)),
        images=decoded.images,
        findings=(*decoded.findings, *findings),
        warnings=(*decoded.warnings, *warnings),
    )


def _roles_beside_images(columns: Sequence[Column]) -> tuple[Column, ...]:
    """As for embeddings, but numbers are factors, and folders are labels if nothing else is."""
    given = assign_roles([column for column in columns if column.role != "label"])
    has_label = any(column.role == "label" for column in given)
    named = [column for column in columns if column.role == "label"]
    labels = [
        column if i == 0 and not has_label else replace(column, role="left out")
        for i, column in enumerate(named)
    ]
    return (*labels, *map(_without_code, given))


def _without_code(column: Column) -> Column:
    if column.role != "code":
        return column
    return replace(column, role="factor" if column.values.ndim == 1 else "left out")
