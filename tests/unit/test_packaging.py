"""``pyproject.toml``, ``requirements.txt`` and the imports of optional packages agree."""

from __future__ import annotations

import ast
import sys
import tomllib
from importlib import import_module

import pytest
from packaging.requirements import Requirement

from latent_core import installation
from latent_core.errors import LatentError
from tests.unit.docs.documents import ROOT, text_of

PROJECT = tomllib.loads(text_of("pyproject.toml"))["project"]
DISTRIBUTIONS = {"PIL": "pillow", "sklearn": "scikit-learn"}
OPTIONAL_FOR_APP = {"diffusers"}
"""Extras that the app offers more with, each named as its only package."""
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]


def pins(name: str) -> dict[str, str]:
    lines = [line.partition("#")[0].strip() for line in text_of(name).splitlines()]
    pairs = [line.partition("==") for line in lines if line and not line.startswith("-r")]
    return {package.lower(): version for package, _, version in pairs}


def declared() -> list[Requirement]:
    """All requirements of the core and of the extras, without references between extras."""
    lines = [*PROJECT["dependencies"], *(line for extra in EXTRAS.values() for line in extra)]
    found = [Requirement(line) for line in lines]
    return [requirement for requirement in found if requirement.name != PROJECT["name"]]


def test_the_pins_of_the_app_are_what_the_project_declares():
    pinned = pins("requirements.txt")
    used = [requirement for requirement in declared() if requirement.name not in OPTIONAL_FOR_APP]
    assert set(pinned) == {requirement.name.lower() for requirement in used}
    for requirement in used:
        assert requirement.specifier.contains(pinned[requirement.name.lower()])


def imported_packages() -> set[str]:
    """The distributions that the library imports, at the top of a file or in a function."""
    found = set()
    for path in (ROOT / "latent_core").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add(str(node.module).partition(".")[0])
    own = {"latent_core", *sys.stdlib_module_names}
    return {DISTRIBUTIONS.get(name, name).lower() for name in found - own}


def test_every_import_of_the_library_is_declared():
    assert imported_packages() <= {requirement.name.lower() for requirement in declared()}


def test_the_app_has_every_other_extra():
    (own,) = (Requirement(line) for line in EXTRAS["app"] if line.startswith(PROJECT["name"]))
    assert own.extras == EXTRAS.keys() - {"app"} - OPTIONAL_FOR_APP


def test_a_missing_optional_package_is_named_with_its_extra():
    words = r"'no_such_package'.*latent-space-explorer\[video\]"
    with pytest.raises(LatentError, match=words), installation.requires_extra("video"):
        import_module("no_such_package")
