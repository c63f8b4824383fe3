"""The sample that was clicked: its image, its verdict, and the nearest images of the data."""

from __future__ import annotations

from latent_core.analysis.pixel_neighbors import nearest_by_pixels, typical_pixel_distance
from latent_core.analysis.support import support_level, support_of_encodings
from latent_core.types import Floats
from ui.components.decoded_point import DecodedPointData
from ui.components.decoder import image_realism
from ui.images import data_url
from ui.presenters import N_NEIGHBORS, code_bars, image_sheet
from ui.sample_sources import item_from_code
from ui.spaces import Space, wait_for
from ui.visitor import tray
from ui.visitor.tray import TrayItem


def sample_label(index: int, seed: int) -> str:
    """The name of a sample, for people."""
    return f"sample {index:,}, seed {seed:,}"


def sample_item(space: Space, code: Floats, index: int, seed: int) -> TrayItem:
    """A sample for the tray."""
    return item_from_code(space, code, sample_label(index, seed))


def selected_sample_data(space: Space, code: Floats, index: int, seed: int) -> DecodedPointData:
    """A sample ``(D,)`` of a model with a decoder, for its panel."""
    image = space.model.decode(code[None])[0]
    realism = image_realism(space.model.card)
    quantile = float(support_of_encodings(space.encodings).quantile(code[None])[0])
    images = space.data.images_uint8
    typical = wait_for(
        f"typical pixel distance {space.data.fingerprint}",
        lambda report, _show: typical_pixel_distance(images, progress=report),
    )
    found = nearest_by_pixels(images, image[None], min(N_NEIGHBORS, len(images)))
    neighbors = [
        (int(i), space.data.label(int(i)), float(distance))
        for i, distance in zip(found.index[0], found.distance[0], strict=True)
    ]
    return DecodedPointData(
        heading="This sample",
        nearest_heading="nearest images of the data by pixels",
        image=data_url(image),
        width=image.shape[2],
        title=sample_label(index, seed),
        support_level=support_level(quantile),
        image_level=None if realism is None else realism.levels(image[None])[0],
        support_sentence=support_sentence(quantile),
        round_trip=copy_sentence(neighbors[0][2], typical, len(images)),
        code=code_bars(space, code),
        neighbors=neighbors,
        count=len(space.data),
        sheet=image_sheet(space),
        in_tray=tray.contains(space.model.card.id, code),
    )


def support_sentence(quantile: float) -> str:
    """How far out a code is, compared with the data's own; `quantile` in [0, 1]."""
    if quantile >= 1:
        return "Its code is farther out than any of the data's own codes."
    return f"Its code is farther out than {100 * quantile:.0f} % of the data's own codes."


def copy_sentence(distance: float, typical: float, n_images: int) -> str:
    """Whether a sample is a copy: its distance to the nearest image beside that of real images."""
    ratio = distance / typical if typical > 0 else float("inf")
    return (
        f"The nearest of {n_images:,} images differs by {distance:.3f} per pixel (root mean "
        f"square), {ratio:.1f}× the {typical:.3f} that a real image differs from its nearest "
        "other (median); a copy would be near 0×."
    )
