"""Neither library nor app imports `datagen`, and the import contract detects it if one does."""

from __future__ import annotations

import ast
import configparser
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CONTRACT = "importlinter:contract:datagen"
IMPORTERS = ("latent_core", "ui", "pages")


def imported_packages(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_no_file_of_library_and_app_imports_datagen():
    paths = [ROOT / "app.py", *(p for name in IMPORTERS for p in (ROOT / name).rglob("*.py"))]
    assert len(paths) > 100
    assert [path for path in paths if "datagen" in imported_packages(path)] == []


@pytest.mark.parametrize("importer", [None, *IMPORTERS])
def test_the_contract_fails_for_each_package_that_imports_datagen(tmp_path, importer):
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    for section in config.sections():
        if section not in ("importlinter", CONTRACT):
            config.remove_section(section)
    with (tmp_path / ".importlinter").open("w") as file:
        config.write(file)
    for package in config["importlinter"]["root_packages"].split():
        folder = tmp_path / package / "sub"
        folder.mkdir(parents=True)
        for path in (folder.parent / "__init__.py", folder / "__init__.py"):
            path.touch()
        if package == importer:
            (folder / "module.py").write_text("from datagen.sub import anything\n")
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    expected = "Contracts: 1 kept" if importer is None else f"{importer}.sub.module -> datagen"
    assert (checked.returncode == 0) == (importer is None), checked.stdout + checked.stderr
    assert expected in checked.stdout
