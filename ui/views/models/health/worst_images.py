"""The held-out images with the largest reconstruction error, beside their reconstructions."""

from __future__ import annotations

from latent_core.health import Health
from latent_core.types import Floats
from ui.images import data_url
from ui.wording.info import info_html


def worst_images_html(health: Health, originals: Floats | None, decoded: Floats | None) -> str:
    """The images in pairs, with the sample's number and error; nothing without reconstructions."""
    errors = health.reconstruction
    if errors is None or originals is None or decoded is None:
        return ""
    title = info_html(
        "worst",
        "Worst reconstructions",
        "the held-out images that the model reconstructs worst: what it did not learn",
    )
    pairs = "".join(
        f'<figure><img src="{data_url(original)}" alt="Sample {row}, original">'
        f'<img src="{data_url(image)}" alt="Sample {row}, reconstruction">'
        f"<figcaption>{error:.4f}<br>no. {row:,}</figcaption></figure>"
        for row, error, original, image in zip(
            errors.worst, errors.worst_errors, originals, decoded, strict=True
        )
    )
    ratio = float(errors.worst_errors[0]) / errors.mean if errors.mean else 0.0
    return (
        f'<section class="lh-worst"><h2>{title}</h2>'
        f"<p>Original above, reconstruction below, with the error; the mean error is "
        f"{errors.mean:.4f}, the largest {ratio:.1f} × that.</p><div>{pairs}</div></section>"
    )
