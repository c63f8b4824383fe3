"""Default endpoints, endpoints of another model, and the paths between endpoints."""

from __future__ import annotations

from pathlib import Path as File

import numpy as np
import pytest

import latent_core as lc
from latent_core.analysis.support import support_of_encodings
from latent_core.interpolation import LatentPath, linear_path, spherical_path
from tests.conftest import add_dataset
from ui.morphing.default_endpoints import default_samples
from ui.morphing.paths import norm_sentence, paths_between
from ui.sample_sources import convert_item, item_from_code, item_from_sample
from ui.spaces import Space, compute_space


@pytest.fixture
def space(four: File) -> Space:
    return compute_space("four", "four", lambda _share, _words: None)


@pytest.fixture
def path(space: Space) -> LatentPath:
    return linear_path(space.encodings.mean[0], space.encodings.mean[1])


# pictures to begin with, and those of other models


def test_one_begins_with_pictures_of_different_classes_the_same_every_time() -> None:
    space = compute_space("digits-vae-16", "digits", lambda _share, _words: None)
    found = default_samples(space)
    labels = lc.load_dataset("digits").labels
    assert labels is not None
    assert sorted(labels[found].tolist()) == list(range(10))
    assert default_samples(space) == found
    codes = space.encodings.mean
    support = support_of_encodings(space.encodings)
    halfway = support.distance(((codes[found[0]] + codes[found[1]]) / 2)[None])[0]
    others = [(codes[a] + codes[b]) / 2 for a in found for b in found if a < b]
    assert halfway == support.distance(np.stack(others)).max()


def test_a_data_set_without_classes_has_beginnings_too(space: Space) -> None:
    from dataclasses import replace

    bare = replace(space, data=replace(space.data, labels=None, fingerprint="bare"))
    found = default_samples(bare)
    assert len(set(found)) == len(found) >= 4


def test_pictures_are_taken_over_by_how_they_look(space: Space, four: File) -> None:
    from dataclasses import replace

    pick = item_from_sample(space, 3)
    assert convert_item(space, pick) is pick
    foreign = replace(pick, model_id="another", code=np.zeros(9, np.float32))
    adopted = convert_item(space, foreign)
    assert adopted is not None
    np.testing.assert_array_equal(adopted.code, space.encodings.mean[3])
    other = replace(pick, sample=4)
    kept = convert_item(space, other)
    assert kept is not None
    assert kept.sample is None
    np.testing.assert_array_equal(kept.code, pick.code)
    assert convert_item(space, replace(other, model_id="another")) is None
    drawn = item_from_code(space, space.encodings.mean[5], "a code")
    assert convert_item(space, drawn) == drawn
    assert convert_item(space, replace(drawn, model_id="another")) is None
    add_dataset(four / "data" / "few", count=3)
    few = compute_space("four", "few", lambda _share, _words: None)
    assert convert_item(few, item_from_sample(space, 200)) is not None


def test_both_paths_are_there_before_the_graph(space: Space) -> None:
    a, b = space.encodings.mean[:2]
    assert [path.kind for path in paths_between(a, b, None)] == ["linear", "spherical"]
    np.testing.assert_array_equal(paths_between(a, b, None)[1].codes, spherical_path(a, b).codes)


def test_whether_the_sphere_matters_is_measured() -> None:
    space = compute_space("digits-vae-16", "digits", lambda _share, _words: None)
    a = space.encodings.mean[0]
    norm = float(np.linalg.norm(a))
    crossing = norm_sentence(space, a, -a)
    assert "nearer to the origin than 95 % of the codes" in crossing
    assert "halfway on the linear path is 0.0" in crossing
    assert f"on the spherical path ‖z‖ is {norm:.1f}" in crossing
    assert "as near to the origin too" not in crossing
    assert "as near to the origin too" in norm_sentence(space, a / 9, -a / 9)
    assert "differ little" in norm_sentence(space, a, a)
    plain = compute_space("digits-ae-16", "digits", lambda _share, _words: None)
    assert "no Gaussian prior" in norm_sentence(plain, a, a)
