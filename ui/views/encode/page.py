"""The encode page: a visitor's pictures on their road through the model."""

from __future__ import annotations

import html

import streamlit as st

from latent_core.io.uploads import RejectedFile
from latent_core.projection import TSNE, Projection
from ui import presenters, session
from ui.components.drawing_pad import draw_slate
from ui.components.pipeline import RoadData, RoadThumb, Travel, draw_road
from ui.images import data_url, difference_url
from ui.layout import choose_data, choose_model, controls, shown_errors
from ui.spaces import Space, map_job, open_space
from ui.views.encode.batch import Batch, travel
from ui.views.encode.refinement import draw_improving, improve
from ui.views.encode.results import Traveller, draw_findings

SOURCES = {"draw": "Draw", "upload": "Upload", "camera": "Camera"}
ENDINGS = ["png", "jpg", "jpeg", "webp", "bmp", "gif", "tif", "tiff", "zip"]
NOTHING_YET = {
    "draw": "Draw on the slate: what you draw travels this road at once.",
    "upload": "Choose pictures, or a zip of them: each travels this road.",
    "camera": "Take a photo: it travels this road.",
}
SEARCHING = "This model has no encoder: a code is being searched for."


def draw_workbench() -> None:
    """Everything below the encode page's title."""
    columns = controls(2, 2, 3)
    with columns[0]:
        model_id = choose_model(decoding=True)
    with columns[1]:
        dataset_id = choose_data(model_id)
    space = open_space(model_id, dataset_id)
    session.write_address(model=model_id, data=dataset_id)
    job = map_job(space, session.recall("shown.spec", TSNE(n_components=2)))
    _bench(space, job.result)


@st.fragment
def _bench(space: Space, made: Projection | None) -> None:
    """Input, road and what came of it; a stroke redraws only this."""
    left, right = st.columns([1, 3.1], gap="medium")
    with left:
        source = session.chosen("source", SOURCES, "draw")
        source = session.segments(
            "Bring a picture", "source", list(SOURCES), source, SOURCES.__getitem__
        )
        files = _drawn() if source == "draw" else _given(source)
    with right, shown_errors():
        batch, job = travel(space, files, source)
        index = _chosen(batch)
        if job is not None:
            session.forget("improving")
        elif batch:
            job = improve(space, batch, index)
        hint = NOTHING_YET[source] if job is None else SEARCHING
        traveller = batch[index] if batch else None
        shown = traveller if isinstance(traveller, Traveller) else None
        picked = draw_road(key="encode.road", data=_road(space, made, batch, index, shown, hint))
        if picked is not None and picked != index:
            session.remember("traveller", picked)
            st.rerun(scope="fragment")
        draw_improving(space, batch, index, job)
        _draw_refusals(batch)
        if shown is not None:
            draw_findings(space, made, shown, [t for t in batch if isinstance(t, Traveller)])


def _drawn() -> list[tuple[str, bytes]]:
    """The drawing on the slate, or nothing."""
    drawing = draw_slate(key="encode.slate", answered=session.recall("answered", 0))
    if drawing is not None:
        session.remember("answered", drawing.seq)
        session.remember("drawing", None if drawing.blank else drawing.png)
        st.rerun(scope="fragment")
    png: bytes | None = session.recall("drawing")
    return [] if png is None else [("drawing", png)]


def _given(source: str) -> list[tuple[str, bytes]]:
    """The uploaded files, or the photo."""
    if source == "camera":
        photo = st.camera_input("Photo", key="encode.camera", label_visibility="collapsed")
        return [] if photo is None else [("photo", photo.getvalue())]
    uploaded = st.file_uploader(
        "PNG, JPEG, WebP, BMP, GIF, TIFF or a zip of them",
        ENDINGS,
        accept_multiple_files=True,
        key="encode.files",
    )
    return [(file.name, file.getvalue()) for file in uploaded]


def _chosen(batch: Batch) -> int:
    """The picture that travels: the chosen one if it can, else the first that can."""
    usable = [i for i, item in enumerate(batch) if isinstance(item, Traveller)]
    kept = session.recall("traveller", 0)
    return kept if kept in usable else next(iter(usable), 0)


def _road(
    space: Space,
    made: Projection | None,
    batch: Batch,
    index: int,
    shown: Traveller | None,
    hint: str,
) -> RoadData:
    thumbs = [
        RoadThumb(name=item.name, refused=item.reason)
        if isinstance(item, RejectedFile)
        else RoadThumb(name=item.name, picture=data_url(item.prepared.image))
        for item in batch
    ]
    return RoadData(
        image_shape=space.model.card.image_shape,
        latent_dim=space.model.card.latent_dim,
        encoder="Encoder" if space.model.card.encodes and not _is_sought(shown) else "Search",
        points=None if made is None else made.points,
        travel=None if shown is None else _on_the_road(space, made, shown),
        thumbs=thumbs if len(thumbs) > 1 else [],
        chosen=index,
        hint=hint,
    )


def _is_sought(shown: Traveller | None) -> bool:
    """Whether its code was searched for where an encoder gave another."""
    if shown is None or shown.before is None:
        return False
    return shown.before.details is not shown.details


def _on_the_road(space: Space, made: Projection | None, shown: Traveller) -> Travel:
    details = shown.details
    return Travel(
        source=shown.source,
        seen=data_url(details.image),
        decoded=data_url(details.reconstruction),
        difference=difference_url(details.image, details.reconstruction),
        code=presenters.bars_of(space, details.code),
        sentence=details.reconstruction_sentence(),
        unusual=details.is_outlier,
        at=None if made is None else made.transform(details.code[None])[0],
    )


def _draw_refusals(batch: Batch) -> None:
    refused = [item for item in batch if isinstance(item, RejectedFile)]
    for item in refused[:5]:
        st.html(
            f'<p class="ls-refused" role="alert"><b>{html.escape(item.name)}</b> '
            f"{html.escape(item.reason)}</p>"
        )
    if len(refused) > 5:
        with st.expander(f"{len(refused) - 5:,} more could not be used"):
            for item in refused[5:200]:
                st.html(f"<p>{html.escape(item.name)}: {html.escape(item.reason)}</p>")
