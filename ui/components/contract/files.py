"""The generated files of ``ui/frontend``."""

from __future__ import annotations

from pathlib import Path

from ui.components.contract import constants, typescript

FRONTEND = Path(__file__).parents[2] / "frontend"
COMMAND = "python -m ui.components.contract"


def generated() -> dict[Path, str]:
    """The text of each generated file."""
    return {
        FRONTEND / "core/constants.js": constants.javascript(),
        FRONTEND / "core/payloads.d.ts": typescript.declarations(),
        FRONTEND / "core/payloads.schema.json": typescript.json_schema(),
    }


def write() -> None:
    """Write all generated files."""
    for path, text in generated().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
