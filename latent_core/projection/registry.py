"""The methods by name: every module here that has a ``METHOD``."""

from __future__ import annotations

from dataclasses import fields
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from latent_core.aliases import PROJECTION_PARAMS, renamed
from latent_core.errors import UnknownNameError
from latent_core.projection.base import ProjectionMethod

_ORDER = ("tsne", "umap", "pca", "isomap", "lle")  # as forms list them; others follow
_NO_METHODS = ("registry", "projection", "inverse")  # they import this module


def _discover() -> dict[str, type[ProjectionMethod]]:
    package = __name__.rpartition(".")[0]
    names = [m.name for m in iter_modules(import_module(package).__path__)]
    modules = [import_module(f"{package}.{name}") for name in names if name not in _NO_METHODS]
    found = {m.METHOD.id: m.METHOD for m in modules if hasattr(m, "METHOD")}
    first = [i for i in _ORDER if i in found]
    return {i: found[i] for i in (*first, *sorted(found.keys() - set(first)))}


METHODS: dict[str, type[ProjectionMethod]] = _discover()


def method_to_dict(method: ProjectionMethod) -> dict[str, Any]:
    """`spec` as plain values; two specs that give the same map give the same dict."""
    values = {f.name: getattr(method, f.name) for f in fields(method)}  # type: ignore[arg-type]
    return {"method": method.id, "version": method.version, **values}


def method_from_dict(values: dict[str, Any]) -> ProjectionMethod:
    """The spec that `spec_to_dict` wrote; what it leaves out takes its default.

    Raises
    ------
    UnknownName
        The method, or one of its settings, does not exist.
    BadInput
        A value is out of range.
    """
    named = renamed(values, PROJECTION_PARAMS)
    settings = {name: v for name, v in named.items() if name not in ("method", "version")}
    method = str(values.get("method", ""))
    if method not in METHODS:
        raise UnknownNameError("map method", method, METHODS)
    kind = METHODS[method]
    known = [f.name for f in fields(kind)]  # type: ignore[arg-type]
    for name in settings:
        if name not in known:
            raise UnknownNameError(f"setting of {kind.name}", name, known)
    return kind(**settings)
