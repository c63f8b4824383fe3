"""Each contract in ``.importlinter`` holds, and detects the import that it forbids."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFIG = configparser.ConfigParser()
CONFIG.read(ROOT / ".importlinter")
PACKAGES = CONFIG["importlinter"]["root_packages"].split()
VIOLATIONS = [
    ("library", "latent_core/analysis/added.py", "import streamlit"),
    ("library", "latent_core/analysis/added.py", "import ui.session"),
    ("datagen", "latent_core/io/added.py", "import datagen.registry"),
    ("datagen", "ui/views/map/added.py", "import datagen.registry"),
    ("datagen", "pages/added.py", "import datagen.registry"),
    ("layers", "latent_core/cache/added.py", "import latent_core.models.card"),
    ("layers", "latent_core/models/added.py", "import latent_core.training.losses"),
    ("views", "ui/views/map/added.py", "import ui.views.morph.page"),
    ("ui-layers", "ui/components/added.py", "import ui.views.map.page"),
    ("ui-layers", "ui/added.py", "import ui.views.map.page"),
]


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory) -> Path:
    """The tree of all modules without their contents, which take a second to parse."""
    folder = tmp_path_factory.mktemp("skeleton")
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            copy = folder / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.touch()
        (folder / package / "__init__.py").touch()
    shutil.copy(ROOT / ".importlinter", folder)
    return folder


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_without_imports_every_contract_is_kept(skeleton):
    done = lint(skeleton)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


@pytest.mark.parametrize(("contract", "path", "statement"), VIOLATIONS)
def test_a_forbidden_import_breaks_its_contract(skeleton, contract, path, statement):
    added = skeleton / path
    added.write_text(f"{statement}\n")
    try:
        done = lint(skeleton)
    finally:
        added.unlink()
    name = CONFIG[f"importlinter:contract:{contract}"]["name"]
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{name} BROKEN" in done.stdout


def test_every_contract_has_a_violation_here():
    contracts = {s.rpartition(":")[2] for s in CONFIG.sections() if ":contract:" in s}
    assert contracts == {contract for contract, _, _ in VIOLATIONS}


def test_the_app_imports_no_data_generator():
    """import-linter takes packages only, and ``app.py`` is a module."""
    assert "datagen" not in (ROOT / "app.py").read_text(encoding="utf-8")
