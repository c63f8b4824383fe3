from __future__ import annotations

import json

import numpy as np
import pytest
from PIL import Image

import latent_core as lc
from latent_core.__main__ import main
from latent_core.cli.parser import build_parser


def test_every_command_has_help(capsys):
    for command in (
        *("models", "datasets", "encode", "decode", "project", "train", "evaluate", "replicate"),
        *("train-evaluation-network", "train-realism-network"),
        "open-data",
        "sample",
        "compare",
        "uses",
        *("add-torchvision", "export-onnx", "precompute", "upgrade-cards", "cache"),
    ):
        with pytest.raises(SystemExit) as end:
            build_parser().parse_args([command, "--help"])
        assert end.value.code == 0
        assert command in capsys.readouterr().out


def test_models_are_listed_and_their_cards_printed(four, capsys):
    assert main(["models"]) == 0
    assert "four" in capsys.readouterr().out
    assert main(["models", "four"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Four pixels"


def test_an_unusable_model_does_not_hide_the_others(four, capsys):
    (four / "models" / "bad").mkdir()
    (four / "models" / "bad" / "card.json").write_text("{}")
    assert main(["models"]) == 0
    out = capsys.readouterr().out
    assert "unusable" in out
    assert "Four pixels" in out


def test_encode_then_decode_restores_the_images(four, capsys):
    codes, sheet = four / "codes.npz", four / "sheet.png"
    assert main(["encode", "four", "--out", str(codes)]) == 0
    mean = np.load(codes)["mean"]
    assert mean.shape == (300, 4)
    assert main(["decode", "four", str(codes), "--out", str(sheet)]) == 0
    tile = np.asarray(Image.open(sheet))[:2, :2]
    np.testing.assert_array_equal(tile, lc.load_dataset("four").images_uint8[0, 0])


def test_files_are_encoded_and_unreadable_ones_reported(four, capsys):
    good, bad = four / "good.png", four / "bad.png"
    Image.fromarray(np.zeros((2, 2), np.uint8)).save(good)
    bad.write_bytes(b"no image")
    codes = four / "codes.npz"
    assert main(["encode", "four", str(good), str(bad), "--out", str(codes)]) == 0
    assert np.load(codes)["name"].tolist() == ["good.png"]
    assert "bad.png" in capsys.readouterr().err


def test_a_projection_is_written(four, capsys):
    out = four / "projection.npz"
    options = ["--method", "pca", "--n-components", "3"]
    assert main(["project", "four", *options, "--out", str(out)]) == 0
    assert np.load(out)["points"].shape == (300, 3)
    assert "trustworthiness" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["models", "fuor"], "Did you mean 'four'"),
        (["encode", "four", "--out", "x.txt"], "must end in .npz"),
        (["encode", "four", "nowhere.png", "--out", "x.npz"], "cannot be read"),
        (["project", "four", "--method", "tnse", "--out", "x.npz"], "Did you mean 'tsne'"),
        (["project", "four", "--set", "seed", "--out", "x.npz"], "NAME=VALUE"),
        (["project", "four", "--set", "perplxity=3", "--out", "x.npz"], "perplexity"),
        (["train", "four", "--data-dir", "nowhere"], "has no chunks of images"),
    ],
)
def test_invalid_input_is_one_sentence_and_exit_code_2(four, capsys, monkeypatch, command, words):
    monkeypatch.chdir(four)
    assert main(command) == 2
    messages = [line for line in capsys.readouterr().err.splitlines() if "%" not in line]
    assert len(messages) == 1
    assert messages[0].startswith("latent_core: ")
    assert words in messages[0]


def test_the_cache_is_measured_verified_and_cleared(four, capsys):
    main(["encode", "four", "--out", str(four / "codes.npz")])
    capsys.readouterr()
    for action in ("size", "verify"):
        assert main(["cache", action]) == 0
        assert "1 entries" in capsys.readouterr().out
    assert main(["cache", "clear"]) == 0
    assert "0 entries" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "warning"),
    [
        (["project", "four", "--dims", "2"], "'--dims' is now called '--n-components'"),
        (["project", "four", "--seed=1"], "'--seed' is now called '--random-state'"),
        (["ship", "four"], "'ship' is now called 'precompute'"),
    ],
)
def test_names_of_earlier_versions_still_work_with_a_warning(four, capsys, command, warning):
    command = [*command, "--method", "pca"] if command[0] == "project" else command
    out = ["--out", str(four / "projection.npz")] if command[0] == "project" else []
    assert main([*command, *out]) == 0
    assert warning in capsys.readouterr().err


def test_the_table_has_a_row_per_model(four, capsys):
    assert main(["models", "--table"]) == 0
    assert capsys.readouterr().out.strip() == "", "not evaluated"
    assert main(["evaluate", "four", "--write"]) == 0
    capsys.readouterr()
    assert main(["models", "--table"]) == 0
    title, _, head, _, row, *_ = capsys.readouterr().out.splitlines()
    assert title == "### Reconstructions"
    assert head.startswith("| model | n | MSE | MSE ÷ PCA's |")
    assert row.startswith("| `four` | 150 | 0.0000 |")


def test_open_data_says_what_it_understood_and_writes_it(four, capsys):
    from tests.artefacts.data_files import german_csv

    path = four / "tiere.csv"
    path.write_bytes(german_csv())
    assert main(["open-data", str(path), "--factor", "z3", "--dry-run"]) == 0
    assert "semicolons" in capsys.readouterr().out
    assert lc.list_datasets() == ["four"]
    assert main(["open-data", str(path), "--factor", "z3", "--title", "Tiere"]) == 0
    assert "'tiere'" in capsys.readouterr().out
    data = lc.load_dataset("tiere")
    assert data.class_names == ("Hund", "Katze")
    assert list(data.factors) == ["z3"]
    assert lc.load_card("tiere").latent_dim == 2
    assert main(["open-data", str(path), "--label", "Arten"]) == 2
    assert "'Art'" in capsys.readouterr().err


def test_a_model_compared_with_itself_agrees_entirely(four, capsys):
    out = four / "agreement.csv"
    assert main(["compare", "four", "four", "--n-neighbors", "5", "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "k = 5" in printed
    assert "1.0000" in printed
    assert "300 samples" in printed
    rows = out.read_text().splitlines()
    assert len(rows) == 301
    assert {row.split(",")[1] for row in rows[1:]} == {"1.0000"}
    assert main(["compare", "four", "four", "--n-neighbors", "400"]) == 2
    assert "298" in capsys.readouterr().err


def test_samples_are_images_or_the_codes_of_the_library(four, capsys):
    codes, sheet = four / "codes.npz", four / "sheet.png"
    assert main(["sample", "four", "--count", "7", "--seed", "3", "--out", str(codes)]) == 0
    drawn = np.load(codes)["codes"]
    encodings = lc.encode(lc.load_model("four"), lc.load_dataset("four"))
    np.testing.assert_array_equal(drawn, lc.sample(encodings, 7, random_state=3))
    assert main(["sample", "four", "--count", "7", "--seed", "3", "--out", str(sheet)]) == 0
    assert np.asarray(Image.open(sheet)).shape == (6, 6)
    capsys.readouterr()
    assert main(["sample", "four", "--count", "0", "--out", str(codes)]) == 2
    assert "--count" in capsys.readouterr().err
    assert main(["sample", "four", "--sampler", "class", "--label", "?", "--out", str(codes)]) == 2
    assert "There is no class" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("use", "method", "expected"),
    [
        ("outliers", None, "kNN distance"),
        ("label-errors", None, "AUROC"),
        ("classify", "knn", "majority"),
        ("clusters", "mixture", "one Gaussian"),
        ("clusters", "hdbscan", "clusters"),
        ("more", "nearest", "by chance"),
    ],
)
def test_uses_are_measured_beside_pixels(four, capsys, use, method, expected):
    assert main(["uses", "four", use, *(["--method", method] if method else [])]) == 0
    out = capsys.readouterr().out
    assert expected in out
    assert "pixels" in out
    assert "n = " in out


@pytest.mark.parametrize(
    ("use", "method", "baseline"), [("denoise", "blur", "median"), ("compress", None, "JPEG")]
)
def test_restored_and_stored_images_are_measured_beside_baselines(
    four, capsys, use, method, baseline
):
    assert main(["uses", "four", use, *(["--method", method] if method else [])]) == 0
    lines = capsys.readouterr().out.splitlines()
    measured = [line for line in lines if "PSNR" in line]
    assert any(line.startswith(baseline) for line in measured)
    assert any(line.startswith("code") for line in measured)
    assert all("n = 150" in line for line in measured)


def test_an_unknown_method_of_a_use_is_one_sentence(four, capsys):
    assert main(["uses", "four", "clusters", "--method", "x"]) == 2
    assert "kmeans" in capsys.readouterr().err
    assert main(["uses", "four", "outliers", "--method", "x"]) == 2
    assert "no methods" in capsys.readouterr().err
