"""The visitor's own models: open, rename, download as a bundle, delete; import a bundle."""

from __future__ import annotations

from functools import partial

import streamlit as st

import latent_core as lc
from latent_core.installed import DATASETS, MODELS, Installed, Target
from latent_core.models.card import ModelCard
from latent_core.opening.bundles import export_bundle, import_bundle
from latent_core.opening.own import delete, rename
from latent_core.progress import ProgressCallback
from latent_core.types import Dataset
from ui import session
from ui.catalog import read_catalog
from ui.downloads import ExportFile, draw_export_download
from ui.layout import open_page, shown_errors
from ui.views.open.private_result import private_result
from ui.visitor import own
from ui.wording.text import escape_markdown


def draw_own() -> None:
    """Draw the lists of the visitor's own models and data sets, and the import of a bundle."""
    catalog = read_catalog()
    cards = [card for card in catalog.cards.values() if own.is_own(MODELS, card.id)]
    datasets = [data for data in catalog.datasets.values() if own.is_own(DATASETS, data.id)]
    if not cards and not datasets:
        st.caption("Nothing of yours is here yet. What you open is listed here.")
    for card in cards:
        with st.container(border=True), shown_errors():
            _draw_model(card)
    for data in datasets:
        with st.container(border=True), shown_errors():
            _draw_dataset(data, [card.title for card in cards if card.dataset == data.id])
    with shown_errors():
        _draw_import()


def _draw_model(card: ModelCard) -> None:
    about, *columns = st.columns([3, 1, 1, 1, 1], vertical_alignment="center")
    about.markdown(
        f"**{escape_markdown(card.title)}**  \n"
        f"{escape_markdown(card.family)}, {card.latent_dim:,} dimensions, "
        f"data: {escape_markdown(_title_of(card.dataset))}"
    )
    if columns[0].button("Map", key=f"own.map.{card.id}", width="stretch"):
        _show(card)
    with columns[1]:
        _draw_rename(MODELS, card.id, card.title)
    with columns[2].popover("Bundle", width="stretch"):
        st.caption("The model, its data and results as one zip, to import elsewhere.")
        file = ExportFile(
            name=f"{card.id}.zip",
            mime="application/zip",
            content_key=f"bundle {card.id} {card.weights_sha256} {card.title}",
            make=partial(_make_bundle, card.id),
        )
        draw_export_download(file, f"own.bundle.{card.id}")
    with columns[3]:
        _draw_delete(MODELS, card.id, "The model's files are removed; its data stays.")


def _draw_dataset(data: Dataset, models: list[str]) -> None:
    """Draw a data set; it can be deleted when no model of the visitor needs it."""
    about, *columns = st.columns([3, 1, 1, 1, 1], vertical_alignment="center")
    about.markdown(
        f"**{escape_markdown(data.title)}**  \n{data.count:,} {escape_markdown(data.sample_noun)}s"
    )
    with columns[1]:
        _draw_rename(DATASETS, data.id, data.title)
    if models:
        columns[3].caption(f"Used by {escape_markdown(models[0])}")
        return
    with columns[3]:
        _draw_delete(DATASETS, data.id, "The data set's files are removed.")


def _draw_rename(kind: Installed, name: str, title: str) -> None:
    with st.popover("Rename", width="stretch", key=f"own.rename.{kind.name}.{name}"):
        new = st.text_input("Title", title, max_chars=80, key=f"own.title.{kind.name}.{name}")
        if st.button("Save", key=f"own.save.{kind.name}.{name}"):
            rename(kind, name, new)
            st.rerun()


def _draw_delete(kind: Installed, name: str, what: str) -> None:
    with st.popover("Delete", width="stretch", key=f"own.popover.{kind.name}.{name}"):
        st.caption(escape_markdown(what))
        if st.button("Delete for good", key=f"own.delete.{kind.name}.{name}", type="primary"):
            delete(kind, name)
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
    open_page("map")


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
