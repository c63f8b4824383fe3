"""``make install`` mends an environment that an interruption or a move has left unusable."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the Makefile and nothing to install."""
    folder = tmp_path / "a folder, ö"
    folder.mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    (folder / "requirements.txt").touch()
    return folder


def install(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    command = ["make", "install", f"PYTHON={sys.executable}"]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def assert_usable(folder: Path) -> None:
    done = install(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    pip = [folder / ".venv" / "bin" / "python", "-m", "pip", "--version"]
    assert str(folder) in subprocess.run(pip, capture_output=True, text=True, check=True).stdout
    assert (folder / ".venv" / "installed").is_file()


def test_an_interrupted_installation_and_a_moved_checkout_are_mended(checkout: Path) -> None:
    binaries = checkout / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to(sys.executable)  # venv makes this first, pip last
    assert_usable(checkout)
    before = (checkout / ".venv" / "installed").stat().st_mtime_ns
    assert install(checkout).returncode == 0
    assert (checkout / ".venv" / "installed").stat().st_mtime_ns == before, "nothing to do"
    assert_usable(checkout.rename(checkout.with_name("elsewhere")))


def test_a_folder_that_cannot_be_written_is_named_with_what_to_do() -> None:
    with tempfile.TemporaryDirectory() as name:  # pytest's own is closed to other users
        folder = Path(name)
        shutil.copy(ROOT / "Makefile", folder)
        (folder / "requirements.txt").touch()
        folder.chmod(0o555)
        user = {"user": 65_534} if os.geteuid() == 0 else {}  # root may write anywhere
        command = ["make", "-C", name, "install"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **user)
        folder.chmod(0o755)
    assert done.returncode != 0
    assert f"{name} cannot be written: copy it" in done.stdout
    assert "python -m ui.serve" in done.stdout
    assert "LATENT_CACHE" in done.stdout
