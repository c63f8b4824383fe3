"""Models whose code is indices of a codebook, and models of many channels: both are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper

import latent_core as lc
from latent_core.errors import InvalidInputError
from latent_core.opening.models.inspection import inspect_model
from tests.artefacts.linear_onnx import Guise, Net, Pca, pair

INDICES = {"(N, 49)": (49,), "(N, 7, 7)": (7, 7), "(N, 1, 7, 7)": (1, 7, 7)}
REASON = r"no space.*embeddings before quantization"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENT_HOME", str(tmp_path))


def vq_pair(shape: tuple[int, ...], kind: int, *, with_vectors: bool = False) -> dict[str, bytes]:
    """An encoder of digits that gives 49 indices, and a decoder that looks up vectors for them."""
    rng, info = np.random.default_rng(0), helper.make_tensor_value_info
    net = Net()
    x = net.add("Reshape", "x", net.const(np.array([-1, 784])))
    z = net.add("MatMul", x, net.const(rng.uniform(0, 1, (784, 49)).astype("f4")), out="vectors")
    z = net.add("Reshape", net.add("Floor", z), net.const(np.array([-1, *shape])))
    net.add("Cast", z, out="indices", to=kind)
    outputs = [info("indices", kind, ["N", *shape])]
    if with_vectors:
        outputs.insert(0, info("vectors", TensorProto.FLOAT, ["N", 49]))
    encoder = net.model([info("x", TensorProto.FLOAT, ["N", 1, 28, 28])], outputs)
    net = Net()
    book = net.const(rng.normal(size=(1024, 4)).astype("f4"))
    z = net.add("Gather", book, net.add("Cast", "indices", to=TensorProto.INT64))
    z = net.add("Reshape", z, net.const(np.array([-1, 196])))
    y = net.add("MatMul", z, net.const(rng.normal(size=(196, 784)).astype("f4")))
    net.add("Reshape", y, net.const(np.array([-1, 1, 28, 28])), out="y")
    decoder = net.model(
        [info("indices", kind, ["N", *shape])], [info("y", TensorProto.FLOAT, ["N", 1, 28, 28])]
    )
    return {"encoder.onnx": encoder, "decoder.onnx": decoder}


@pytest.mark.parametrize("shape", INDICES.values(), ids=list(INDICES))
@pytest.mark.parametrize("kind", [TensorProto.INT64, TensorProto.INT32, TensorProto.FLOAT])
def test_indices_are_no_space(shape, kind):
    with pytest.raises(InvalidInputError, match=REASON) as caught:
        inspect_model(vq_pair(shape, kind), datasets=["digits"])
    assert str(caught.value).count(". ") == 0, "one sentence"


@pytest.mark.parametrize("name", ["encoder.onnx", "decoder.onnx"])
def test_one_of_the_files_says_it_too(name):
    files = vq_pair((7, 7), TensorProto.INT64)
    with pytest.raises(InvalidInputError, match=REASON):
        inspect_model({name: files[name]}, datasets=["digits"])


@pytest.mark.parametrize("kind", [TensorProto.INT64, TensorProto.FLOAT])
def test_it_is_said_too_where_no_data_set_is_named(kind):
    with pytest.raises(InvalidInputError, match=REASON):
        inspect_model(vq_pair((7, 7), kind), datasets=["fashion", "digits"])


def test_an_encoder_that_gives_vectors_too_opens_by_them():
    files = vq_pair((7, 7), TensorProto.INT64, with_vectors=True)
    draft = inspect_model({"encoder.onnx": files["encoder.onnx"]}, datasets=["digits"])
    assert {h.encoder.mean for h in draft.probe.hypotheses if h.encoder} == {"vectors"}


def test_functions_that_give_indices_are_refused():
    images = np.random.default_rng(0).random((4, 1, 8, 8), np.float32)
    with pytest.raises(InvalidInputError, match=REASON):
        lc.wrap(
            encode=lambda x: np.arange(4 * len(x)).reshape(len(x), 4),
            decode=lambda z: np.zeros((len(z), 1, 8, 8), np.float32),
            example=images,
        )


@pytest.mark.parametrize("layout", ["NCHW", "NHWC"])
def test_a_model_of_four_channels_names_the_way_out(layout):
    images = np.random.default_rng(0).random((40, 4, 12, 12), np.float32)
    with pytest.raises(InvalidInputError, match=r"4 channels.*embeddings"):
        inspect_model(pair(Pca.fit(images, 8), Guise(layout=layout)))
