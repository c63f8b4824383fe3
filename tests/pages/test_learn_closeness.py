"""The lesson on nearness: its steps follow what is clicked, picked and moved."""

from __future__ import annotations

from tests.pages.test_learn import feedback, opened
from tests.pages.test_learn_chairs import seen, send

LESSON = "similar-lie-close"
__all__ = ["seen"]


def test_a_guess_is_marked_beside_the_code(app, seen):
    opened(app, lesson=LESSON)
    assert seen["map/index.js"]["marks"] == []
    assert 'data-kind="nothing"' in feedback(app)
    assert 'data-kind="done"' in send(app, seen, "map/index.js", placed={"at": [1.5, -2.0]})
    app.run()
    marks = {mark["label"]: mark["at"] for mark in seen["map/index.js"]["marks"]}
    assert marks["your guess"] == [1.5, -2.0]
    assert "the code" in marks
    assert 'data-kind="done"' in send(app, seen, "map/index.js", picked={"id": 5})


def test_a_digit_with_better_neighbors_in_the_code_is_found(app, seen):
    opened(app, lesson=LESSON, step="2")
    offered = [example["id"] for example in seen["panels/examples.js"]["examples"]]
    kinds = [send(app, seen, "panels/examples.js", picked={"id": index}) for index in offered]
    assert any('data-kind="done"' in text for text in kinds)
    assert any('data-kind="missing"' in text for text in kinds)


def test_the_point_is_moved_between_the_distances(app, seen):
    opened(app, lesson=LESSON, step="3")
    assert seen["learn/point_plane.js"]["shows_cosine"]
    text = send(app, seen, "learn/point_plane.js", moved={"index": 2, "at": [0.9, 0.9]})
    assert 'data-kind="missing"' in text
    text = send(app, seen, "learn/point_plane.js", moved={"index": 2, "at": [0.3, 0.15]})
    assert 'data-kind="done"' in text
