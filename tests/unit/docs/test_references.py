"""Links, files, functions, commands and variables that the documents name exist."""

from __future__ import annotations

import ast
import pkgutil
import re
import subprocess
from pathlib import Path

import pytest

from latent_core import __main__ as command_line
from latent_core.aliases import COMMANDS
from tests.unit.docs.documents import DOCUMENTS, ROOT, name_of, prose_of, text_of

NAMES = [name_of(path) for path in DOCUMENTS]
CURRENT = [name for name in NAMES if name != "CHANGELOG.md"]
TOP_LEVEL = "latent_core|ui|pages|datagen|docs|tests|benchmarks|models|data"
EXAMPLES = {"models/digits-mine-8", "models/faces-resnet18"}
"""Folders that the commands in the documents make."""
_LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
_PATH = re.compile(rf"`((?:{TOP_LEVEL})/[\w./-]+|[\w.-]+\.(?:py|js|md|toml|cff))`")
_IN_FILE = re.compile(rf"`((?:{TOP_LEVEL})/[\w./-]+)`:\s+`(\w+)`")
_DOTTED = re.compile(r"(?<![\w./-])(?:latent_core|lc|datagen)(?:\.[A-Za-z_]\w*)+")
"""A dotted name of a module or of a member; ``lc`` is ``latent_core``."""
_COMMAND = re.compile(r"python -m latent_core ([a-z][a-z-]+)")
_MODULE = re.compile(r"python -m ((?:docs|benchmarks|datagen)[\w.]*)")


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def existing(name: str) -> Path | None:
    """The path of a file, folder or module; a module may be one file or a package."""
    return next((p for p in (ROOT / name, ROOT / f"{name}.py") if p.exists()), None)


def headings(name: str) -> set[str]:
    """Anchors as GitHub makes them."""
    found = re.findall(r"^#+ (.+)$", prose_of(name), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in found}


def sources(path: Path) -> str:
    files = [path] if path.is_file() else sorted(path.rglob("*.py"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize("name", NAMES)
def test_links_resolve(name: str):
    for target, anchor in _LINK.findall(text_of(name)):
        path = ((ROOT / name).parent / target).resolve() if target else ROOT / name
        assert path.exists(), f"{name} links to {target}, which does not exist"
        if anchor:
            assert anchor in headings(name_of(path)), f"{name} links to {target}#{anchor}"


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("docs/")])
def test_readme_and_document_link_to_each_other(name: str):
    assert f"]({name})" in text_of("README.md")
    assert "](../README.md)" in text_of(name)


@pytest.mark.parametrize("name", CURRENT)
def test_files_exist(name: str, tracked: list[str]):
    missing = [
        path
        for path in _PATH.findall(prose_of(name))
        if path not in EXAMPLES
        and existing(path) is None
        and not any(file.endswith(f"/{path}") for file in tracked)
    ]
    assert not missing, f"{name} names files that do not exist"


@pytest.mark.parametrize(("path", "member"), _IN_FILE.findall(text_of("ARCHITECTURE.md")))
def test_the_flows_name_existing_members(path: str, member: str):
    found = existing(path)
    assert found is not None
    assert re.search(rf"\b{member}\b", sources(found))


def dotted_names() -> list[str]:
    """The dotted names in all documents, prose and code blocks."""
    found = {name for document in NAMES for name in _DOTTED.findall(text_of(document))}
    return sorted({re.sub(r"^lc\.", "latent_core.", name) for name in found})


@pytest.mark.parametrize("name", dotted_names())
def test_dotted_names_resolve(name: str):
    pkgutil.resolve_name(name)


def test_dotted_names_are_found():
    names = {"latent_core.datasets.read_chunks", "latent_core.load_model", "datagen.RENDERER"}
    assert names <= set(dotted_names())


@pytest.mark.parametrize("name", CURRENT)
def test_commands_exist(name: str):
    parser = command_line.build_parser()
    known = parser._subparsers._group_actions[0].choices.keys()
    for command in _COMMAND.findall(text_of(name)):
        assert command in known
        assert command not in COMMANDS
    for module in _MODULE.findall(text_of(name)):
        assert existing(module.rstrip(".").replace(".", "/"))


def test_environment_variables_are_read_by_the_code():
    code = subprocess.run(
        ["git", "grep", "-hoE", "LATENT_[A-Z_]+", "--", "latent_core/*.py", "ui/*.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    named = set(re.findall(r"LATENT_[A-Z_]+", text_of("docs/deployment.md")))
    assert named <= set(code)
    assert named


def test_make_targets_exist():
    makefile = text_of("Makefile")
    for name in CURRENT:
        for target in re.findall(r"`make (\w+)`", text_of(name)):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{name} names make {target}"


@pytest.mark.parametrize("script", ["make_pictures", "make_tour"])
def test_images_of_the_documents_are_written_by_a_script(script: str):
    tree = ast.parse(text_of(f"docs/{script}.py"))
    written = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and str(node.value).endswith((".png", ".gif"))
    }
    row = next(line for line in text_of("CONTRIBUTING.md").splitlines() if f"docs.{script}" in line)
    assert {f"docs/{name}" for name in written} == set(re.findall(r"docs/\w+\.(?:png|gif)", row))
    assert all((ROOT / "docs" / name).is_file() for name in written)
