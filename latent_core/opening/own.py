"""Rename and delete what was opened; what ships stays as it is."""

from __future__ import annotations

from pathlib import Path

from latent_core.card_files import update_card
from latent_core.errors import InvalidInputError
from latent_core.files import remove_folder
from latent_core.installed import ID, Installed


def delete(kind: Installed, name: str) -> None:
    """Remove a model or data set that was opened.

    Raises
    ------
    InvalidInputError
        It ships, or there is none of that id.
    """
    remove_folder(_folder(kind, name).absolute())


def rename(kind: Installed, name: str, title: str) -> None:
    """Give a model or data set that was opened another title; its id stays.

    Raises
    ------
    InvalidInputError
        It ships, there is none of that id, or the title is empty.
    """
    if not title.strip():
        raise InvalidInputError("The title is empty; write one.")
    update_card(_folder(kind, name), title=title.strip()[:80])


def _folder(kind: Installed, name: str) -> Path:
    for folder in (kind.own / name, kind.guests / name):
        if ID.fullmatch(name) and (folder / "card.json").is_file():
            return folder
    raise InvalidInputError(
        f"{name[:80]!r} was not opened by you; only what you opened can be changed."
    )
