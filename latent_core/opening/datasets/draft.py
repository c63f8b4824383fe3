"""What was understood of somebody's files, before it becomes a data set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from latent_core.notebook import compact_repr
from latent_core.opening.datasets.columns import Column, Role, change_roles
from latent_core.opening.datasets.composites import Composite
from latent_core.opening.datasets.contents import Contents, contents_of
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Dataset

Kind = Literal["images", "embeddings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetDraft:
    """What was understood of somebody's files; correct it, then save it.

    Parameters
    ----------
    kind
        ``"images"``, or ``"embeddings"`` without images.
    title
        Made of the source's name.
    count
        N, the number of images or rows.
    columns
        What belongs to each of them, with its role.
    images
        ``(N, C, H, W)`` uint8; None for embeddings.
    composites, composite
        How its channels can be shown, if there are neither 1 nor 3, and how they are.
    findings, warnings
        What was found, and what was left out or looks wrong; one sentence each.
    """

    kind: Kind
    title: str
    count: int
    columns: tuple[Column, ...] = ()
    images: NDArray[np.uint8] | None = None
    composites: tuple[Composite, ...] = ()
    composite: Composite = "auto"
    findings: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    __repr__ = compact_repr

    @property
    def image_shape(self) -> tuple[int, int, int] | None:
        """``(C, H, W)``, or None for embeddings."""
        if self.images is None:
            return None
        channels, height, width = self.images.shape[1:]
        return int(channels), int(height), int(width)

    def contents(self) -> Contents:
        """What would be saved: usable rows, their codes, labels, names and factors.

        Raises
        ------
        InvalidInputError
            No column is a code, or no row is usable.
        """
        return contents_of(self.columns, self.count, has_images=self.images is not None)

    def names_with(self, role: Role) -> list[str]:
        """The names of the columns in a role."""
        return [column.name for column in self.columns if column.role == role]

    def first_rows(self, count: int = 5, n_columns: int = 12) -> dict[str, list[str]]:
        """The first values of the first columns as text, by name; of vectors the first three."""
        return {
            c.name: [_cell(value) for value in c.values[:count]] for c in self.columns[:n_columns]
        }

    def with_roles(self, roles: Mapping[str, Role]) -> DatasetDraft:
        """A draft whose columns have other roles; see `change_roles`."""
        return replace(self, columns=change_roles(self.columns, roles))

    def save(
        self,
        dataset_id: str | None = None,
        title: str | None = None,
        *,
        models: Path | None = None,
        data: Path | None = None,
        progress: ProgressCallback = null_progress,
    ) -> Dataset:
        """Write the data set and a model of it, as those that ship are written.

        Parameters
        ----------
        dataset_id
            Its id; by default made of the title.
        title
            By default that of the draft.
        models, data
            Folders to write into; by default the user's own.
        progress
            Called between steps; may raise `CancelledError`.

        Raises
        ------
        InvalidInputError
            The id is taken or no id, nothing is usable, or a file cannot be written.
        """
        from latent_core.opening.datasets.save import save_draft

        draft = self if title is None else replace(self, title=title)
        return save_draft(draft, dataset_id, models=models, data=data, progress=progress)


def _cell(value: object) -> str:
    if isinstance(value, np.ndarray):
        shown = ", ".join(f"{number:.4g}" for number in value[:3])
        return f"{shown}, …" if len(value) > 3 else shown
    return f"{value:.6g}" if isinstance(value, float | np.floating) else str(value)
