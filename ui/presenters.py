"""Reports on samples and selections, converted to the data of the panels."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from latent_core.analysis.sample_report import (
    SampleReport,
    SelectionReport,
    report_sample,
    report_selection,
)
from latent_core.datasets.dataset import sprite_sheet_path
from latent_core.io import export
from latent_core.io.sprite_sheet import SHEET_COLUMNS, SHEET_TYPES
from latent_core.metrics import active_units
from latent_core.neighbors import nearest
from latent_core.types import Floats, Posterior
from ui import session
from ui.attributes.factor_tables import sample_factor_table, selection_factor_table
from ui.components.assets import publish
from ui.components.code_bars import CodeBars
from ui.components.contact_sheet import ContactSheetData
from ui.components.inspector import InspectorData
from ui.components.map import Sheet
from ui.images import data_url, difference_url
from ui.spaces import Space
from ui.visitor import tray

N_NEIGHBORS = 8
"""How many nearest samples the panels show at first."""
MEAN_DECODED = "mean code, decoded"
MEAN_NEAREST = "the image nearest to the mean code; this model has no decoder"


def image_sheet_or_none(space: Space) -> Sheet | None:
    """`image_sheet`, or None for precomputed codes without images."""
    return image_sheet(space) if space.data.precomputed is None else None


def image_sheet(space: Space) -> Sheet:
    """The sprite sheet with all images of the data set."""
    _, height, width = space.data.image_shape
    url = _sheet_url(space.data.id, space.data.fingerprint)
    return Sheet(url=url, columns=SHEET_COLUMNS, width=width, height=height)


def _sheet_url(dataset_id: str, fingerprint: str) -> str:
    kind = SHEET_TYPES[sprite_sheet_path(dataset_id).name]
    return publish(_sheet_bytes(dataset_id, fingerprint), kind)


@lru_cache(maxsize=4)
def _sheet_bytes(dataset_id: str, fingerprint: str) -> bytes:
    return sprite_sheet_path(dataset_id).read_bytes()


def code_bars(space: Space, code: Floats, log_var: Floats | None = None) -> CodeBars:
    """A code with the 1st and 99th percentile of the data, and the active units.

    With `log_var` ``(D,)``, also with the standard deviations that the encoder gives.
    """
    low, high = _central_range(space.encodings.fingerprint, space)
    active = active_units(space.encodings.mean) if space.encodings.log_var is not None else None
    std = None if log_var is None else np.exp(0.5 * log_var)
    return CodeBars(values=code, low=low, high=high, active=active, std=std)


_ranges: dict[str, tuple[Floats, Floats]] = {}


def _central_range(fingerprint: str, space: Space) -> tuple[Floats, Floats]:
    if fingerprint not in _ranges:
        if len(_ranges) > 32:
            _ranges.clear()
        low, high = np.quantile(space.encodings.mean, [0.01, 0.99], axis=0).astype(np.float32)
        _ranges[fingerprint] = (low, high)
    return _ranges[fingerprint]


def sample_report(space: Space, index: int) -> SampleReport:
    """The report on sample `index`."""
    return report_sample(space.model, space.data, space.encodings, space.errors, index)


def neighbor_choice() -> tuple[int, str]:
    """How many nearest samples the panels show, and their metric."""
    found: tuple[int, str] = session.recall("neighbors", (N_NEIGHBORS, "euclidean"))
    return found


def nearest_samples(
    space: Space, code: Floats, excluded: int | None = None
) -> list[tuple[int, str, float]]:
    """Ids, labels and distances of the samples with the nearest codes, the nearest first."""
    n_neighbors, metric = neighbor_choice()
    found, distances = nearest(space.encodings.mean, code, n_neighbors + 1, metric)
    pairs = [
        (int(index), space.data.label(int(index)), float(distance))
        for index, distance in zip(found, distances, strict=True)
        if index != excluded
    ]
    return pairs[:n_neighbors]


def inspector_data(space: Space, index: int, details: SampleReport) -> InspectorData:
    """Sample `index` for the inspector panel."""
    data, decoded = space.data, details.decoded
    return InspectorData(
        id=index,
        count=len(data),
        label=data.label(index),
        title=f"test image {index:,}",
        original=data_url(details.image),
        decoded="" if decoded is None else data_url(decoded),
        difference="" if decoded is None else difference_url(details.image, decoded),
        error=details.error or 0.0,
        sentence=details.reconstruction_sentence(),
        reconstruction_percentile=details.reconstruction_percentile,
        unusual=details.is_outlier,
        code=code_bars(space, details.code),
        neighbors=nearest_samples(space, details.code, index),
        n_neighbors=neighbor_choice()[0],
        metric=neighbor_choice()[1],
        sheet=image_sheet(space),
        in_tray=tray.contains(space.model.card.id, details.code),
        factors=sample_factor_table(data, index),
    )


def selection_report(space: Space, indices: NDArray[np.int64]) -> SelectionReport:
    """The report on the samples `indices` together."""
    return report_selection(space.model, space.data, space.encodings, indices)


def contact_sheet_data(space: Space, group: SelectionReport) -> ContactSheetData:
    """A selection for the contact sheet panel."""
    return ContactSheetData(
        ids=group.indices,
        count=len(space.data),
        sheet=image_sheet(space),
        mean_image=data_url(group.decoded_mean),
        names=[space.data.label(int(i)) for i in group.indices[:200]],
        labels=group.label_counts,
        caption=MEAN_DECODED if space.model.card.decodes else MEAN_NEAREST,
        in_tray=tray.contains(space.model.card.id, group.mean_code),
        factors=selection_factor_table(space.data, group.indices),
    )


def selection_csv(space: Space, group: SelectionReport) -> bytes:
    """Index, label, factors and code of each selected sample, as CSV."""
    chosen, log_var = group.indices, space.encodings.log_var
    posterior = Posterior(
        mean=space.encodings.mean[chosen],
        log_var=None if log_var is None else log_var[chosen],
    )
    names = [str(index) for index in chosen]
    return export.codes_csv(names, posterior, export.metadata_columns(space.data, chosen))


def mean_item(space: Space, group: SelectionReport) -> tray.TrayItem:
    """The mean code of a selection for the tray."""
    return tray.TrayItem(
        image=data_url(group.decoded_mean),
        label=f"mean of {len(group.indices):,}",
        model_id=space.model.card.id,
        code=group.mean_code,
    )
