"""The payload of the browser's decoder, decoding on the server, and codes in links."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import latent_core as lc
from latent_core.aliases import ENVIRONMENT
from latent_core.errors import InvalidInputError
from latent_core.models.onnx_export import decoder_with_weights
from latent_core.models.onnx_realism import decoder_with_realism, realism_with_weights
from latent_core.models.realism import load_realism
from tests.asgi import ask
from ui.components import assets, decoder, draw_component
from ui.components.decoder import MAX_CODES, decoder_data, inverse_data, space_data
from ui.components.quantize import dequantize
from ui.components.routes import routes
from ui.url_codec import pack_code, unpack_code

MODEL = "digits-vae-2"


@pytest.fixture(scope="module")
def encodings() -> lc.Encodings:
    return lc.encode(lc.load_model(MODEL), lc.load_dataset("digits"))


def test_the_decoder_is_published_as_a_blob():
    card = lc.load_card(MODEL)
    data = decoder_data(card)
    assert data["server_reason"] == ""
    realism, graph = load_realism(card.dataset), decoder_with_weights(card)
    assert realism is not None
    assert graph is not None
    joined = decoder_with_realism(graph, realism_with_weights(realism))
    assert ask(routes(), data["onnx"]["url"]).body == joined
    assert data["realism"] == {"like": realism.like_limit, "unlike": realism.unlike_limit}
    assert {ask(routes(), part["url"]).status for part in data["runtime"].values()} == {200}


@pytest.mark.parametrize("name", ["LATENT_BROWSER_DECODER_MAX_MB", *ENVIRONMENT])
def test_a_decoder_over_the_limit_stays_on_the_server(monkeypatch, name):
    monkeypatch.setenv(name, "1")
    data = decoder_data(lc.load_card(MODEL))
    assert data["onnx"] is None
    assert "limit of 1 MB" in data["server_reason"]


def test_a_model_without_a_decoder_gives_the_reason(four):
    assert decoder_data(lc.load_card("four"))["server_reason"] == "this model has no decoder.onnx"


def test_the_server_decodes_the_same(encodings):
    codes = encodings.mean[:MAX_CODES]
    answer = ask(routes(), f"/live/decode/{MODEL}", codes.astype("<f4").tobytes())
    assert answer.headers["cache-control"] == "no-store"
    size = len(codes) * 28 * 28
    made = np.frombuffer(answer.body[:size], np.uint8).reshape(-1, 1, 28, 28)
    images, realism = lc.load_model(MODEL).decode(codes), load_realism("digits")
    np.testing.assert_array_equal(made, np.rint(images * 255))
    assert realism is not None
    rated = np.frombuffer(answer.body[size:], "<f4")
    np.testing.assert_allclose(rated, realism.score(images), atol=1e-5)


@pytest.mark.parametrize(
    ("model", "body", "words"),
    [
        ("digits-vae-3", b"12345678", "Did you mean 'digits-vae-2'"),
        (MODEL, b"", "0 bytes are not 1 to 64 codes of 2 float32"),
        (MODEL, b"123", "3 bytes are not"),
        (MODEL, b"\0" * 8 * (MAX_CODES + 1), "At most 64 codes"),
        (MODEL, b"\0\0\xc0\x7f" * 2, "NaN"),
        (MODEL, bytes(2**21), "At most 64 codes"),
    ],
)
def test_what_the_server_cannot_decode_is_one_sentence(model, body, words):
    answer = ask(routes(), f"/live/decode/{model}", body)
    assert answer.status == 400
    assert words in answer.body.decode()


HALF = {"type": "http.request", "body": b"1234", "more_body": True}


@pytest.mark.parametrize(
    "messages", [[{"type": "http.disconnect"}], [HALF, {"type": "http.disconnect"}]]
)
def test_an_aborted_request_raises_nothing(messages):
    assert ask(routes(), f"/live/decode/{MODEL}", messages=messages).status == 400


def test_a_request_whose_codes_do_not_arrive_ends(monkeypatch):
    monkeypatch.setattr(decoder, "BODY_TIMEOUT_S", 0.01)
    answer = ask(routes(), f"/live/decode/{MODEL}", messages=[HALF])
    assert answer.status == 408
    assert "send them again" in answer.body.decode()


def test_the_space_travels_with_its_codes(encodings):
    data = space_data(encodings)["codes"]
    held = assets.BLOBS.get(data["url"].rsplit("/", 1)[1])
    assert held is not None
    sent = dequantize(held[0], data["lo"], data["hi"])
    span = np.ptp(encodings.mean, axis=0)
    assert (np.abs(sent - encodings.mean) <= span / 65535).all()


def test_the_way_back_of_each_kind_of_map(encodings):
    assert inverse_data(lc.project(encodings, lc.PCA(n_components=2)))["kind"] == "linear"
    assert inverse_data(lc.project(encodings, lc.TSNE(n_components=2)))["kind"] == "neighbors"


floats = st.floats(-1e6, 1e6, width=32)


@given(st.lists(floats, min_size=1, max_size=40))
def test_a_code_comes_back_from_its_text_bit_by_bit(numbers):
    code = np.array(numbers, np.float32)
    np.testing.assert_array_equal(unpack_code(pack_code(code), len(numbers)), code)


def test_a_code_of_a_link_is_bounded():
    with pytest.raises(InvalidInputError, match="3e\\+38"):
        unpack_code(pack_code(np.array([0, 3e38], np.float32)), 2)


def test_what_is_not_finite_is_not_sent():
    with pytest.raises(InvalidInputError, match="finite"):
        draw_component("panels/x.js", key="x", data={"a": [1.0, float("nan")]}, events=())


@pytest.mark.parametrize("text", ["", "AAAA", "!" * 22, "ä" * 20, "AADAfwAAgD8", "A" * 12])
def test_what_is_no_code_is_one_sentence(text):
    with pytest.raises(InvalidInputError):
        unpack_code(text, 2)
