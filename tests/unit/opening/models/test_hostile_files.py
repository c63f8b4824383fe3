"""Files that are refused: what could run code, hang, crash, or take all memory."""

from __future__ import annotations

import io
import pickle
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from onnx import TensorProto, helper, load_model_from_string, numpy_helper
from onnx.external_data_helper import set_external_data

import latent_core as lc
from latent_core.errors import InvalidInputError
from latent_core.models.onnx.process import Limits, OnnxProcess
from latent_core.opening.models.loaders import load_graphs
from latent_core.opening.models.onnx_files import read_onnx
from latent_core.opening.models.refusals import RefusedModelError
from latent_core.opening.models.sources import read_files
from tests.artefacts.data_files import photo
from tests.artefacts.linear_onnx import Guise, Pca, encoder, pair


class Trap:
    """Touches a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return (Path.touch, (self.path,))


@pytest.fixture(scope="module")
def pca() -> Pca:
    return Pca.fit(np.random.default_rng(0).random((30, 1, 4, 4), np.float32), 3)


def zipped(names: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return file.getvalue()


def whole_module() -> bytes:
    file = io.BytesIO()
    torch.save(torch.nn.Linear(2, 2), file)
    return file.getvalue()


def scripted() -> bytes:
    file = io.BytesIO()
    torch.jit.save(torch.jit.script(torch.nn.Linear(2, 2)), file)
    return file.getvalue()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("model.pkl", lambda: pickle.dumps({"a": 1}), "a pickle"),
        ("model.joblib", lambda: pickle.dumps([1]), "a pickle"),
        ("model.h5", lambda: b"\x89HDF\r\n\x1a\n" + bytes(99), "HDF5"),
        ("model.keras", lambda: zipped({"config.json": b"", "model.weights.h5": b""}), "a Keras"),
        ("model.pt", scripted, "TorchScript"),
        ("model.pt", whole_module, "a pickled PyTorch model"),
        ("model.pt2", lambda: zipped({"archive/archive_format": b"pt2"}), "exported program"),
        ("model.pt", lambda: zipped({"a/.data/extern_modules": b""}), "torch.package"),
    ],
)
def test_a_file_that_could_run_code_is_refused_with_its_export(name, make, words) -> None:
    with pytest.raises(RefusedModelError, match=words) as error:
        load_graphs({name: make()})
    assert "onnx" in error.value.code or "lc.wrap" in error.value.code


@pytest.mark.parametrize("name", ["model.pkl", "model.pt", "encoder.onnx"])
def test_nothing_is_unpickled(tmp_path: Path, name: str) -> None:
    trap = tmp_path / "touched"
    for content in (
        pickle.dumps(Trap(trap)),
        zipped({"archive/data.pkl": pickle.dumps(Trap(trap))}),
    ):
        with pytest.raises(InvalidInputError):
            lc.open_model({name: content})
    assert not trap.exists()


def test_another_domain_is_refused(pca: Pca) -> None:
    model = load_model_from_string(encoder(pca, Guise()))
    model.graph.node[0].domain = "com.microsoft"
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    with pytest.raises(InvalidInputError, match=r"com\.microsoft"):
        read_onnx("encoder.onnx", model.SerializeToString(), {})


def with_external_data(content: bytes, location: str) -> tuple[bytes, bytes]:
    model = load_model_from_string(content)
    data = b""
    for tensor in model.graph.initializer:
        if len(tensor.raw_data) > 100:
            set_external_data(tensor, location, len(data), len(tensor.raw_data))
            data += tensor.raw_data
            tensor.ClearField("raw_data")
            tensor.data_location = TensorProto.EXTERNAL
    return model.SerializeToString(), data


def test_external_data_beside_is_folded_in(pca: Pca) -> None:
    content, data = with_external_data(encoder(pca, Guise()), "encoder.onnx.data")
    whole = read_onnx("encoder.onnx", content, {"encoder.onnx.data": data})
    process = OnnxProcess({"encoder": whole})
    images = np.random.default_rng(0).random((3, 1, 4, 4), np.float32)
    found = process.run("encoder", {"x": images})[0]
    np.testing.assert_allclose(found, pca.encode(images), atol=1e-5)
    process.close()


@pytest.mark.parametrize("location", ["/etc/passwd", "../secret", "sub/weights", "missing.data"])
def test_external_data_elsewhere_is_not_read(pca: Pca, location: str) -> None:
    content, data = with_external_data(encoder(pca, Guise()), location)
    beside = {Path(location).name: data} if "/" in location else {}
    with pytest.raises(InvalidInputError, match="not beside"):
        read_onnx("encoder.onnx", content, beside)


def test_external_data_that_is_too_short_is_said(pca: Pca) -> None:
    content, data = with_external_data(encoder(pca, Guise()), "w.data")
    with pytest.raises(InvalidInputError, match="shorter"):
        read_onnx("encoder.onnx", content, {"w.data": data[:-9]})


@pytest.mark.parametrize("content", [b"", b"\x00" * 99, b"<html>", b"\x08\x08:\xff\xff\xff"])
def test_a_damaged_file_is_said(content: bytes) -> None:
    with pytest.raises(InvalidInputError, match=r"encoder\.onnx"):
        read_onnx("encoder.onnx", content, {})


def graph(nodes: list[Any], constants: list[Any]) -> bytes:
    info = helper.make_tensor_value_info
    made = helper.make_graph(
        nodes,
        "g",
        [info("x", TensorProto.FLOAT, ["N"])],
        [info("y", TensorProto.FLOAT, None)],
        constants,
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    return model.SerializeToString()


def endless() -> bytes:
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["go"], ["on"]),
            helper.make_node("Identity", ["value"], ["out"]),
        ],
        "body",
        [
            helper.make_tensor_value_info("i", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("value", TensorProto.FLOAT, ["N"]),
        ],
        [
            helper.make_tensor_value_info("on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("out", TensorProto.FLOAT, ["N"]),
        ],
    )
    constants = [
        numpy_helper.from_array(np.array(2**62, np.int64), "many"),
        numpy_helper.from_array(np.array(True), "yes"),
    ]
    return graph([helper.make_node("Loop", ["many", "yes", "x"], ["y"], body=body)], constants)


def huge() -> bytes:
    shape = numpy_helper.from_array(np.array([2**20, 2**16], np.int64), "shape")
    return graph([helper.make_node("Expand", ["x", "shape"], ["y"])], [shape])


X = {"x": np.ones(1, np.float32)}


def test_a_graph_that_hangs_is_stopped_and_the_next_call_works() -> None:
    process = OnnxProcess(
        {"decoder": endless(), "encoder": graph([helper.make_node("Neg", ["x"], ["y"])], [])},
        Limits(memory_bytes=4 * 10**9, seconds=3),
    )
    with pytest.raises(InvalidInputError, match="longer than 3 s"):
        process.run("decoder", X)
    np.testing.assert_array_equal(process.run("encoder", X)[0], [-1])
    process.close()


def test_a_graph_that_needs_too_much_memory_ends_nothing_else() -> None:
    process = OnnxProcess({"decoder": huge()}, Limits(memory_bytes=3 * 10**9, seconds=30))
    with pytest.raises(InvalidInputError, match="decoder"):
        process.run("decoder", X)
    process.close()


def test_the_process_ends_with_its_model() -> None:
    process = OnnxProcess({"encoder": graph([helper.make_node("Neg", ["x"], ["y"])], [])})
    process.run("encoder", X)
    child = process._process
    assert child is not None
    del process
    assert child.poll() is not None


def test_which_file_is_which_is_asked(pca: Pca) -> None:
    both = pair(pca, Guise())
    with pytest.raises(InvalidInputError, match="which the decoder"):
        load_graphs({"a.onnx": both["encoder.onnx"], "b.onnx": both["decoder.onnx"]})
    found = load_graphs({"my_enc.onnx": both["encoder.onnx"], "other.onnx": both["decoder.onnx"]})
    assert found.graphs["decoder"] == both["decoder.onnx"]


def test_files_are_read_from_a_folder_a_zip_and_a_mapping(tmp_path: Path, pca: Pca) -> None:
    both = pair(pca, Guise())
    for name, content in both.items():
        (tmp_path / name).write_bytes(content)
    packed = tmp_path / "pair.zip"
    packed.write_bytes(zipped({f"net/{name}": content for name, content in both.items()}))
    assert read_files(packed) == both
    packed.unlink()
    assert read_files(tmp_path) == read_files(both) == both
    with pytest.raises(InvalidInputError, match="no file or folder"):
        read_files(tmp_path / "nowhere")


def test_an_encoder_of_indices_is_explained(pca: Pca) -> None:
    info = helper.make_tensor_value_info
    nodes = [
        helper.make_node("Flatten", ["x"], ["f"]),
        helper.make_node("ArgMax", ["f"], ["k"], axis=1, keepdims=1),
    ]
    made = helper.make_graph(
        nodes,
        "g",
        [info("x", TensorProto.FLOAT, ["N", 1, 28, 28])],
        [info("k", TensorProto.INT64, ["N", 1])],
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    with pytest.raises(InvalidInputError, match="codebook"):
        lc.open_model({"encoder.onnx": model.SerializeToString()}, dataset="digits")


def test_swapped_files_are_noticed(pca: Pca) -> None:
    both = pair(pca, Guise())
    swapped = {"encoder.onnx": both["decoder.onnx"], "decoder.onnx": both["encoder.onnx"]}
    with pytest.raises(InvalidInputError, match="swapped"):
        lc.open_model(swapped)


def test_images_of_a_size_that_no_data_set_has_are_said(pca: Pca) -> None:
    with pytest.raises(InvalidInputError, match="any × 1 × 4 × 4"):
        lc.open_model(pair(pca, Guise()))


def test_a_text_file_is_no_onnx_file() -> None:
    with pytest.raises(InvalidInputError, match="text file"):
        read_onnx("encoder.onnx", b"hello", {})


def test_an_image_is_no_model_and_opens_elsewhere() -> None:
    with pytest.raises(InvalidInputError, match="open them as images"):
        load_graphs({"cat.png": photo(0)})
