"""The panel beside the map for one sample: image, reconstruction, code and nearest samples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ui.components import draw_component
from ui.components.code_bars import CodeBars
from ui.components.factor_table import FactorTable
from ui.components.map import Sheet
from ui.components.validate import parse_index

HINT = "Point at the map to see images; click one to see its reconstruction."


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectorData:
    """One sample of the data set, for the inspector.

    Parameters
    ----------
    id, count
        Its index, and the number of samples in the data set.
    label, title
        Heading and subtitle; without a title the index is shown.
    original, decoded, difference
        ``data:`` URLs, see `ui.images`; the last two are "" for a model without a decoder.
    error, sentence, reconstruction_percentile, unusual
        Reconstruction error (MSE per pixel); how it compares with the data set, in words and as
        a fraction in [0, 1]; whether it is unusually high.
    code
        Its code.
    neighbors
        Ids, labels and distances of the samples with the nearest codes, the nearest first.
    n_neighbors, metric
        How many of them, and the metric of the distances.
    sheet
        Sprite sheet with the neighbors' images.
    in_tray
        Whether it is in the tray.
    factors
        Ground-truth factors, for data that has them.
    """

    id: int
    count: int
    label: str
    title: str = ""
    original: str
    decoded: str
    difference: str
    error: float
    sentence: str
    reconstruction_percentile: float
    unusual: bool = False
    code: CodeBars
    neighbors: Sequence[tuple[int, str, float]]
    n_neighbors: int
    metric: str
    sheet: Sheet
    in_tray: bool = False
    factors: FactorTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectorEvent:
    """Events of the inspector.

    Attributes
    ----------
    picked, tray
        Index of a clicked neighbor; index to add to the tray.
    neighbors
        The chosen number of neighbors and their metric.
    """

    picked: int | None = None
    tray: int | None = None
    neighbors: tuple[int, str] | None = None


def draw_inspector(
    *,
    key: str,
    data: InspectorData | None,
    hint: str = HINT,
    on_event: Callable[[InspectorEvent], None] | None = None,
) -> InspectorEvent:
    """Draw the selected sample, or `hint` if there is none; see `draw_map` for `on_event`."""

    def event(sent: dict[str, Any]) -> InspectorEvent:
        if data is None:
            return InspectorEvent()
        return InspectorEvent(
            picked=parse_index(sent["picked"], "id", data.count),
            tray=parse_index(sent["tray"], "id", data.count),
            neighbors=_neighbors(sent["neighbors"]),
        )

    sent = draw_component(
        "panels/inspector.js",
        key=key,
        data={"current": None if data is None else _payload(data), "hint": hint},
        events=("picked", "tray", "neighbors"),
        on_events=None if on_event is None else lambda sent: on_event(event(sent)),
    )
    return event(sent)


def _neighbors(sent: dict[str, Any] | None) -> tuple[int, str] | None:
    return None if sent is None else (int(sent["n_neighbors"]), str(sent["metric"]))


def neighbors_payload(neighbors: Sequence[tuple[int, str, float]]) -> list[dict[str, Any]]:
    """Neighbors with their distances as text."""
    return [
        {"id": int(index), "label": label, "distance": f"{distance:.3g}"}
        for index, label, distance in neighbors
    ]


def _payload(data: InspectorData) -> dict[str, Any]:
    return {
        "id": int(data.id),
        "count": int(data.count),
        "label": data.label,
        "title": data.title,
        "original": data.original,
        "decoded": data.decoded,
        "difference": data.difference,
        "width": data.sheet.width,
        "error": f"{data.error:.3g}" if data.error < 1e-3 else f"{data.error:.4f}",
        "sentence": data.sentence,
        "reconstruction_percentile": float(data.reconstruction_percentile),
        "unusual": bool(data.unusual),
        "code": data.code.as_data(),
        "neighbors": neighbors_payload(data.neighbors),
        "n_neighbors": data.n_neighbors,
        "metric": data.metric,
        "sheet": asdict(data.sheet),
        "in_tray": bool(data.in_tray),
        "factors": None if data.factors is None else data.factors.as_data(),
    }
