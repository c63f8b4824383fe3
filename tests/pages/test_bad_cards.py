"""A bad card is one sentence on the page, and everything else works."""

from __future__ import annotations

import json
from unittest.mock import patch

import numpy as np
import pytest

from latent_core import card_files
from latent_core.datasets.factors import write_factors
from tests.conftest import add_dataset, add_model
from tests.pages.conftest import SHELL
from tests.pages.test_pages import opened

PAGES = ("map", "encode", "morph", "dimensions", "models")


@pytest.fixture
def both(four, monkeypatch):
    """A model and its data set that are about to be spoilt, beside the sound ones."""
    add_model(four / "models" / "bad", title="Bad", dataset="other")
    add_dataset(four / "data" / "other")
    card_files.update_card(four / "data" / "other", title="Other")
    return four


def without(folder, field):
    card = card_files.read_json(folder / "card.json")
    del card[field]
    (folder / "card.json").write_text(json.dumps(card))


def spoil_field(four):
    without(four / "models" / "bad", "paper")


def spoil_family(four):
    card_files.update_card(four / "models" / "bad", family="gnu")


def spoil_hash(four):
    card_files.update_card(four / "models" / "bad", weights={"sha256": "0" * 64})


def spoil_data_field(four):
    without(four / "data" / "other", "count")


def spoil_data_hash(four):
    (four / "data" / "other" / "images.png").write_bytes(b"another file")


def factors(four, values, **description):
    folder = four / "data" / "other"
    (folder / "factors.parquet").write_bytes(write_factors({"size": values}))
    digest = card_files.sha256_file(folder / "factors.parquet")
    sums = card_files.read_json(folder / "card.json")["sha256"] | {"factors.parquet": digest}
    card_files.update_card(folder, sha256=sums, factors={"size": description})


def spoil_factors(four):
    factors(four, np.zeros(299, "f"), range=[0, 1])


def spoil_range(four):
    factors(four, np.linspace(0, 5, 300, dtype="f"), range=[0, 1])


def spoil_description(four):
    factors(four, np.zeros(300, "f"), means="from small to large")


def spoil_nesting(four):
    (four / "models" / "bad" / "card.json").write_text('{"a":' * 5000)


def spoil_metric(four):
    card_files.update_card(four / "models" / "bad", metrics={"mse": "0.1"})


def spoil_labels(four):
    folder = four / "data" / "other"
    (folder / "labels.npy").write_bytes(b"\x93NUMPY\x01\x00v\x00{'descr': (((")
    digest = card_files.sha256_file(folder / "labels.npy")
    sums = card_files.read_json(folder / "card.json")["sha256"] | {"labels.npy": digest}
    card_files.update_card(folder, sha256=sums)


def spoil_classes(four):
    card_files.update_card(four / "data" / "other", class_names=["dark"])


SPOILT = {
    spoil_nesting: "Card bad/card.json cannot be read",
    spoil_metric: "Metric 'mse' on the card of 'bad' must be numbers",
    spoil_labels: "other/labels.npy cannot be read",
    spoil_classes: "its card has 1 'class_names'",
    spoil_field: "The card of 'bad' has no 'paper'",
    spoil_family: "Model 'bad' is of unknown family 'gnu'; known: pca",
    spoil_hash: "The weights of 'bad' are not those on its card",
    spoil_data_field: "The card of 'other' has no 'count'",
    spoil_data_hash: "other/images.png doesn't match the checksum on its card",
    spoil_factors: "has 300 images but factors for 299",
    spoil_range: "has values 0 to 5, but its card says 0 to 1",
    spoil_description: 'needs a "range": [low, high]',
}


@pytest.mark.parametrize(
    ("spoil", "words"), SPOILT.items(), ids=lambda x: getattr(x, "__name__", "")
)
def test_an_invalid_card_gives_one_message_and_the_others_work(app, both, spoil, words):
    spoil(both)
    opened(app, model="bad", method="pca")
    messages = [box.value.replace("\\", "") for box in (*app.warning, *app.error)]
    assert sum(words in message for message in messages) == 1, messages
    if app.selectbox(key="select.model").value != "four":
        app.selectbox(key="select.model").select("four")
    with patch("ui.session.NOTICE_S", 0.0):
        app.run()
    assert not app.exception
    assert not app.error
    assert not app.warning, "only whoever asked for it sees a notice"
    for page in PAGES[1:]:
        app.switch_page(str(SHELL.parents[1] / "pages" / f"{page}.py")).run()
        assert not app.exception
        assert not app.error
        assert not app.warning
