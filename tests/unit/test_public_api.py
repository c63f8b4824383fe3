"""The names that packages export: importable, and lazy and typed exports in agreement."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

import latent_core as lc


def typed_exports() -> dict[str, str]:
    """Names in the ``TYPE_CHECKING`` block of `latent_core`, with their modules."""
    tree = ast.parse(Path(str(lc.__file__)).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    return {
        alias.name: str(node.module).removeprefix("latent_core.")
        for node in imports
        for alias in node.names
    }


def test_lazy_exports_are_the_typed_ones() -> None:
    assert typed_exports() == lc._MODULES
    assert lc.__all__ == sorted(lc._MODULES) == dir(lc)


def test_lazy_exports_exist() -> None:
    for name in lc.__all__:
        assert getattr(lc, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'encod'"):
        _ = lc.encod


@pytest.mark.parametrize("package", ["cache", "io", "datasets", "preprocessing", "workspace"])
def test_package_exports_exist(package: str) -> None:
    module = import_module(f"latent_core.{package}")
    assert module.__doc__
    assert len(set(module.__all__)) == len(module.__all__)
    for name in module.__all__:
        assert getattr(module, name) is not None
