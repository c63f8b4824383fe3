"""The code of a face, searched by gradient descent and watched."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.datasets.splits import indices_for_test, indices_for_validation
from latent_core.metrics import per_image_mse
from latent_core.models.inversion import InversionConfig, invert
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Dataset, Floats
from ui.spaces import Space

STEPS = (0, 1, 2, 4, 8, 16, 32, 64)
"""Of gradient descent, after which the face is shown."""
CONFIG = InversionConfig(n_starts=1, n_steps=STEPS[-1])
N_OFFERED = 6
SHARES = {"most": "More than half", "some": "A tenth to half", "little": "Less than a tenth"}
HALF, TENTH = 0.5, 0.1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FaceSearch:
    """The best codes so far on the way from the mean code.

    Parameters
    ----------
    images
        ``(T, C, H, W)``: the decoded code after each of `STEPS`.
    errors
        ``(T,)`` mean squared error per pixel; the first is that of the mean code.
    guided_error
        The error after as many steps from a code that an encoder predicts.
    """

    images: Floats
    errors: Floats
    guided_error: float

    __repr__ = compact_repr

    @property
    def left(self) -> float:
        """The share of the mean code's error that is left."""
        return float(self.errors[-1] / self.errors[0])

    @property
    def share(self) -> str:
        """Which of `SHARES` that is."""
        return "most" if self.left > HALF else "some" if self.left >= TENTH else "little"


def offered_faces(data: Dataset) -> list[int]:
    """Test images to choose from."""
    return [int(row) for row in indices_for_test(data)[:N_OFFERED]]


def mean_code(space: Space) -> Floats:
    """``(D,)``, of the validation images."""
    mean: Floats = space.encodings.mean[indices_for_validation(space.data)].mean(axis=0)
    return mean


def search_face(
    space: Space, index: int, *, progress: ProgressCallback = null_progress
) -> FaceSearch:
    """Search the code of image `index` from the mean code, and from a predicted one."""
    image = space.data.images(slice(index, index + 1))
    start = mean_code(space)[None]
    seen: list[Floats] = [start]

    def keep(codes: Floats) -> None:
        seen.append(codes.copy())

    part = subprogress(progress, 0, 0.6)
    invert(space.model, image, CONFIG, initial_codes=start, progress=part, callback=keep)
    last = len(seen) - 1
    images = space.model.decode(np.concatenate([seen[min(step + 1, last)] for step in STEPS]))
    guided = invert(space.model, image, CONFIG, progress=subprogress(progress, 0.6, 1))
    return FaceSearch(
        images=images,
        errors=per_image_mse(np.repeat(image, len(STEPS), axis=0), images),
        guided_error=float(guided.errors[0]),
    )
