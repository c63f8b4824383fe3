"""Tables of text: delimiter, decimal mark and header are found by how well the rows agree."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from latent_core.errors import InvalidInputError
from latent_core.opening.datasets.columns import INDEX_NAMES, LABEL_NAMES, NAME_NAMES
from latent_core.opening.datasets.tables import Table, columns_of_arrow
from latent_core.untrusted import reading

N_SAMPLE_LINES = 200
_FORMS = ((",", "."), (";", ","), (";", "."), ("\t", "."), ("\t", ","), ("|", "."), (" ", "."))
_MARKS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "spaces"}
_MISSING = ["", "nan", "NaN", "NAN", "-nan", "NA", "N/A", "n/a", "#N/A", "null", "NULL", "None"]
_MISSING += ["<NA>", "?", "none"]
_NUMBER = re.compile(
    r"\s*[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?|inf(inity)?)\s*", re.IGNORECASE
)
_N_LISTED = 10
_ONE_CELL = 0.75
"""Factor on the agreement of rows that are one cell each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a table of text is written.

    Parameters
    ----------
    delimiter, decimal
        Between cells, and within numbers.
    has_header
        Whether the first row names the columns.
    """

    delimiter: str
    decimal: str
    has_header: bool

    def __str__(self) -> str:
        mark = "comma" if self.decimal == "," else "point"
        header = "column names in the first row" if self.has_header else "no column names"
        return f"{_MARKS[self.delimiter]} between cells, decimal {mark}, {header}"


def read_delimited(data: bytes, count: int | None = None) -> Table:
    """The table in a csv, tsv or text file.

    Parameters
    ----------
    data
        UTF-8, UTF-16 with its mark, or Latin-1.
    count
        The number of rows that it should have, if that is known: it decides whether the first row
        is a header where the cells don't.

    Raises
    ------
    InvalidInputError
        It is no table.
    """
    text, encoding = _decoded(data)
    text = _without_count_line(text)
    form, names = find_form(text, count)
    arrow, bad_lines = _parse(text, form, names)
    findings = [f"The table has {form}{encoding}."]
    warnings = []
    if bad_lines:
        more = ", …" if len(bad_lines) > _N_LISTED else ""
        listed = ", ".join(map(str, bad_lines[:_N_LISTED])) + more
        warnings.append(
            f"{len(bad_lines):,} rows have another number of cells and are left out: {listed}."
        )
    return Table(
        columns=columns_of_arrow(arrow),
        count=arrow.num_rows,
        findings=tuple(findings),
        warnings=tuple(warnings),
    )


def _decoded(data: bytes) -> tuple[str, str]:
    """The text, and what to say about its encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        with reading("The table is not UTF-16", "save it as UTF-8", InvalidInputError):
            return data.decode("utf-16"), ", encoded as UTF-16"
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), ", encoded as Windows-1252"


def _without_count_line(text: str) -> str:
    """Without the first line of word2vec's text format, the counts of rows and numbers."""
    first, _, rest = text.partition("\n")
    counts, second = first.split(), rest.partition("\n")[0].split()
    is_counts = len(counts) == 2 and all(c.isdecimal() for c in counts)
    return rest if is_counts and len(second) == int(counts[1]) + 1 > 2 else text


def find_form(text: str, count: int | None = None) -> tuple[Form, list[str] | None]:
    """How a table is written, and its column names where the first row has them.

    Of each delimiter and decimal mark: how many rows have the same number of cells, then how many
    cells are numbers, then how many cells there are.
    """
    head = text[: N_SAMPLE_LINES * 20_000]
    lines = [line for line in head.splitlines()[: N_SAMPLE_LINES + 1] if line.strip()]
    if not lines:
        raise InvalidInputError("The table has no rows; save it again.")
    scores = {}
    for delimiter, decimal in _FORMS:
        rows = _rows(lines, delimiter)
        width, n_same = Counter(len(row) for row in rows).most_common(1)[0]
        body = rows[1:] or rows
        cells = [cell for row in body for cell in row if cell.strip()]
        n_numbers = sum(is_number(cell, decimal) for cell in cells)
        numeric = n_numbers / max(1, len(cells))
        is_words = delimiter == " " and numeric < 0.5  # sentences, not cells
        agreement = 0.0 if is_words else n_same / len(rows)
        agreement *= _ONE_CELL if width == 1 else 1.0  # any delimiter that does not occur agrees
        scores[delimiter, decimal] = (agreement, numeric, width)
    delimiter, decimal = max(scores, key=scores.__getitem__)
    rows = _rows(lines, delimiter)
    total = sum(1 for line in text.splitlines() if line.strip()) if count is not None else None
    has_header = _has_header(rows, decimal, None if total is None else total - (count or 0))
    names = _column_names(rows[0]) if has_header else None
    return Form(delimiter=delimiter, decimal=decimal, has_header=has_header), names


def _rows(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=delimiter)) or [[]]
    except csv.Error:
        return [line.split(delimiter) for line in lines]


def is_number(cell: str, decimal: str) -> bool:
    """Whether a cell is a number, or stands for a missing one."""
    text = cell.strip()
    if decimal == ",":
        if "." in text:
            return False
        text = text.replace(",", ".")
    return text in _MISSING or _NUMBER.fullmatch(text) is not None


def _has_header(rows: list[list[str]], decimal: str, surplus: int | None) -> bool:
    """Whether the first row names the columns.

    Parameters
    ----------
    surplus
        How many rows more there are than samples, if that is known.
    """
    first, rest = rows[0], rows[1:]
    if surplus is not None and surplus in (0, 1):
        return surplus == 1
    if not rest:
        return False
    is_text = [not is_number(cell, decimal) or not cell.strip() for cell in first]
    named = [i for i, cell in enumerate(first) if is_text[i] and cell.strip()]
    if any(_is_numeric(i, rest, decimal) for i in named):
        return True
    if not all(is_text):
        return _counts_columns(first, rest, decimal)
    names = [cell.strip().lower() for cell in first]
    is_named = any(name in (*LABEL_NAMES, *NAME_NAMES) for name in names)
    return is_named or (len(first) > 1 and len(set(names)) == len(names))


def _is_numeric(i: int, rows: list[list[str]], decimal: str) -> bool:
    """Whether all cells of column `i` are numbers."""
    return all(is_number(row[i], decimal) for row in rows if i < len(row))


def _counts_columns(first: list[str], rest: list[list[str]], decimal: str) -> bool:
    """Whether the numbers of a row are 0, 1, 2, …, as pandas names columns, above other numbers."""
    places = [i for i, cell in enumerate(first) if cell.strip() and is_number(cell, decimal)]
    counts = [first[i].strip() for i in places]
    is_counting = counts == [str(i) for i in range(len(counts))]
    enough = len(counts) >= 3 or (len(counts) >= 1 and first[0].strip().lower() in INDEX_NAMES)
    has_fractions = any(decimal in row[i] for row in rest for i in places if i < len(row))
    return is_counting and enough and has_fractions


def _column_names(first: list[str]) -> list[str]:
    """Distinct names; those that are empty or repeated say their place."""
    names: list[str] = []
    for i, cell in enumerate(first):
        name = " ".join(cell.split())[:80]
        names.append(
            name if name not in names and (name or i == 0) else f"{name or 'column'} {i + 1}"
        )
    return names


def _parse(text: str, form: Form, names: list[str] | None) -> tuple[Any, list[int]]:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    bad_lines: list[int] = []

    def on_bad_row(row: object) -> str:
        bad_lines.append(int(getattr(row, "number", 0) or 0))
        return "skip"

    try:
        table = arrow_csv.read_csv(
            io.BytesIO(text.encode()),
            read_options=arrow_csv.ReadOptions(
                column_names=names,
                skip_rows=1 if names is not None else 0,
                autogenerate_column_names=names is None,
                use_threads=False,
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=form.delimiter, newlines_in_values=True, invalid_row_handler=on_bad_row
            ),
            convert_options=arrow_csv.ConvertOptions(
                decimal_point=form.decimal,
                null_values=_MISSING,
            ),
        )
    except pa.ArrowException as error:
        raise InvalidInputError(f"The table cannot be read ({error}); save it again.") from error
    if names is None:
        table = table.rename_columns([f"column {i + 1}" for i in range(table.num_columns)])
    return table, bad_lines
