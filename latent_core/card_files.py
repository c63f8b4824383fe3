"""TODO."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

from latent_core.aliases import SCHEMA_VERSION, upgrade_card
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
    InvalidCardError
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


def read_card(path: Path) -> dict[str, Any]:
    """The card in a JSON file, in the names of the current version.

    Raises
    ------
    InvalidCardError
        As `read_json`.
    """
    return upgrade_card(read_json(path))


def write_card(path: Path, value: dict[str, Any]) -> None:
    """Write a card in the current schema, replacing the old one in one step."""
    temporary = path.with_suffix(".tmp")
    temporary.write_text(
        json.dumps({"schema_version": SCHEMA_VERSION} | value, indent=2, ensure_ascii=False) + "\n",
        encoding="utf-8",
    )
    temporary.replace(path)


def required_field(
    card: dict[str, Any], name: str, kind: type | tuple[type, ...], where: str
) -> Any:
    """The field `name` of a card.

    Raises
    ------
    InvalidCardError
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
    write_card(path, read_card(path) | fields)


def upgrade_card_file(path: Path) -> bool:
    """Rewrite a card of an earlier version in the current schema; whether it was one."""
    old = read_json(path)
    new = upgrade_card(old)
    if new == old:
        return False
    write_card(path, new)
    return True
