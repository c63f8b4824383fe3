"""The payload of each component."""

from __future__ import annotations

from typing import Literal

from ui.components.contract.specs import (
    BlobUrl,
    Card,
    Corners,
    DecoderSpec,
    Fraction,
    Index,
    InverseSpec,
    Kind,
    Number,
    Payload,
    SheetSpec,
    SpaceSpec,
    TransformSpec,
)


class PointsData(Payload):
    url: str
    count: int
    dims: Literal[2, 3]
    lo: list[Number]
    hi: list[Number]


class ClassData(Payload, tag_field="kind", tag="class"):
    url: str
    names: list[str]
    n_colored: int


class ScaleData(Payload, tag_field="kind", tag="scale"):
    url: str
    title: str
    help: str
    n_missing: int
    lo: Number
    hi: Number
    range: tuple[Number, Number]
    high_last: bool


class MarkData(Payload):
    at: list[Number]
    label: str


class PathLineData(Payload):
    points: list[Number]
    name: str
    tone: Literal["first", "second", "third"]


class AxisData(Payload):
    title: str
    has_ticks: bool


class DecodeSpec(Payload):
    decoder: DecoderSpec
    space: SpaceSpec
    inverse: InverseSpec
    transform: TransformSpec | None
    grid: bool
    place: tuple[Number, Number] | None
    choosing: bool


class MapData(Payload):
    points: PointsData
    color: ClassData | ScaleData
    labels: ClassData | None
    sheet: SheetSpec | None
    selected: Index | None
    has_selection: bool
    toolbar: bool
    marks: list[MarkData]
    height: int | None
    computing: bool
    note: str
    title: str
    decode: DecodeSpec | None
    lines: list[PathLineData]
    axes: list[AxisData]
    channel: str
    link: str
    names: BlobUrl | None
    sample_noun: str


class PathSpec(Payload):
    """Little-endian arrays in base64."""

    kind: Kind
    times: str
    rows: str


class SupportLimits(Payload):
    near: Number
    sparse: Number


class PathPosition(Payload):
    kind: Kind
    time: Number


class TimelineStop(Payload):
    time: Number
    name: str


class PlayerData(Payload):
    decoder: DecoderSpec
    paths: list[PathSpec]
    key: str
    limits: SupportLimits
    position: PathPosition
    stops: list[TimelineStop]
    seconds: Number
    channel: str
    cards: list[Card]
    waiting: str
    smooth: bool


class TwoEndpointsData(PlayerData):
    active: str


class WaypointsData(PlayerData):
    legs: list[Number]


class PadPosition(Payload):
    u: Fraction
    v: Fraction
    kind: Corners


class FourCornersData(Payload):
    decoder: DecoderSpec
    space: SpaceSpec
    codes: str
    position: PadPosition
    channel: str
    cards: list[Card]
    active: str
    smooth: bool


class DimensionGroup(Payload):
    dims: list[Index]
    effect_map: str
    effect: Number


class CrossoverState(Payload):
    shares: list[Fraction]
    amount: Fraction
    seed: Index
    child: Index


class CrossoverData(Payload):
    decoder: DecoderSpec
    space: SpaceSpec
    sheet: SheetSpec
    parents: str
    mean: str
    noise: str
    groups: list[DimensionGroup]
    last_inactive: bool
    state: CrossoverState
    channel: str
    cards: list[Card]
    active: str
    smooth: bool


class Correlate(Payload):
    name: str
    value: Number


class Histograms(Payload):
    url: str
    bins: int


class DimensionInfo(Payload):
    listed: list[Index]
    order: list[Index]
    kl_or_variance: list[Number]
    unit: Literal["nats", "share"]
    inactive: list[bool]
    inactive_reason: str
    mean: list[Number]
    low: list[Number]
    high: list[Number]
    limit: Number
    histograms: Histograms
    correlates: list[Correlate | None]


class Leakage(Payload):
    name: str
    value: Number


class Direction(Payload):
    name: str
    unit: str
    digits: int
    range: tuple[Number, Number]
    predicted_range: tuple[Number, Number]
    caption: str
    hint: str
    evidence: str
    leakage: list[Leakage]
    leakage_note: str
    is_weak: bool


class DirectionGroup(Payload):
    id: str
    title: str
    help: str
    is_open: bool
    directions: list[Direction]
    url: str


class PlaneSpec(Payload):
    space: SpaceSpec
    classes: BlobUrl | None


class Start(Payload):
    code: list[Number]
    name: str
    label: str


class DimensionsData(Payload):
    name: str
    decoder: DecoderSpec
    dims: DimensionInfo
    directions: list[DirectionGroup]
    plane: PlaneSpec | None
    revision: int
    z: list[Number]
    start: Start
    locked: list[Index]
    in_tray: bool
    has_prior: bool


class PreviewData(Payload):
    channel: str
    decoder: DecoderSpec
    space: SpaceSpec


class TraversalSheetData(Payload):
    name: str
    decoder: DecoderSpec
    rows: list[Index]
    steps: int
    around: Literal["code", "mean"]
