"""Analogies against brute force, and on the shipped word embeddings."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics.pairwise import cosine_similarity

import latent_core as lc
from latent_core.analysis.analogies import (
    analogy_accuracy,
    find_name,
    nearest_by_cosine,
    parse_expression,
    solve_analogy,
    unit_vectors,
)
from latent_core.errors import InvalidInputError

NAMES = ("king", "man", "woman", "queen", "e")


def codes(count: int = 200) -> np.ndarray:
    return np.random.default_rng(3).normal(size=(count, 7)).astype(np.float32) * 5


def test_analogy_equals_brute_force_over_single_cosines():
    """Equation 1 of Levy & Goldberg: the sum of cosines ranks as the cosine of the sum does."""
    table, terms = codes(), [(1, 4), (-1, 9), (1, 20)]
    cosine = cosine_similarity(table.astype(np.float64))
    scores = {x: cosine[x, 4] - cosine[x, 9] + cosine[x, 20] for x in range(len(table))}
    ranked = sorted(scores, key=lambda x: -scores[x])
    answer = solve_analogy(unit_vectors(table), terms, 12)
    assert answer.including_inputs.index.tolist() == ranked[:12]
    assert answer.excluding_inputs.index.tolist() == [x for x in ranked if x not in (4, 9, 20)][:12]


def test_cosine_similarities_equal_scikit_learn():
    table = codes()
    near = nearest_by_cosine(unit_vectors(table), table[0], 10)
    assert near.index[0] == 0
    wanted = cosine_similarity(table[:1], table[near.index])[0]
    np.testing.assert_allclose(near.cosine, wanted, atol=1e-6)
    assert (np.diff(near.cosine) <= 0).all()


def test_excluded_samples_are_not_returned():
    near = nearest_by_cosine(unit_vectors(codes()), codes()[0], 5, exclude=[0, 1, 2])
    assert len(near.index) == 5
    assert not set(near.index.tolist()) & {0, 1, 2}


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("king - man + woman", ((1, 0), (-1, 1), (1, 2))),
        ("King−man+ woman", ((1, 0), (-1, 1), (1, 2))),
        ("  - man + king ", ((-1, 1), (1, 0))),
        ("king", ((1, 0),)),
        ("king – man", ((1, 0), (-1, 1))),
    ],
)
def test_expressions_are_parsed(text, terms):
    assert parse_expression(text, NAMES) == terms


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The expression is empty; write names with"),
        ("   ", "The expression is empty"),
        ("king -", "a word is missing before or after a sign"),
        ("king - + man", "a word is missing before or after a sign"),
        ("-", "a word is missing before or after a sign"),
        ("king + qeen", "no word 'qeen' among these 5; did you mean 'queen'?"),
        ("zzzz", "try another name"),
        ("king + " * 9 + "man", "at most 8"),
        ("<b>", "There is no word '<b>'"),
    ],
)
def test_invalid_expressions_raise_with_a_remedy(text, message):
    with pytest.raises(InvalidInputError) as caught:
        parse_expression(text, NAMES)
    assert message in str(caught.value)


def test_expressions_that_cancel_out_are_rejected():
    with pytest.raises(InvalidInputError, match="cancels out"):
        solve_analogy(unit_vectors(codes()), [(1, 3), (-1, 3)])


def test_zero_codes_give_finite_results():
    table = codes(5)
    table[2] = 0
    assert np.isfinite(unit_vectors(table)).all()
    assert np.isfinite(nearest_by_cosine(unit_vectors(table), table[2], 3).cosine).all()


def test_accuracy_is_the_fraction_of_correct_answers():
    table = np.array([[1, 0, 0], [1, 1, 0], [0, 0, 1], [0, 1, 1], [-9, -9, -9]], np.float32)
    found = analogy_accuracy(table, {"up": [(0, 1), (2, 3)]})
    assert found["n_analogies"] == 2
    assert found["analogy_accuracy"] == 1
    assert analogy_accuracy(table, {"no": [(0, 4), (2, 3)]})["analogy_accuracy"] < 1


@pytest.fixture(scope="module")
def words():
    data = lc.load_dataset("words")
    return data.precomputed.names, unit_vectors(data.precomputed.read())


@pytest.mark.parametrize(
    ("text", "best"), [("king - man + woman", "queen"), ("paris - france + italy", "rome")]
)
def test_standard_examples_are_correct_with_inputs_excluded(words, text, best):
    names, unit = words
    answer = solve_analogy(unit, parse_expression(text, names))
    assert names[answer.excluding_inputs.index[0]] == best
    assert best not in text


def test_standard_example_is_wrong_with_inputs_included(words):
    names, unit = words
    answer = solve_analogy(unit, parse_expression("king - man + woman", names))
    assert names[answer.including_inputs.index[0]] == "king"


def test_metrics_on_the_card_equal_the_measured_ones(words):
    names, unit = words
    relations = lc.load_dataset("words").card["relations"]
    pairs = {
        kind: [(find_name(names, a), find_name(names, b)) for a, b in named]
        for kind, named in relations.items()
    }
    shown = lc.load_card("words-glove-50").metrics
    for name, value in analogy_accuracy(unit, pairs).items():
        assert shown[name] == pytest.approx(value, abs=2e-3)
    assert shown["analogy_accuracy"] > 2 * shown["analogy_accuracy_baseline"]
