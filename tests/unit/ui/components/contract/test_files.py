"""The generated files of the browser are those that the Python code generates."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.components.contract.files import COMMAND, FRONTEND, generated


@pytest.mark.parametrize("path", generated(), ids=lambda path: path.name)
def test_generated_files_are_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == generated()[path], f"run {COMMAND}"
    assert path.is_relative_to(FRONTEND)
