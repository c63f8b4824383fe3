"""Untrusted input: every exception of a parser becomes one sentence, every number has a range.

A parser of foreign files may raise anything (Pillow, onnx, torch and pyarrow document no complete
list).  `reading` is the border that such a call is made within.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from latent_core.errors import InvalidCardError, InvalidInputError, LatentError

MAX_JSON_DEPTH = 32
"""Nested lists and objects of a JSON document; a card has 6."""
_MAX_DIGITS = 18
"""Digits of a whole number in a JSON document: it fits into 64 bits."""


@contextmanager
def reading(
    problem: str, remedy: str, error: type[LatentError] = InvalidCardError
) -> Iterator[None]:
    """Raise every exception of the block as an `error`, with its reason in the sentence.

    A `LatentError` passes unchanged; but an `InvalidInputError` of a file that a card names is an
    `InvalidCardError` with the name of the file.

    Parameters
    ----------
    problem
        Beginning of the sentence, with the file's name: ``"four/labels.npy cannot be read"``.
    remedy
        What to do next, without a full stop.
    error
        Class of the error.

    Raises
    ------
    LatentError
        The block raised an exception.

    Examples
    --------
    >>> with reading("a.json cannot be read", "correct it"):
    ...     int("x")
    Traceback (most recent call last):
    latent_core.errors.InvalidCardError: a.json cannot be read (invalid literal for int() with \
base 10: 'x'); correct it.
    """
    try:
        yield
    except Exception as cause:
        is_foreign = not isinstance(cause, LatentError)
        if is_foreign or (error is InvalidCardError and isinstance(cause, InvalidInputError)):
            raise error(f"{problem} ({reason_of(cause)}); {remedy}.") from cause
        raise


def reason_of(error: BaseException, longest: int = 160) -> str:
    """The first line of an exception's message, or its kind where it has none."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, MemoryError):
        return "it needs too much memory"
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if not lines:
        return type(error).__name__
    first = lines[1] if lines[0].endswith(":") and len(lines) > 1 else lines[0]
    return first[:longest].rstrip(". ")


def parse_json(text: str) -> Any:
    """The value of a JSON document, whose numbers are finite and which is not nested deeply.

    Raises
    ------
    ValueError
        No JSON, NaN or infinity, a whole number of more than 18 digits, more than
        `MAX_JSON_DEPTH` levels, or text that is not Unicode.
    """
    try:
        value = json.loads(
            text, parse_float=_parse_float, parse_int=_parse_int, parse_constant=_refuse_constant
        )
    except RecursionError as error:
        raise ValueError(_too_deep()) from error
    _check_nodes(value)
    return value


def _check_nodes(value: Any) -> None:
    """Check depth and text, level by level, since recursion is what must not happen."""
    level = [value]
    for _ in range(MAX_JSON_DEPTH):
        for node in level:
            for text in node if isinstance(node, dict) else [node]:
                if isinstance(text, str):
                    text.encode()  # a lone surrogate is a UnicodeEncodeError, a ValueError
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
        if not level:
            return
    raise ValueError(_too_deep())


def _too_deep() -> str:
    return f"it is nested more than {MAX_JSON_DEPTH} levels deep"


def _parse_float(text: str) -> float:
    if not math.isfinite(value := float(text)):
        raise ValueError(f"{text[:20]} is beyond the range of numbers")
    return value


def _parse_int(text: str) -> int:
    if len(text.lstrip("-")) > _MAX_DIGITS:
        raise ValueError(f"{text[:20]}… has more than {_MAX_DIGITS} digits")
    return int(text)


def _refuse_constant(text: str) -> float:
    raise ValueError(f"{text} is not a number")


def whole(value: Any, low: int, high: int, name: str, where: str) -> int:
    """`value`, if it is a whole number from `low` to `high`.

    Parameters
    ----------
    name, where
        The field and the card's id, for the message.

    Raises
    ------
    InvalidCardError
        It is another type of value, or out of range.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise InvalidCardError(
            f"{name!r} of {where!r} must be a whole number from {low} to {high}, not "
            f"{str(value)[:40]}; correct it."
        )
    return value


def finite(value: Any, low: float, high: float, name: str, where: str) -> float:
    """`value` as float, if it is a number from `low` to `high`.

    Parameters
    ----------
    name, where
        The field and the card's id, for the message.

    Raises
    ------
    InvalidCardError
        It is another type of value, or out of range.
    """
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not low <= value <= high:
        raise InvalidCardError(
            f"{name!r} of {where!r} must be a number from {low:g} to {high:g}, not "
            f"{str(value)[:40]}; correct it."
        )
    return float(value)
