"""The checks of the lesson on uses, and its figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import latent_core as lc
from latent_core.metrics import per_image_mse
from latent_core.uses.classification import LINEAR, AccuracyCurve
from latent_core.uses.compression import BITS_8, RateCurve
from latent_core.uses.denoising import CODE, CORRUPTED, MEDIAN, Restoration
from latent_core.uses.outliers import foreign_images
from ui.spaces import compute_space
from ui.views.learn.lesson import NOTHING_YET
from ui.views.learn.lessons import what_codes_are_good_for as lesson
from ui.views.learn.prediction import Answer
from ui.views.learn.uses import measured
from ui.views.learn.uses.scenes import BytesState, LabelsState, NoiseState, OddState


def curve(representation: str, accuracy: list[float]) -> AccuracyCurve:
    return AccuracyCurve(
        representation=representation,
        probe=LINEAR,
        n_per_class=np.array([1, 10, 100]),
        accuracy=np.array(accuracy, np.float32),
        std=np.zeros(3, np.float32),
        n_draws=5,
        n_test=2000,
        majority=0.11,
    )


def test_labels_are_given_until_the_code_is_good_enough():
    curves = (curve("code", [0.5, 0.92, 0.95]), curve("pixels", [0.4, 0.7, 0.8]))
    start = LabelsState(answer=Answer(), n=1, moved=False, curves=curves)
    assert lesson.check_labels(start) == NOTHING_YET
    assert "Predict first" in lesson.check_labels(replace(start, moved=True)).sentence
    guessed = replace(start, answer=Answer("few", "few"))
    assert "50.0%" in lesson.check_labels(guessed).sentence
    assert "Answer again" in lesson.check_labels(replace(guessed, n=10)).sentence
    assert lesson.check_labels(replace(guessed, n=100, answer=Answer("some", "few"))).done
    why = lesson.why_labels(start)
    assert all(part in why for part in ("code 10", "pixels more than all 100", "2,000", "11.0%"))


@pytest.fixture(scope="module")
def odd() -> measured.OddOne:
    space = compute_space(measured.MODEL, measured.DATA, lambda _share, _words: None)
    foreign = lc.load_dataset(measured.FOREIGN)
    found = measured.odd_one(space)
    image = found.images[found.place : found.place + 1]
    error = per_image_mse(image, space.model.decode(space.model.encode(image).mean))[0]
    assert found.error == pytest.approx(error, rel=1e-3)
    assert any(np.array_equal(image[0], one) for one in foreign_images(foreign))
    assert found.rank == 1 + (space.errors > error).sum()
    return found


def test_the_odd_one_is_hidden_among_digits_and_found(odd):
    assert len(odd.images) == measured.N_GRID
    assert odd.rank < 0.01 * odd.n_digits
    assert odd.error > odd.median
    start = OddState(clicked=None, odd=odd)
    assert lesson.check_odd(start) == NOTHING_YET
    assert lesson.check_odd(replace(start, clicked=odd.place)).done
    wrong = lesson.check_odd(replace(start, clicked=(odd.place + 1) % measured.N_GRID))
    assert not wrong.done
    assert "digit" in wrong.sentence
    assert f"rank {odd.rank:,}" in lesson.why_odd(start)


def restoration(method: str, psnr: float) -> Restoration:
    values = np.full(4, psnr, np.float32)
    return Restoration(method=method, setting=0.0, rows=np.arange(4), psnr=values, ssim=values)


def test_the_better_restorer_is_the_answer():
    found = (restoration(CODE, 17.0), restoration(MEDIAN, 19.0))
    assert measured.better_restorer(found) == MEDIAN
    state = NoiseState(
        answer=Answer(),
        noise="0.2",
        better=MEDIAN,
        psnr={CORRUPTED: 16.0, CODE: 17.0, MEDIAN: 19.0},
        ssim={CODE: 0.83, MEDIAN: 0.47},
        n_images=256,
    )
    assert lesson.check_noise(state) == NOTHING_YET
    wrong = lesson.check_noise(replace(state, answer=Answer(CODE, CODE)))
    assert "19.00" in wrong.sentence
    assert lesson.check_noise(replace(state, answer=Answer(MEDIAN, CODE))).done
    assert "0.83" in lesson.why_noise(state)


def rate(source: str, storage: str, n_bytes: list[float], psnr: list[float]) -> RateCurve:
    tables = [np.repeat(np.array(one, np.float32)[:, None], 3, axis=1) for one in (n_bytes, psnr)]
    return RateCurve(
        source=source,
        storage=storage,
        settings=np.arange(len(psnr), dtype=np.float32),
        rows=np.arange(3),
        n_bytes=tables[0],
        n_header_bytes=np.full(len(psnr), 160, np.float32),
        psnr=tables[1],
        ssim=tables[1],
    )


def test_the_smallest_jpeg_that_is_as_good_is_compared():
    code = rate(CODE, BITS_8, [16], [24])
    jpeg = rate("JPEG", "", [200, 250, 300], [20, 25, 30])
    sizes = measured.compare_bytes((code, jpeg))
    assert sizes is not None
    assert (sizes.code, sizes.jpeg, sizes.jpeg_psnr) == (16, 250, 25)
    assert measured.compare_bytes((code, rate("JPEG", "", [200], [20]))) is None
    start = BytesState(answer=Answer(), sizes=sizes, decoder=1_600_000)
    assert lesson.check_bytes(start) == NOTHING_YET
    low = lesson.check_bytes(replace(start, answer=Answer("less", "less")))
    assert "more" in low.sentence
    assert lesson.check_bytes(replace(start, answer=Answer("most", "less"))).done
    near = replace(start, sizes=replace(sizes, jpeg=80), answer=Answer("most", "most"))
    assert "less" in lesson.check_bytes(near).sentence
    assert "1.6 MB" in lesson.why_bytes(start)
