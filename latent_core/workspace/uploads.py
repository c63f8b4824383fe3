"""A visitor's image files, read and preprocessed for a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from latent_core.errors import InvalidInputError
from latent_core.io.uploads import ImageFile, RejectedFile, UploadLimits, read_uploads
from latent_core.models.model import LatentModel
from latent_core.preprocessing.config import PreprocessedImage, PreprocessingConfig
from latent_core.preprocessing.pipeline import preprocess


def load_uploads(
    model: LatentModel,
    files: Iterable[tuple[str, bytes]],
    limits: UploadLimits | None = None,
    *,
    switches: Mapping[str, bool] | None = None,
) -> Iterator[tuple[ImageFile, PreprocessedImage] | RejectedFile]:
    """Each uploaded image with its preprocessed form, or the reason why a file is rejected.

    Parameters
    ----------
    model
        Determines the preprocessing.
    files
        Names and contents of images, or of zips of images; consumed one by one.
    limits
        By default from the environment.
    switches
        False for each preprocessing step to skip; see `latent_core.preprocessing.preprocess`.

    Raises
    ------
    InvalidInputError
        The model has precomputed codes, so it has no encoder.
    """
    card = model.card
    if card.is_precomputed:
        raise InvalidInputError(
            f"{card.id!r} has precomputed codes and no encoder; choose a model of images."
        )
    config = PreprocessingConfig.from_card(card.preprocessing, card.image_shape, card.id)
    for item in read_uploads(files, limits):
        if isinstance(item, RejectedFile):
            yield item
        else:
            yield item, preprocess(item.image, config, switches=switches)
