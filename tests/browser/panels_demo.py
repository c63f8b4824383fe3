"""Every panel with the digits and a PCA model, and the events that it has sent.

`?panel=inspector` (or contact, pipeline, drawing, tray) shows one; with `&hostile=1` all names
contain markup.  The events are written below as JSON for the browser tests.
"""

import base64
import io
import json

import numpy as np
import streamlit as st
from PIL import Image

import latent_core as lc
from latent_core.datasets.dataset import sprite_sheet_path
from ui.components import publish
from ui.components.code_bars import CodeBars
from ui.components.contact_sheet import ContactSheetData, draw_contact_sheet
from ui.components.drawing_pad import draw_drawing_pad
from ui.components.factor_table import FactorRow, FactorTable
from ui.components.inspector import InspectorData, draw_inspector
from ui.components.map import Sheet
from ui.components.pipeline import PipelineData, PipelineThumb, PipelineView, draw_pipeline
from ui.components.tray import TrayThumb, draw_tray
from ui.images import data_url, difference_url, preview_url

HOSTILE = '<img src=x onerror="window.hacked=1"><b>7'
D = int(st.query_params.get("d", 16))


@st.cache_resource(max_entries=4, show_spinner=False)
def space(dims):
    data = lc.load_dataset("digits")
    flat = data.images().reshape(len(data), -1)
    mean = flat.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov(flat[:2000].T))
    axes = np.ascontiguousarray(axes[:, : -dims - 1 : -1].T, np.float32)
    codes = (flat - mean) @ axes.T
    errors = ((codes @ axes + mean - flat) ** 2).mean(axis=1)
    low, high = np.percentile(codes, [1, 99], axis=0).astype(np.float32)
    return data, mean, axes, codes.astype(np.float32), errors, low, high


data, mean, axes, codes, errors, low, high = space(D)
hostile = "hostile" in st.query_params
state = st.session_state
state.setdefault("id", None)
state.setdefault("tray", [])
state.setdefault("answered_seq", 0)
state.setdefault("drawn", None)
state.setdefault("chosen", 0)
state.setdefault("log", [])


def name(index):
    return HOSTILE if hostile else data.label(index)


def decode(code):
    return (code @ axes + mean).clip(0, 1).reshape(1, 28, 28).astype(np.float32)


def bars(code):
    active = np.arange(D) % 7 != 5 if D > 32 else None
    return CodeBars(values=code, low=low, high=high, active=active)


def sheet():
    url = publish(sprite_sheet_path("digits").read_bytes(), "image/png")
    return Sheet(url=url, columns=100, width=28, height=28)


def in_tray(key):
    return any(item.key == key for item in state.tray)


def inspector_data(index):
    image, decoded = data.images(index), decode(codes[index])
    share = float((errors > errors[index]).mean())
    near = np.argsort(((codes - codes[index]) ** 2).sum(axis=1))[1:9]
    return InspectorData(
        id=index,
        count=len(data),
        label=name(index),
        original=data_url(image),
        decoded=data_url(decoded),
        difference=difference_url(image, decoded),
        error=float(errors[index]),
        sentence=f"Higher than the error of {int(100 * (1 - share))} % of the images.",
        reconstruction_percentile=share,
        code=bars(codes[index]),
        neighbors=[(int(i), name(i), float(np.linalg.norm(codes[i] - codes[index]))) for i in near],
        n_neighbors=8,
        metric="euclidean",
        sheet=sheet(),
        in_tray=in_tray(f"k{index}"),
        factors=factors(index) if "truth" in st.query_params else None,
    )


def factors(index):
    rows = [
        FactorRow(name=f"{name(0)} {k}", words=f"{k} years", at=k / 9, hint=f"more than {k}")
        for k in range(10)
    ]
    return FactorTable(heading=f"factors of {index}", rows=tuple(rows), n_primary=3)


def record(event):
    done = {
        k: getattr(event, k) for k in event.__slots__ if getattr(event, k) not in (None, False, ())
    }
    if done:
        state.log.append(done)


def add_to_tray(index):
    if not in_tray(f"k{index}"):
        thumb = TrayThumb(key=f"k{index}", picture=data_url(data.images(index)), label=name(index))
        state.tray.append(thumb)


def inspector():
    index = state.id
    if index is None and "id" in st.query_params:
        index = state.id = int(st.query_params["id"])
    event = draw_inspector(
        key="demo.inspector", data=None if index is None else inspector_data(index)
    )
    record(event)
    if event.picked is not None:
        state.id = event.picked
        st.rerun()
    if event.tray is not None:
        add_to_tray(event.tray)
        st.rerun()


def contact():
    ids = np.flatnonzero((codes[:, 0] > 2) & (codes[:, 1] > -1))[:431]
    labels, counts = np.unique(data.labels[ids], return_counts=True)
    ranked = np.argsort(-counts)
    event = draw_contact_sheet(
        key="demo.contact",
        data=ContactSheetData(
            ids=ids,
            names=[name(i) for i in ids],
            count=len(data),
            sheet=sheet(),
            labels=[(name(0) if hostile else str(labels[i]), int(counts[i])) for i in ranked],
            mean_image=data_url(decode(codes[ids].mean(axis=0))),
            caption="mean code, decoded",
        ),
    )
    record(event)


def pipeline_view(picture, image):
    code = ((image.reshape(-1) - mean) @ axes.T).astype(np.float32)
    decoded = decode(code)
    error = float(((decoded - image) ** 2).mean())
    share = float((errors > error).mean())
    return PipelineView(
        original=preview_url(picture),
        model_input=data_url(image),
        decoded=data_url(decoded),
        difference=difference_url(image, decoded),
        original_caption=f"{picture.width} × {picture.height}, as uploaded",
        model_input_caption="grayscale, inverted, centered: 28 × 28",
        sentence=f"Higher than the error of {int(100 * (1 - share))} % of the images.",
        unusual=share < 0.01,
        code=bars(code),
        map_point=code[:2],
    )


def pipeline(picture=None, several=False):
    thumbs, image = [], None
    if several:
        pictures = [data.images(i) for i in range(6)]
        thumbs = [
            PipelineThumb(name=f"photo {i}.jpg", picture=data_url(p))
            for i, p in enumerate(pictures)
        ]
        why = "The file ends before its image does; upload it again."
        thumbs[2:2] = [
            PipelineThumb(name=HOSTILE if hostile else "holiday at the sea.png", refused=why)
        ]
        shown = pictures[[0, 1, 0, 2, 3, 4, 5][state.chosen]]
        picture = Image.fromarray(255 - (shown[0] * 255).astype(np.uint8)).resize((300, 380))
        image = shown
    elif picture is not None:
        small = picture.convert("L").resize((20, 20), Image.Resampling.BOX)
        image = np.zeros((1, 28, 28), np.float32)
        image[0, 4:24, 4:24] = np.asarray(small, np.float32) / 255
    chosen = draw_pipeline(
        key="demo.pipeline",
        data=PipelineData(
            image_shape=(1, 28, 28),
            latent_dim=D,
            points=codes[:, :2],
            view=None if image is None else pipeline_view(picture, image),
            thumbs=thumbs,
            chosen=state.chosen,
        ),
    )
    if chosen is not None:
        state.log.append({"chosen": chosen})
        state.chosen = chosen
        st.rerun()


def drawing_pad():
    drawing = draw_drawing_pad(key="demo.drawing", answered_seq=state.answered_seq)
    if drawing is not None:
        state.answered_seq = drawing.seq
        state.drawn = None if drawing.blank else drawing.png
        received = {"seq": drawing.seq, "final": drawing.final, "blank": drawing.blank}
        state.log.append(received | {"png": base64.b64encode(drawing.png).decode()})
        st.rerun()
    pipeline(None if state.drawn is None else Image.open(io.BytesIO(state.drawn)))


def tray():
    if not state.tray and "full" in st.query_params and not state.get("filled"):
        state.filled = True
        for index in range(int(st.query_params["full"])):
            add_to_tray(index)
    event = draw_tray(key="demo.tray", items=state.tray, session="demo")
    record(event)
    items = state.tray
    if event.removed:
        state.tray = [item for item in items if item.key != event.removed]
    if event.moved:
        rest = [item for item in items if item.key != event.moved[0]]
        moved = [item for item in items if item.key == event.moved[0]]
        state.tray = rest[: event.moved[1]] + moved + rest[event.moved[1] :]
    if event.cleared:
        state.tray = []
    if event.removed or event.moved or event.cleared:
        st.rerun()


st.set_page_config(layout="wide")
st.html(
    "<style>.stMainBlockContainer{padding:3.4rem 1.6rem}"
    "@media(max-width:640px){.stMainBlockContainer{padding:3.4rem .8rem}}</style>"
)
panel = st.query_params.get("panel", "inspector")
if panel in ("inspector", "contact"):
    left, right = st.columns([1.72, 1], gap="medium")
    left.text_input("Elsewhere", key="elsewhere")
    with right:
        {"inspector": inspector, "contact": contact}[panel]()
elif panel == "pipeline":
    pipeline(several=True)
elif panel == "drawing":
    drawing_pad()
if panel in ("tray", "inspector"):
    tray()
reported = {
    "log": state.log,
    "tray": [item.key for item in state.tray],
    "id": state.id,
    "elsewhere": state.get("elsewhere"),
}
st.text(json.dumps(reported))
