"""Reading and writing ``card.json``, the card of a model or data set."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from latent_core.aliases import SCHEMA_VERSION, upgrade_card
from latent_core.errors import InvalidCardError
from latent_core.files import open_regular, read_regular_file, write_file
from latent_core.untrusted import parse_json, reading, whole

MAX_SIDE = 4096
MAX_IMAGE_VALUES = 2**22
"""C × H × W of one image: 3 × 1,182 × 1,182."""


def sha256_file(path: Path) -> str:
    """SHA-256 of a file, 64 hexadecimal digits.

    Raises
    ------
    InvalidCardError
        It cannot be read.
    """
    with (
        reading(f"{path.parent.name}/{path.name} cannot be read", "copy it again"),
        open_regular(path) as file,
    ):
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file.

    Raises
    ------
    InvalidCardError
        The file is missing, not UTF-8, not JSON as `parse_json` requires, or not an object.
    """
    with reading(f"Card {path.parent.name}/{path.name} cannot be read", "correct or restore it"):
        value = parse_json(read_regular_file(path).decode())
    if not isinstance(value, dict):
        raise InvalidCardError(f"Card {path.parent.name}/{path.name} must be a JSON object {{…}}.")
    return value


def read_card(path: Path) -> dict[str, Any]:
    """The card in a JSON file, with the field names of the current schema.

    Raises
    ------
    InvalidCardError
        As `read_json`.
    """
    card = read_json(path)
    with reading(f"Card {path.parent.name}/{path.name} cannot be read", "correct or restore it"):
        return upgrade_card(card)


def write_card(path: Path, value: dict[str, Any]) -> None:
    """Write a card in the current schema, replacing the file atomically.

    Raises
    ------
    InvalidInputError
        It cannot be written.
    """
    card = {"schema_version": SCHEMA_VERSION} | value
    text = json.dumps(card, indent=2, ensure_ascii=False, allow_nan=False)
    write_file(path, f"{text}\n".encode())


def required_field(
    card: dict[str, Any], name: str, kind: type | tuple[type, ...], where: str
) -> Any:
    """The field `name` of a card.

    Parameters
    ----------
    card
        The card, or a part of it.
    name
        The field.
    kind
        Its type, or several types.
    where
        The card's id, for messages.

    Raises
    ------
    InvalidCardError
        The field is missing or has another type.
    """
    if name not in card:
        raise InvalidCardError(
            f"The card of {where!r} has no {name!r}; add it (see docs/add-a-model.md)."
        )
    if not isinstance(card[name], kind) or isinstance(card[name], bool):
        kinds = " or ".join(k.__name__ for k in (kind if isinstance(kind, tuple) else (kind,)))
        raise InvalidCardError(
            f"{name!r} on the card of {where!r} must be {kinds}, not {card[name]!r}; correct it."
        )
    return card[name]


def image_shape_of(card: dict[str, Any], where: str) -> tuple[int, int, int]:
    """The ``image_shape`` of a card, ``(C, H, W)``.

    Raises
    ------
    InvalidCardError
        It is not three sizes up to `MAX_SIDE`, or has more than `MAX_IMAGE_VALUES` values.
    """
    sizes = required_field(card, "image_shape", list, where)
    if len(sizes) != 3:
        raise InvalidCardError(
            f"'image_shape' of {where!r} must be three sizes [C, H, W], not {str(sizes)[:40]}; "
            "correct it."
        )
    channels, height, width = (whole(n, 1, MAX_SIDE, "image_shape", where) for n in sizes)
    whole(channels * height * width, 1, MAX_IMAGE_VALUES, "image_shape, C × H × W", where)
    return channels, height, width


def own_folder(folder: Path) -> Path:
    """The absolute path of a card's folder, for writing into it.

    Raises
    ------
    InvalidCardError
        The card was made in Python and has no folder, so that nothing can be written beside it.
    """
    if folder == Path() or not (folder / "card.json").is_file():
        raise InvalidCardError(
            f"There is no card.json in the folder of this card ({folder}), so nothing is written; "
            "save it in a folder of its own first (see docs/add-a-model.md)."
        )
    return folder.absolute()


def update_card(folder: Path, **fields: Any) -> None:
    """Replace top-level fields of the card in `folder`.

    Raises
    ------
    InvalidCardError
        There is no card; see `own_folder`.
    """
    path = own_folder(folder) / "card.json"
    write_card(path, read_card(path) | fields)


def upgrade_card_file(path: Path) -> bool:
    """Rewrite a card in the current schema; whether it had an earlier one."""
    old = read_json(path)
    new = upgrade_card(old)
    if new == old:
        return False
    write_card(path, new)
    return True
