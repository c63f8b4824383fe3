"""Precomputed embeddings: the word vectors, the Swiss roll, and their models."""

from __future__ import annotations

import json
import zipfile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scipy.stats import spearmanr
from sklearn.datasets import make_swiss_roll

import latent_core as lc
from datagen.__main__ import main
from datagen.tables.words import load_frequent_words
from latent_core import card_files
from latent_core.datasets.precomputed import pack_codes
from latent_core.errors import InvalidCardError, InvalidInputError
from latent_core.installed import DATASETS
from latent_core.workspace import load_uploads

NAMES = ["the", ",", "cat", "B", "dog", "x1", "a", "b", "king"]
ORDINARY = ["the", "cat", "dog", "a", "king"]


def vectors(count: int = len(NAMES)) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(count, 50)).astype(np.float32)


def as_text(path) -> None:
    lines = [
        f"{n} {' '.join(map(repr, row.tolist()))}\n"
        for n, row in zip(NAMES, vectors(), strict=True)
    ]
    path.write_text("".join(lines), encoding="utf-8")


def as_wheel(path) -> None:
    """As the wheel stores them: in Fortran order, with the names in a separate table."""
    with zipfile.ZipFile(path, "w") as archive:
        with archive.open("p/data/glove_6B_50d_emb.npy", "w") as file:
            np.lib.format.write_array(file, np.asfortranarray(vectors()))
        with archive.open("p/data/glove_6B_index.parquet", "w") as file:
            pq.write_table(pa.table({"index": NAMES}), file)


@pytest.mark.parametrize("write", [as_text, as_wheel])
def test_ordinary_words_keep_their_order_and_vectors(tmp_path, write):
    write(tmp_path / "vectors")
    table = load_frequent_words(tmp_path / "vectors", 5)
    assert table.names == ORDINARY
    indices = [NAMES.index(name) for name in ORDINARY]
    np.testing.assert_array_equal(table.codes, vectors()[indices])
    np.testing.assert_array_equal(table.factors["rank"], np.array(indices) + 1)


def test_shipped_words_are_those_of_glove():
    data = lc.load_dataset("words")
    assert len(data) == len(set(data.precomputed.names)) == 10_000
    published = [0.418, 0.24968, -0.41242, 0.1217, 0.34527, -0.044457, -0.49688]
    np.testing.assert_allclose(data.precomputed.read()[0, :7], published, rtol=5e-4)
    assert data.label(0) == "the"
    assert (np.diff(data.factors["rank"]) > 0).all()
    assert data.factors["rank"].max() == data.card["factors"]["rank"]["range"][1]


def test_the_swiss_roll_is_reproduced_by_its_command(tmp_path):
    assert main(["swissroll", "--out", str(tmp_path)]) == 0
    shipped = DATASETS.shipped / "swissroll"
    for name in ("codes.npy", "factors.parquet", "card.json"):
        assert (tmp_path / name).read_bytes() == (shipped / name).read_bytes()


def test_the_swiss_roll_is_that_of_scikit_learn():
    data = lc.load_dataset("swissroll")
    points, t = data.precomputed.read(), data.factors["t"]
    np.testing.assert_allclose(points[:, 0], t * np.cos(t), atol=1e-4)
    np.testing.assert_allclose(points[:, 2], t * np.sin(t), atol=1e-4)
    np.testing.assert_array_equal(points, make_swiss_roll(3000, random_state=0)[0].astype("f4"))


def test_isomap_unrolls_the_swiss_roll_and_pca_does_not():
    data = lc.load_dataset("swissroll")
    some = slice(0, 800)
    codes, t = data.precomputed.read()[some], data.factors["t"][some]
    from latent_core.projection import project

    def rank_correlation(method):
        points = project(codes, method).points
        return max(abs(spearmanr(points[:, axis], t)[0]) for axis in range(2))

    assert rank_correlation(lc.Isomap(n_components=2)) > 0.95
    assert rank_correlation(lc.PCA(n_components=2)) < 0.6


@pytest.mark.parametrize("model_id", ["words-glove-50", "swissroll-3"])
def test_the_codes_of_a_precomputed_model_are_those_of_its_data(model_id):
    model = lc.load_model(model_id)
    data = lc.load_dataset(model.card.dataset)
    encodings = lc.encode(model, data)
    np.testing.assert_array_equal(encodings.mean, data.precomputed.read())
    assert not model.card.encodes
    assert not model.card.decodes
    for field in ("title", "description", "paper", "license"):
        assert getattr(model.card, field)
    for field in ("title", "description", "source", "license", "made_with"):
        assert data.card[field]


def test_a_precomputed_model_neither_encodes_nor_decodes():
    model = lc.load_model("words-glove-50")
    with pytest.raises(InvalidInputError, match="has precomputed codes and no encoder"):
        model.encode(np.zeros((1, 1, 2, 2), np.float32))
    with pytest.raises(InvalidInputError, match="has precomputed codes and no decoder"):
        model.decode(np.zeros((1, 50), np.float32))
    with pytest.raises(InvalidInputError, match="has precomputed codes and no encoder"):
        list(load_uploads(model, [("a.png", b"x")]))
    with pytest.raises(InvalidInputError, match="for 'words' only, not for 'digits'"):
        lc.encode(model, lc.load_dataset("digits"))
    with pytest.raises(InvalidInputError, match="codes and no images"):
        lc.load_dataset("words").images()


@pytest.mark.parametrize("command", ["train", "export-onnx"])
def test_inapplicable_commands_end_with_one_sentence(command, capsys):
    from latent_core.__main__ import main as run

    assert run([command, "words-glove-50"]) == 2
    assert capsys.readouterr().err.startswith("latent_core: ")


@pytest.mark.parametrize("source", [b"no vectors", b"the 1 2 3\n"])
def test_other_files_than_glove_are_rejected(tmp_path, capsys, source):
    (tmp_path / "some").write_bytes(source)
    assert main(["words", "--from", str(tmp_path / "some"), "--out", str(tmp_path / "out")]) == 2
    assert "datagen: " in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def add_precomputed(folder, **changes) -> None:
    folder.mkdir(parents=True)
    files = {"codes.npy": pack_codes(vectors(5)), "names.txt": "\n".join(ORDINARY).encode()}
    files |= changes.pop("files", {})
    for name, content in files.items():
        (folder / name).write_bytes(content)
    card = {
        "title": "Few",
        "count": 5,
        "codes": {"metric": "cosine", "sample_noun": "word"},
        "sha256": {name: card_files.sha256_file(folder / name) for name in files},
    }
    (folder / "card.json").write_text(json.dumps(card | changes))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"codes": {"sample_noun": "word"}}, "has no 'metric'"),
        ({"codes": {"metric": "taxi", "sample_noun": "word"}}, "must be cosine or euclidean"),
        ({"codes": {"metric": "cosine"}}, "has no 'sample_noun'"),
        ({"codes": ["cosine"]}, "must be dict"),
        ({"files": {"names.txt": b"the\ncat"}}, "must have 5 unique names"),
        ({"files": {"names.txt": b"the\nthe\na\nb\nc"}}, "5 lines and 4 names"),
        ({"files": {"names.txt": b"\xff\na\nb\nc\nd"}}, "is not UTF-8"),
        ({"files": {"codes.npy": b"none"}}, "codes.npy cannot be read"),
        ({"files": {"codes.npy": pack_codes(vectors(4))}}, "must have 5 rows"),
        ({"files": {"codes.npy": pack_codes(vectors(5) * np.nan)}}, "NaN or infinity"),
        ({"sha256": {}}, "must name codes.npy"),
    ],
)
def test_invalid_cards_are_rejected(four, changes, words):
    add_precomputed(four / "data" / "few", **changes)
    with pytest.raises(InvalidCardError, match=words):
        lc.load_dataset("few").precomputed.read()


def test_a_precomputed_model_of_images_is_rejected(four):
    card = json.loads((four / "models" / "four" / "card.json").read_text())
    (four / "models" / "precomputed").mkdir()
    path = four / "models" / "precomputed" / "card.json"
    path.write_text(json.dumps(card | {"family": "precomputed", "weights": {}}))
    with pytest.raises(InvalidCardError, match="takes its codes from 'four', which has none"):
        lc.encode(lc.load_model("precomputed"), lc.load_dataset("four"))


def test_codes_of_another_dimension_are_rejected(four):
    add_precomputed(four / "data" / "few")
    card = json.loads((four / "models" / "four" / "card.json").read_text())
    (four / "models" / "precomputed").mkdir()
    path = four / "models" / "precomputed" / "card.json"
    changed = {"family": "precomputed", "weights": {}, "dataset": "few", "latent_dim": 3}
    path.write_text(json.dumps(card | changed))
    with pytest.raises(InvalidInputError, match="have 50 dimensions, the model has 3"):
        lc.encode(lc.load_model("precomputed"), lc.load_dataset("few"))
