"""The payload of the grid of samples."""

from __future__ import annotations

from ui.components.contract.specs import (
    BlobUrl,
    DecoderSpec,
    DistributionSpec,
    Index,
    Number,
    Payload,
    SheetSpec,
    SpaceSpec,
)


class SampleGridState(Payload):
    """What a person has chosen in the grid."""

    seed: Index
    temperature: Number
    truncation: Number
    nearest: bool
    selected: Index | None


class SampleGridData(Payload):
    decoder: DecoderSpec | None
    space: SpaceSpec
    distribution: DistributionSpec
    sheet: SheetSpec | None
    names: BlobUrl | None
    typical_distance: Number
    sample_noun: str
    state: SampleGridState
