from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core.analysis.sample_report import report_images, report_sample, report_selection
from latent_core.errors import InvalidInputError


@pytest.fixture
def inputs(four_model, store):
    data = lc.load_dataset("four")
    encodings = lc.encode(four_model, data, store=store)
    errors = lc.reconstruction_errors(four_model, data, encodings, store=store)
    return four_model, data, encodings, errors


def test_sample_is_not_its_own_neighbor(inputs):
    _, _, encodings, _ = inputs
    for index in (0, 17, 299):
        report = report_sample(*inputs, index)
        assert index not in report.neighbors
        assert len(report.neighbors) == 8
        distance = np.linalg.norm(encodings.mean - encodings.mean[index], axis=1)
        np.testing.assert_allclose(report.distances, np.sort(distance)[1:9], rtol=1e-4)


def test_uploaded_copy_of_a_sample_has_it_as_nearest_neighbor(inputs):
    model, data, encodings, errors = inputs
    reports = report_images(model, encodings, errors, data.images(slice(5, 7)))
    assert [report.neighbors[0] for report in reports] == [5, 6]
    np.testing.assert_allclose(reports[0].decoded, reports[0].image, atol=1e-6)


def test_reconstruction_sentence_states_the_percentile(inputs):
    model, data, encodings, _ = inputs
    errors = np.linspace(0.001, 0.1, len(data), dtype=np.float32)
    good = report_sample(model, data, encodings, errors, 0)
    bad = report_sample(model, data, encodings, errors, 299)
    usual = report_sample(model, data, encodings, errors, 150)
    assert "error 0.001, higher than that of 0 % of the images" in good.reconstruction_sentence()
    assert "error 0.051, higher than that of 50 % of the images" in usual.reconstruction_sentence()
    assert bad.is_outlier
    assert "unlike" in bad.reconstruction_sentence()


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (0.02, "than 80 % of the images, and than 50 % of the model's own samples"),
        (0.09, "than 10 % of the images; of the model's own samples"),
        (0.5, "unlike what this model generates; of the model's own samples"),
    ],
)
def test_reconstruction_sentence_of_an_inverted_code_states_both_percentiles(
    inputs, error, message
):
    model, data, encodings, _ = inputs
    errors = np.linspace(0.0, 0.1, 301, dtype=np.float32)[1:]
    image = data.images(slice(3, 4))
    gray = np.full_like(image, 0.5)
    code = model.encode(gray).mean
    mse = float(np.square(image - gray).mean())
    own = np.array([0.01, 0.015, 0.03, 0.04], np.float32) * mse / 0.02
    found = report_images(
        model,
        encodings,
        errors * mse / error,
        image,
        codes=code,
        self_inversion_errors=own * 0.02 / error,
    )[0]
    np.testing.assert_array_equal(found.code, code[0])
    assert found.error == pytest.approx(mse, rel=1e-4)
    assert message in found.reconstruction_sentence()


def test_selection_report_counts_labels_and_decodes_the_mean(inputs):
    model, data, encodings, _ = inputs
    indices = np.arange(40)
    selection = report_selection(model, data, encodings, indices)
    assert sum(count for _, count in selection.label_counts) == 40
    assert dict(selection.label_counts)["bright"] == int(data.labels[:40].sum())
    np.testing.assert_allclose(selection.mean_code, encodings.mean[:40].mean(0), atol=1e-6)


def test_report_for_a_model_without_a_decoder():
    model, data = lc.load_model("digits-cnn-64"), lc.load_dataset("digits")
    encodings = lc.encode(model, data)
    report = report_sample(model, data, encodings, None, 3)
    assert report.decoded is None
    assert report.error is None
    assert not report.is_outlier
    assert "no decoder" in report.reconstruction_sentence()
    with pytest.raises(InvalidInputError, match="no decoder"):
        _ = report.reconstruction
    selection = report_selection(model, data, encodings, np.arange(50))
    shown = (data.images(slice(0, 10000)) == selection.decoded_mean).all(axis=(1, 2, 3))
    assert shown.any(), "a real image is shown for the mean"
