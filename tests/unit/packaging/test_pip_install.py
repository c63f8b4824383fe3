"""``pip install .``: what a fresh environment outside the checkout gets.

The environments borrow the heavy packages of the environment that runs the tests through a ``.pth``
file, so that an installation takes seconds and needs no network; pip still checks that they
satisfy ``pyproject.toml``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.unit.docs.documents import ROOT, code_blocks, text_of

PROJECT = tomllib.loads(text_of("pyproject.toml"))["project"]
PIP = ["--no-index", "--no-build-isolation", "--disable-pip-version-check", "--quiet"]


def run(*command: str | Path, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command outside the checkout, without what the tests' own environment sets."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LATENT_", "PYTHON"))}
    return subprocess.run(
        [*map(str, command)],
        cwd=folder,
        env=kept | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a clean checkout has, its large folders as links."""
    folder = tmp_path_factory.mktemp("check out")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "latent_core", folder / "latent_core", ignore=ignored)
    for name in ("pyproject.toml", *PROJECT["license-files"], PROJECT["readme"]):
        shutil.copy(ROOT / name, folder)
    for name in ("models", "data"):
        (folder / name).symlink_to(ROOT / name)
    return folder


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    command = (sys.executable, "-m", "pip", "wheel", "--no-deps", *PIP, "-w", target, checkout)
    done = run(*command, folder=target)
    assert done.returncode == 0, done.stderr
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment; gives its Python."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", folder, folder=folder)
    python = folder / "bin" / "python"
    paths = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", "venv", vars=paths))
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


@pytest.fixture
def install(environment: Path, tmp_path: Path):
    """Installs into the environment, and removes it again."""

    def install_(source: str | Path) -> Path:
        command = (sys.executable, "-m", "pip", "--python", environment)
        for what in (["--force-reinstall", "--no-deps", source], ["latent-space-explorer[app]"]):
            done = run(*command, "install", *PIP, *what, folder=tmp_path)
            assert done.returncode == 0, done.stderr
        return environment

    return install_


EXTRAS = "av imageio onnx onnxruntime onnxscript pandas streamlit torchvision"
WITHOUT_EXTRAS = f"import sys; sys.modules.update(dict.fromkeys({EXTRAS!r}.split()))"
"""What is None in `sys.modules` cannot be imported, as if it were not installed."""


def test_the_readme_runs_after_an_installation_from_the_checkout(install, checkout, tmp_path):
    python = install(checkout)
    for block in code_blocks("README.md"):
        code = f"{WITHOUT_EXTRAS}\n{block.code}"
        done = run(python, "-c", code, folder=tmp_path, LATENT_CACHE=str(tmp_path / "cache"))
        assert (done.returncode, done.stderr) == (0, "")
    listed = run(python.parent / "latent-core", "datasets", folder=tmp_path)
    assert "swissroll" in listed.stdout
    where = run(python, "-c", "import latent_core; print(latent_core.__file__)", folder=tmp_path)
    assert not Path(where.stdout).is_relative_to(checkout)


def test_a_wheel_alone_says_where_models_and_data_are(install, wheel, tmp_path):
    python = install(wheel)
    for command in (["models"], ["datasets"], ["project", "digits-pca-16", "--out", "p.npz"]):
        done = run(python, "-m", "latent_core", *command, folder=tmp_path)
        assert done.returncode == 2
        assert "LATENT_MODELS" in done.stderr
    code = "import latent_core as lc; print(lc.load_card('digits-vae-16').id)"
    done = run(python, "-c", code, folder=tmp_path, LATENT_MODELS=str(ROOT / "models"))
    assert done.stdout == "digits-vae-16\n"


def test_the_wheel_is_small_typed_and_has_the_library_only(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert wheel.stat().st_size < 1_000_000
    assert "latent_core/py.typed" in names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {
        "latent_core",
        "latent_space_explorer",
    }
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "latent_core").rglob("*.py")}
    assert modules <= set(names)
