"""A `Health` as arrays and JSON, for the cache and for files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

import numpy as np

from latent_core.health.aggregate_posterior import AggregatePosterior
from latent_core.health.code_statistics import CodeStatistics
from latent_core.health.decoder_output import DecoderOutput
from latent_core.health.diagnosis import Health
from latent_core.health.findings import Finding
from latent_core.health.holes import Holes
from latent_core.health.reconstruction import ReconstructionErrors
from latent_core.health.sensitivity import Sensitivity
from latent_core.health.smoothness import Smoothness
from latent_core.types import Array

PARTS: dict[str, Any] = {
    "codes": CodeStatistics,
    "aggregate": AggregatePosterior,
    "holes": Holes,
    "reconstruction": ReconstructionErrors,
    "sensitivity": Sensitivity,
    "smoothness": Smoothness,
    "output": DecoderOutput,
}


def to_arrays(health: Health) -> tuple[dict[str, Array], dict[str, Any]]:
    """Its arrays by name, and everything else as JSON."""
    arrays: dict[str, Array] = {}
    meta: dict[str, Any] = {
        "latent_dim": health.latent_dim,
        "latent_decodes": health.latent_decodes,
        "trained_on_prior_samples": health.trained_on_prior_samples,
        "missing": health.missing,
        "findings": [asdict(finding) for finding in health.findings],
        "parts": {},
    }
    for name in PARTS:
        part = getattr(health, name)
        if part is None:
            continue
        values = {field.name: getattr(part, field.name) for field in fields(part)}
        arrays |= {f"{name}.{k}": v for k, v in values.items() if isinstance(v, np.ndarray)}
        meta["parts"][name] = {k: v for k, v in values.items() if not isinstance(v, np.ndarray)}
    return arrays, meta


def from_arrays(arrays: Mapping[str, Array], meta: Mapping[str, Any]) -> Health:
    """The `Health` that `to_arrays` was given."""
    parts = {}
    for name, values in meta["parts"].items():
        own = {k.partition(".")[2]: v for k, v in arrays.items() if k.startswith(f"{name}.")}
        parts[name] = PARTS[name](**values, **own)
    return Health(
        latent_dim=meta["latent_dim"],
        latent_decodes=meta["latent_decodes"],
        trained_on_prior_samples=meta["trained_on_prior_samples"],
        missing=dict(meta["missing"]),
        findings=tuple(Finding(**finding) for finding in meta["findings"]),
        **parts,
    )


def to_json(health: Health) -> dict[str, Any]:
    """Everything as numbers, strings, lists and dictionaries; rows and dimensions count from 0."""
    arrays, meta = to_arrays(health)
    parts = {name: dict(values) for name, values in meta.pop("parts").items()}
    for name, array in arrays.items():
        part, _, field_name = name.partition(".")
        parts[part][field_name] = array.tolist()
    return {"diagnosis": health.diagnosis, **meta, **parts}
