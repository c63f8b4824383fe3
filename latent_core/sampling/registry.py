"""The samplers by id: every module of this package that defines ``SAMPLER``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.sampling.sampler import Sampler

_ORDER = ("mixture", "prior", "class", "neighborhood")  # in lists; further samplers follow


def _discover() -> dict[str, type[Sampler]]:
    package = __name__.rpartition(".")[0]
    names = [f"{package}.{module.name}" for module in iter_modules(import_module(package).__path__)]
    modules = [import_module(name) for name in names if name != __name__]
    found = {m.SAMPLER.id: m.SAMPLER for m in modules if hasattr(m, "SAMPLER")}
    first = [name for name in _ORDER if name in found]
    return {name: found[name] for name in (*first, *sorted(found.keys() - set(first)))}


SAMPLERS: dict[str, type[Sampler]] = _discover()


def sampler_from_dict(sampler_id: str, parameters: Mapping[str, Any]) -> Sampler:
    """The sampler `sampler_id` with some of its parameters.

    Raises
    ------
    UnknownNameError
        There is no such sampler or parameter.
    InvalidInputError
        A parameter is not an integer.
    """
    if sampler_id not in SAMPLERS:
        raise UnknownNameError("sampler", sampler_id, SAMPLERS)
    sampler = SAMPLERS[sampler_id]
    known = [item.name for item in fields(sampler)]
    for name, value in parameters.items():
        if name not in known:
            raise UnknownNameError(f"parameter of sampler {sampler_id!r}", name, known)
        if value is not None and (isinstance(value, bool) or not hasattr(value, "__index__")):
            raise InvalidInputError(f"{name} must be an integer, not {value!r}; correct it.")
    return sampler(**parameters)
