"""Names of the morph targets, and the MakeHuman files that each is made of."""

from __future__ import annotations

ANCESTRIES = ("african", "asian", "caucasian")
SEXES = ("female", "male")
AGES = ("baby", "child", "young", "old")
WEIGHTS = ("minweight", "averageweight", "maxweight")


def _sided(pattern: str) -> tuple[str, ...]:
    """The file names for the left and the right side of the face."""
    return pattern.format(side="l"), pattern.format(side="r")


# factor: (files of the target at its positive end, files of the target at its negative end);
# each is folder and file name without the suffix .target.gz
SHAPES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "face_width": (("head/head-scale-horiz-incr",), ("head/head-scale-horiz-decr",)),
    "face_roundness": (("head/head-round",), ("head/head-rectangular",)),
    "forehead_height": (
        ("forehead/forehead-scale-vert-incr",),
        ("forehead/forehead-scale-vert-decr",),
    ),
    "jaw_width": (
        ("chin/chin-width-incr", "chin/chin-bones-incr"),
        ("chin/chin-width-decr", "chin/chin-bones-decr"),
    ),
    "chin_length": (("chin/chin-height-incr",), ("chin/chin-height-decr",)),
    "chin_prominence": (("chin/chin-prominent-incr",), ("chin/chin-prominent-decr",)),
    "cheek_bones": (
        _sided("cheek/{side}-cheek-bones-incr"),
        _sided("cheek/{side}-cheek-bones-decr"),
    ),
    "cheek_fullness": (
        _sided("cheek/{side}-cheek-volume-incr"),
        _sided("cheek/{side}-cheek-volume-decr"),
    ),
    "nose_width": (
        ("nose/nose-scale-horiz-incr", "nose/nose-nostrils-width-incr"),
        ("nose/nose-scale-horiz-decr", "nose/nose-nostrils-width-decr"),
    ),
    "nose_length": (
        ("nose/nose-scale-vert-incr", "nose/nose-scale-depth-incr"),
        ("nose/nose-scale-vert-decr", "nose/nose-scale-depth-decr"),
    ),
    "nose_hump": (("nose/nose-hump-incr",), ("nose/nose-hump-decr",)),
    "eye_size": (_sided("eyes/{side}-eye-scale-incr"), _sided("eyes/{side}-eye-scale-decr")),
    "eye_distance": (_sided("eyes/{side}-eye-trans-out"), _sided("eyes/{side}-eye-trans-in")),
    "eye_slant": (
        _sided("eyes/{side}-eye-corner2-up"),
        _sided("eyes/{side}-eye-corner2-down"),
    ),
    "lip_fullness": (
        ("mouth/mouth-upperlip-volume-incr", "mouth/mouth-lowerlip-volume-incr"),
        ("mouth/mouth-upperlip-volume-decr", "mouth/mouth-lowerlip-volume-decr"),
    ),
    "mouth_width": (("mouth/mouth-scale-horiz-incr",), ("mouth/mouth-scale-horiz-decr",)),
    "ear_size": (_sided("ears/{side}-ear-scale-incr"), _sided("ears/{side}-ear-scale-decr")),
}

_EXPRESSION_FILES = {
    "smile": ("mouth-corner-puller",),
    "retract": ("mouth-retraction",),
    "open": ("mouth-open",),
    "part": ("mouth-part-later",),
    "raise_upper": ("mouth-upward-retraction",),
    "brow_up": ("eyebrows-left-up", "eyebrows-right-up"),
    "brow_inner_up": ("eyebrows-left-inner-up", "eyebrows-right-inner-up"),
    "brow_down": ("eyebrows-left-down", "eyebrows-right-down"),
    "eyes_closed": ("eye-left-closure", "eye-right-closure"),
    "eyes_slit": ("eye-left-slit", "eye-right-slit"),
    "eyes_wide": ("eye-left-opened-up", "eye-right-opened-up"),
}


def _target_files() -> dict[str, tuple[str, ...]]:
    files: dict[str, tuple[str, ...]] = {}
    for sex in SEXES:
        for age in AGES:
            for ancestry in ANCESTRIES:
                name = f"{ancestry}-{sex}-{age}"
                files[name] = (f"macrodetails/{name}",)
            for weight in WEIGHTS:
                name = f"universal-{sex}-{age}-averagemuscle-{weight}"
                files[f"{sex}-{age}-{weight}"] = (f"macrodetails/{name}",)
    for name, (positive, negative) in SHAPES.items():
        files[f"{name}+"], files[f"{name}-"] = positive, negative
    for name, units in _EXPRESSION_FILES.items():
        for ancestry in ANCESTRIES:
            paths = tuple(f"expression/units/{ancestry}/{unit}" for unit in units)
            files[f"{ancestry}-{name}"] = paths
    return files


TARGET_FILES = _target_files()
"""Target name to the files whose displacements are summed."""
