"""The visitor's own models: open, rename, download as a bundle, delete; import a bundle."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

import latent_core as lc
from latent_core.installed import MODELS, Target
from latent_core.models.card import ModelCard
from latent_core.opening.bundles import export_bundle, import_bundle
from latent_core.opening.own import delete, rename
from latent_core.progress import ProgressCallback
from ui import own, session
from ui.catalog import read_catalog
from ui.downloads import ExportFile, draw_export_download
from ui.layout import shown_errors
from ui.text import escape_markdown
from ui.views.open.private_result import private_result

PAGES = Path(__file__).resolve().parents[3] / "pages"


def draw_own() -> None:
    """Draw the list of the visitor's own models and the import of a bundle."""
    cards = [card for card in read_catalog().cards.values() if own.is_own(card)]
    if not cards:
        st.caption("Nothing of yours is here yet. What you open is listed here.")
    for card in cards:
        with st.container(border=True), shown_errors():
            _draw_model(card)
    with shown_errors():
        _draw_import()


def _draw_model(card: ModelCard) -> None:
    about, *columns = st.columns([3, 1, 1, 1, 1], vertical_alignment="center")
    about.markdown(
        f"**{escape_markdown(card.title)}**  \n{card.family}, {card.latent_dim:,} dimensions, "
        f"data: {escape_markdown(_title_of(card.dataset))}"
    )
    if columns[0].button("Map", key=f"own.map.{card.id}", width="stretch"):
        _show(card)
    with columns[1].popover("Rename", width="stretch"):
        title = st.text_input("Title", card.title, max_chars=80, key=f"own.title.{card.id}")
        if st.button("Save", key=f"own.rename.{card.id}"):
            rename(MODELS, card.id, title)
            st.rerun()
    with columns[2].popover("Bundle", width="stretch"):
        st.caption("The model, its data and results as one zip, to import elsewhere.")
        file = ExportFile(
            name=f"{card.id}.zip",
            mime="application/zip",
            content_key=f"bundle {card.id} {card.weights_sha256} {card.title}",
            make=partial(_make_bundle, card.id),
        )
        draw_export_download(file, f"own.bundle.{card.id}")
    with columns[3].popover("Delete", width="stretch"):
        st.caption("The model is removed from this computer; its data stays.")
        if st.button("Delete for good", key=f"own.delete.{card.id}", type="primary"):
            delete(MODELS, card.id)
            st.rerun()


def _make_bundle(model_id: str, report: ProgressCallback) -> bytes:
    report(0.0, "packing the bundle")
    return export_bundle(model_id)


def _title_of(dataset_id: str) -> str:
    data = read_catalog().datasets.get(dataset_id)
    return dataset_id if data is None else data.title


def _show(card: ModelCard) -> None:
    session.choose("model", card.id)
    session.choose("data", card.dataset)
    st.switch_page(PAGES / "map.py")


def _draw_import() -> None:
    """Draw the uploader of a bundle, and import what is uploaded."""
    number = session.recall("own.imports", 0)
    file = st.file_uploader("Import a bundle", type="zip", key=f"own.import.{number}")
    if file is None:
        return

    own.check_budget(file.size)
    target = own.target()

    def work(report: ProgressCallback) -> tuple[Target, str]:
        report(0.0, "unpacking the bundle")
        return target, import_bundle(file.getvalue(), target=target)

    found: tuple[Target, str] | None = private_result("own.import", file.file_id, work)
    if found is None:
        return
    card = lc.load_card(found[1])
    own.remember_own(found[0], model_id=card.id, dataset_id=card.dataset)
    session.remember("own.imports", number + 1)
    _show(card)
