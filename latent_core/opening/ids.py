"""Ids of what is opened, and folders that appear when they are complete."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from latent_core.errors import InvalidInputError
from latent_core.files import remove_folder
from latent_core.installed import DATASETS, ID, MODELS
from latent_core.untrusted import reason_of

MANIFEST = "bundle.json"
"""The file that a bundle begins with."""
PCA_SUFFIX = "-pca"
_LONGEST_ID = 40
_LONGEST_SUFFIX = 24
"""Of a secret, and of what belongs to the one with the id."""


def id_of(title: str, default: str) -> str:
    """An id made of a title; `default` without letters."""
    ascii_text = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")[:_LONGEST_ID] or default


def on_taken_title(title: str, default: str) -> str:
    """A sentence where the id made of a title is taken, so that it gets another; else empty."""
    free = free_id(title, default)
    if free == id_of(title, default):
        return ""
    return f"The id {id_of(title, default)!r} is taken already; this one gets {free!r}."


def free_id(title: str, default: str) -> str:
    """An id made of a title, which no data set and no model has yet; `default` without letters."""
    stem = id_of(title, default)
    taken = {*DATASETS.list_ids(), *MODELS.list_ids()}
    free, number = stem, 2
    while taken & {free, f"{free}{PCA_SUFFIX}"}:
        free, number = f"{stem}-{number}", number + 1
    return free


def check_free(name: str) -> None:
    """Raise unless `name` can be the id of a new model or data set.

    Raises
    ------
    InvalidInputError
        It is no id, or taken.
    """
    if not ID.fullmatch(name) or len(name) > _LONGEST_ID + _LONGEST_SUFFIX:
        raise InvalidInputError(
            f"An id has up to {_LONGEST_ID} small letters, digits, '-', '_' and '.', not "
            f"{name[:80]!r}; choose another."
        )
    taken = {*DATASETS.list_ids(), *MODELS.list_ids()}
    if taken & {name, f"{name}{PCA_SUFFIX}"}:
        raise InvalidInputError(f"The id {name!r} is taken; choose another.")


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder to write into, which becomes `target` at the end, and is removed after an error.

    Raises
    ------
    InvalidInputError
        `target` exists, or cannot be written.
    """
    aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}").absolute()
    try:
        aside.mkdir(parents=True)
        yield aside
        if target.exists():
            raise InvalidInputError(f"There is already a folder {target}; choose another id.")
        aside.rename(target)
    except OSError as error:
        raise InvalidInputError(
            f"{target} cannot be written ({reason_of(error)}); free some space there, or set "
            "LATENT_HOME to a writable folder."
        ) from error
    finally:
        remove_folder(aside)
