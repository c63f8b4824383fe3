"""The parsers that are fuzzed, by name, each with valid files to mutate."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import struct
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import numpy as np
import torch
from safetensors.torch import save_file

from latent_core.architectures import build, count_parameters
from latent_core.cache.entry import CacheEntry, read_entry, serialize
from latent_core.cache.keys import content_key
from latent_core.datasets.dataset import load_dataset
from latent_core.datasets.factors import read_factors, write_factors
from latent_core.datasets.idx import parse_idx
from latent_core.datasets.labels import read_labels
from latent_core.errors import InvalidInputError
from latent_core.io.code_files import read_codes
from latent_core.io.export import codes_csv, codes_npz, codes_parquet, npy
from latent_core.io.image_files import read_image
from latent_core.io.limits import sniff_type
from latent_core.io.sprite_sheet import (
    pack_avif_sprite_sheet,
    pack_sprite_sheet,
    unpack_sprite_sheet,
)
from latent_core.io.uploads import read_uploads
from latent_core.models.catalog import load_card, load_model
from latent_core.models.onnx_export import decoder_with_weights, export_decoder
from latent_core.opening.datasets import inspect_dataset
from latent_core.preprocessing.config import PreprocessingConfig
from latent_core.projection.registry import method_from_dict
from latent_core.training.config import stages_from_card
from latent_core.types import Posterior
from latent_core.untrusted import parse_json, reading
from tests.artefacts import data_files
from tests.conftest import CARD, add_dataset, add_model
from tests.fuzz.fuzzer import Parser
from tests.fuzz.mutate import mutated_bytes, mutated_json
from tests.make_samples import samples
from ui.components.drawing_pad import parse_drawing
from ui.components.map_events import (
    parse_grid,
    parse_map_point,
    parse_region,
    parse_sample_id,
)
from ui.components.validate import parse_index, parse_key, parse_number, parse_slot
from ui.url_codec import current_parameters, pack_code, unpack_code

DIM = 3
KEY = content_key("fuzz")


def _of_files(*files: bytes) -> Callable[[Random], bytes]:
    return lambda rng: mutated_bytes(rng.choice(files), rng)


def _of_lazy(make: Callable[[], Sequence[bytes]]) -> Callable[[Random], bytes]:
    made = cache(make)
    return lambda rng: mutated_bytes(rng.choice(made()), rng)


def _codes(name: str) -> Callable[[Any, bytes], Any]:
    return lambda _, data: read_codes(name, data, DIM)


@cache
def _posterior() -> tuple[list[str], Posterior]:
    codes = np.random.default_rng(0).normal(size=(5, DIM)).astype(np.float32)
    return [f"image {n}" for n in range(5)], Posterior(mean=codes, log_var=codes)


def _images() -> list[bytes]:
    return [data for name, data in samples().items() if not name.endswith(".zip")]


def _arrays(*dtypes: str) -> list[bytes]:
    return [npy(np.arange(15).reshape(5, DIM).astype(dtype)) for dtype in dtypes]


def _labels() -> list[bytes]:
    texts = np.array(["cat", "dog", "", "cat", "emu"])
    numbers = np.array([0, 1, -1, 2, 1])
    return [
        npy(texts),
        npy(np.char.encode(texts)),
        *(npy(numbers.astype(t)) for t in ("i1", "i8", "f4")),
    ]


def _idx() -> list[bytes]:
    images = struct.pack(">4i", 0x803, 5, 3, 4) + bytes(60)
    labels = struct.pack(">2i", 0x801, 5) + bytes(5)
    return [images, labels, gzip.compress(images), gzip.compress(labels)]


def _sheets() -> list[bytes]:
    images = np.random.default_rng(0).integers(0, 256, (7, 1, 4, 4), np.uint8)
    return [pack_sprite_sheet(images), pack_avif_sprite_sheet(images, 90)]


@cache
def _entries() -> list[bytes]:
    entry = CacheEntry(arrays={"mean": np.ones((4, 2), np.float32)}, meta={"a": [1, "b"]})
    return [b"".join(serialize(KEY, entry))]


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder in memory, where there is one, with the model and data set `four`."""
    memory = Path("/dev/shm")  # noqa: S108 - only where files are placed
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        folder = Path(name)
        add_model(folder / "models" / "four")
        add_dataset(folder / "data" / "four", 5)
        names = {"LATENT_MODELS": "models", "LATENT_DATA": "data", "LATENT_CACHE": "cache"}
        with patch.dict(os.environ, {k: str(folder / v) for k, v in names.items()}):
            yield folder


_STAGE = {"objective": "sigma-vae", "seed": 1}
_WIDE = {
    "image_shape": [1, 8, 8],
    "family": "vae",
    "baseline": "four",
    "training": _STAGE | {"epochs": 2, "stages": [_STAGE]},
}
_ARCHITECTURES: tuple[dict[str, Any], ...] = (
    {"name": "linear"},
    {"name": "conv", "width": 2, "hidden": 4, "variational": True},
    {
        "name": "pyramid",
        "widths": [2, 2],
        "hidden": 4,
        "frozen_features": {"levels": [2], "features": 3},
    },
    {"name": "generator", "width": 2, "hidden": 4, "whitened_latents": True},
    {"name": "classifier", "classes": 3, "levels": [2, 2]},
)
_METRICS = {
    "mse": 0.1,
    "command": "python",
    "kl_nats_per_dimension": [0.1],
    "linear_r2_by_factor": {"x": 1},
}


def _model_card(rng: Random) -> bytes:
    extra = {"weights": {"sha256": "0" * 64}, "decoder": {"sha256": "0" * 64}, "metrics": _METRICS}
    card = CARD | _WIDE | extra | {"architecture": rng.choice(_ARCHITECTURES)}
    return mutated_json(card, rng)


_WEIGHTS_IN_FILE = 10**6
"""Parameters in the weights file beside the card: no larger network is built."""


def _load_model_card(folder: Path, data: bytes) -> None:
    path = folder / "models" / "four" / "card.json"
    path.write_bytes(data)
    card = load_card("four")
    stages_from_card(card)
    PreprocessingConfig.from_card(card.preprocessing, card.image_shape, card.id)
    options = dict(card.architecture)
    if not card.is_precomputed:
        network = str(options.pop("name", "")), card.image_shape, card.latent_dim
        if count_parameters(*network, **options) <= _WEIGHTS_IN_FILE:  # as `load_from_card`
            build(*network, **options)


def _dataset_card(rng: Random) -> bytes:
    card = {
        "title": "Four", "image_shape": [1, 2, 2], "count": 5, "class_names": ["dark", "bright"],
        "sha256": {"images.png": "0" * 64, "labels.npy": "0" * 64},
        "factors": {"x": {"range": [0, 1], "description": "", "unit": "m", "tied_to": ["y"]}},
        "codes": {"metric": "cosine", "sample_noun": "word"},
    }  # fmt: skip
    for name in rng.sample(("codes", "factors"), rng.randrange(3)):
        del card[name]
    return mutated_json(card, rng)


def _load_dataset_card(folder: Path, data: bytes) -> None:
    path = folder / "data" / "four" / "card.json"
    for name in ("images.png", "labels.npy"):  # the right checksums, so that more is read
        digest = hashlib.sha256((path.parent / name).read_bytes()).hexdigest()
        data = data.replace(b"0" * 64, digest.encode(), 1)
    path.write_bytes(data)
    loaded = load_dataset("four")
    _ = loaded.factors, loaded.images(), [loaded.label(i) for i in range(len(loaded))]


def _weights() -> list[bytes]:
    with _folder() as folder:
        plain = (folder / "models" / "four" / "weights.safetensors").read_bytes()
    tensors = {"mean": torch.zeros(4), "components": torch.eye(4)}
    new, old = io.BytesIO(), io.BytesIO()
    torch.save(tensors, new)
    torch.save(tensors, old, _use_new_zipfile_serialization=False)
    return [plain, new.getvalue(), old.getvalue(), b"not weights\n" * 9]


def _load_weights(folder: Path, data: bytes) -> None:
    from latent_core.models.weights_file import read_weights

    suffix = "pth" if data[:2] in (b"PK", b"\x80\x02") or data[:3] == b"not" else "safetensors"
    path = folder / f"weights.{suffix}"
    path.write_bytes(data)
    read_weights(path)


@contextmanager
def _decoder_folder() -> Iterator[Any]:
    with _folder() as folder:
        (folder / "models" / "four" / "decoder.onnx").write_bytes(_decoder()[0])
        yield load_card("four")


@cache
def _decoder() -> list[bytes]:
    with _folder() as folder:
        card = json.loads((folder / "models" / "four" / "card.json").read_bytes())
        tensors = {"mean": torch.zeros(4), "components": torch.rand(64, 4)}
        save_file(tensors, folder / "models" / "four" / "weights.safetensors")
        weights = (folder / "models" / "four" / "weights.safetensors").read_bytes()
        card |= {"latent_dim": 64, "weights": {"sha256": hashlib.sha256(weights).hexdigest()}}
        (folder / "models" / "four" / "card.json").write_text(json.dumps(card))
        return [export_decoder(load_model("four")).read_bytes(), weights]


def _load_decoder(card: Any, data: bytes) -> None:
    card.decoder.write_bytes(data)
    card.weights.write_bytes(_decoder()[1])
    weights_digest = hashlib.sha256(_decoder()[1]).hexdigest()
    digest = hashlib.sha256(data).hexdigest()
    decoder_with_weights(replace(card, decoder_sha256=digest, weights_sha256=weights_digest))


def _load_entry(folder: Path, data: bytes) -> None:
    """The file as it is, whose damage must be noticed; and its payload under a right checksum."""
    path = folder / f"{KEY}.entry"
    payload = data[40:]
    right = b"LATENT1\n" + hashlib.sha256(b"LATENT1\n" + KEY.encode() + payload).digest() + payload
    for content in (data, right):
        path.write_bytes(content)
        entry = read_entry(path, KEY)
        if content is data and data not in _entries() and entry is not None:
            raise AssertionError("a damaged entry was read")


def _link(rng: Random) -> bytes:
    text = pack_code(np.arange(DIM, dtype=np.float32)).encode()
    params = b'{"perplexity": 30, "early_exaggeration": 12}'
    return mutated_bytes(rng.choice((text, params)), rng)


def _read_link(_: Any, data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    current_parameters({"settings": text, "params": text, "path": text, "colour": text})
    unpack_code(text, DIM)


def _read_event(_: Any, data: bytes) -> None:
    """An event of a component, whose fields a page can send as it likes."""
    with reading("JSON", "correct it", InvalidInputError):
        sent = json.loads(data)
    points = np.arange(20.0).reshape(10, 2)
    for parse in (parse_sample_id, parse_region):
        parse(sent, 10)
    parse_map_point(sent, points)
    parse_grid(sent)
    parse_number(sent, "value", -1, 1)
    parse_index(sent, "id", 10)
    parse_slot(sent, ("a", "b"))
    parse_drawing(sent)
    parse_key(sent, {"k"})


def _value_parser(value: Any, parse: Callable[[Any], Any]) -> Parser:
    """A parser of a JSON object in memory, such as a part of a card or a form."""

    def mutate(rng: Random) -> bytes:
        return mutated_json(value, rng)

    def parse_data(_: Any, data: bytes) -> None:
        with reading("JSON", "correct it", InvalidInputError):
            fields = parse_json(data.decode())
        if isinstance(fields, dict):
            parse(fields)

    return Parser(mutate, parse_data)


def _own_data() -> list[bytes]:
    """A file of each kind that becomes a data set."""
    rows = np.arange(24.0).reshape(6, 4)
    images = np.arange(6 * 4 * 4 * 3, dtype=np.uint8).reshape(6, 4, 4, 3)
    pictures = {f"{c}/{i}.png": data_files.png(images[i]) for i, c in enumerate("aabb")}
    lists = {"vector": rows.tolist(), "label": list("aabbab")}
    return [
        data_files.german_csv(6),
        b'{"z": [1.0, 2.0], "label": "a"}\n{"z": [3.0, 4.5], "label": "b"}\n',
        data_files.npz(codes=rows, labels=np.arange(6) % 2),
        data_files.npy(images),
        data_files.parquet(lists),
        data_files.zipped(pictures),
        data_files.tarred(pictures),
        gzip.compress(data_files.idx(images[..., 0])),
    ]


def _inspect_own_data(_: Any, data: bytes) -> None:
    endings = {"a text file": ".csv"}
    name = ".jsonl" if data[:1] == b"{" else endings.get(sniff_type(data), "")
    inspect_dataset({f"a{name}": data}).contents()


_EVENT = {
    "seq": 1,
    "png": "data:image/png;base64,AAAA",
    "id": 1,
    "bits": "AAA=",
    "at": [1, 2],
    "on": True,
    "value": 0.5,
    "slot": "a",
    "key": "k",
}
_PROJECTION = {"method": "tsne", "n_components": 2, "random_state": 0, "perplexity": 30.0}
_PREPROCESSING = {"color": "gray", "background": "dark", "fit_mode": "fit", "box": 20}

PARSERS: dict[str, Parser] = {
    "image": Parser(_of_lazy(_images), lambda _, data: read_image("a", data)),
    "zip": Parser(
        _of_lazy(lambda: [samples()["all.zip"]]), lambda _, d: list(read_uploads([("a", d)]))
    ),
    "npy": Parser(_of_files(*_arrays("f2", "f4", "f8", ">f4", "i4", "u1")), _codes("a.npy")),
    "npz": Parser(_of_lazy(lambda: [codes_npz(*_posterior())]), _codes("a.npz")),
    "csv": Parser(_of_lazy(lambda: [codes_csv(*_posterior())]), _codes("a.csv")),
    "parquet": Parser(_of_lazy(lambda: [codes_parquet(*_posterior())]), _codes("a.parquet")),
    "factor table": Parser(
        _of_lazy(lambda: [write_factors({"x": np.arange(5.0), "y": np.ones(5)})]),
        lambda _, data: read_factors(data, 5, ("x", "y"), "four"),
    ),
    "labels": Parser(
        _of_lazy(_labels), lambda _, data: read_labels(data, {"class_names": []}, 5, "four")
    ),
    "own data": Parser(_of_lazy(_own_data), _inspect_own_data),
    "idx": Parser(_of_lazy(_idx), lambda _, data: parse_idx(data, "a")),
    "sprite sheet": Parser(_of_lazy(_sheets), lambda _, d: unpack_sprite_sheet(d, 7, (1, 4, 4))),
    "model card": Parser(_model_card, _load_model_card, _folder),
    "data set card": Parser(_dataset_card, _load_dataset_card, _folder),
    "weights": Parser(_of_lazy(_weights), _load_weights, _folder),
    "decoder": Parser(_of_lazy(lambda: _decoder()[:1]), _load_decoder, _decoder_folder),
    "cache entry": Parser(_of_lazy(_entries), _load_entry, _folder),
    "code link": Parser(_link, _read_link),
    "event": Parser(lambda rng: mutated_json(_EVENT, rng), _read_event),
    "projection parameters": _value_parser(_PROJECTION, method_from_dict),
    "preprocessing parameters": _value_parser(
        _PREPROCESSING, lambda fields: PreprocessingConfig.from_card(fields, (1, 28, 28), "four")
    ),
}
"""What is fuzzed."""
