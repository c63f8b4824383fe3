"""Classes of data with many labels, or with missing ones."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from ui.point_colors import biggest_first, label_colors


def colors_of(labels: list[int], n_classes: int):
    names = tuple(f"class {i}" for i in range(n_classes))
    data = SimpleNamespace(labels=np.array(labels), class_names=names, fingerprint="f")
    return label_colors(SimpleNamespace(data=data))


def test_missing_labels_are_gray_and_after_the_classes():
    colors = colors_of([0, 1, -1, 1], 2)
    assert colors.names == ("class 0", "class 1", "unlabelled")
    assert colors.values.tolist() == [0, 1, 2, 1]
    assert colors.n_colored == 2
    assert colors.palette_places().tolist() == [0, 1, 10, 1]


def test_up_to_ten_classes_keep_their_order():
    colors = colors_of([9, 9, 0, 3], 10)
    assert colors.values.tolist() == [9, 9, 0, 3]
    assert colors.n_colored == 10


def test_of_many_classes_the_biggest_have_the_colors():
    labels = np.repeat(np.arange(200), np.arange(1, 201))  # the last class is the biggest
    colors = colors_of([*labels, -1], 200)
    assert colors.names[:3] == ("class 199", "class 198", "class 197")
    assert len(colors.names) == 201
    shown = np.array([colors.names[i] for i in colors.values])
    assert (shown[:-1] == [f"class {i}" for i in labels]).all()
    assert shown[-1] == "unlabelled"
    colored = set(shown[colors.palette_places() < 10])
    assert colored == {f"class {i}" for i in range(190, 200)}


def test_of_more_classes_than_a_map_has_the_smallest_are_one():
    labels = np.repeat(np.arange(300), np.arange(1, 301))
    values, names = biggest_first(labels, tuple(map(str, range(300))))
    assert len(names) == 255
    assert names[-1] == "46 other classes"
    assert (values == 254).sum() == np.arange(1, 47).sum()
    assert np.bincount(values)[:254].tolist() == list(range(300, 46, -1))
