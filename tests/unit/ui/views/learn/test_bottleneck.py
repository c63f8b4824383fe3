"""The checks of the lesson on the bottleneck, and its PCA against scikit-learn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.decomposition import PCA

import latent_core as lc
from latent_core.io.png import encode_png
from ui.spaces import Space, compute_space
from ui.views.learn.bottleneck import drawn, two_numbers, width
from ui.views.learn.bottleneck.digit_drawing import (
    Encoded,
    dataset_image,
    encoded,
    first_of_classes,
    image_of_drawing,
)
from ui.views.learn.bottleneck.pca_widths import DATASET, WIDTHS, fit_pca_widths
from ui.views.learn.bottleneck.spaces import NETWORKS
from ui.views.learn.lesson import NOTHING_YET

FOUR = 4


@pytest.fixture(scope="module")
def spaces(tmp_path_factory) -> dict[int, Space]:
    """The digits under both networks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LATENT_CACHE", str(tmp_path_factory.mktemp("cache")))
        return {n: compute_space(model, DATASET, lambda *_: None) for n, model in NETWORKS.items()}


def of_sample(space: Space, data: str, number: int) -> Encoded:
    return encoded(space, dataset_image(data, first_of_classes(data)[number]))


# ── PCA ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("n", WIDTHS)
def test_errors_are_those_of_scikit_learn_on_images_it_was_not_fitted_to(n):
    images = lc.load_dataset(DATASET).images(slice(None)).reshape(10_000, -1)
    pca = PCA(n_components=n, svd_solver="covariance_eigh").fit(images[::2])
    decoded = np.clip(pca.inverse_transform(pca.transform(images[1::2])), 0, 1)
    ours = fit_pca_widths()
    expected = np.mean((decoded - images[1::2]) ** 2, axis=1)
    np.testing.assert_allclose(ours.test_errors[n], expected, atol=1e-4)
    assert ours.mean_image_error == pytest.approx(
        np.mean((images[1::2] - pca.mean_) ** 2), rel=1e-4
    )
    image = images[1].reshape(1, 28, 28)
    assert ours.image_error(image, n) == pytest.approx(expected[0], abs=1e-4)
    np.testing.assert_allclose(ours.reconstruction(image, n).ravel(), decoded[0], atol=5e-3)


def test_the_figures_of_the_networks_are_those_of_their_cards(spaces):
    for n, space in spaces.items():
        mse = lc.load_card(NETWORKS[n]).metrics["mse"]
        assert float(space.errors[1::2].mean()) == pytest.approx(mse, abs=2e-6)


# ── drawing ─────────────────────────────────────────────────────────────────────────────────


def test_an_empty_pad_is_nothing_yet():
    state = drawn.DrawnState(drawn=None)
    assert drawn.check_digit(state) == NOTHING_YET
    assert drawn.check_unlike(state) == NOTHING_YET


def test_a_digit_passes_where_a_digit_is_asked_for_only(spaces):
    state = drawn.DrawnState(drawn=of_sample(spaces[16], DATASET, FOUR))
    feedback = drawn.check_digit(state)
    assert feedback.done
    assert f"{state.drawn.error:.3f}" in feedback.sentence
    assert not drawn.check_unlike(state).done
    assert str(drawn.UNLIKE_PERCENT) in drawn.check_unlike(state).sentence


def test_clothing_passes_where_something_else_is_asked_for_only(spaces):
    for number in range(10):
        state = drawn.DrawnState(drawn=of_sample(spaces[16], "fashion", number))
        below = np.mean(spaces[16].errors <= state.drawn.error)
        assert state.drawn.percent_below == int(100 * below + 1e-9)
        assert drawn.check_unlike(state).done == (state.drawn.percent_below >= 95)
        assert drawn.check_unlike(state).done != drawn.check_digit(state).done
        assert f"{state.drawn.percent_below} %" in drawn.check_unlike(state).sentence


def test_a_blank_picture_is_called_blank(spaces):
    png = encode_png(np.zeros((280, 280), np.uint8))
    state = drawn.DrawnState(drawn=encoded(spaces[16], image_of_drawing(spaces[16], png)))
    for check in (drawn.check_digit, drawn.check_unlike):
        assert not check(state).done
        assert "blank" in check(state).sentence


def test_what_is_no_picture_counts_as_no_drawing(spaces):
    assert image_of_drawing(spaces[16], b"no picture") is None
    assert image_of_drawing(spaces[16], None) is None


def test_the_reasons_of_the_drawings_are_computed(spaces):
    state = drawn.DrawnState(drawn=of_sample(spaces[16], DATASET, FOUR))
    assert "784 numbers go in, and only 16" in drawn.why_sixteen(state)
    assert "1 for 49" in drawn.why_sixteen(state)
    name, count = state.drawn.votes
    nearest = np.linalg.norm(spaces[16].encodings.mean - state.drawn.report.code, axis=1)
    found = [spaces[16].data.label(int(i)) for i in nearest.argsort()[1:11]]
    assert found.count(name) == count
    assert f"{count} are of a {name}" in drawn.why_unlike(state)


# ── two numbers ─────────────────────────────────────────────────────────────────────────────


def test_a_prediction_is_compared_with_what_comes_back(spaces):
    four = {n: of_sample(space, DATASET, FOUR) for n, space in spaces.items()}
    shows = tuple(two_numbers.shown_class(spaces[16], four[n]) for n in (2, 16))
    state = two_numbers.PredictionState(prediction=None, narrow=four[2], wide=four[16], shows=shows)
    assert two_numbers.check_predicted(state) == NOTHING_YET
    for prediction, words in two_numbers.PREDICTIONS.items():
        feedback = two_numbers.check_predicted(replace(state, prediction=prediction))
        assert feedback.done
        assert words in feedback.sentence
        assert ("As you predicted" in feedback.sentence) == (prediction == state.outcome)
    why = two_numbers.why_two(state)
    assert f"{four[2].error:.3f} with two" in why
    assert f"{four[16].error:.3f} with 16" in why


def test_the_outcome_follows_from_classes_and_errors(spaces):
    one = of_sample(spaces[16], DATASET, FOUR)
    worse = replace(one, report=replace(one.report, error=3 * one.error))
    for narrow, shows, outcome in (
        (one, "4", "same"),
        (worse, "4", "blurred"),
        (one, "9", "other"),
    ):
        state = two_numbers.PredictionState(
            prediction=None, narrow=narrow, wide=one, shows=(shows, "4")
        )
        assert state.outcome == outcome
        assert ("a 4 and a 9" in two_numbers.why_two(state)) == (outcome == "other")


def test_a_reconstruction_is_classified_by_what_it_shows_not_by_its_code(spaces):
    # the two numbers of this 4 lie among those of 4s, but are decoded as a 9
    narrow, wide = (of_sample(spaces[n], DATASET, FOUR) for n in (2, 16))
    assert narrow.votes[0] == "4"
    assert two_numbers.shown_class(spaces[16], narrow) == "9"
    assert two_numbers.shown_class(spaces[16], wide) == "4"


# ── width ───────────────────────────────────────────────────────────────────────────────────

ERRORS = {2: 0.06, 4: 0.05, 8: 0.02, 16: 0.01, 32: 0.005}
CHOSEN = width.WidthState(width=None, errors=ERRORS, goal=0.03)


def test_the_narrowest_width_that_is_enough_passes():
    assert width.check_width(CHOSEN) == NOTHING_YET
    feedback = width.check_width(replace(CHOSEN, width=8))
    assert feedback.done
    assert "0.020" in feedback.sentence
    too_narrow = width.check_width(replace(CHOSEN, width=4))
    assert not too_narrow.done
    assert "0.050" in too_narrow.sentence
    too_wide = width.check_width(replace(CHOSEN, width=32))
    assert not too_wide.done
    assert "narrower" in too_wide.sentence
    unreachable = width.check_width(replace(CHOSEN, width=32, goal=0.001))
    assert not unreachable.done
    assert "0.001" in unreachable.sentence


def test_the_goal_can_be_reached_with_most_digits_and_not_at_once():
    pca = fit_pca_widths()
    narrow, wide = pca.test_errors[2], pca.test_errors[32]
    assert np.mean(wide < width.GOAL_FRACTION * narrow) > 0.95
    own = [dataset_image(DATASET, i).image for i in first_of_classes(DATASET)]
    for image in own:
        assert pca.image_error(image, 32) < width.GOAL_FRACTION * pca.image_error(image, 2)


def test_the_figures_of_the_texts_on_width_are_computed():
    pca = fit_pca_widths()
    for n in (2, 32):
        assert f"{pca.test_errors[n].mean():.3f} with {n}" in width.width_text()
    assert "5,000 test images" in width.width_text()
    assert "from 0.060 to 0.005" in width.why_width(CHOSEN)


def curve(spaces: dict[int, Space], chosen: int | None) -> width.CurveState:
    pca = fit_pca_widths()
    return width.CurveState(
        width=chosen,
        pca={n: pca.mean_error(n) for n in WIDTHS},
        networks={n: float(space.errors[1::2].mean()) for n, space in spaces.items()},
        mean_image_error=pca.mean_image_error,
        n_test=pca.n_test,
        n_fitted=pca.n_fitted,
    )


def test_the_width_is_read_from_the_curve(spaces):
    state = curve(spaces, None)
    assert width.check_needed(state) == NOTHING_YET
    needed = next(n for n in WIDTHS if state.pca[n] < state.networks[2])
    for n in WIDTHS:
        feedback = width.check_needed(replace(state, width=n))
        assert feedback.done == (n == needed)
        assert f"{state.pca[n]:.3f}" in feedback.sentence
    assert f"{state.pca[16] / state.networks[16]:.1f} times" in width.why_curve(state)
    assert f"{state.mean_image_error:.3f}" in width.why_curve(state)
    assert "5,000 test images" in width.why_curve(state)


def test_no_image_that_errors_are_of_was_used_to_fit_pca():
    data = lc.load_dataset(DATASET)
    assert fit_pca_widths().n_fitted + fit_pca_widths().n_test == len(data)
    assert all(index % 2 for index in first_of_classes(DATASET))
