"""Files of data that are not read, and the lines that save them as files that are."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from latent_core.opening.datasets import inspect_dataset
from latent_core.opening.datasets.refusals import RefusedDataError

HDF5 = b"\x89HDF\r\n\x1a\n" + bytes(99)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("cells.h5ad", HDF5, "anndata.read_h5ad('cells.h5ad')"),
        ("images.hdf5", HDF5, "h5py.File('images.hdf5')"),
        ("codes.pkl", b"\x80\x04\x95rest", "np.save"),
    ],
)
def test_the_lines_are_those_of_the_kind(name: str, content: bytes, words: str) -> None:
    with pytest.raises(RefusedDataError, match=name) as error:
        inspect_dataset({name: content})
    assert words in error.value.code
    compile(error.value.code, name, "exec")


def run_lines(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RefusedDataError) as error:
        inspect_dataset(str(path))
    monkeypatch.chdir(path.parent)
    exec(compile(error.value.code, "lines", "exec"), {})  # noqa: S102 - our own lines


@pytest.mark.skipif(importlib.util.find_spec("h5py") is None, reason="h5py is not installed")
def test_the_lines_for_hdf5_give_its_arrays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import h5py

    images = np.random.default_rng(0).integers(0, 256, (9, 8, 8), np.uint8)
    with h5py.File(tmp_path / "digits.h5", "w") as file:
        file["train/images"] = images
        file["train/labels"] = np.arange(9) % 3
        file["note"] = "text"
    run_lines(tmp_path / "digits.h5", monkeypatch)
    draft = inspect_dataset(str(tmp_path / "digits.h5.npz"))
    assert draft.images is not None
    np.testing.assert_array_equal(draft.images[:, 0], images)
    assert draft.contents().class_names == ("0", "1", "2")


@pytest.mark.skipif(importlib.util.find_spec("anndata") is None, reason="anndata is not installed")
def test_the_lines_for_anndata_give_codes_labels_and_factors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import anndata
    import pandas as pd

    rng = np.random.default_rng(0)
    codes = rng.normal(size=(12, 5)).astype("f4")
    obs = pd.DataFrame(
        {"kind": pd.Categorical(["T", "B"] * 6), "age": rng.normal(size=12)},
        index=[f"cell{i}" for i in range(12)],
    )
    data = anndata.AnnData(np.zeros((12, 3)), obs=obs, obsm={"X_pca": codes})
    data.write_h5ad(tmp_path / "cells.h5ad")
    run_lines(tmp_path / "cells.h5ad", monkeypatch)
    contents = inspect_dataset(str(tmp_path / "cells.h5ad.npz")).contents()
    np.testing.assert_array_equal(contents.codes, codes)
    assert contents.class_names == ("B", "T")
    assert contents.names[3] == "cell3"
    np.testing.assert_allclose(contents.factors["age"], obs["age"], rtol=1e-5)
