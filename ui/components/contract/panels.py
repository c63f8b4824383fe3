"""The payloads of the panels, of the drawing pad and of the tray."""

from __future__ import annotations

from typing import Literal

from latent_core.analysis.support import SupportLevel
from latent_core.models.realism import RealismLevel
from ui.components.contract.specs import (
    Code,
    FactorTable,
    Fraction,
    Index,
    Neighbor,
    Number,
    Payload,
    SheetSpec,
)


class CodePanelData(Payload):
    code: Code


class ContactSheetData(Payload):
    count: int
    ids: list[Index]
    names: list[str]
    sheet: SheetSpec
    labels: list[tuple[str, int]]
    mean: str
    caption: str
    in_tray: bool
    factors: FactorTable | None


class DecodedPointData(Payload):
    heading: str
    nearest_heading: str
    image: str
    width: int
    title: str
    support_level: SupportLevel
    image_level: RealismLevel | None
    support_sentence: str
    round_trip: str
    code: Code
    neighbors: list[Neighbor]
    sheet: SheetSpec
    in_tray: bool


class DrawingPadData(Payload):
    answered_seq: int
    hint: str
    name: str


class Example(Payload):
    id: Index
    label: str
    picture: str


class ExamplesData(Payload):
    caption: str
    examples: list[Example]
    chosen: Index | None


class SampleInfo(Payload):
    id: Index
    count: int
    label: str
    title: str
    original: str
    decoded: str
    difference: str
    width: int
    error: str
    sentence: str
    reconstruction_percentile: Number
    unusual: bool
    code: Code
    neighbors: list[Neighbor]
    n_neighbors: int
    metric: Literal["euclidean", "cosine"]
    sheet: SheetSpec
    in_tray: bool
    factors: FactorTable | None


class InspectorData(Payload):
    current: SampleInfo | None
    hint: str


class MapPoints(Payload):
    url: str
    dims: int
    lo: list[Number]
    hi: list[Number]


class ImageVerdict(Payload):
    """Of a reconstruction: the support of its code, and whether it is like the data."""

    support_level: SupportLevel
    image_level: RealismLevel | None


class PipelineImage(Payload):
    original: str
    model_input: str
    decoded: str
    difference: str
    original_caption: str
    model_input_caption: str
    decoded_caption: str
    verdict: ImageVerdict | None
    unusual: bool
    code: Code
    map_point: list[Number] | None


class PipelineThumb(Payload):
    name: str
    picture: str
    refused: str


class PipelineData(Payload):
    image_shape: tuple[int, int, int]
    latent_dim: int
    encoder: str
    map: MapPoints | None
    current: PipelineImage | None
    thumbs: list[PipelineThumb]
    more: int
    chosen: int
    hint: str


class TourStep(Payload):
    selector: str
    title: str
    text: str


class PageHeaderData(Payload):
    presenting: bool
    glossary: list[tuple[str, str]]
    page: str
    tour: list[TourStep]


class TrayItem(Payload):
    key: str
    picture: str
    label: str
    model: str
    code: str
    sample: Index | None


class TrayData(Payload):
    items: list[TrayItem]
    session: str


class WordItem(Payload):
    id: Index
    name: str
    figure: str
    share: Fraction


class WordList(Payload):
    heading: str
    note: str
    ranked: bool
    main: bool
    items: list[WordItem]
    more: int


class WordsData(Payload):
    title: str
    subtitle: str
    count: int
    id: Index | None
    code: Code | None
    closes: bool
    lists: list[WordList]
