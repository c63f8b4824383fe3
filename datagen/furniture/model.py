"""Chairs, stools, tables and desks: their factors and their solids, in centimetres."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from datagen.faces.factors import DECIMALS, Table
from datagen.rendering.primitives import Solid, box, join, rod, slab, turn_about_x
from latent_core.factors import Factor

Piece = Mapping[str, float]

KINDS = ("chair", "stool", "table", "desk")
CHAIR, STOOL, TABLE, DESK = range(4)
TOP, FRAME, FRONT, HANDLE = range(4)  # paints
_KIND = ("kind",)

# the range of each kind, in the order of KINDS
_SIZES: dict[str, tuple[tuple[float, float], ...]] = {
    "height": ((36, 54), (40, 80), (40, 78), (66, 80)),
    "width": ((38, 60), (28, 44), (70, 150), (95, 165)),
    "depth": ((38, 54), (28, 44), (50, 95), (48, 76)),
    "back_height": ((24, 68), (0, 0), (0, 0), (0, 0)),
    "back_tilt": ((0, 22), (0, 0), (0, 0), (0, 0)),
    "back_openness": ((0, 1), (0, 0), (0, 0), (0, 0)),
}

FURNITURE_FACTORS: dict[str, Factor] = {
    "kind": Factor(low=0, high=3, means="0 chair, 1 stool, 2 table, 3 desk", ordered=False),
    "height": Factor(low=36, high=80, means="of seat or top", unit="centimetres", tied_to=_KIND),
    "width": Factor(low=28, high=165, means="of seat or top", unit="centimetres", tied_to=_KIND),
    "depth": Factor(low=28, high=95, means="of seat or top", unit="centimetres", tied_to=_KIND),
    "top_thickness": Factor(low=2, high=7, means="of seat or top", unit="centimetres"),
    "corner": Factor(low=0, high=1, means="outline from round to rectangular"),
    "leg_thickness": Factor(low=2, high=7, means="of each leg", unit="centimetres"),
    "leg_splay": Factor(low=0, high=1, means="from upright to spread"),
    "leg_square": Factor(low=0, high=1, means="0 round legs, 1 square ones"),
    "back_height": Factor(low=0, high=68, means="chairs only", unit="centimetres", tied_to=_KIND),
    "back_tilt": Factor(low=0, high=22, means="chairs only", unit="degrees", tied_to=_KIND),
    "back_openness": Factor(low=0, high=1, means="from a panel to thin bars", tied_to=_KIND),
    "drawers": Factor(low=0, high=4, means="how many; desks only", tied_to=_KIND),
    "yaw": Factor(low=-60, high=60, means="from the picture's left to its right", unit="degrees"),
    "hue": Factor(low=0, high=1, means="turn of the colour circle", ordered=False),
    "lightness": Factor(low=0, high=1, means="from dark to light"),
}


def draw_furniture(count: int, seed: int) -> Table:
    """`count` pieces' factors, each ``(count,)`` float32; every kind is as likely."""
    rng = np.random.default_rng(seed)
    kind = rng.integers(0, len(KINDS), count)
    drawn: dict[str, NDArray[np.float64]] = {"kind": kind.astype(float)}
    for name, factor in FURNITURE_FACTORS.items():
        even = rng.uniform(0, 1, count)
        low, high = np.full(count, factor.low), np.full(count, factor.high)
        if name in _SIZES:
            low, high = np.array(_SIZES[name], float)[kind].T
        drawn.setdefault(name, low + even * (high - low))
    drawn["drawers"] = np.where(kind == DESK, rng.integers(0, 5, count), 0)
    drawn["leg_square"] = np.round(drawn["leg_square"])
    return {name: drawn[name].round(DECIMALS).astype(np.float32) for name in FURNITURE_FACTORS}


def build(piece: Piece) -> Solid:
    """The solid, standing on y = 0 with its front towards z."""
    kind = int(piece["kind"])
    parts = [_top(piece), *_legs(piece, kind)]
    if kind == CHAIR:
        parts += _back(piece)
    if kind == STOOL:
        parts += _stretchers(piece)
    if kind == DESK:
        parts += _desk(piece)
    if kind == TABLE:
        parts += _aprons(piece)
    return join(parts)


def _top(piece: Piece) -> Solid:
    thick = piece["top_thickness"]
    size = (piece["width"], thick, piece["depth"])
    return slab((0, piece["height"] - thick / 2, 0), size, TOP, _corner(piece))


def _corner(piece: Piece) -> float:
    """Desks and chairs keep more of their corners, since legs, backs and drawers need them."""
    least = {CHAIR: 0.55, DESK: 0.9}.get(int(piece["kind"]), 0.0)
    return least + (1 - least) * piece["corner"]


def _leg_places(piece: Piece) -> list[tuple[float, float]]:
    inset = 0.72 + 0.2 * _corner(piece)
    x = piece["width"] / 2 * inset - piece["leg_thickness"] / 2
    z = piece["depth"] / 2 * inset - piece["leg_thickness"] / 2
    return [(x, z), (-x, z), (x, -z), (-x, -z)]


def _legs(piece: Piece, kind: int) -> list[Solid]:
    top = piece["height"] - piece["top_thickness"]
    radius = piece["leg_thickness"] / 2
    spread = 1 + 0.3 * piece["leg_splay"] * (20 / (20 + piece["width"] / 4))
    places = _leg_places(piece)
    if kind == DESK and piece["drawers"] >= 1:
        places = [place for place in places if place[0] < 0]
    sides = 4 if piece["leg_square"] >= 0.5 else 14
    taper = 1 - 0.4 * piece["leg_splay"]
    return [
        rod((x * spread, 0, z * spread), (x, top, z), (radius * taper, radius), FRAME, sides)
        for x, z in places
    ]


def _back(piece: Piece) -> list[Solid]:
    """Two posts, a rail along the top, and four bars that close to a panel."""
    base, high = piece["height"], piece["back_height"]
    wide = piece["width"] * 0.86
    thick = max(2.0, piece["leg_thickness"] * 0.7)
    z = -piece["depth"] / 2 + thick
    rail = min(high * 0.3, 9.0)
    bar = (wide - 2 * thick) / 4 * (1 - 0.78 * piece["back_openness"])
    tall = high - rail
    edge, half = wide / 2 - thick / 2, (thick / 2, thick / 2)
    posts = [rod((x, base - 1, z), (x, base + high, z), half, FRAME, 4) for x in (-edge, edge)]
    step = (wide - 2 * thick) / 4
    bars = [
        box(((n - 1.5) * step, base + tall / 2, z), (bar, tall, thick * 0.5), TOP) for n in range(4)
    ]
    top = box((0, base + high - rail / 2, z), (wide, rail, thick * 0.9), TOP)
    turn = turn_about_x(-np.radians(piece["back_tilt"]))
    return [part.moved(turn, (0, base, z)) for part in [*posts, *bars, top]]


def _stretchers(piece: Piece) -> list[Solid]:
    """Bars between a stool's legs."""
    spread = 1 + 0.3 * piece["leg_splay"] * (20 / (20 + piece["width"] / 4)) * 0.65
    x, z = (value * spread for value in _leg_places(piece)[0])
    y, thin = piece["height"] * 0.35, piece["leg_thickness"] * 0.3
    ends = [((x, z), (-x, z)), ((-x, z), (-x, -z)), ((-x, -z), (x, -z)), ((x, -z), (x, z))]
    return [rod((a, y, b), (c, y, d), (thin, thin), FRAME, 8) for (a, b), (c, d) in ends]


def _aprons(piece: Piece) -> list[Solid]:
    """Boards below a table's top, from leg to leg."""
    x, z = _leg_places(piece)[0]
    y = piece["height"] - piece["top_thickness"] - 3
    return [
        *(box((0, y, side * z), (2 * x, 6, 1.6), FRAME) for side in (-1, 1)),
        *(box((side * x, y, 0), (1.6, 6, 2 * z), FRAME) for side in (-1, 1)),
    ]


def _desk(piece: Piece) -> list[Solid]:
    """A board at the back, and with drawers a chest of them on one side."""
    x, z = _leg_places(piece)[0]
    top = piece["height"] - piece["top_thickness"]
    board = box((0, top - 14, -z), (2 * x, 28, 1.6), FRAME)
    count = round(piece["drawers"])
    if count == 0:
        return [board]
    wide = piece["width"] * 0.3
    centre = piece["width"] / 2 * 0.96 - wide / 2
    deep = piece["depth"] * 0.92
    high = min(top - 3, 9 + 14.0 * count)
    chest = box((centre, top - high / 2, 0), (wide, high, deep), FRAME)
    parts = [board, chest]
    if top - high > 4:
        legs = [
            (centre + side * (wide / 2 - 3), end * (deep / 2 - 3))
            for side in (-1, 1)
            for end in (-1, 1)
        ]
        radius = piece["leg_thickness"] / 2
        parts += [rod((a, 0, b), (a, top - high, b), (radius, radius), FRAME, 4) for a, b in legs]
    front = (high - 2) / count
    for n in range(count):
        y = top - 1 - front * (n + 0.5)
        parts.append(box((centre, y, deep / 2 + 0.8), (wide - 3, front - 2.2, 1.6), FRONT))
        parts.append(box((centre, y, deep / 2 + 2.6), (wide * 0.4, 1.6, 2), HANDLE))
    return parts
