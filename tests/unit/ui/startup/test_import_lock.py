"""Threads that import a package and its submodule at the same time both get them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
PROGRAM = """
import importlib, sys, threading
from importlib.machinery import FileFinder, SourceFileLoader
from ui.startup.import_lock import serialize_imports
sys.path.insert(0, sys.argv[1])
if sys.argv[2] == "serialized":
    serialize_imports()
creating, go_on = threading.Event(), threading.Event()
class Slow(SourceFileLoader):
    def create_module(self, spec):
        if spec.name == "circular":
            creating.set()
            go_on.wait(10)
sys.path_importer_cache[sys.argv[1]] = FileFinder(sys.argv[1], (Slow, [".py"]))
failures = []
def load(name):
    try:
        importlib.import_module(name)
    except RuntimeError as error:
        failures.append(type(error).__name__)
first = threading.Thread(target=load, args=("circular",))
first.start()
creating.wait(10)
second = threading.Thread(target=load, args=("circular.part",))
second.start()
second.join(0.5)  # time to take the lock of the submodule, if it can
go_on.set()
first.join(10)
second.join(10)
assert not first.is_alive() and not second.is_alive()
print(failures)
"""


@pytest.mark.parametrize(("how", "expected"), [("serialized", []), ("as ever", ["_DeadlockError"])])
def test_a_package_and_its_submodule_can_be_imported_at_once(tmp_path, how, expected):
    (tmp_path / "circular").mkdir()
    (tmp_path / "circular" / "__init__.py").write_text("from circular import part\n")
    (tmp_path / "circular" / "part.py").write_text("value = 1\n")
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), how]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.strip() == str(expected)


def test_the_app_serializes_imports_before_its_first_thread_starts():
    program = "import app; from importlib import _bootstrap; print(_bootstrap._find_and_load)"
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "_find_and_load_alone" in said.stdout
