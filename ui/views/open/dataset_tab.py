"""One's own data: files are inspected, what was understood is shown and corrected, then opened."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial

import streamlit as st

from latent_core.installed import Target
from latent_core.opening.datasets import PCA_SUFFIX, DatasetDraft, free_id, inspect_dataset
from latent_core.opening.datasets.composites import TITLES, Composite
from latent_core.opening.datasets.contents import Contents
from latent_core.opening.datasets.refusals import RefusedDataError
from latent_core.opening.ids import on_taken_title
from latent_core.progress import ProgressCallback
from ui import session
from ui.layout import open_page, shown_errors
from ui.views.open.dataset_preview import draw_findings, draw_summary
from ui.views.open.dataset_roles import correct_roles
from ui.views.open.private_result import private_result
from ui.visitor import own
from ui.visitor.visitor_files import VisitorFile, uploaded_file
from ui.wording.text import escape_markdown

FORMATS = "Images, a zip or tar of them, NumPy arrays, or a table: csv, tsv, Parquet, JSON lines"
WHAT_OPENS = (
    "Images become a data set with a PCA of their pixels; tables and arrays of numbers become "
    "embeddings. Nothing is stored before you press *Open*."
)
_INSPECTED, _COMPOSED, _SAVED = "open.data.draft", "open.data.composed", "open.data.saved"


def draw_open_dataset() -> None:
    """Draw the uploader and, for what is uploaded, the preview with its corrections."""
    with shown_errors():
        left, right = st.columns(2)
        with left:
            files = _choose_files()
        with right:
            path = _choose_path()
        if not files and not path:
            session.forget(_INSPECTED)
            st.caption(WHAT_OPENS)
            return
        key = _key_of(files, path)
        try:
            draft = private_result(_INSPECTED, key, lambda report: _inspect(files, path, report))
        except RefusedDataError as error:
            st.error(escape_markdown(str(error)))
            st.code(error.code, language=None)  # as on the other tab, for its contrast
            return
        if draft is not None and len(draft.composites) > 1:
            draft, key = _choose_composite(draft, files, path, key)
        if draft is not None:
            _draw_draft(draft, key)


def _choose_files() -> list[VisitorFile]:
    uploaded = st.file_uploader(FORMATS, accept_multiple_files=True, key="open.data.files")
    return [uploaded_file(file) for file in uploaded]


def _choose_path() -> str:
    """The path of a file or folder on the server, which only its own user can name."""
    if not own.is_local_server():
        return ""
    return st.text_input(
        "Or a file or folder on this computer",
        key="open.data.path",
        placeholder="/home/me/photos",
        help="It is read where it is; only the data set made of it is stored.",
    ).strip()


def _choose_composite(
    draft: DatasetDraft, files: list[VisitorFile], path: str, key: str
) -> tuple[DatasetDraft | None, str]:
    """The draft with the composite of its channels that is chosen here, and its own key."""
    chosen = st.selectbox(
        "Channels are shown as",
        draft.composites,
        format_func=TITLES.__getitem__,
        key=f"open.data.composite.{key[:8]}",
        help="The data set keeps this composite, for all of its images alike.",
    )
    if chosen == draft.composite:
        return draft, key
    key = hashlib.sha256(f"{key} {chosen}".encode()).hexdigest()
    work = partial(_inspect, files, path, composite=chosen)
    return private_result(_COMPOSED, key, work), key


def _key_of(files: list[VisitorFile], path: str) -> str:
    """Another for every other choice of files; a path is read again after the page is reloaded."""
    parts = repr((session.visitor(), path, [file.token for file in files]))
    return hashlib.sha256(parts.encode()).hexdigest()


def _inspect(
    files: list[VisitorFile], path: str, report: ProgressCallback, composite: Composite = "auto"
) -> DatasetDraft:
    sources = {file.name: file.read() for file in files} or path
    return inspect_dataset(sources, composite=composite, progress=report)


def _draw_draft(draft: DatasetDraft, key: str) -> None:
    """Draw what was understood, its corrections, and the button."""
    above = st.container()
    corrected = correct_roles(draft, key[:8])
    contents = corrected.contents()
    draw_findings(corrected, contents)
    with above:
        draw_summary(corrected, contents)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            title = st.text_input(
                "Title", draft.title, max_chars=80, key=f"open.data.title.{key[:8]}"
            ).strip()
            is_pressed = st.button("Open", type="primary", key="open.data.open", disabled=not title)
        if sentence := on_taken_title(title, "data"):
            st.caption(escape_markdown(sentence))
        saving = (key, title, repr([(c.name, c.role) for c in corrected.columns]))
        if is_pressed:
            own.check_budget(_size(contents, draft))
            session.remember("open.data.saving", saving)
        if session.recall("open.data.saving") == saving:
            _save(replace(corrected, title=title), "".join(saving))


def _size(contents: Contents, draft: DatasetDraft) -> int:
    """About as many bytes as the data set will have."""
    arrays = (contents.codes, draft.images)
    return sum(array.nbytes for array in arrays if array is not None)


def _save(draft: DatasetDraft, key: str) -> None:
    """Save the draft and go to its map; until then, draw the progress."""

    def work(report: ProgressCallback) -> tuple[Target, str]:
        target = own.target()
        dataset_id = f"{free_id(draft.title, 'data')}{target.suffix}"
        draft.save(dataset_id, models=target.models, data=target.data, progress=report)
        return target, dataset_id

    saved = private_result(_SAVED, key, work)
    if saved is None:
        return
    target, dataset_id = saved
    model_id = dataset_id + (PCA_SUFFIX if draft.kind == "images" else "")
    own.remember_own(target, model_id=model_id, dataset_id=dataset_id)
    for name in (_INSPECTED, _COMPOSED, _SAVED, "open.data.saving"):
        session.forget(name)
    session.choose("model", model_id)
    session.choose("data", dataset_id)
    session.select_sample(None)
    open_page("map")
