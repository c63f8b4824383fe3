"""The folders of models and data sets: those that ship, the user's own, and those of guests."""

from __future__ import annotations

import atexit
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from latent_core.environment import env_folder, user_folder
from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.installation import DISTRIBUTION, checkout

ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def home_dir() -> Path:
    """The folder of the user's own models and data: ``LATENT_HOME``, else one of the system's."""
    return env_folder(
        "LATENT_HOME",
        user_folder("Application Support", "XDG_DATA_HOME", ".local/share") / DISTRIBUTION,
    )


@cache
def _guests() -> Path:
    """A folder that only this user can read, removed when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix=f"{DISTRIBUTION}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@dataclass(frozen=True, slots=True)
class Installed:
    """Models or data sets, each a folder with a card.

    Parameters
    ----------
    name
        ``"models"`` or ``"data"``, as their folders are called.
    noun
        What one of them is called in messages.
    variable
        The environment variable that names the folder of those that ship.
    """

    name: str
    noun: str
    variable: str

    @property
    def shipped(self) -> Path:
        """The folder that the environment names, else the checkout's."""
        return env_folder(self.variable, (checkout() or Path()) / self.name)

    @property
    def own(self) -> Path:
        """The folder for the user's own."""
        return home_dir() / self.name

    @property
    def guests(self) -> Path:
        """The folder for what visitors of a server upload.

        They are not listed, and found only by their ids, which nobody can guess.
        """
        return _guests() / self.name

    def list_ids(self) -> list[str]:
        """The ids of those that ship and of the user's own, sorted."""
        return sorted({*list_ids(self.shipped), *list_ids(self.own)})

    def find(self, name: str) -> Path:
        """The folder of the one with the id `name`.

        Raises
        ------
        UnknownNameError
            There is none; the message lists those that there are.
        InvalidInputError
            There are none at all, as after an installation without the checkout.
        """
        for folder in self._candidates(name):
            if (folder / "card.json").is_file():
                return folder
        self.check()
        raise UnknownNameError(self.noun, name, self.list_ids())

    def _candidates(self, name: str) -> Iterator[Path]:
        if ID.fullmatch(name):
            yield self.shipped / name
            yield self.own / name
            yield self.guests / name

    def check(self) -> None:
        """Raise unless there are any.

        Raises
        ------
        InvalidInputError
            There are none.
        """
        if not self.list_ids():
            raise InvalidInputError(
                f"There is no {self.noun} in {self.shipped.absolute()}; set LATENT_MODELS and "
                f"LATENT_DATA to the folders models and data of a checkout of {DISTRIBUTION}, "
                "which its wheel does not contain."
            )


MODELS = Installed("models", "model", "LATENT_MODELS")
DATASETS = Installed("data", "data set", "LATENT_DATA")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to install what is opened.

    Parameters
    ----------
    models, data
        Folders.
    suffix
        What ids made from a title must end with; a secret for a guest.
    """

    models: Path
    data: Path
    suffix: str = ""

    @classmethod
    def of_user(cls) -> Target:
        """The folders of the user's own models and data."""
        return cls(models=MODELS.own, data=DATASETS.own)

    @classmethod
    def of_guest(cls) -> Target:
        """The folders of guests, with a new secret."""
        suffix = f"-{secrets.token_hex(8)}"
        return cls(models=MODELS.guests, data=DATASETS.guests, suffix=suffix)


def list_ids(folder: Path) -> list[str]:
    """Names of the subfolders of `folder` that have a card, sorted."""
    if not folder.is_dir():
        return []
    return sorted(p.parent.name for p in folder.glob("*/card.json") if ID.fullmatch(p.parent.name))
