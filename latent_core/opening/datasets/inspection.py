"""What somebody's files hold: images or embeddings, and what belongs to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from latent_core.errors import InvalidInputError
from latent_core.io.limits import IMAGE_TYPES, UploadLimits, safe_display_name, sniff_type
from latent_core.notebook import compact_repr
from latent_core.opening.datasets.arrays import Arrays, is_idx, read_array_file
from latent_core.opening.datasets.columns import Role
from latent_core.opening.datasets.composites import Composite
from latent_core.opening.datasets.delimited import read_delimited
from latent_core.opening.datasets.draft import DatasetDraft
from latent_core.opening.datasets.embedding_drafts import embeddings_of_arrays, embeddings_of_tables
from latent_core.opening.datasets.image_arrays import MAX_SIDE, Layout
from latent_core.opening.datasets.image_drafts import (
    images_from_arrays,
    images_from_files,
    images_from_table,
)
from latent_core.opening.datasets.joining import concatenate_shards
from latent_core.opening.datasets.projector import without_sprite
from latent_core.opening.datasets.refusals import refusal_of
from latent_core.opening.datasets.source_files import (
    ARRAY_SUFFIXES,
    IMAGE_SUFFIXES,
    SourceFile,
    SourceFiles,
    Sources,
    list_files,
)
from latent_core.opening.datasets.tables import Table, read_json_lines, read_parquet
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Dataset
from latent_core.untrusted import reading

TableFiles = list[tuple[str, Table]]


@dataclass(slots=True, kw_only=True)
class Parts:
    """The files of a source by what they hold."""

    images: list[SourceFile] = field(default_factory=list)
    tables: TableFiles = field(default_factory=list)
    texts: list[tuple[str, bytes]] = field(default_factory=list)
    arrays: Arrays = field(default_factory=Arrays)
    classes: dict[str, str] = field(default_factory=dict)
    others: list[SourceFile] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unreadable: list[InvalidInputError] = field(default_factory=list)

    __repr__ = compact_repr


def inspect_dataset(
    sources: Sources,
    *,
    layout: Layout = "auto",
    max_side: int = MAX_SIDE,
    composite: Composite = "auto",
    limits: UploadLimits | None = None,
    progress: ProgressCallback = null_progress,
) -> DatasetDraft:
    """What the files hold, as a draft to look at, to correct and to save.

    Parameters
    ----------
    sources
        The path of a file or folder, or the contents of files by name.
    layout
        Where arrays of images have their channels, if it is known.
    max_side
        Longest side of an image in pixels, up to 512; larger ones are reduced.
    composite
        How arrays of 2, 4 or more channels are shown: ``"over white"``, ``"first three"``,
        ``"red and green"`` or ``"mean"``.
    limits
        By default those of uploads for contents, and far larger ones for a path.
    progress
        Called between files; may raise `CancelledError`.

    Raises
    ------
    InvalidInputError
        Nothing in them can be used; the message says what could be done.
    """
    found = list_files(sources, limits)
    parts = _sorted_by_kind(found, subprogress(progress, 0, 0.3))
    how = layout, max_side, composite
    draft = _draft(found, parts, how, subprogress(progress, 0.3, 1))
    return replace(
        draft,
        title=found.title,
        findings=(*draft.findings, *_on_stray(found)),
        warnings=(*draft.warnings, *parts.warnings, *_on_others(parts.others)),
    )


def open_dataset(  # noqa: PLR0913  one argument per thing that may be unclear
    sources: Sources,
    *,
    title: str | None = None,
    dataset_id: str | None = None,
    roles: Mapping[str, Role] | None = None,
    layout: Layout = "auto",
    max_side: int = MAX_SIDE,
    composite: Composite = "auto",
) -> Dataset:
    """Open somebody's images or embeddings as a data set of one's own.

    It is written into the folder ``LATENT_HOME``, with a model, so that the app shows it too.

    Parameters
    ----------
    sources
        The path of a file or folder, or the contents of files by name.
    title, dataset_id
        By default made of the source's name.
    roles
        Corrections: ``"code"``, ``"label"``, ``"name"``, ``"factor"`` or ``"left out"`` by column.
    layout, max_side, composite
        As for `inspect_dataset`.

    Raises
    ------
    InvalidInputError
        Nothing in the files can be used, or the id is taken.
    """
    draft = inspect_dataset(sources, layout=layout, max_side=max_side, composite=composite)
    return draft.with_roles(roles or {}).save(dataset_id, title)


def _sorted_by_kind(found: SourceFiles, progress: ProgressCallback) -> Parts:
    parts = Parts()
    for i, file in enumerate(found.files):
        progress(i / len(found.files), f"{i:,} of {len(found.files):,} files seen")
        if file.suffix in IMAGE_SUFFIXES:
            parts.images.append(file)
        elif file.suffix == ".cls":
            parts.classes[file.path] = file.read().decode(errors="replace").strip()
        else:
            _add_by_content(parts, file, found)
    for name, data in parts.texts:
        with _left_out(parts, name):
            parts.tables.append((name, read_delimited(data, _expected_count(parts))))
    parts.images, parts.others, on_sprite = without_sprite(
        parts.images, parts.others, has_table=bool(parts.tables)
    )
    parts.warnings += on_sprite
    if parts.unreadable and not (parts.images or parts.tables or parts.arrays.by_name):
        raise parts.unreadable[0]
    parts.warnings += [f"Left out: {error}" for error in parts.unreadable]
    parts.tables = concatenate_shards(parts.tables)
    return parts


def _add_by_content(parts: Parts, file: SourceFile, found: SourceFiles) -> None:
    """Add a file that is no image by its ending: an array or a table, else another."""
    head = file.head()
    kind = sniff_type(head)
    is_array = file.suffix in ARRAY_SUFFIXES or kind == "a NumPy array" or is_idx(head)
    is_text = file.suffix in (".csv", ".tsv") or (file.suffix in (".txt", ".data") and head.strip())
    with _left_out(parts, file.name):
        if is_array:
            read_array_file(file.name, file.read(), found.limits, parts.arrays)
        elif kind == "a Parquet table":
            parts.tables.append((file.name, read_parquet(file.read())))
        elif file.suffix in (".jsonl", ".ndjson"):
            parts.tables.append((file.name, read_json_lines(file.read())))
        elif is_text:
            parts.texts.append((file.name, file.read()))
        elif kind in IMAGE_TYPES:
            parts.images.append(file)
        else:
            parts.others.append(file)


@contextmanager
def _left_out(parts: Parts, name: str) -> Iterator[None]:
    """Leave out a file that cannot be read; if nothing else can be, its error is raised."""
    shown = safe_display_name(name)
    try:
        with reading(f"{shown} cannot be read", "save it again", InvalidInputError):
            yield
    except InvalidInputError as error:
        is_named = shown in str(error)
        parts.unreadable.append(error if is_named else type(error)(f"{shown}: {error}"))


def _expected_count(parts: Parts) -> int | None:
    """The number of samples, where other files than tables of text say it."""
    arrays = [len(a) for a in parts.arrays.by_name.values() if a.ndim >= 2]
    return arrays[0] if arrays else None


def _draft(
    found: SourceFiles,
    parts: Parts,
    how: tuple[Layout, int, Composite],
    progress: ProgressCallback,
) -> DatasetDraft:
    layout, max_side, composite = how
    if parts.images:
        return images_from_files(
            parts.images, parts.tables, parts.classes, found.limits, max_side, progress
        )
    with_images = [table for _, table in parts.tables if table.images is not None]
    if with_images:
        return images_from_table(with_images[0], found.limits, max_side, progress)
    if any(a.ndim in (3, 4) and a.dtype.kind in "buif" for a in parts.arrays.by_name.values()):
        return images_from_arrays(parts.arrays, parts.tables, layout, max_side, composite)
    if any(a.ndim == 2 for a in parts.arrays.by_name.values()):
        return embeddings_of_arrays(parts.arrays, parts.tables)
    if parts.tables:
        return embeddings_of_tables(parts.tables, parts.arrays)
    raise refusal_of(parts.others, parts.arrays.by_name)


def _on_stray(found: SourceFiles) -> list[str]:
    if not found.n_stray:
        return []
    files = "1 file" if found.n_stray == 1 else f"{found.n_stray:,} files"
    return [f"{files} of other programs left out, such as .DS_Store or __MACOSX."]


def _on_others(others: Sequence[SourceFile]) -> list[str]:
    if not others:
        return []
    names = ", ".join(file.name for file in others[:5])
    more = ", …" if len(others) > 5 else ""
    files = "1 file" if len(others) == 1 else f"{len(others):,} files"
    return [f"{files} of other types left out: {names}{more}."]
