"""The Swiss roll: a 2D sheet rolled up in 3D, the usual example of manifold learning.

References
----------
S. Marsland: Machine Learning: An Algorithmic Perspective (2014), chapter 6, as in
``sklearn.datasets.make_swiss_roll``.
"""

from __future__ import annotations

import numpy as np

from datagen.tables.table import CodeTable

N_POINTS, SEED = 3000, 0
_T_RANGE = [1.5 * np.pi, 4.5 * np.pi]
_CARD = {
    "title": "Swiss roll",
    "description": (
        "3,000 points of a sheet that is rolled up in space. The factor t says how far along the "
        "roll a point lies: a map that unrolls the sheet puts t in order. Isomap does; PCA, "
        "which only turns, cannot."
    ),
    "source": "scikit-learn, sklearn.datasets.make_swiss_roll, without noise",
    "licence": "CC0 1.0 (points); made with scikit-learn, BSD-3-Clause",
    "made_with": "python -m datagen swissroll --out data/swissroll",
    "codes": {"metric": "euclidean", "noun": "point"},
    "factors": {
        "t": {"range": _T_RANGE, "means": "along the roll, from its inner to its outer end"}
    },
}


def sample_swiss_roll(count: int = N_POINTS, seed: int = SEED) -> CodeTable:
    """`count` points ``(N, 3)``, uniform in t and across the sheet, with their t."""
    from sklearn.datasets import make_swiss_roll

    points, t = make_swiss_roll(count, random_state=seed)
    return CodeTable(
        codes=points.astype(np.float32),
        factors={"t": t.astype(np.float32)},
        card=_CARD,
    )
