"""Labels of every kind: numbers, text, unlabelled samples, missing class names."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core import card_files
from latent_core.analysis.sample_report import report_selection
from latent_core.datasets.labels import read_labels
from latent_core.errors import InvalidCardError
from latent_core.evaluation.context import probes_of
from latent_core.io.export import metadata_columns, npy


def read(array, names=None):
    card = {} if names is None else {"class_names": names}
    labels, found = read_labels(npy(np.array(array)), card, len(array), "four")
    return None if labels is None else labels.tolist(), found


@pytest.mark.parametrize(
    ("array", "names", "labels", "classes"),
    [
        ([0, 1, -1], ["a", "b"], [0, 1, -1], ("a", "b")),
        ([7, 3, -1, 7], None, [1, 0, -1, 1], ("3", "7")),
        ([0.0, np.nan, 1.0], ["a", "b"], [0, -1, 1], ("a", "b")),
        ([True, False], ["no", "yes"], [1, 0], ("no", "yes")),
        (["emu", "", "cat"], None, [1, -1, 0], ("cat", "emu")),
        (["emu", "unlabelled", "cat"], ["emu", "cat"], [0, -1, 1], ("emu", "cat")),
        ([b"emu", b"cat"], None, [1, 0], ("cat", "emu")),
        ([-1, -1], ["a"], None, ("a",)),
    ],
)
def test_labels_are_indices_of_class_names(array, names, labels, classes):
    assert read(array, names) == (labels, classes)


@pytest.mark.parametrize(
    ("array", "names", "words"),
    [
        ([0, 2], ["a", "b"], "go up to 2, but its card has 2"),
        ([0, -2], ["a"], "not -2"),
        ([0.5, 1], ["a", "b"], r"not 0\.5"),
        ([2**60, 1], None, "must be whole numbers"),
        (["emu"], ["cat"], "'emu' of 'four' is none of its 'class_names'"),
        ([1, 2], "ab", "must be list"),
        ([0, 1], ["a", 1], "must be distinct texts"),
        ([[0], [1]], ["a", "b"], "labels of shape"),
        ([1j, 2j], None, "must hold numbers or text"),
    ],
)
def test_labels_without_a_class_are_rejected(array, names, words):
    with pytest.raises(InvalidCardError, match=words):
        read(array, names)


def test_objects_are_never_unpickled():
    content = npy(np.array(["a"]))
    assert b"<U1" in content
    with pytest.raises(InvalidCardError, match=r"labels\.npy cannot be read .*'\|O '"):
        read_labels(content.replace(b"<U1", b"|O "), {}, 1, "four")


def set_labels(four, array, **fields):
    folder = four / "data" / "four"
    (folder / "labels.npy").write_bytes(npy(array))
    sums = card_files.read_json(folder / "card.json")["sha256"]
    sums |= {"labels.npy": card_files.sha256_file(folder / "labels.npy")}
    card_files.update_card(folder, sha256=sums, **fields)
    return lc.load_dataset("four")


def test_an_unlabelled_sample_is_of_no_class_anywhere(four, four_model):
    labels = np.tile([0, 1, -1], 100)
    data = set_labels(four, labels)
    assert [data.label(i) for i in range(3)] == ["dark", "bright", ""]
    assert metadata_columns(data, np.arange(3))["label"].tolist() == [
        "dark",
        "bright",
        "unlabelled",
    ]
    encodings = lc.encode(four_model, data)
    report = report_selection(four_model, data, encodings, np.arange(3))
    assert dict(report.label_counts) == {"dark": 1, "bright": 1, "unlabelled": 1}
    far = encodings.mean.copy()
    far[labels < 0] = 1e6
    assert probes_of(far, data) == probes_of(encodings.mean, data)


def test_changed_files_are_read_again(four):
    assert lc.load_dataset("four") is lc.load_dataset("four")
    data = set_labels(four, np.array(["x", "y"])[np.arange(300) % 2], class_names=["y", "x"])
    assert [data.label(i) for i in range(2)] == ["x", "y"]
