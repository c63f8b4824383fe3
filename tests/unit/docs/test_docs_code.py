"""The Python blocks of the documents run, one namespace per document, and print what they show."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from tests.unit.docs.documents import DOCUMENTS, ROOT, code_blocks, name_of

WITH_CODE = [name_of(path) for path in DOCUMENTS if code_blocks(name_of(path))]
SHAPES = {
    "README.md": {"points": (8, 2), "codes": (8, 16), "images": (3, 1, 28, 28)},
    "docs/library.md": {
        "points": (8, 2),
        "codes": (8, 16),
        "decoded": (8, 1, 28, 28),
        "frames": (3, 1, 28, 28),
        "child": (16,),
        "variations": (8, 1, 28, 28),
        "older": (1, 3, 64, 64),
    },
    "docs/add-a-model.md": {"codes": (4, 8)},
}


def run_blocks(name: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for block in code_blocks(name):
        code = compile("\n" * (block.line - 1) + block.code, name, "exec")
        if block.runs:
            with redirect_stdout(io.StringIO()) as printed:
                exec(code, names)  # noqa: S102 - the documents of this project
            assert block.output in (None, printed.getvalue()), f"{name}:{block.line}"
    return names


@pytest.mark.parametrize("name", WITH_CODE)
def test_the_code_of_a_document_runs(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "environ", os.environ.copy())
    names = run_blocks(name)
    for variable, shape in SHAPES.get(name, {}).items():
        assert names[variable].shape == shape


@pytest.mark.parametrize("name", ["README.md", "docs/library.md"])
def test_the_code_of_a_document_is_typed(name: str, tmp_path: Path):
    """What a user writes passes mypy in strict mode, as `pyproject.toml` sets it."""
    script = tmp_path / "script.py"
    script.write_text("\n".join(block.code for block in code_blocks(name)), encoding="utf-8")
    command = (sys.executable, "-m", "mypy", "--config-file", ROOT / "pyproject.toml", script)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_documents_with_code_are_known():
    assert set(SHAPES) <= set(WITH_CODE)
