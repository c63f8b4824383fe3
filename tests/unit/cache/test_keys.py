"""Cache keys: equal exactly for equal parts, and stable."""

from __future__ import annotations

import copy
import dataclasses
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latent_core.cache import content_key

FIELD_NAMES = ("dims", "perplexity", "metric", "seed", "exact", "ranges")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Params:
    cache_name: ClassVar[str] = "Spec"
    cache_fields: ClassVar[dict[str, str]] = {name: name for name in FIELD_NAMES}

    dims: int = 2
    perplexity: float = 30.0
    metric: str = "euclidean"
    seed: int | None = 0
    exact: bool = False
    ranges: tuple[float, ...] = (0.0, 1.0)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Twin(Params):
    cache_name: ClassVar[str] = "Twin"


arrays = st.builds(
    lambda values, dtype, wide: np.array(values, dtype).reshape((1, -1) if wide else -1),
    st.lists(st.integers(0, 9), max_size=3),
    st.sampled_from(["u1", "<f4", ">f4", "f8", "i8", "?", "U2"]),
    st.booleans(),
)
atoms = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from([0, 0.0, -0.0, False, 1, 1.0, True, "", b"", "1", b"1", (), np.float64(1)])
    | st.text(max_size=3)
    | st.binary(max_size=3)
    | arrays
    | st.builds(Params, dims=st.integers(2, 3))
    | st.builds(Twin, dims=st.integers(2, 3))
)
values = st.recursive(
    atoms,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=2) | st.integers(0, 2), inner, max_size=3)
    ),
    max_leaves=6,
)


def canonical(value: object) -> str:
    """An independent representation with the same distinctions as a key."""
    if isinstance(value, np.ndarray | np.generic):
        about = (type(value).__name__, value.dtype.str, value.shape, value.tobytes())
        return repr(about)
    if isinstance(value, list | tuple):
        return f"{type(value).__name__}({','.join(canonical(item) for item in value)})"
    if isinstance(value, dict):
        return str(sorted((canonical(k), canonical(v)) for k, v in value.items()))
    return repr(value)


@settings(max_examples=80, deadline=None, database=None)
@given(values, values)
def test_keys_are_equal_exactly_when_parts_are(one: object, two: object) -> None:
    same = content_key("k", part=one) == content_key("k", part=two)
    assert same == (canonical(one) == canonical(two))
    assert content_key("k", part=one) == content_key("k", part=copy.deepcopy(one))


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("dims", 3),
        ("perplexity", 30),
        ("metric", "cosine"),
        ("seed", None),
        ("exact", True),
        ("ranges", (0.0, 1.5)),
    ],
)
def test_every_parameter_changes_the_key(field: str, other: object) -> None:
    changed = dataclasses.replace(Params(), **{field: other})
    assert content_key("map", params=changed) != content_key("map", params=Params())


def test_kind_names_and_class_change_the_key() -> None:
    keys = [
        content_key("map", a=1),
        content_key("maps", a=1),
        content_key("map", b=1),
        content_key("map", a=1, b=None),
        content_key("map", kind=1),
        content_key("map", a=Params()),
        content_key("map", a=Twin()),
        content_key("map", a=("ab", "c")),
        content_key("map", a=("a", "bc")),
    ]
    assert len(set(keys)) == len(keys)


def test_every_byte_of_an_array_changes_the_key_but_not_its_memory_order() -> None:
    array = np.zeros((1000, 700), np.uint8)
    changed = array.copy()
    changed[601, 333] = 1
    assert content_key("k", a=array) != content_key("k", a=changed)
    assert content_key("k", a=changed) == content_key("k", a=np.asfortranarray(changed))
    assert content_key("k", a=float("nan")) == content_key("k", a=-float("nan"))


@dataclasses.dataclass(frozen=True, kw_only=True)
class RenamedParams:
    cache_name: ClassVar[str] = "Spec"
    cache_fields: ClassVar[dict[str, str]] = {
        **{name: name for name in FIELD_NAMES if name not in ("dims", "seed")},
        "n_components": "dims",
        "random_state": "seed",
    }

    n_components: int = 2
    perplexity: float = 30.0
    metric: str = "euclidean"
    random_state: int | None = 0
    exact: bool = False
    ranges: tuple[float, ...] = (0.0, 1.0)


def test_renaming_a_class_and_its_fields_keeps_the_key() -> None:
    assert content_key("map", params=RenamedParams()) == content_key("map", params=Params())


def test_dataclasses_without_declared_names_are_rejected() -> None:
    @dataclasses.dataclass(frozen=True)
    class Unnamed:
        seed: int = 0

    @dataclasses.dataclass(frozen=True, kw_only=True)
    class InheritedName(Params):
        pass

    @dataclasses.dataclass(frozen=True, kw_only=True)
    class NewField(Params):
        cache_name: ClassVar[str] = "NewField"
        added: int = 0

    for part, missing in (
        (Unnamed(), "cache_name"),
        (InheritedName(), "cache_name"),
        (NewField(), "NewField.added"),
    ):
        with pytest.raises(TypeError, match=missing):
            content_key("map", part=part)


def test_a_recorded_key_is_stable() -> None:
    key = content_key("map", spec=Params(), codes=np.arange(3, dtype="<f4"), version=1)
    assert key == "f0a8ac1056672b42f5fca4d531495e3d3638174a762dde769132dfa3d8740e77"


@dataclasses.dataclass
class Mutable:
    dims: int = 2


@pytest.mark.parametrize(
    "part",
    [
        {1, 2},
        object(),
        Mutable(),
        Params,
        Path("x"),
        len,
        np.array([None]),
        np.zeros(2, np.longdouble),
        np.zeros(2, [("a", "i4")]),
        np.ma.masked_array([1, 2], [True, False]),
        [1, {"deep": range(2)}],
    ],
)
def test_unsupported_types_are_rejected(part: object) -> None:
    with pytest.raises(TypeError, match="A key cannot be made of"):
        content_key("k", part=part)
