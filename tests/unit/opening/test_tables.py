"""Tables of embeddings: each format and each known pitfall with its right values."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest

import latent_core as lc
from latent_core.errors import InvalidInputError, UnknownNameError
from tests.artefacts import data_files as files

RNG = np.random.default_rng(0)
CODES = RNG.normal(size=(30, 4)).astype(np.float32)


def roles(draft) -> dict[str, str]:
    return {column.name: column.role for column in draft.columns}


def inspect(name: str, data: bytes, **more: bytes):
    return lc.inspect_dataset({name: data} | more)


def as_csv(rows: list[list[object]], delimiter: str = ",") -> bytes:
    return "\n".join(delimiter.join(map(str, row)) for row in rows).encode()


@pytest.mark.parametrize("dtype", ["<f4", ">f4", "<f2", "<f8", ">f8", "<i4", "<u2"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_npy_of_any_type_and_order(dtype, order):
    codes = np.asarray(np.rint(CODES * 5 + 30), dtype, order=order)
    contents = inspect("codes.npy", files.npy(codes)).contents()
    np.testing.assert_array_equal(contents.codes, codes.astype(np.float32))
    assert contents.codes.dtype == np.float32
    assert contents.labels is None


def test_npz_with_labels_and_more_columns():
    labels = np.array(["b", "a"] * 15)
    data = files.npz(embeddings=CODES, labels=labels, age=np.arange(30) / 2, log_var=CODES)
    contents = inspect("x.npz", data).contents()
    np.testing.assert_array_equal(contents.codes, CODES)
    assert contents.class_names == ("a", "b")
    assert contents.labels.tolist() == [1, 0] * 15
    np.testing.assert_array_equal(contents.factors["age"], np.arange(30) / 2)


def test_labels_of_another_number_are_refused_with_both_counts():
    with pytest.raises(InvalidInputError, match=r"30.*28"):
        inspect("x.npz", files.npz(codes=CODES, labels=np.zeros(28)))
    with pytest.raises(InvalidInputError, match=r"30.*28"):
        lc.inspect_dataset(
            {"codes.npy": files.npy(CODES), "labels.csv": as_csv([["label"], *[["a"]] * 28])}
        )


def test_objects_in_an_array_are_never_unpickled():
    data = files.npy(np.array([[1, 2], [3]], object), allow_pickle=True)
    with pytest.raises(InvalidInputError, match="numbers or text"):
        inspect("x.npy", data)
    with pytest.raises(InvalidInputError, match="pickle"):
        inspect("x.pkl", b"\x80\x04\x95\x0b")


def test_semicolons_and_decimal_commas():
    contents = inspect("a.csv", b"a;b\n1,5;2,5\n3,5;4,5\n5,5;6,25\n").contents()
    np.testing.assert_array_equal(contents.codes, [[1.5, 2.5], [3.5, 4.5], [5.5, 6.25]])
    german = inspect("b.csv", files.german_csv())
    assert roles(german) == {"Art": "label", "z1": "code", "z2": "code", "z3": "code"}
    assert german.contents().class_names == ("Hund", "Katze")
    np.testing.assert_allclose(german.contents().codes[0], [0.126, -0.132, 0.640])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", " "])
@pytest.mark.parametrize("header", [True, False])
def test_delimiter_and_header_are_found(delimiter, header):
    rows = [["first", "second", "third", "fourth"]] if header else []
    data = as_csv([*rows, *CODES.tolist()], delimiter)
    contents = inspect("a.txt", data).contents()
    np.testing.assert_allclose(contents.codes, CODES, rtol=1e-6)


def test_the_index_of_pandas_is_left_out():
    named = inspect("a.csv", b",a,b\n0,.1,.2\n1,.3,.4\n2,.5,.7\n")
    assert roles(named) == {"": "left out", "a": "code", "b": "code"}
    counted = inspect("a.csv", b",0,1\n0,.1,.2\n1,.3,.4\n2,.5,.7\n")
    assert roles(counted) == {"": "left out", "0": "code", "1": "code"}
    np.testing.assert_allclose(counted.contents().codes, [[0.1, 0.2], [0.3, 0.4], [0.5, 0.7]])


def test_text_is_label_or_name_by_its_distinct_values():
    rows = [[f"sample {i}", "ab"[i % 2], *row] for i, row in enumerate(CODES.tolist())]
    draft = inspect("a.csv", as_csv([["who", "kind", "x1", "x2", "x3", "x4"], *rows]))
    assert roles(draft) == {"who": "name", "kind": "label"} | dict.fromkeys(
        ["x1", "x2", "x3", "x4"], "code"
    )
    contents = draft.contents()
    assert contents.names[3] == "sample 3"
    assert contents.labels.tolist() == [0, 1] * 15


def test_other_numbers_beside_numbered_ones_are_factors():
    rows = [[*row, i / 7] for i, row in enumerate(CODES.tolist())]
    draft = inspect("a.csv", as_csv([["z1", "z2", "z3", "z4", "age"], *rows]))
    assert roles(draft)["age"] == "factor"
    assert draft.contents().codes.shape == (30, 4)
    as_code = draft.with_roles({"age": "code"}).contents()
    assert as_code.codes.shape == (30, 5)
    assert not as_code.factors


def test_roles_are_checked():
    draft = inspect("b.csv", files.german_csv())
    with pytest.raises(UnknownNameError, match="Art"):
        draft.with_roles({"Arg": "label"})
    with pytest.raises(InvalidInputError, match="text"):
        draft.with_roles({"Art": "code"})
    with pytest.raises(InvalidInputError, match="no numbers"):
        draft.with_roles(dict.fromkeys(["z1", "z2", "z3"], "left out")).contents()
    again = draft.with_roles({"z1": "label"})
    assert roles(again)["Art"] == "left out"


def test_rows_with_nan_or_infinity_are_left_out_and_listed():
    codes = CODES.copy()
    codes[[2, 7]] = np.nan
    codes[11, 1] = np.inf
    labels = np.arange(30) % 3
    contents = inspect("x.npz", files.npz(codes=codes, labels=labels)).contents()
    kept = np.setdiff1d(np.arange(30), [2, 7, 11])
    np.testing.assert_array_equal(contents.rows, kept)
    np.testing.assert_array_equal(contents.codes, codes[kept])
    assert contents.labels.tolist() == labels[kept].tolist()
    assert any("3 rows" in w and "3, 8, 12" in w for w in contents.warnings)


def test_numbers_beyond_float32_are_left_out_and_said():
    codes = CODES.astype(np.float64)
    codes[4, 0] = 1e300
    contents = inspect("x.npy", files.npy(codes)).contents()
    assert len(contents.codes) == 29
    assert any("float32" in w and "5" in w for w in contents.warnings)


def test_missing_labels_are_no_label():
    values = ["a", "", "NaN", "None", "b", "-1"] * 5
    rows = [[label, *row] for label, row in zip(values, CODES.tolist(), strict=True)]
    contents = inspect("a.csv", as_csv([["label", "z1", "z2", "z3", "z4"], *rows])).contents()
    assert contents.class_names == ("a", "b")
    assert contents.labels.tolist() == [0, -1, -1, -1, 1, -1] * 5
    numbers = files.npz(codes=CODES, labels=np.array([3, -1, np.nan, 10, 9, 3] * 5))
    contents = inspect("a.npz", numbers).contents()
    assert contents.class_names == ("3", "9", "10")
    assert contents.labels.tolist() == [0, -1, -1, 2, 1, 0] * 5


def test_parquet_with_a_column_per_dimension():
    columns = {"kind": ["u", "v"] * 15} | {f"z{i + 1}": CODES[:, i] for i in range(4)}
    contents = inspect("a.parquet", files.parquet(columns)).contents()
    np.testing.assert_array_equal(contents.codes, CODES)
    assert contents.class_names == ("u", "v")


@pytest.mark.parametrize("fixed", [True, False])
def test_parquet_with_lists(fixed):
    import pyarrow as pa

    kind = pa.list_(pa.float32(), 4) if fixed else pa.list_(pa.float64())
    lists = [*map(list, CODES.tolist())]
    lists[3] = None
    data = files.parquet({"vector": pa.array(lists, kind), "label": ["a", "b"] * 15})
    contents = inspect("a.parquet", data).contents()
    np.testing.assert_array_equal(contents.codes, np.delete(CODES, 3, axis=0))
    assert len(contents.labels) == 29
    assert any("row" in w and "4" in w for w in contents.warnings)


def test_ragged_lists_are_refused_with_the_row():
    lists = [*map(list, CODES.tolist())]
    lists[5] = [1.0]
    with pytest.raises(InvalidInputError, match=r"row 6.* 1"):
        inspect("a.parquet", files.parquet({"vector": lists}))


def test_json_lines():
    lines = [
        json.dumps({"name": f"s{i}", "embedding": row, "kind": "ab"[i % 2]})
        for i, row in enumerate(CODES.tolist())
    ]
    contents = inspect("a.jsonl", "\n".join(lines).encode()).contents()
    np.testing.assert_array_equal(contents.codes, CODES)
    assert contents.names[2] == "s2"
    assert contents.class_names == ("a", "b")


def test_vectors_written_as_text():
    rows = [[f'"{row}"', "ab"[i % 2]] for i, row in enumerate(CODES.tolist())]
    contents = inspect("a.csv", as_csv([["vector", "label"], *rows])).contents()
    np.testing.assert_allclose(contents.codes, CODES)
    assert contents.class_names == ("a", "b")


@pytest.mark.parametrize("header", [True, False])
def test_embedding_projector_decides_on_a_header_by_the_count(header):
    words = [["word"]] * header + [[f"w{i}"] for i in range(30)]
    sources = {"tensors.tsv": as_csv(CODES.tolist(), "\t"), "metadata.tsv": as_csv(words)}
    contents = lc.inspect_dataset(sources).contents()
    np.testing.assert_allclose(contents.codes, CODES, rtol=1e-6)
    assert contents.names[0] == "w0"
    assert len(contents.names) == 30


def test_words_before_vectors_as_word2vec_and_glove_write_them():
    lines = [[f"w{i}", *row] for i, row in enumerate(CODES.tolist())]
    lines[4][0] = "null"
    for head in ([], [[30, 4]]):
        contents = inspect("vectors.txt", as_csv([*head, *lines], " ")).contents()
        np.testing.assert_allclose(contents.codes, CODES, rtol=1e-6)
        assert contents.names[3:5] == ("w3", "null")


def test_rows_of_another_length_are_left_out_and_counted():
    data = as_csv([["z1", "z2"], *[[i / 3, i * i / 7] for i in range(20)], [1, 2, 3]])
    draft = inspect("a.csv", data)
    assert draft.count == 20
    assert any("1 row" in w for w in draft.warnings)


def test_encodings():
    text = "label;z1;z2\n" + "\n".join(f"Bär;{i},5;{i * i},25" for i in range(9))
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert inspect("a.csv", text.encode(encoding)).contents().class_names == ("Bär",)


def test_dates_become_years():
    rows = [[f"2020-0{i % 9 + 1}-01", *row] for i, row in enumerate(CODES.tolist())]
    contents = inspect("a.csv", as_csv([["when", "z1", "z2", "z3", "z4"], *rows])).contents()
    assert pytest.approx(contents.factors["when"][0], abs=0.01) == 2020


def test_factors_of_one_value_are_left_out_and_gaps_are_counted():
    rows = [[*row, "" if i == 3 else i, 5] for i, row in enumerate(CODES.tolist())]
    draft = inspect("a.csv", as_csv([["z1", "z2", "z3", "z4", "age", "same"], *rows]))
    contents = draft.contents()
    assert list(contents.factors) == ["age"]
    assert np.flatnonzero(np.isnan(contents.factors["age"])).tolist() == [3]
    assert {"'age'", "'same'"} <= {word for w in contents.warnings for word in w.split()}


def test_repeated_names_are_numbered():
    names = np.array(["a", "b", "a", "c", "a"] * 6)
    contents = inspect("a.npz", files.npz(codes=CODES, name=names)).contents()
    assert len(set(contents.names or range(30))) == 30


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_rows_open(count):
    data = inspect("a.npy", files.npy(CODES[:count])).save()
    assert lc.encode(lc.load_model(data.id), data).mean.shape == (count, 4)


def test_equal_rows_and_constant_columns_are_said():
    equal = inspect("a.npy", files.npy(np.ones((20, 3), np.float32))).contents()
    assert any("equal" in w for w in equal.warnings)
    codes = np.column_stack([CODES, np.ones(30, np.float32)])
    codes[7] = codes[3]
    warnings = inspect("a.npy", files.npy(codes)).contents().warnings
    assert any(w.startswith("1 of 5") for w in warnings)
    assert any(w.startswith("1 row") for w in warnings)


def test_what_the_app_exports_opens_again():
    from latent_core.io import export

    posterior = lc.Posterior(mean=CODES, log_var=CODES)
    names = [f"image {i}.png" for i in range(30)]
    metadata = {"label": np.array(["cat", "dog"] * 15), "age": np.linspace(0, 1, 30)}
    table = inspect("codes.csv", export.codes_csv(names, posterior, metadata)).contents()
    parquet = inspect("codes.parquet", export.codes_parquet(names, posterior)).contents()
    arrays = inspect("codes.npz", export.codes_npz(names, posterior)).contents()
    for contents in (table, parquet, arrays):
        np.testing.assert_allclose(contents.codes, CODES, rtol=1e-6)
        assert contents.names == tuple(names)
    assert table.class_names == ("cat", "dog")
    np.testing.assert_allclose(table.factors["age"], metadata["age"], rtol=1e-6)


def test_unusable_files_are_refused_with_a_remedy():
    for name, data, remedy in (
        ("a.h5ad", b"\x89HDF\r\n\x1a\n" + bytes(99), "to_parquet"),
        ("a.pt", b"\x80\x02}q\x00.", "np.save"),
        ("a.pdf", b"%PDF-1.7", "parquet"),
        ("a.csv.gz", gzip.compress(gzip.compress(b"1,2")), "unpack"),
    ):
        with pytest.raises(InvalidInputError, match=remedy):
            inspect(name, data)
    with pytest.raises(InvalidInputError, match="no file"):
        lc.inspect_dataset({})


def test_saved_embeddings_are_a_data_set_with_a_model(home):
    data = lc.open_dataset({"my words.csv": files.german_csv()}, title="Hunde")
    assert (data.id, data.title, len(data)) == ("hunde", "Hunde", 40)
    assert (home / "data" / "hunde" / "card.json").is_file()
    assert "hunde" in lc.list_datasets()
    card = lc.load_card("hunde")
    assert (card.family, card.dataset, card.latent_dim) == ("precomputed", "hunde", 3)
    np.testing.assert_array_equal(
        lc.encode(lc.load_model("hunde"), data).mean, data.precomputed.read()
    )
    assert lc.open_dataset({"x.csv": files.german_csv()}, title="Hunde").id == "hunde-2"
    with pytest.raises(InvalidInputError, match="taken"):
        lc.open_dataset({"x.csv": files.german_csv()}, dataset_id="hunde")
    assert sorted(p.name for p in (home / "data").iterdir()) == ["hunde", "hunde-2"]


def test_shards_of_parquet_are_one_table():
    parts = {
        f"part-{i}.parquet": files.parquet({"v": CODES[i::3].tolist(), "label": [f"c{i}"] * 10})
        for i in range(3)
    }
    draft = lc.inspect_dataset(parts)
    contents = draft.contents()
    np.testing.assert_array_equal(contents.codes, np.concatenate([CODES[i::3] for i in range(3)]))
    assert contents.labels.tolist() == [0] * 10 + [1] * 10 + [2] * 10
    assert any(f.startswith("3 files") for f in draft.findings)
