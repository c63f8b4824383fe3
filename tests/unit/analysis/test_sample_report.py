from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core.analysis.sample_report import report_images, report_sample, report_selection
from latent_core.errors import InvalidInputError


@pytest.fixture
def space(four_model, store):
    data = lc.load_dataset("four")
    encodings = lc.encode(four_model, data, store=store)
    errors = lc.reconstruction_errors(four_model, data, encodings, store=store)
    return four_model, data, encodings, errors


def test_a_sample_is_not_its_own_neighbour(space):
    _, _, encodings, _ = space
    for index in (0, 17, 299):
        details = report_sample(*space, index)
        assert index not in details.neighbors
        assert len(details.neighbors) == 8
        away = np.linalg.norm(encodings.mean - encodings.mean[index], axis=1)
        np.testing.assert_allclose(details.distances, np.sort(away)[1:9], rtol=1e-4)


def test_a_known_picture_from_outside_lands_on_itself(space):
    model, data, encodings, errors = space
    details = report_images(model, encodings, errors, data.images(slice(5, 7)))
    assert [d.neighbors[0] for d in details] == [5, 6]
    np.testing.assert_allclose(details[0].decoded, details[0].image, atol=1e-6)


def test_the_sentence_follows_the_share(space):
    model, data, encodings, _ = space
    errors = np.linspace(0.001, 0.1, len(data), dtype=np.float32)
    good = report_sample(model, data, encodings, errors, 0)
    bad = report_sample(model, data, encodings, errors, 299)
    assert good.reconstruction_sentence() == "Reconstructed more closely than 99 % of the pictures."
    assert bad.is_outlier
    assert "unlike" in bad.reconstruction_sentence()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (0.02, "than 80 % of the pictures, and than 50 % of the model's own samples"),
        (0.09, "than 10 % of the pictures; of the model's own samples"),
        (0.5, "unlike what this model paints; of the model's own samples"),
    ],
)
def test_of_a_code_that_was_found_the_sentence_says_what_a_search_can_reach(space, error, words):
    model, data, encodings, _ = space
    errors = np.linspace(0.0, 0.1, 301, dtype=np.float32)[1:]
    image = data.images(slice(3, 4))
    off = np.full_like(image, 0.5)
    code = model.encode(off).mean
    gap = float(np.square(image - off).mean())
    own = np.array([0.01, 0.015, 0.03, 0.04], np.float32) * gap / 0.02
    found = report_images(
        model,
        encodings,
        errors * gap / error,
        image,
        codes=code,
        self_inversion_errors=own * 0.02 / error,
    )[0]
    np.testing.assert_array_equal(found.code, code[0])
    assert found.error == pytest.approx(gap, rel=1e-4)
    assert words in found.reconstruction_sentence()


def test_a_group_is_counted_and_its_middle_decoded(space):
    model, data, encodings, _ = space
    indices = np.arange(40)
    group = report_selection(model, data, encodings, indices)
    assert sum(count for _, count in group.label_counts) == 40
    assert dict(group.label_counts)["bright"] == int(data.labels[:40].sum())
    np.testing.assert_allclose(group.mean_code, encodings.mean[:40].mean(0), atol=1e-6)


def test_of_a_classifier_the_picture_itself_is_all_there_is_to_see():
    model, data = lc.load_model("digits-cnn-64"), lc.load_dataset("digits")
    encodings = lc.encode(model, data)
    details = report_sample(model, data, encodings, None, 3)
    assert details.decoded is None
    assert details.error is None
    assert not details.is_outlier
    assert "no decoder" in details.reconstruction_sentence()
    with pytest.raises(InvalidInputError, match="no decoder"):
        _ = details.reconstruction
    group = report_selection(model, data, encodings, np.arange(50))
    shown = (data.images(slice(0, 10000)) == group.decoded_mean).all(axis=(1, 2, 3))
    assert shown.any(), "a real picture stands for the mean"
