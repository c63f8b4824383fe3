"""Models and data sets that a visitor has opened, and where they are kept.

On a server that only its own machine reaches they are the user's own, and stay.  On one that
others reach they live as long as the visitor's session, under ids that nobody can guess.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path
from time import monotonic

import streamlit as st

from latent_core.errors import InputTooLargeError
from latent_core.files import remove_folder
from latent_core.installed import MODELS, Installed, Target
from latent_core.io.limits import MB, UploadLimits
from ui import session

KEEP_S = 1800.0
"""How long a guest's files stay after the page was last connected: a phone may sleep."""
_guests: dict[Path, tuple[str, float]] = {}


def is_local_server() -> bool:
    """Whether only programs on the server's own machine reach it."""
    address = str(st.get_option("server.address") or "")
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def target() -> Target:
    """Where to install what the visitor opens next."""
    return Target.of_user() if is_local_server() else Target.of_guest()


def is_own(kind: Installed, name: str) -> bool:
    """Whether the visitor has opened the model or data set, and so may rename and delete it."""
    if is_local_server():
        return kind.find(name).parent == kind.own
    return name in (own_models() if kind is MODELS else own_datasets())


def own_models() -> list[str]:
    """The ids of the models that a guest has opened in this session."""
    return _own("models")


def own_datasets() -> list[str]:
    """The ids of the data sets that a guest has opened in this session."""
    return _own("datasets")


def _own(kind: str) -> list[str]:
    ids: list[str] = session.recall(f"own.{kind}", [])
    if ids:
        _sweep()
    return list(ids)


def check_budget(n_bytes: int) -> None:
    """Raise unless a guest may store so many bytes more.

    Raises
    ------
    InputTooLargeError
        The guest's files would have more bytes than one visitor may store.
    """
    limit = UploadLimits.from_env().visitor_bytes
    if is_local_server():
        return
    visitor = session.visitor()
    folders = [folder for folder, (owner, _) in _guests.items() if owner == visitor]
    held = sum(p.stat().st_size for folder in folders for p in folder.glob("*") if p.is_file())
    if held + n_bytes > limit:
        raise InputTooLargeError(
            f"What you have opened may have {limit / MB:g} MB together; reload the page to begin "
            "anew, or start the app on your own computer."
        )


def remember_own(installed_in: Target, *, model_id: str = "", dataset_id: str = "") -> None:
    """Show a model or data set, which was just installed, to this visitor."""
    if not installed_in.suffix:
        return
    for kind, folder, name in (
        ("models", installed_in.models, model_id),
        ("datasets", installed_in.data, dataset_id),
    ):
        if name and (folder / name).is_dir():
            session.remember(f"own.{kind}", [*_own(kind), name])
            _guests[folder / name] = (session.visitor(), monotonic())
    _sweep()


def _sweep() -> None:
    """Remove the files of guests whose page has not been connected for `KEEP_S`."""
    now = monotonic()
    for folder, (visitor, seen) in list(_guests.items()):
        if session.is_connected(visitor):
            _guests[folder] = (visitor, now)
        elif now - seen > KEEP_S:
            _guests.pop(folder, None)
            remove_folder(folder)
