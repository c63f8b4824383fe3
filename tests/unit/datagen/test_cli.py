from __future__ import annotations

import json

import numpy as np
import pytest

import latent_core as lc
from datagen.__main__ import main


def test_the_command_writes_a_data_set_that_the_library_reads(tmp_path, monkeypatch):
    monkeypatch.setenv("LATENT_DATA", str(tmp_path))
    out = tmp_path / "furniture"
    assert main(["furniture", "--count", "12", "--seed", "5", "--out", str(out)]) == 0
    data = lc.load_dataset("furniture")
    assert data.images.shape == (12, 3, 64, 64)
    np.testing.assert_array_equal(data.labels, data.factors["kind"])
    assert sorted(path.name for path in out.iterdir()) == [
        "card.json", "contact.png", "factors.parquet", "images.avif", "labels.npy",
    ]  # fmt: skip
    card = json.loads((out / "card.json").read_text())
    assert card["count"] == 12
    assert "--count 12 --seed 5" in card["made_with"]


def test_an_invalid_count_is_an_error_message(tmp_path, capsys):
    assert main(["faces", "--count", "0", "--out", str(tmp_path)]) == 2
    assert "must be 1 or more" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["convert-makehuman", "bake"])
def test_a_folder_without_makehumans_mesh_is_an_error_message(name, tmp_path, capsys):
    assert main([name, "--from", str(tmp_path)]) == 2
    assert "no 3dobjs/base.obj" in capsys.readouterr().err


def test_old_command_names_work_and_print_the_new_ones(capsys):
    options = ["--idx", "idx", "--dsprites", "dsprites.npz", "--list"]
    assert main(["reproduce-all", *options]) == 0
    new = capsys.readouterr()
    assert main(["everything", *options]) == 0
    old = capsys.readouterr()
    assert old.out == new.out
    assert new.out.startswith("python -m datagen faces --train")
    assert new.err == ""
    assert "reproduce-all" in old.err


def test_an_unknown_step_is_an_error_message(capsys):
    assert main(["reproduce-all", "--idx", "i", "--dsprites", "d", "--list", "none"]) == 2
    assert "'none'" in capsys.readouterr().err
