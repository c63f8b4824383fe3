"""The Python blocks of the documents run, one namespace per document."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.unit.docs.documents import DOCUMENTS, code_blocks, name_of

WITH_CODE = [name_of(path) for path in DOCUMENTS if code_blocks(name_of(path))]
SHAPES = {
    "README.md": {"points": (8, 2), "codes": (8, 16), "images": (3, 1, 28, 28)},
    "docs/library.md": {
        "points": (8, 2),
        "codes": (8, 16),
        "images": (8, 1, 28, 28),
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
            exec(code, names)  # noqa: S102 - the documents of this project
    return names


@pytest.mark.parametrize("name", WITH_CODE)
def test_the_code_of_a_document_runs(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "environ", os.environ.copy())
    names = run_blocks(name)
    for variable, shape in SHAPES.get(name, {}).items():
        assert names[variable].shape == shape


def test_the_documents_with_code_are_known():
    assert set(SHAPES) <= set(WITH_CODE)
