"""Tables of typed columns, from Parquet and JSON lines."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.io.parquet_files import MAX_VALUES
from latent_core.opening.datasets.columns import Column
from latent_core.types import Array
from latent_core.untrusted import parse_json, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns of as many rows.

    Parameters
    ----------
    columns
        Without roles yet.
    count
        N, the number of rows.
    images
        The N encoded images of a column, None where one is missing; or no such column.
    findings, warnings
        Sentences on how it was read.
    """

    columns: tuple[Column, ...]
    count: int
    images: tuple[bytes | None, ...] | None = None
    findings: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read_parquet(data: bytes) -> Table:
    """The table in a Parquet file; a column of encoded images, as Hugging Face stores them, too.

    Raises
    ------
    InvalidInputError
        It is damaged, or has more than `MAX_VALUES` numbers.
    """
    import pyarrow.parquet as pq

    with reading("The Parquet table cannot be read", "save it again", InvalidInputError):
        parquet = pq.ParquetFile(io.BytesIO(data))
        n_values = parquet.metadata.num_rows * max(1, parquet.metadata.num_columns)
        if n_values > MAX_VALUES:
            raise InvalidInputError(
                f"The table has {n_values:,} numbers, over the limit of {MAX_VALUES:,}; split it."
            )
        arrow = parquet.read(use_threads=False)
        images = _image_column(arrow)
        rest = arrow if images is None else arrow.drop_columns([images])
        columns = columns_of_arrow(rest, _class_names(arrow.schema.metadata))
        encoded = None if images is None else _encoded_images(arrow.column(images))
    return Table(columns=columns, count=arrow.num_rows, images=encoded)


def read_json_lines(data: bytes) -> Table:
    """The table in a file with a JSON object per line.

    Raises
    ------
    InvalidInputError
        A line is no object.
    """
    import pyarrow as pa

    rows = []
    for number, line in enumerate(data.decode("utf-8-sig", errors="replace").splitlines(), 1):
        if not line.strip():
            continue
        with reading(f"Line {number} is no JSON object", "correct it", InvalidInputError):
            row = _json_row(line)
        rows.append(row)
    if not rows:
        raise InvalidInputError("The file has no rows; save it again.")
    names = list(dict.fromkeys(name for row in rows for name in row))
    with reading("The JSON lines have no columns of one type", "correct them", InvalidInputError):
        arrays = {name: _json_column(name, [row.get(name) for row in rows]) for name in names}
        return Table(columns=columns_of_arrow(pa.table(arrays)), count=len(rows))


def _json_row(line: str) -> dict[str, Any]:
    """An object; NaN and infinity, which Python writes, are kept."""
    row = json.loads(line) if "NaN" in line or "Infinity" in line else parse_json(line)
    if not isinstance(row, dict):
        raise TypeError(f"it is a {type(row).__name__}")
    return row


def _json_column(name: str, values: list[Any]) -> Any:
    import pyarrow as pa

    present = [value for value in values if value is not None]
    if present and all(isinstance(v, int | float) and not isinstance(v, bool) for v in present):
        return pa.array([None if v is None else float(v) for v in values], pa.float64())
    if present and all(isinstance(value, list) for value in present):
        return pa.array(values, pa.list_(pa.float64()))
    return pa.array([None if value is None else str(value) for value in values], pa.string())


def columns_of_arrow(
    table: Any, class_names: Mapping[str, list[str]] | None = None
) -> tuple[Column, ...]:
    """The columns of an Arrow table; those of other types than numbers, text and lists are left.

    Parameters
    ----------
    table
        A ``pyarrow.Table``.
    class_names
        Names of the classes that whole numbers of a column stand for.

    Raises
    ------
    InvalidInputError
        A column of lists has lists of several lengths, or two columns have one name.
    """
    names = table.column_names
    if len(set(names)) < len(names):
        raise InvalidInputError("Two columns of the table have the same name; rename one.")
    columns = []
    for name in names:
        classes = (class_names or {}).get(name)
        values = _values(name, table.column(name).combine_chunks())
        if values is not None and classes is not None:
            values = np.array([_class_at(classes, value) for value in values.tolist()], object)
        if values is not None:
            columns.append(Column(name=name, values=values))
    return tuple(columns)


def _class_at(classes: list[str], value: Any) -> str:
    is_index = isinstance(value, float | int) and 0 <= value < len(classes)
    return classes[int(value)] if is_index else ""


def _values(name: str, column: Any) -> Array | None:
    import pyarrow as pa
    from pyarrow import types

    kind = column.type
    if types.is_dictionary(kind):
        return _values(name, column.dictionary_decode())
    if types.is_fixed_size_list(kind) or types.is_list(kind) or types.is_large_list(kind):
        return _vectors(name, column)
    if types.is_boolean(kind) or types.is_string(kind) or types.is_large_string(kind):
        return _texts(column.cast(pa.string()))
    if types.is_date(kind) or types.is_timestamp(kind):
        return _years(column)
    if types.is_integer(kind) or types.is_floating(kind) or types.is_null(kind):
        numbers = column if types.is_float32(kind) else column.cast(pa.float64())
        return np.asarray(numbers.to_numpy(zero_copy_only=False))
    return None


def _texts(column: Any) -> Array:
    """Text as objects; lists of numbers that are written as text become vectors."""
    texts = ["" if text is None else text for text in column.to_pylist()]
    if texts and all(text.startswith("[") and text.endswith("]") for text in texts[:100]):
        try:
            rows = [parse_json(text) for text in texts]
            return (
                np.array(rows, np.float64) if len({len(r) for r in rows}) == 1 else _objects(texts)
            )
        except (ValueError, TypeError):
            return _objects(texts)
    return _objects(texts)


def _objects(texts: list[str]) -> Array:
    values = np.empty(len(texts), object)
    values[:] = texts
    return values


def _years(column: Any) -> Array:
    """Dates as decimal years, which a factor can hold."""
    import pyarrow as pa

    days = np.asarray(column.cast(pa.timestamp("s")).to_numpy(zero_copy_only=False))
    seconds = days.astype("datetime64[s]")
    years = 1970 + seconds.astype(np.float64) / (365.2425 * 86_400)
    return np.where(np.isnat(seconds), np.nan, years)


def _vectors(name: str, column: Any) -> Array | None:
    """Lists of numbers as rows ``(N, K)``; NaN for those that are missing."""
    import pyarrow as pa
    from pyarrow import compute, types

    if not (types.is_integer(column.type.value_type) or types.is_floating(column.type.value_type)):
        return None
    lengths = np.asarray(compute.list_value_length(column).fill_null(-1))
    known = lengths >= 0
    widths = np.unique(lengths[known])
    if len(widths) > 1:
        usual = int(np.bincount(lengths[known]).argmax())
        row = int(np.flatnonzero(known & (lengths != usual))[0])
        raise InvalidInputError(
            f"The lists in {name!r} must have one length: most have {usual} numbers, that of row "
            f"{row + 1} has {lengths[row]}; correct it."
        )
    width = int(widths[0]) if len(widths) else 0
    values = np.full((len(column), width), np.nan, np.float32)
    flat = column.drop_null().flatten()
    numbers = flat if types.is_float32(flat.type) else flat.cast(pa.float64())
    wide = np.asarray(numbers.to_numpy(zero_copy_only=False)).reshape(-1, width)
    values = values if wide.dtype == np.float32 else values.astype(np.float64)
    values[known] = wide
    return values


def _image_column(table: Any) -> str | None:
    """The first column of encoded images: bytes, or structs with a field ``bytes``."""
    from pyarrow import types

    for field in table.schema:
        kind = field.type
        if types.is_struct(kind) and kind.get_field_index("bytes") >= 0:
            return str(field.name)
        if types.is_binary(kind) or types.is_large_binary(kind):
            return str(field.name)
    return None


def _encoded_images(column: Any) -> tuple[bytes | None, ...]:
    items = column.to_pylist()
    return tuple(item.get("bytes") if isinstance(item, dict) else item for item in items)


def _class_names(metadata: Mapping[bytes, bytes] | None) -> dict[str, list[str]]:
    """The class names that Hugging Face's ``datasets`` writes into a Parquet file, by column."""
    try:
        about = parse_json((metadata or {}).get(b"huggingface", b"{}").decode())
        features = about.get("info", {}).get("features", {})
        return {
            name: list(map(str, feature["names"]))
            for name, feature in features.items()
            if isinstance(feature, dict) and isinstance(feature.get("names"), list)
        }
    except (ValueError, AttributeError):
        return {}
