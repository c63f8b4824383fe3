"""What the lesson on sampling draws for its last step: reconstructions at two weights of the KL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

import latent_core as lc
from ui.spaces import Space, open_space
from ui.views.learn.picture_rows import picture_rows_html
from ui.views.learn.prediction import Answer, ask
from ui.views.learn.sampling_figures import kl_weights, mean_kl
from ui.views.learn.sampling_scene import DATA, MODELS

PRICED = ("dsprites-vae-10", "dsprites-btcvae-10")
"""Two models of one data set, architecture and training that differ in the weight of the KL."""
PRICED_DATA = "dsprites"
ROW_IMAGES = 8
ROW_SEED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceState:
    """The answer, and per model: weight of the KL divergence, KL in nats, reconstruction error.

    Parameters
    ----------
    rows
        The ids of the models in the order of the rows.
    weights, kl, errors
        By id; `errors` also of the autoencoder and the VAE of digits.
    all_weights
        The weights of all models whose card has one, by title.
    n_learned
        How many other models learn the variance of the likelihood, which is such a weight.
    n_images
        The test images of each model's mean.
    """

    answer: Answer
    rows: tuple[str, str]
    weights: dict[str, float]
    kl: dict[str, float]
    errors: dict[str, float]
    all_weights: dict[str, float]
    n_learned: int
    n_images: int


def draw_price(question: str, options: Mapping[str, str]) -> PriceState:
    """Originals above the reconstructions of two models, and the question which is which."""
    answer = ask("price", question, options)
    spaces = {model: open_space(model, PRICED_DATA) for model in PRICED}
    chosen = np.random.default_rng(ROW_SEED).choice(
        len(spaces[PRICED[0]].data), ROW_IMAGES, replace=False
    )
    rows = {"Originals": spaces[PRICED[0]].data.images(np.sort(chosen))}
    for name, space in zip(options.values(), spaces.values(), strict=True):
        rows[name] = space.model.decode(space.encodings.mean[np.sort(chosen)])
    st.html(picture_rows_html(rows))
    return price_state(answer, spaces | {model: open_space(model, DATA) for model in MODELS})


def price_state(answer: Answer, spaces: Mapping[str, Space]) -> PriceState:
    """The figures of `PRICED` and `MODELS` in `spaces`."""
    cards = [lc.load_card(model) for model in lc.list_models()]
    by_id = {card.id: card for card in cards}
    errors = {name: space.errors for name, space in spaces.items()}
    return PriceState(
        answer=answer,
        rows=PRICED,
        weights={model: float(by_id[model].training["beta"]) for model in PRICED},
        kl={model: mean_kl(spaces[model]) for model in PRICED},
        errors={name: float(found.mean()) for name, found in errors.items() if found is not None},
        all_weights=kl_weights(cards),
        n_learned=sum(card.training.get("objective") == "sigma-vae" for card in cards),
        n_images=len(spaces[PRICED[0]].data),
    )
