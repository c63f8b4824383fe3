from __future__ import annotations

import json

import pytest

from latent_core.errors import InvalidCardError, InvalidInputError, UnknownNameError
from latent_core.untrusted import MAX_JSON_DEPTH, finite, parse_json, reading, whole


@pytest.mark.parametrize(
    "error",
    [
        RecursionError(),
        MemoryError(),
        KeyError("x"),
        ImportError("y"),
        AssertionError(),
        OSError(5),
    ],
)
def test_every_exception_becomes_the_sentence(error):
    sentence = r"four/a\.npy cannot be read \(.+\); copy it\."
    with (
        pytest.raises(InvalidCardError, match=sentence),
        reading("four/a.npy cannot be read", "copy it"),
    ):
        raise error


def test_errors_of_the_library_pass_but_those_of_a_card_s_file_name_it():
    with pytest.raises(UnknownNameError), reading("a", "b"):
        raise UnknownNameError("model", "x", ["y"])
    with pytest.raises(InvalidCardError, match=r"a \(too long\); b"), reading("a", "b"):
        raise InvalidInputError("too long.")
    with pytest.raises(KeyboardInterrupt), reading("a", "b"):
        raise KeyboardInterrupt


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[" * (MAX_JSON_DEPTH + 1) + "]" * (MAX_JSON_DEPTH + 1),
        '{"a":' * 40 + "1" + "}" * 40,
        "NaN",
        "[Infinity]",
        "1e999",
        "1" + "0" * 400,
        r'"\ud800"',
        r'{"\ud800": 1}',
        "{",
    ],
)
def test_hostile_json_is_a_value_error(text):
    with pytest.raises(ValueError, match=r".+"):
        parse_json(text)


def test_other_json_is_that_of_the_standard_library():
    text = '{"a": [1, -2.5, null, true, "é\\u00e9"], "b": {"c": {}}, "d": 123456789012345678}'
    assert parse_json(text) == json.loads(text)
    assert parse_json("[" * MAX_JSON_DEPTH + "]" * MAX_JSON_DEPTH)


@pytest.mark.parametrize("value", [0, 11, True, 1.0, "1", None, [1]])
def test_a_whole_number_has_a_range(value):
    with pytest.raises(InvalidCardError, match=r"'n' of 'four'.*from 1 to 10"):
        whole(value, 1, 10, "n", "four")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400, -1.5, True, "1"])
def test_a_number_is_finite_and_has_a_range(value):
    with pytest.raises(InvalidCardError, match="'x' of 'four'"):
        finite(value, -1, 1, "x", "four")
    assert finite(1, -1, 1, "x", "four") == 1.0
