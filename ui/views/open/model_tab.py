"""Open a model: its files, what was understood, and which reading of its pixels is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

import latent_core as lc
from latent_core.opening.ids import on_taken_title
from latent_core.opening.models.draft import ModelDraft
from latent_core.opening.models.inspection import inspect_model
from latent_core.opening.models.refusals import RefusedModelError
from latent_core.opening.models.sources import read_files
from latent_core.progress import ProgressCallback
from ui import session, widgets
from ui.catalog import read_catalog
from ui.layout import open_page
from ui.views.open.hypotheses import chosen_hypothesis, draw_findings, draw_hypotheses
from ui.views.open.private_result import private_result
from ui.visitor import own
from ui.wording.text import escape_markdown

TRY_ALL = "all"
WHAT_OPENS = (
    "Two files, **encoder.onnx** and **decoder.onnx**; one of them is enough. Or the weights of an "
    "architecture of this app, or a folder of diffusers or pythae."
)
_EXPORT = """\
import torch  # Keras, JAX: see docs/own-model.md

any_batch = {"dynamic_shapes": ({0: torch.export.Dim("N")},), "external_data": False}
torch.onnx.export(model.encoder.eval(), (images,), "encoder.onnx", **any_batch)
torch.onnx.export(model.decoder.eval(), (codes,), "decoder.onnx", **any_batch)
"""


def draw_open_model() -> None:
    """Draw the files of a model, what was understood of them, and the button that opens it."""
    left, right = st.columns([1, 2], gap="large")
    with left:
        key, read, name = _files()
        dataset = _choose_dataset()
    with right:
        if read is None:
            st.markdown(WHAT_OPENS)
            st.code(
                _EXPORT, language=None
            )  # the colors of the highlighting have too little contrast
            return
        try:
            draft = _inspect(key, read, dataset)
        except RefusedModelError as error:
            st.error(escape_markdown(str(error)))
            st.code(
                error.code, language=None
            )  # the colors of the highlighting have too little contrast
            return
        if draft is None:
            return
        draw_findings(draft)
        _draw_install(draft, name)
        draw_hypotheses(draft)


def _files() -> tuple[str, Callable[[], Mapping[str, bytes]] | None, str]:
    """A key that identifies the files, what reads them (None without any), and a name."""
    uploaded = st.file_uploader(
        "Model files", accept_multiple_files=True, key=f"open.files.{session.recall('open.n', 0)}"
    )
    if uploaded:
        token = " ".join(file.file_id for file in uploaded)
        name = uploaded[0].name if len(uploaded) == 1 else ""
        return token, lambda: {file.name: file.getvalue() for file in uploaded}, name
    if own.is_local_server():
        path = st.text_input("Or a folder or file on this computer", key="open.path").strip()
        if path:
            return f"path {path}", lambda: read_files(path), Path(path).stem
    return "", None, ""


def _choose_dataset() -> str | None:
    """The data set on whose images the model is tried; None for all."""
    datasets = read_catalog().datasets
    titles = {TRY_ALL: "The one it rebuilds best"}
    titles |= {d.id: d.title for d in datasets.values() if d.precomputed is None}
    chosen = session.chosen("open.data", titles, TRY_ALL)
    chosen = widgets.selectbox_choice(
        "Trained on", "open.data", list(titles), chosen, titles.__getitem__
    )
    st.caption("Not there? Open its images first, under *Images or embeddings*.")
    return None if chosen == TRY_ALL else chosen


def _inspect(
    key: str, read: Callable[[], Mapping[str, bytes]], dataset: str | None
) -> ModelDraft | None:
    """What was found out about the files; None while the progress is drawn."""
    candidates = (dataset,) if dataset else (*lc.list_datasets(), *own.own_datasets())

    def work(report: ProgressCallback) -> ModelDraft:
        return inspect_model(read_files(read()), datasets=candidates, progress=report)

    draft: ModelDraft | None = private_result("open.model.draft", f"{key} {dataset}", work)
    return draft


def _draw_install(draft: ModelDraft, name: str) -> None:
    """Draw the model's title and the button that opens it on the map."""
    default = Path(name).stem.replace("_", " ").strip() or "My model"
    choice = chosen_hypothesis(draft)
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    title = left.text_input("Title", value=default, max_chars=80, key="open.title").strip()
    is_pressed = right.button(
        "Open on the map",
        type="primary",
        icon=":material/scatter_plot:",
        disabled=choice is None or not title,
        width="stretch",
    )
    if sentence := on_taken_title(title, "model"):
        st.caption(escape_markdown(sentence))
    if is_pressed:
        assert choice is not None
        model_id = _install(draft, title, choice)
        session.choose("model", model_id)
        session.choose("data", lc.load_card(model_id).dataset)
        session.choose("method", "pca")  # drawn at once
        session.remember("open.n", session.recall("open.n", 0) + 1)
        open_page("map")


def _install(draft: ModelDraft, title: str, choice: int) -> str:
    where = own.target()
    own.check_budget(sum(map(len, draft.graphs.values())))
    model_id = draft.save(title, choice=choice, target=where)
    dataset = lc.load_card(model_id).dataset
    samples = "" if dataset == draft.dataset_id else dataset
    own.remember_own(where, model_id=model_id, dataset_id=samples)
    return model_id
