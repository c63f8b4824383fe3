"""The constants that Python and the browser share, and the JavaScript module that has them."""

from __future__ import annotations

import json

from latent_core.analysis import support
from latent_core.interpolation import interpolate
from latent_core.projection import out_of_sample
from latent_core.sampling import noise
from ui.components import crossover, decoder, map_events, morph_types, quantize, sample_grid

Constant = float | str

CONSTANTS: dict[str, dict[str, Constant]] = {
    "latent_core.analysis.support": {
        "SUPPORT_NEIGHBORS": support.N_NEIGHBORS,
        "MIN_SUPPORT_DISTANCE": support.MIN_LOCAL_DISTANCE,
    },
    "latent_core.interpolation.interpolate": {"MIN_SINE": interpolate.MIN_SINE},
    "latent_core.projection.out_of_sample": {
        "PLACEMENT_NEIGHBORS": out_of_sample.N_NEIGHBORS,
        "PLACEMENT_ITERATIONS": out_of_sample.N_ITERATIONS,
        "PLACEMENT_EPSILON": out_of_sample.EPSILON,
        "BANDWIDTH_LIMIT": out_of_sample.BANDWIDTH_SEARCH[0],
        "BANDWIDTH_STEPS": out_of_sample.BANDWIDTH_SEARCH[1],
        "RIDGE": out_of_sample.RIDGE,
    },
    "latent_core.sampling.noise": {
        "WEYL_INCREMENT": noise.WEYL,
        "FIRST_MIX_FACTOR": noise.FIRST_FACTOR,
        "SECOND_MIX_FACTOR": noise.SECOND_FACTOR,
        "CHOICE_COUNTER": noise.CHOICE_COUNTER,
    },
    "ui.components.crossover": {
        "N_VARIATIONS": crossover.N_VARIATIONS,
        "MAX_VARIATION_SEED": crossover.MAX_SEED,
    },
    "ui.components.decoder": {"MAX_SERVER_CODES": decoder.MAX_CODES},
    "ui.components.map_events": {"MAX_POINT_DISTANCE": map_events.MAX_DISTANCE},
    "ui.components.morph_types": {
        "MIN_WAYPOINTS": morph_types.MIN_WAYPOINTS,
        "MIN_LEG_SECONDS": morph_types.LEG_SECONDS[0],
        "MAX_LEG_SECONDS": morph_types.LEG_SECONDS[1],
        "END_SLOT": morph_types.END_SLOT,
        "EXTRAPOLATION": morph_types.EXTRAPOLATION,
    },
    "ui.components.quantize": {"QUANTIZATION_LEVELS": quantize.LEVELS},
    "ui.components.sample_grid": {
        "MAX_SAMPLE_SEED": sample_grid.MAX_SEED,
        "MAX_SAMPLE_TEMPERATURE": sample_grid.MAX_TEMPERATURE,
        "MIN_SAMPLE_TRUNCATION": sample_grid.MIN_TRUNCATION,
    },
}
"""By the module that defines them, under their names in JavaScript."""


def javascript() -> str:
    """The text of ``ui/frontend/core/constants.js``."""
    lines = [
        "// @ts-check",
        "/** Constants shared with Python; `python -m ui.components.contract` writes this file. */",
    ]
    for origin, constants in CONSTANTS.items():
        lines += ["", f"// {origin}"]
        lines += [f"export const {name} = {_literal(value)};" for name, value in constants.items()]
    return "\n".join(lines) + "\n"


def _literal(value: Constant) -> str:
    """As prettier writes it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value).replace("e-0", "e-")
