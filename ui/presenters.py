"""From what is known of pictures to what the panels show."""

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
from latent_core.types import Floats, Posterior
from ui import session
from ui.components.assets import publish
from ui.components.code_bars import CodeBars
from ui.components.contact_sheet import ContactData
from ui.components.inspector import InspectorData
from ui.components.map import Sheet
from ui.factor_tables import picture_table, region_table
from ui.images import data_url, difference_url
from ui.spaces import Space

MEAN_DECODED = "the mean of their codes, decoded"
MEAN_NEAREST = "the picture nearest to the mean of their codes; this model has no decoder"


def sheet_where_pictured(space: Space) -> Sheet | None:
    """`sheet_of`, or None where there are codes without pictures."""
    return sheet_of(space) if space.data.precomputed is None else None


def sheet_of(space: Space) -> Sheet:
    """Where the browser finds all pictures of the data set."""
    _, height, width = space.data.image_shape
    url = _sheet_url(space.data.id, space.data.fingerprint)
    return Sheet(url=url, columns=SHEET_COLUMNS, width=width, height=height)


def _sheet_url(dataset_id: str, fingerprint: str) -> str:
    kind = SHEET_TYPES[sprite_sheet_path(dataset_id).name]
    return publish(_sheet_bytes(dataset_id, fingerprint), kind)


@lru_cache(maxsize=4)
def _sheet_bytes(dataset_id: str, fingerprint: str) -> bytes:
    return sprite_sheet_path(dataset_id).read_bytes()


def bars_of(space: Space, code: Floats) -> CodeBars:
    """A code beside the middle 98 % of the data's, dead dimensions marked."""
    low, high = _usual_range(space.encodings.fingerprint, space)
    active = active_units(space.encodings.mean) if space.encodings.log_var is not None else None
    return CodeBars(values=code, low=low, high=high, active=active)


_ranges: dict[str, tuple[Floats, Floats]] = {}


def _usual_range(fingerprint: str, space: Space) -> tuple[Floats, Floats]:
    if fingerprint not in _ranges:
        if len(_ranges) > 32:
            _ranges.clear()
        low, high = np.quantile(space.encodings.mean, [0.01, 0.99], axis=0).astype(np.float32)
        _ranges[fingerprint] = (low, high)
    return _ranges[fingerprint]


def details_of(space: Space, index: int) -> SampleReport:
    """All about picture `index`."""
    return report_sample(space.model, space.data, space.encodings, space.errors, index)


def inspector_of(space: Space, index: int, details: SampleReport) -> InspectorData:
    """Picture `index` as the inspector shows it."""
    data, decoded = space.data, details.decoded
    return InspectorData(
        id=index,
        count=len(data),
        label=data.label(index),
        title=f"test picture {index:,}",
        original=data_url(details.image),
        decoded="" if decoded is None else data_url(decoded),
        difference="" if decoded is None else difference_url(details.image, decoded),
        error=details.error or 0.0,
        sentence=details.reconstruction_sentence(),
        closer_than=details.reconstruction_percentile,
        unusual=details.is_outlier,
        code=bars_of(space, details.code),
        neighbours=[(int(i), data.label(int(i))) for i in details.neighbors],
        sheet=sheet_of(space),
        in_tray=session.in_tray(space.model.card.id, details.code),
        truth=picture_table(data, index),
    )


def group_of(space: Space, indices: NDArray[np.int64]) -> SelectionReport:
    """All about pictures `indices` together."""
    return report_selection(space.model, space.data, space.encodings, indices)


def contact_of(space: Space, group: SelectionReport) -> ContactData:
    """Many pictures as the contact sheet shows them."""
    return ContactData(
        ids=group.indices,
        count=len(space.data),
        sheet=sheet_of(space),
        mean=data_url(group.decoded_mean),
        names=[space.data.label(int(i)) for i in group.indices[:200]],
        labels=group.label_counts,
        caption=MEAN_DECODED if space.model.card.decodes else MEAN_NEAREST,
        in_tray=session.in_tray(space.model.card.id, group.mean_code),
        truth=region_table(space.data, group.indices),
    )


def group_csv(space: Space, group: SelectionReport) -> bytes:
    """Number, label, factors and code of each of many pictures, as a CSV."""
    chosen, log_var = group.indices, space.encodings.log_var
    posterior = Posterior(
        mean=space.encodings.mean[chosen],
        log_var=None if log_var is None else log_var[chosen],
    )
    names = [str(index) for index in chosen]
    return export.codes_csv(names, posterior, export.metadata_columns(space.data, chosen))


def group_item(space: Space, group: SelectionReport) -> session.TrayItem:
    """The mean of many pictures as it goes into the tray."""
    return session.TrayItem(
        picture=data_url(group.decoded_mean),
        label=f"mean of {len(group.indices):,}",
        model_id=space.model.card.id,
        code=group.mean_code,
    )
