"""The encode page: a visitor's pictures on their road through the model."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from latent_core import export
from latent_core.details import Details, image_details
from latent_core.intake import Caps, Picture, Refusal
from latent_core.maps import TSNE, Map
from latent_core.preparation import Prepared
from latent_core.prepare import STEPS
from latent_core.values import Posterior
from latent_core.workspace import bring
from ui import show, state
from ui.frame import choose_data, choose_model, controls
from ui.live.map import Mark, draw_map
from ui.live.panels import RoadData, RoadThumb, Travel, draw_road, draw_slate
from ui.pictures import array_url, data_url, difference_url, picture_url
from ui.settings import colour_of, labels_of
from ui.spaces import Space, map_job, open_space

SOURCES = {"draw": "Draw", "upload": "Upload", "camera": "Camera"}
ENDINGS = ["png", "jpg", "jpeg", "webp", "bmp", "gif", "tif", "tiff", "zip"]
FIXED_STEPS = ("colour",)
TOGETHER = 32
"""Pictures of a batch that are encoded at once."""
NOTHING_YET = {
    "draw": "Draw a digit on the slate: it travels this road while you draw.",
    "upload": "Choose pictures, or a zip of them: each travels this road.",
    "camera": "Take a photo: it travels this road.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """One picture of the visitor's, prepared, encoded and decoded."""

    name: str
    source: str
    prepared: Prepared
    details: Details


Batch = Sequence[Traveller | Refusal]


def draw_workbench() -> None:
    """Everything below the encode page's title."""
    columns = controls(2, 2, 3)
    with columns[0]:
        model_id = choose_model()
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
            _draw_findings(space, made, shown, [t for t in batch if isinstance(t, Traveller)])


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
    switches = _switches()
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
        decoded=data_url(details.decoded),
        difference=difference_url(details.image, details.decoded),
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


def _draw_findings(
    space: Space, made: Map | None, shown: Traveller, travellers: list[Traveller]
) -> None:
    """How it was prepared, what is near, where it lies, and what to take along."""
    left, middle, right = st.columns([1.25, 1.35, 0.9], gap="medium")
    with left:
        _draw_steps(shown)
    with middle:
        _draw_place(space, made, travellers)
    with right:
        _draw_nearest(space, shown)
        _draw_taking(space, shown, travellers)


def _switches() -> dict[str, bool]:
    switches: dict[str, bool] = state.recall("switches", {})
    return {name: switches.get(name, True) for name in STEPS if name not in FIXED_STEPS}


def _draw_steps(shown: Traveller) -> None:
    st.subheader("What the model sees, step by step", anchor=False)
    if shown.prepared.notice:
        st.info(shown.prepared.notice, icon=":material/info:")
    switches = _switches()
    for step in shown.prepared.steps:
        picture, words = st.columns([1, 4.2], vertical_alignment="center")
        picture.html(f'<img class="ls-step" alt="" src="{array_url(step.image)}">', width="content")
        on = words.toggle(
            f"**{step.name}** · {_plain(step.why)}",
            value=switches.get(step.name, True),
            key=f"encode.step.{step.name}",
            disabled=step.name in FIXED_STEPS,
        )
        if step.name in switches and on != switches[step.name]:
            state.remember("switches", switches | {step.name: on})
            st.rerun(scope="fragment")


def _plain(text: str) -> str:
    """Text that Markdown leaves alone."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-!|<>$:~" else c for c in text)


def _draw_place(space: Space, made: Map | None, travellers: list[Traveller]) -> None:
    st.subheader("Where it lands", anchor=False)
    if made is None:
        st.caption("The map is still being made; open the Map page to watch it.")
        return
    codes = np.stack([t.details.code for t in travellers[:64]])
    names = [t.name if len(travellers) > 1 else "your picture" for t in travellers]
    marks = [
        Mark(position=point, label=name)
        for point, name in zip(made.place(codes), names, strict=False)
    ]
    draw_map(
        key="encode.map",
        points=made.points,
        fingerprint=made.fingerprint,
        colour=labels_of(space) or colour_of(space, "error"),
        labels=labels_of(space),
        sheet=show.sheet_of(space),
        marks=marks,
        tools=False,
        height=290,
    )


def _draw_nearest(space: Space, shown: Traveller) -> None:
    st.subheader("Nearest pictures", anchor=False)
    details = shown.details
    tiles = "".join(
        f'<figure><img alt="" src="{data_url(space.data.pixels(slice(i, i + 1))[0])}">'
        f"<figcaption>{html.escape(space.data.label(i))}</figcaption></figure>"
        for i in (int(i) for i in details.neighbours)
    )
    st.html(f'<div class="ls-nearest">{tiles}</div>')


def _draw_taking(space: Space, shown: Traveller, travellers: list[Traveller]) -> None:
    """Into the tray, or home as a file."""
    details = shown.details
    there = state.in_tray(space.model.card.id, details.code)
    label = "In the tray" if there else "Add to tray"
    if st.button(label, key="encode.tray", disabled=there, type="primary", width="stretch"):
        item = state.TrayItem(
            picture=data_url(details.image),
            label=shown.name,
            model_id=space.model.card.id,
            code=details.code,
        )
        state.put_in_tray(item)
        st.rerun()
    with st.popover("Download", icon=":material/download:", width="stretch"):
        _draw_downloads(travellers)


def _draw_downloads(travellers: list[Traveller]) -> None:
    names = [t.name for t in travellers]
    log_vars = [t.details.log_var for t in travellers if t.details.log_var is not None]
    posterior = Posterior(
        mean=np.stack([t.details.code for t in travellers]),
        log_var=np.stack(log_vars) if log_vars else None,
    )
    files: dict[str, tuple[str, Callable[[], bytes]]] = {
        "codes.npz": ("Codes, NumPy", lambda: export.codes_npz(names, posterior)),
        "codes.csv": ("Codes, CSV", lambda: export.codes_csv(names, posterior)),
        "codes.parquet": ("Codes, Parquet", lambda: export.codes_parquet(names, posterior)),
        "reconstructions.zip": (
            "Reconstructions, zip of PNG",
            lambda: export.pictures_zip(np.stack([t.details.decoded for t in travellers])),
        ),
    }
    for file_name, (words, make) in files.items():
        st.download_button(
            words,
            make,
            file_name,
            key=f"encode.get.{file_name}",
            on_click="ignore",
            width="stretch",
        )
