"""The encode page: a visitor's pictures on their road through the model."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Sequence

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from latent_core.details import Details, image_details
from latent_core.intake import Caps, Picture, Refusal
from latent_core.maps import TSNE, Map
from latent_core.preparation import Prepared
from latent_core.workspace import bring
from ui import show, state
from ui.findings import Traveller, draw_findings, switches_now
from ui.frame import choose_data, choose_model, controls
from ui.live.panels import RoadData, RoadThumb, Travel, draw_road, draw_slate
from ui.pictures import data_url, difference_url, picture_url
from ui.spaces import Space, map_job, open_space

SOURCES = {"draw": "Draw", "upload": "Upload", "camera": "Camera"}
ENDINGS = ["png", "jpg", "jpeg", "webp", "bmp", "gif", "tif", "tiff", "zip"]
TOGETHER = 32
"""Pictures of a batch that are encoded at once."""
NOTHING_YET = {
    "draw": "Draw a digit on the slate: it travels this road while you draw.",
    "upload": "Choose pictures, or a zip of them: each travels this road.",
    "camera": "Take a photo: it travels this road.",
}


Batch = Sequence[Traveller | Refusal]


def draw_workbench() -> None:
    """Everything below the encode page's title."""
    columns = controls(2, 2, 3)
    with columns[0]:
        model_id = choose_model(decoding=True)
    with columns[1]:
        dataset_id = choose_data(model_id)
    space = open_space(model_id, dataset_id)
    state.write_address(model=model_id, data=dataset_id)
    job = map_job(space, state.recall("shown.spec", TSNE(dims=2)))
    _bench(space, job.result)


@st.fragment
def _bench(space: Space, made: Map | None) -> None:
    """Input, road and what came of it; a stroke redraws only this."""
    left, right = st.columns([1, 3.1], gap="medium")
    with left:
        source = state.chosen("source", SOURCES, "draw")
        source = state.segments(
            "Bring a picture", "source", list(SOURCES), source, SOURCES.__getitem__
        )
        files = _drawn() if source == "draw" else _given(source)
    batch = _travel(space, files) if files else []
    index = _chosen(batch)
    traveller = batch[index] if batch else None
    with right:
        shown = traveller if isinstance(traveller, Traveller) else None
        picked = draw_road(
            key="encode.road", data=_road(space, made, batch, index, shown, NOTHING_YET[source])
        )
        if picked is not None and picked != index:
            state.remember("traveller", picked)
            st.rerun(scope="fragment")
        _draw_refusals(batch)
        if shown is not None:
            draw_findings(space, made, shown, [t for t in batch if isinstance(t, Traveller)])


def _drawn() -> list[tuple[str, bytes]]:
    """The drawing on the slate, or nothing."""
    drawing = draw_slate(key="encode.slate", answered=state.recall("answered", 0))
    if drawing is not None:
        state.remember("answered", drawing.seq)
        state.remember("drawing", None if drawing.blank else drawing.png)
        st.rerun(scope="fragment")
    png: bytes | None = state.recall("drawing")
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


def _travel(space: Space, files: list[tuple[str, bytes]]) -> Batch:
    """Read, prepare and encode; done again only when files, model or switches change."""
    switches = switches_now()
    digest = hashlib.sha256(repr((space.encodings.fingerprint, sorted(switches.items()))).encode())
    for name, data in files:
        digest.update(repr((name, len(data))).encode() + data)
    if state.recall("batch") != digest.hexdigest():
        _encode(space, files, switches, digest.hexdigest())
    batch: Batch = state.recall("travellers", [])
    return batch


def _encode(
    space: Space, files: list[tuple[str, bytes]], switches: dict[str, bool], digest: str
) -> None:
    """Fill the batch, a few at a time; what has arrived when the visitor stops it stays."""
    arrived: list[Traveller | Refusal] = []
    waiting: list[tuple[Picture, Prepared] | Refusal] = []
    state.remember("travellers", arrived)
    place = st.empty()
    several = len(files) > 1 or files[0][1].startswith(b"PK")
    told = _progress(place, digest) if several else None
    for number, item in enumerate(bring(space.model, files, Caps.from_env(), switches=switches), 1):
        waiting.append(item)
        if len(waiting) == TOGETHER:
            arrived += _encoded(space, waiting)
            waiting.clear()
        if told is not None:
            told.progress(number / max(len(files), number + 1), f"{number:,} pictures read")
    arrived += _encoded(space, waiting)
    place.empty()
    state.remember("batch", digest)


def _progress(place: DeltaGenerator, digest: str) -> DeltaGenerator:
    """A bar, and a button after which the batch counts as whole."""
    bar, stop = place.container().columns([5, 1], vertical_alignment="center")
    stop.button("Stop", key="encode.stop", on_click=state.remember, args=("batch", digest))
    return bar.progress(0.0, "Reading")


def _encoded(
    space: Space, found: list[tuple[Picture, Prepared] | Refusal]
) -> list[Traveller | Refusal]:
    images = [item[1].image for item in found if not isinstance(item, Refusal)]
    if not images:
        return [item for item in found if isinstance(item, Refusal)]
    details = iter(image_details(space.model, space.encodings, space.errors, np.stack(images)))
    return [
        item if isinstance(item, Refusal) else _traveller(*item, next(details)) for item in found
    ]


def _traveller(picture: Picture, prepared: Prepared, details: Details) -> Traveller:
    source = picture_url(picture.image)
    return Traveller(name=picture.name, source=source, prepared=prepared, details=details)


def _chosen(batch: Batch) -> int:
    """The picture that travels: the chosen one if it can, else the first that can."""
    usable = [i for i, item in enumerate(batch) if isinstance(item, Traveller)]
    kept = state.recall("traveller", 0)
    return kept if kept in usable else next(iter(usable), 0)


def _road(
    space: Space,
    made: Map | None,
    batch: Batch,
    index: int,
    shown: Traveller | None,
    hint: str,
) -> RoadData:
    thumbs = [
        RoadThumb(name=item.name, refused=item.reason)
        if isinstance(item, Refusal)
        else RoadThumb(name=item.name, picture=data_url(item.prepared.image))
        for item in batch
    ]
    return RoadData(
        image_shape=space.model.card.image_shape,
        latent_dim=space.model.card.latent_dim,
        points=None if made is None else made.points,
        travel=None if shown is None else _on_the_road(space, made, shown),
        thumbs=thumbs if len(thumbs) > 1 else [],
        chosen=index,
        hint=hint,
    )


def _on_the_road(space: Space, made: Map | None, shown: Traveller) -> Travel:
    details = shown.details
    return Travel(
        source=shown.source,
        seen=data_url(details.image),
        decoded=data_url(details.reconstruction),
        difference=difference_url(details.image, details.reconstruction),
        code=show.bars_of(space, details.code),
        sentence=details.in_words(),
        unusual=details.is_unlike_the_data,
        at=None if made is None else made.place(details.code[None])[0],
    )


def _draw_refusals(batch: Batch) -> None:
    refused = [item for item in batch if isinstance(item, Refusal)]
    for item in refused[:5]:
        st.html(
            f'<p class="ls-refused" role="alert"><b>{html.escape(item.name)}</b> '
            f"{html.escape(item.reason)}</p>"
        )
    if len(refused) > 5:
        with st.expander(f"{len(refused) - 5:,} more could not be used"):
            for item in refused[5:200]:
                st.html(f"<p>{html.escape(item.name)}: {html.escape(item.reason)}</p>")
