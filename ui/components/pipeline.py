"""The encode page's pipeline: image, model input, code, reconstruction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from numpy.typing import NDArray

from latent_core.analysis.support import SupportLevel
from latent_core.models.realism import RealismLevel
from ui.components import draw_component, publish
from ui.components.code_bars import CodeBars
from ui.components.quantize import quantize
from ui.components.validate import parse_index

MAX_THUMBS = 200
PIPELINE_HINT = "Draw, upload or photograph something to encode it."


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineView:
    """One image at each stage of the pipeline.

    Parameters
    ----------
    original, model_input, decoded, difference
        ``data:`` URLs of the upload, the preprocessed image, the reconstruction, and the
        difference of the last two.
    code
        The code.
    sentence
        How large the reconstruction error is.
    original_caption, model_input_caption
        Captions of the first two images.
    unusual
        Whether the reconstruction error is unusually high for the data.
    verdict
        The support of its code, and whether the reconstruction is like the data (None without a
        realism network); None for a blank image.
    map_point
        ``(2,)`` or ``(3,)``, the code's point on the current map, in the map's coordinates.
    """

    original: str
    model_input: str
    decoded: str
    difference: str
    code: CodeBars
    sentence: str = ""
    original_caption: str = ""
    model_input_caption: str = ""
    unusual: bool = False
    verdict: tuple[SupportLevel, RealismLevel | None] | None = None
    map_point: Sequence[float] | NDArray[Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineThumb:
    """One of several uploads: its image as a ``data:`` URL, or why it was rejected."""

    name: str
    picture: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineData:
    """Data of the pipeline.

    Parameters
    ----------
    image_shape, latent_dim
        The model's ``(C, H, W)`` and D.
    encoder
        Name of the step from the image to the code.
    points
        ``(N, 2)`` or ``(N, 3)``, the current map; a third axis is not shown.
    view
        The image that is shown, or None.
    thumbs, chosen
        All uploads, where there are several, and the index of the one that is shown.
    hint
        Shown while there is no image.
    """

    image_shape: tuple[int, int, int]
    latent_dim: int
    encoder: str = "Encoder"
    points: NDArray[Any] | None = None
    view: PipelineView | None = None
    thumbs: Sequence[PipelineThumb] = ()
    chosen: int = 0
    hint: str = PIPELINE_HINT


def draw_pipeline(*, key: str, data: PipelineData) -> int | None:
    """Draw the pipeline; gives the index of the thumb clicked since the last run, or None."""
    shown = {
        "image_shape": [int(side) for side in data.image_shape],
        "latent_dim": int(data.latent_dim),
        "encoder": data.encoder,
        "map": None if data.points is None else _points_payload(data.points),
        "current": None if data.view is None else _view_payload(data.view),
        "thumbs": [asdict(thumb) for thumb in data.thumbs[:MAX_THUMBS]],
        "more": max(0, len(data.thumbs) - MAX_THUMBS),
        "chosen": int(data.chosen),
        "hint": data.hint,
    }
    sent = draw_component("panels/pipeline.js", key=key, data=shown, events=("chosen",))
    index = parse_index(sent["chosen"], "index", len(data.thumbs))
    return None if index is None or data.thumbs[index].refused else index


def _view_payload(view: PipelineView) -> dict[str, Any]:
    return {
        "original": view.original,
        "model_input": view.model_input,
        "decoded": view.decoded,
        "difference": view.difference,
        "original_caption": view.original_caption,
        "model_input_caption": view.model_input_caption,
        "decoded_caption": view.sentence,
        "unusual": bool(view.unusual),
        "verdict": None
        if view.verdict is None
        else {"support_level": view.verdict[0], "image_level": view.verdict[1]},
        "code": view.code.as_data(),
        "map_point": None if view.map_point is None else [float(value) for value in view.map_point],
    }


def _points_payload(points: NDArray[Any]) -> dict[str, Any]:
    """The quantized points of a map, as the map component sends them."""
    packed, low, high = quantize(points)
    return {"url": publish(packed), "dims": int(points.shape[1]), "lo": low, "hi": high}
