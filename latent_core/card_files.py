"""TODO."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

from latent_core.errors import InvalidCardError

ROOT = Path(__file__).resolve().parent.parent
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def models_dir() -> Path:
    """Where models live: the environment's ``LATENT_MODELS``, else ``models/``."""
    return Path(os.environ.get("LATENT_MODELS", ROOT / "models"))


def data_dir() -> Path:
    """Where data sets live: the environment's ``LATENT_DATA``, else ``data/``."""
    return Path(os.environ.get("LATENT_DATA", ROOT / "data"))


def sha256_file(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def list_ids(folder: Path) -> list[str]:
    """The sub-folders of `folder` that hold a card, by name."""
    if not folder.is_dir():
        return []
    return sorted(p.parent.name for p in folder.glob("*/card.json") if _ID.fullmatch(p.parent.name))


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file.

    Raises
    ------
    BadCard
        The file is missing, not UTF-8, not JSON, or not an object.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InvalidCardError(
            f"Card {path.parent.name}/{path.name} cannot be read: {error}."
        ) from error
    if not isinstance(value, dict):
        raise InvalidCardError(f"Card {path.parent.name}/{path.name} must hold an object {{…}}.")
    return value


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write a card, replacing the old one in one step."""
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    temporary.replace(path)


def required_field(
    card: dict[str, Any], name: str, kind: type | tuple[type, ...], where: str
) -> Any:
    """The field `name` of a card.

    Raises
    ------
    BadCard
        It is missing or of another type.
    """
    if name not in card:
        raise InvalidCardError(
            f"The card of {where!r} has no {name!r}; add it (see README, “Add a model”)."
        )
    if not isinstance(card[name], kind) or isinstance(card[name], bool):
        kinds = " or ".join(k.__name__ for k in (kind if isinstance(kind, tuple) else (kind,)))
        raise InvalidCardError(
            f"{name!r} on the card of {where!r} must be {kinds}, not {card[name]!r}."
        )
    return card[name]


def update_card(folder: Path, **fields: Any) -> None:
    """Replace top-level `fields` on the card in `folder`."""
    path = folder / "card.json"
    write_json(path, read_json(path) | fields)
