"""What several payloads hold: decoder, latent space, maps, images, codes, factors."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Corners = Literal["linear", "spherical"]
Kind = Literal["linear", "spherical", "geodesic", "cross-fade"]
Number = Annotated[float, msgspec.Meta(ge=-1e300, le=1e300)]
"""A finite number."""
Index = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Fraction = Annotated[float, msgspec.Meta(ge=0, le=1)]


class Payload(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A dataclass of JSON values: its fields, no more and no fewer, are what is sent."""


class RemoteFile(Payload):
    url: str
    bytes: int


class BlobUrl(Payload):
    url: str


class TableSpec(Payload):
    """Rows quantized to 16 bits, with the lowest and highest value of each column."""

    url: str
    count: int
    dims: int
    lo: list[Number]
    hi: list[Number]


class RealismLimits(Payload):
    """The realism from which on an image is like the data, and below which it is unlike it."""

    like: Number
    unlike: Number


class DecoderSpec(Payload):
    model: str
    shape: tuple[int, int, int]
    dim: int
    onnx: RemoteFile | None
    server_reason: str
    runtime: dict[str, RemoteFile]
    server_url: str
    realism: RealismLimits | None


class SpaceSpec(Payload):
    """The data's codes; `code_dims` are the dimensions of a code that they hold, empty for all."""

    codes: TableSpec
    code_dims: list[Index]
    active_dims: list[int]
    distance_quantiles: list[Number]
    prior_norm_quantiles: list[Number]
    near_limit: Number
    sparse_limit: Number


class DistributionSpec(Payload):
    """Gaussians of codes; means, then factors, are little-endian float32 at the URL."""

    url: str
    dim: int
    diagonal: bool
    cumulative_weights: list[Number]
    log_radii: str
    log_probabilities: str


class LinearInverseSpec(Payload, tag_field="kind", tag="linear"):
    mean: list[Number]
    axes: list[list[Number]]
    note: str


class NeighborInverseSpec(Payload, tag_field="kind", tag="neighbors"):
    k: int
    softening: Number
    distance_quantiles: list[Number]
    note: str


InverseSpec = LinearInverseSpec | NeighborInverseSpec


class LinearTransformSpec(Payload, tag_field="kind", tag="linear"):
    mean: list[Number]
    axes: list[list[Number]]


class AttractionTransformSpec(Payload, tag_field="kind", tag="attraction"):
    metric: Literal["euclidean", "cosine", "manhattan"]


class BarycentricTransformSpec(Payload, tag_field="kind", tag="barycentric"):
    k: int


class GeodesicTransformSpec(Payload, tag_field="kind", tag="geodesic"):
    """Float64 arrays in base64; ``geodesics`` is one column, code after code."""

    k: int
    geodesics: TableSpec
    mean_sq: str
    pseudo_inverse: str


TransformSpec = (
    LinearTransformSpec | AttractionTransformSpec | BarycentricTransformSpec | GeodesicTransformSpec
)


class SheetSpec(Payload):
    url: str
    columns: int
    width: int
    height: int


class Code(Payload):
    values: list[Number]
    low: list[Number]
    high: list[Number]
    active: list[bool] | None
    std: list[Number] | None


class FactorRow(Payload):
    name: str
    words: str
    at: Number | None
    start: Number | None
    hint: str


class FactorTable(Payload):
    heading: str
    rows: list[FactorRow]
    primary: int


class Neighbor(Payload):
    id: int
    label: str
    distance: str


class Card(Payload):
    slot: str
    name: str
    label: str
    original: str
    decoded: str
