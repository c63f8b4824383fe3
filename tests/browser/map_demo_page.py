"""One map with a control for everything that can change in it."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from safetensors.numpy import load_file

import latent_core as lc
from latent_core.datasets.dataset import sprite_sheet_path
from latent_core.installed import MODELS
from latent_core.io.sprite_sheet import SHEET_COLUMNS
from ui.components import publish
from ui.components.map import ClassColor, MapLine, Mark, ScaleColor, Sheet, draw_map

st.set_page_config(layout="wide")
N_STEPS = 8


@st.cache_data(max_entries=2)
def codes(count: int) -> NDArray[np.float32]:
    """The first 16 principal components; beyond 10,000 the same again with noise."""
    weights = load_file(MODELS.shipped / "digits-pca-16" / "weights.safetensors")
    images = lc.load_dataset("digits").images_uint8.reshape(-1, 784).astype(np.float32) / 255
    components = weights["components"]
    components = components if components.shape[0] == 784 else components.T
    projected = (images - weights["mean"].reshape(-1)) @ components
    again = np.arange(count) % len(projected)
    noise = np.random.default_rng(0).normal(size=(count, projected.shape[1])).astype(np.float32)
    return projected[again] + noise * (np.arange(count) >= len(projected))[:, None] * 0.4


count = int(st.query_params.get("n", 10_000))
with st.container(horizontal=True):
    dims = st.radio("dims", [2, 3], horizontal=True)
    color = st.radio("color", ["label", "z2"], horizontal=True)
    start = st.radio("components", [0, 1], horizontal=True)
    marked = st.checkbox("marks")
    moving = st.checkbox("moving")
    lined = st.checkbox("lines")
    cleared = st.button("clear")
if cleared:
    st.session_state.picked = None

data = lc.load_dataset("digits")
table = codes(count)
classes = np.arange(count) % len(data.labels)
labels = ClassColor(
    values=data.labels[classes], names=data.class_names, fingerprint=f"labels {count}"
)
scale = ScaleColor(values=table[:, 2], title="Dimension 2", fingerprint=f"z2 {count}")


def paths(points: NDArray[np.float32]) -> list[MapLine]:
    """Three paths between the first two points."""
    steps = np.linspace(0, 1, 24)[:, None]
    straight = points[0] * (1 - steps) + points[1] * steps
    aside = np.eye(points.shape[1])[0] * np.sin(np.pi * steps)
    return [
        MapLine(points=straight, name="straight", tone="first"),
        MapLine(points=straight + aside, name="<i>aside</i>", tone="second"),
        MapLine(points=straight - aside, name="other side", tone="third"),
    ]


@st.fragment(run_every=0.5 if moving else None)
def draw() -> None:
    points = table[:, start : start + dims]
    if moving:
        step = st.session_state.step = min(N_STEPS, st.session_state.get("step", 0) + 1)
        noise = np.random.default_rng(1).normal(size=points.shape)
        points = points * step / N_STEPS + noise * (1 - step / N_STEPS)
    event = draw_map(
        key="demo",
        points=points,
        color=labels if color == "label" else scale,
        labels=labels,
        sheet=Sheet(
            url=publish(sprite_sheet_path("digits").read_bytes(), "image/png"),
            columns=SHEET_COLUMNS,
            width=28,
            height=28,
        ),
        selected=st.session_state.get("picked"),
        marks=[Mark(position=points.mean(axis=0), label="your <b>image</b>")] if marked else [],
        lines=paths(points) if lined else [],
        channel="demo.position" if lined else "",
        height=540,
        computing=moving,
        note=f"Principal components, {count:,} images",
    )
    if event.picked is not None:
        st.session_state.picked = event.picked
        st.rerun()
    if event.region is not None:
        st.session_state.region = event.region
    region = st.session_state.get("region", np.array([], int))
    st.text(f"picked={st.session_state.get('picked')} region={len(region)} sum={region.sum()}")


draw()
