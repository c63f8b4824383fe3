"""The projection methods by id: every module of this package that defines ``METHOD``."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from latent_core.aliases import PROJECTION_PARAMS, renamed
from latent_core.errors import UnknownNameError
from latent_core.projection.base import ProjectionMethod, param_fields

_ORDER = ("latent", "tsne", "umap", "pca", "isomap", "lle")  # in forms; further methods follow
_NO_METHODS = ("registry", "projection", "inverse", "inverse_quality", "sampled_fit", "small_data")
"""Modules that import this one."""


def _discover() -> dict[str, type[ProjectionMethod]]:
    package = __name__.rpartition(".")[0]
    names = [m.name for m in iter_modules(import_module(package).__path__)]
    modules = [import_module(f"{package}.{name}") for name in names if name not in _NO_METHODS]
    found = {m.METHOD.id: m.METHOD for m in modules if hasattr(m, "METHOD")}
    first = [i for i in _ORDER if i in found]
    return {i: found[i] for i in (*first, *sorted(found.keys() - set(first)))}


METHODS: dict[str, type[ProjectionMethod]] = _discover()


def method_to_dict(method: ProjectionMethod) -> dict[str, Any]:
    """A JSON-ready dict of the method's id, version and parameters; equal for equal methods."""
    values = {f.name: getattr(method, f.name) for f in param_fields(method)}
    return {"method": method.id, "version": method.version, **values}


def method_from_dict(values: dict[str, Any]) -> ProjectionMethod:
    """The method that `method_to_dict` described; missing parameters take their defaults.

    Parameter names of earlier versions are accepted.

    Raises
    ------
    UnknownNameError
        The method or one of its parameters does not exist.
    InvalidInputError
        A value is out of range.
    """
    current = renamed(values, PROJECTION_PARAMS)
    params = {name: v for name, v in current.items() if name not in ("method", "version")}
    method_id = str(values.get("method", ""))
    if method_id not in METHODS:
        raise UnknownNameError("projection method", method_id, METHODS)
    method = METHODS[method_id]
    known = [f.name for f in param_fields(method)]
    for name in params:
        if name not in known:
            raise UnknownNameError(f"parameter of {method.name}", name, known)
    return method(**params)
