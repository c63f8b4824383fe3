"""The code of an upload in words, and samples around it."""

from __future__ import annotations

import dataclasses
import re

import numpy as np
import pytest

import latent_core as lc
from latent_core import workspace
from latent_core.analysis.knn_probe import ClassVotes
from latent_core.analysis.sample_report import SampleReport, report_images
from ui.views.encode.code_section import sampled_code, size_sentence, vote_sentence


@pytest.fixture(scope="module")
def report() -> SampleReport:
    model, data = lc.load_model("digits-vae-16"), lc.load_dataset("digits")
    encodings = lc.encode(model, data)
    errors = workspace.reconstruction_errors(model, data, encodings)
    return report_images(model, encodings, errors, data.images(slice(1)))[0]


def test_the_samples_have_the_mean_and_deviation_that_the_encoder_gives(
    report: SampleReport,
) -> None:
    codes = np.stack([sampled_code(report, seed) for seed in range(4000)])
    std = np.exp(0.5 * report.log_var)
    assert np.abs((codes.mean(axis=0) - report.code) / std).max() < 0.1
    np.testing.assert_allclose(codes.std(axis=0), std, rtol=0.1)
    np.testing.assert_array_equal(sampled_code(report, 3), codes[3])


def test_a_deterministic_code_has_no_samples_but_itself(report: SampleReport) -> None:
    fixed = dataclasses.replace(report, log_var=None)
    np.testing.assert_array_equal(sampled_code(fixed, 1), report.code)


@pytest.mark.parametrize(
    ("shape", "dims", "numbers"),
    [
        ((1, 28, 28), 16, ("784", "64", "12.2 times smaller")),
        ((3, 64, 64), 32, ("12,288", "128", "96 times smaller")),
        ((1, 8, 8), 64, ("64", "256", "4 times larger")),
    ],
)
def test_bytes_of_image_and_code_are_compared(shape, dims, numbers) -> None:
    sentence = size_sentence(shape, dims)
    assert all(number in sentence for number in numbers)


def test_the_votes_are_said_with_their_count() -> None:
    sentence = vote_sentence(ClassVotes(votes=(("3", 7), ("5", 2), ("8", 1)), count=10))
    assert [int(number) for number in re.findall(r"\d+", sentence)] == [3, 7, 10, 5, 2, 8, 1]
    alone = vote_sentence(ClassVotes(votes=(("3", 10),), count=10))
    assert [int(number) for number in re.findall(r"\d+", alone)] == [3, 10, 10]
