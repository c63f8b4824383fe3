"""Reconstructions of the same images by every model, and samples from the prior."""

from __future__ import annotations

import hashlib
import html

import numpy as np
import streamlit as st
from numpy.typing import NDArray

import latent_core as lc
from latent_core.errors import LatentError
from latent_core.models.card import ModelCard
from latent_core.models.model import LatentModel, Model
from latent_core.progress import ProgressCallback
from latent_core.types import Dataset, Floats
from latent_core.workspace import code_mixture, find_encodings
from ui.images import data_url
from ui.spaces import wait_for

N_IMAGES = 10
"""Reconstructions and samples per model."""
_SEED = 4
_SMALL = 32
"""Images up to this size are enlarged to twice their size, without interpolation."""

Rows = list[tuple[str, str]]
"""A title and the HTML of a row's images; or a title and why there are none."""


def draw_reconstructions(cards: list[ModelCard], data: Dataset) -> None:
    """Draw a row with the originals, and rows for each model with a decoder."""
    digest = hashlib.sha256(repr([(c.id, c.weights_sha256) for c in cards]).encode())
    key = f"reconstructions {data.fingerprint} {digest.hexdigest()}"
    reconstructions, samples = wait_for(key, lambda report, _show: _decode(cards, data, report))
    size = "ls-small" if max(data.image_shape[1:]) <= _SMALL else "ls-large"
    st.html(
        f'{_STYLE}<div class="ls-models {size}"><h2>Reconstructions of the same images</h2>'
        + _sections(reconstructions)
        + (f"<h2>Samples: decoded random codes</h2>{_sections(samples)}" if samples else "")
        + "</div>"
    )


def _sections(rows: Rows) -> str:
    return "".join(
        f"<section><h3>{html.escape(title)}</h3><div>{images}</div></section>"
        for title, images in rows
    )


def _decode(cards: list[ModelCard], data: Dataset, report: ProgressCallback) -> tuple[Rows, Rows]:
    """Reconstructions and samples; for a model that fails, its error message."""
    chosen = _chosen_samples(data)
    reconstructions: Rows = [("Originals", _image_tags(data.images(chosen)))]
    samples: Rows = []
    for number, card in enumerate(cards):
        report(number / len(cards), f"decoding with {card.title}")
        if not card.decodes:
            continue
        try:
            model = lc.load_model(card.id)
            if (codes := _codes(model, data, chosen)) is not None:
                reconstructions.append((card.title, _image_tags(model.decode(codes))))
            samples += _samples(model, data)
            if model.output_notice is not None:
                reconstructions.append((card.title, html.escape(model.output_notice)))
        except LatentError as error:
            reconstructions.append((card.title, html.escape(str(error))))
    return reconstructions, samples


def _chosen_samples(data: Dataset) -> NDArray[np.int64]:
    """The first sample of each class if there are classes, then further ones."""
    firsts: list[int] = []
    if data.labels is not None:
        classes, first = np.unique(data.labels, return_index=True)
        firsts = first[classes >= 0].tolist()
    others = [i for i in range(min(2 * N_IMAGES, len(data))) if i not in firsts]
    return np.array((firsts + others)[:N_IMAGES])


def _codes(model: LatentModel, data: Dataset, chosen: NDArray[np.int64]) -> Floats | None:
    """The codes of some samples; without an encoder, only if they are in the cache."""
    if model.card.encodes:
        return model.encode(data.images(chosen)).mean
    found = find_encodings(model, data)
    return None if found is None else found.mean[chosen]


def _samples(model: Model, data: Dataset) -> Rows:
    """Samples from the mixture fitted to the codes, and from the prior where there is one."""
    rows: Rows = []
    if (encodings := find_encodings(model, data)) is not None:
        codes = code_mixture(encodings).sample(N_IMAGES, random_state=_SEED)
        rows.append((f"{model.card.title}, mixture of its codes", _image_tags(model.decode(codes))))
    if model.card.has_gaussian_prior:
        images = model.sample(N_IMAGES, random_state=_SEED)
        rows.append((f"{model.card.title}, prior N(0, I)", _image_tags(images)))
    return rows


def _image_tags(images: Floats) -> str:
    return "".join(f'<img src="{data_url(image)}" alt="">' for image in images)


_STYLE = """
<style>
  .ls-models { container-type: inline-size; }
  .ls-models h2 { font-size: 1rem; font-weight: 600; padding: 1.1rem 0 .3rem; margin: 0; }
  .ls-models section { display: grid; grid-template-columns: 11.5rem minmax(0, 1fr); gap: 1rem;
    align-items: center; padding: 3px 0; }
  .ls-models h3 { font-weight: 500; font-size: .88rem; padding: 0; margin: 0; line-height: 1.3; }
  .ls-models section > div { display: grid; gap: 4px;
    grid-template-columns: repeat(10, minmax(0, var(--side))); }
  .ls-models img { width: 100%; display: block; border-radius: 4px; }
  .ls-small { --side: 56px; } .ls-small img { image-rendering: pixelated; }
  .ls-large { --side: 96px; }
  .ls-models section:first-child img { box-shadow: 0 0 0 2px var(--st-primary-color); }
  @media (max-width: 640px) {
    .ls-models section { grid-template-columns: minmax(0, 1fr); gap: .3rem; padding: .45rem 0; }
    .ls-models section > div { grid-template-columns: repeat(5, minmax(0, 1fr)); }
    .ls-models h3 { font-weight: 600; }
  }
</style>
"""
