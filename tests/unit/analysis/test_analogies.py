"""Sums of named codes: against brute force, and on the words that ship."""

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


def test_a_sum_agrees_with_brute_force_over_single_cosines():
    """Equation 1 of Levy & Goldberg: the sum of cosines ranks as the cosine of the sum does."""
    table, terms = codes(), [(1, 4), (-1, 9), (1, 20)]
    cosine = cosine_similarity(table.astype(np.float64))
    scores = {x: cosine[x, 4] - cosine[x, 9] + cosine[x, 20] for x in range(len(table))}
    ranked = sorted(scores, key=lambda x: -scores[x])
    answer = solve_analogy(unit_vectors(table), terms, 12)
    assert answer.including_inputs.index.tolist() == ranked[:12]
    assert answer.excluding_inputs.index.tolist() == [x for x in ranked if x not in (4, 9, 20)][:12]


def test_cosines_are_those_of_scikit_learn():
    table = codes()
    near = nearest_by_cosine(unit_vectors(table), table[0], 10)
    assert near.index[0] == 0
    wanted = cosine_similarity(table[:1], table[near.index])[0]
    np.testing.assert_allclose(near.cosine, wanted, atol=1e-6)
    assert (np.diff(near.cosine) <= 0).all()


def test_nothing_that_is_left_out_comes_back():
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
def test_sums_are_read(text, terms):
    assert parse_expression(text, NAMES) == terms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The sum is empty; write names with"),
        ("   ", "The sum is empty"),
        ("king -", "a word is missing beside a sign"),
        ("king - + man", "a word is missing beside a sign"),
        ("-", "a word is missing beside a sign"),
        ("king + qeen", "no word 'qeen' among these 5; near it are 'queen'"),
        ("zzzz", "no spelling is near it"),
        ("king + " * 9 + "man", "at most 8"),
        ("<b>", "There is no word '<b>'"),
    ],
)
def test_a_sum_that_cannot_be_read_is_one_sentence(text, words):
    with pytest.raises(InvalidInputError) as caught:
        parse_expression(text, NAMES)
    assert words in str(caught.value)


def test_a_sum_that_cancels_out_is_refused():
    with pytest.raises(InvalidInputError, match="cancels out"):
        solve_analogy(unit_vectors(codes()), [(1, 3), (-1, 3)])


def test_zeros_have_no_direction_and_do_no_harm():
    table = codes(5)
    table[2] = 0
    assert np.isfinite(unit_vectors(table)).all()
    assert np.isfinite(nearest_by_cosine(unit_vectors(table), table[2], 3).cosine).all()


def test_accuracy_counts_what_is_right():
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
def test_the_famous_examples_hold_once_their_own_words_are_left_out(words, text, best):
    names, unit = words
    answer = solve_analogy(unit, parse_expression(text, names))
    assert names[answer.excluding_inputs.index[0]] == best
    assert best not in text


def test_the_famous_example_fails_when_its_own_words_are_left_in(words):
    names, unit = words
    answer = solve_analogy(unit, parse_expression("king - man + woman", names))
    assert names[answer.including_inputs.index[0]] == "king"


def test_the_figures_on_the_card_are_what_is_measured(words):
    names, unit = words
    relations = lc.load_dataset("words").card["relations"]
    pairs = {
        kind: [(find_name(names, a), find_name(names, b)) for a, b in told]
        for kind, told in relations.items()
    }
    shown = lc.load_card("words-glove-50").metrics
    for name, value in analogy_accuracy(unit, pairs).items():
        assert shown[name] == pytest.approx(value, abs=2e-3)
    assert shown["analogy_accuracy"] > 2 * shown["analogy_accuracy_baseline"]
