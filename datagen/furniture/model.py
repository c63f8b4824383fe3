"""A parametric model of chairs, stools, tables and desks: from factors to a triangle mesh."""

from __future__ import annotations

import numpy as np

from datagen.factor_table import Factors
from datagen.furniture.factors import CHAIR, DESK, STOOL, TABLE
from datagen.rendering.primitives import TriangleMesh, box, merge_meshes, rod, rotation_x, slab

TOP, FRAME, FRONT, HANDLE = range(4)  # material ids


def build_mesh(piece: Factors) -> TriangleMesh:
    """Mesh of a piece in centimeters, standing on y = 0 with its front towards +z."""
    kind = int(piece["kind"])
    parts = [_top(piece), *_legs(piece, kind)]
    if kind == CHAIR:
        parts += _backrest(piece)
    if kind == STOOL:
        parts += _stretchers(piece)
    if kind == DESK:
        parts += _desk_parts(piece)
    if kind == TABLE:
        parts += _aprons(piece)
    return merge_meshes(parts)


def _top(piece: Factors) -> TriangleMesh:
    """The seat or the tabletop."""
    thickness = piece["top_thickness"]
    size = (piece["width"], thickness, piece["depth"])
    return slab((0, piece["height"] - thickness / 2, 0), size, TOP, _squareness(piece))


def _squareness(piece: Factors) -> float:
    """Of the top's outline; chairs and desks have a minimum, to support backrest and drawers."""
    minimum = {CHAIR: 0.55, DESK: 0.9}.get(int(piece["kind"]), 0.0)
    return minimum + (1 - minimum) * piece["corner"]


def _leg_positions(piece: Factors) -> list[tuple[float, float]]:
    """(x, z) of the four legs below the top."""
    inset = 0.72 + 0.2 * _squareness(piece)
    x = piece["width"] / 2 * inset - piece["leg_thickness"] / 2
    z = piece["depth"] / 2 * inset - piece["leg_thickness"] / 2
    return [(x, z), (-x, z), (x, -z), (-x, -z)]


def _legs(piece: Factors, kind: int) -> list[TriangleMesh]:
    top = piece["height"] - piece["top_thickness"]
    radius = piece["leg_thickness"] / 2
    splay = 1 + 0.3 * piece["leg_splay"] * (20 / (20 + piece["width"] / 4))
    positions = _leg_positions(piece)
    if kind == DESK and piece["drawers"] >= 1:
        positions = [position for position in positions if position[0] < 0]
    sides = 4 if piece["leg_square"] >= 0.5 else 14
    taper = 1 - 0.4 * piece["leg_splay"]
    return [
        rod((x * splay, 0, z * splay), (x, top, z), (radius * taper, radius), FRAME, sides)
        for x, z in positions
    ]


def _backrest(piece: Factors) -> list[TriangleMesh]:
    """Two posts, a top rail, and four slats that merge into a panel at openness 0."""
    seat, height = piece["height"], piece["back_height"]
    width = piece["width"] * 0.86
    thickness = max(2.0, piece["leg_thickness"] * 0.7)
    z = -piece["depth"] / 2 + thickness
    rail_height = min(height * 0.3, 9.0)
    slat_width = (width - 2 * thickness) / 4 * (1 - 0.78 * piece["back_openness"])
    slat_height = height - rail_height
    edge, radii = width / 2 - thickness / 2, (thickness / 2, thickness / 2)
    posts = [rod((x, seat - 1, z), (x, seat + height, z), radii, FRAME, 4) for x in (-edge, edge)]
    step = (width - 2 * thickness) / 4
    slat = (slat_width, slat_height, thickness * 0.5)
    slats = [box(((n - 1.5) * step, seat + slat_height / 2, z), slat, TOP) for n in range(4)]
    rail_y = seat + height - rail_height / 2
    rail = box((0, rail_y, z), (width, rail_height, thickness * 0.9), TOP)
    rotation = rotation_x(-np.radians(piece["back_tilt"]))
    return [part.rotated(rotation, (0, seat, z)) for part in [*posts, *slats, rail]]


def _stretchers(piece: Factors) -> list[TriangleMesh]:
    """The bars that connect a stool's legs."""
    splay = 1 + 0.3 * piece["leg_splay"] * (20 / (20 + piece["width"] / 4)) * 0.65
    x, z = (value * splay for value in _leg_positions(piece)[0])
    y, radius = piece["height"] * 0.35, piece["leg_thickness"] * 0.3
    ends = [((x, z), (-x, z)), ((-x, z), (-x, -z)), ((-x, -z), (x, -z)), ((x, -z), (x, z))]
    return [rod((a, y, b), (c, y, d), (radius, radius), FRAME, 8) for (a, b), (c, d) in ends]


def _aprons(piece: Factors) -> list[TriangleMesh]:
    """The boards below a tabletop that connect its legs."""
    x, z = _leg_positions(piece)[0]
    y = piece["height"] - piece["top_thickness"] - 3
    return [
        *(box((0, y, side * z), (2 * x, 6, 1.6), FRAME) for side in (-1, 1)),
        *(box((side * x, y, 0), (1.6, 6, 2 * z), FRAME) for side in (-1, 1)),
    ]


def _desk_parts(piece: Factors) -> list[TriangleMesh]:
    """The back panel, and on one side the cabinet if there are drawers."""
    x, z = _leg_positions(piece)[0]
    top = piece["height"] - piece["top_thickness"]
    panel = box((0, top - 14, -z), (2 * x, 28, 1.6), FRAME)
    count = round(piece["drawers"])
    return [panel, *_cabinet(piece, top, count)] if count else [panel]


def _cabinet(piece: Factors, top: float, count: int) -> list[TriangleMesh]:
    """A cabinet with `count` drawers below the height `top`, on legs if it ends above the floor."""
    width = piece["width"] * 0.3
    x = piece["width"] / 2 * 0.96 - width / 2
    depth = piece["depth"] * 0.92
    height = min(top - 3, 9 + 14.0 * count)
    parts = [box((x, top - height / 2, 0), (width, height, depth), FRAME)]
    if top - height > 4:
        legs = [
            (x + side * (width / 2 - 3), end * (depth / 2 - 3))
            for side in (-1, 1)
            for end in (-1, 1)
        ]
        radius = piece["leg_thickness"] / 2
        parts += [rod((a, 0, b), (a, top - height, b), (radius, radius), FRAME, 4) for a, b in legs]
    front = (height - 2) / count
    for n in range(count):
        y = top - 1 - front * (n + 0.5)
        parts.append(box((x, y, depth / 2 + 0.8), (width - 3, front - 2.2, 1.6), FRONT))
        parts.append(box((x, y, depth / 2 + 2.6), (width * 0.4, 1.6, 2), HANDLE))
    return parts
