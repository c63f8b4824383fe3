"""Folders of TensorFlow's Embedding Projector: tensors and metadata, beside a sprite of images."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from latent_core.opening.datasets.source_files import SourceFile

CONFIG_SUFFIX = ".pbtxt"
_SPRITE = re.compile(r"sprite\s*:?\s*\{([^}]*)\}")
_PATH = re.compile(r"image_path\s*:\s*[\"']([^\"']+)[\"']")
_SIDE = re.compile(r"single_image_dim\s*:\s*\[?\s*(\d+)(?:\s*,\s*(\d+))?")


def without_sprite(
    images: Sequence[SourceFile], others: Sequence[SourceFile], *, has_table: bool
) -> tuple[list[SourceFile], list[SourceFile], list[str]]:
    """Image files and others without those of the Projector, and a sentence on the sprite.

    The sprite holds an image of each sample, side by side, so it is no sample itself.  It is the
    file that ``projector_config.pbtxt`` names or, without one, an only image beside a table whose
    name has the word sprite.
    """
    configs = [file for file in others if file.suffix == CONFIG_SUFFIX]
    rest = [file for file in others if file.suffix != CONFIG_SUFFIX]
    sprites = [sprite for config in configs for sprite in _sprites(config)]
    if not configs and has_table and len(images) == 1 and "sprite" in images[0].name.lower():
        sprites = [(images[0].name, "")]
    of_name = {name.lower(): size for name, size in sprites}
    found = [file for file in images if file.name.lower() in of_name]
    if not found or not has_table:
        return list(images), rest, []
    sentences = [
        f"{file.name} is a sprite of the samples' images{of_name[file.name.lower()]}: the "
        "embeddings are opened without them, since a data set holds embeddings or images."
        for file in found
    ]
    return [file for file in images if file not in found], rest, sentences


def _sprites(config: SourceFile) -> list[tuple[str, str]]:
    """The name of each sprite in a configuration, and the size of its images in words."""
    text = config.read()[: 2**20].decode(errors="replace")
    found = []
    for block in _SPRITE.findall(text):
        path = _PATH.search(block)
        sides = [side for pair in _SIDE.findall(block) for side in pair if side]
        if path is not None:
            size = f" of {' × '.join((sides * 2)[:2])} pixels" if sides else ""
            found.append((PurePosixPath(path[1].replace("\\", "/")).name, size))
    return found
