"""Rows of images below their names."""

from __future__ import annotations

import html
from collections.abc import Mapping

from latent_core.types import Floats
from ui.images import data_url

STYLE = """<style>
  .ls-picture-rows { display: grid; gap: .5rem; margin: 0; max-width: 46rem; }
  .ls-picture-rows div { display: grid; grid-template-columns: repeat(8, 1fr); gap: 4px; }
  .ls-picture-rows div:has(img:nth-child(9)) { grid-template-columns: repeat(12, 1fr); }
  .ls-picture-rows img { width: 100%; image-rendering: pixelated; border-radius: 4px; }
  .ls-picture-rows p { margin: 0; font-weight: 600; }
  @media (max-width: 560px) {
    .ls-picture-rows div:has(img:nth-child(9)) { grid-template-columns: repeat(6, 1fr); }
  }
</style>"""


def picture_rows_html(rows: Mapping[str, Floats]) -> str:
    """HTML of rows of images ``(N, C, H, W)`` below their names."""
    parts = [
        f"<p>{html.escape(name)}</p><div>{_images(name, images)}</div>"
        for name, images in rows.items()
    ]
    return f'{STYLE}<div class="ls-picture-rows">{"".join(parts)}</div>'


def _images(name: str, images: Floats) -> str:
    return "".join(
        f'<img src="{data_url(image)}" alt="{html.escape(name)}, {number}">'
        for number, image in enumerate(images, 1)
    )
