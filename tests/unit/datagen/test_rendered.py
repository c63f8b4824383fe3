"""The rendered data sets: what ships is what the factors give, and factors are what they say."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import latent_core as lc
from datagen import RENDERER, dsprites
from datagen.__main__ import main
from datagen.chunks import make_parts
from datagen.faces import mesh
from datagen.faces.factors import ADULT_YEARS, FACE_FACTORS
from datagen.faces.render import draw_face
from datagen.furniture.model import CHAIR, DESK, KINDS
from datagen.registry import SUBJECTS, row
from datagen.rendering.tone_mapping import backdrop, develop
from latent_core.datasets import read_parts
from latent_core.errors import BadInput

SHIPPED = ("faces", "furniture")
SMALLEST_PSNR_DB = 32  # of a picture that went through the sheet's AVIF, before and after
PERSON = dict.fromkeys(FACE_FACTORS, 0.0) | {
    "age": 32.0,
    "sex": 0.9,
    "caucasian": 0.4,
    "african": 0.3,
    "asian": 0.3,
    "skin_tone": 0.3,
    "hair_length": 0.35,
    "hair_volume": 0.4,
    "hair_lightness": 0.6,
    "light_azimuth": 30.0,
    "light_elevation": 30.0,
    "brow_thickness": 0.5,
    "ground_lightness": 0.8,
    "shirt_lightness": 0.5,
}
NEEDS = {
    "glasses_shape": {"glasses": 1.0},
    "glasses_tone": {"glasses": 1.0},
    "hair_parting": {"hair_length": 0.7},
    "hair_sweep": {"hair_length": 0.6},
}


def psnr_db(one: np.ndarray, other: np.ndarray) -> float:
    error = ((one.astype(float) - other.astype(float)) ** 2).mean()
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("index", [0, 1234, 4321, 7999])
def test_what_ships_is_what_its_factors_give(name, index):
    data = lc.load_dataset(name)
    again = SUBJECTS[name].draw(row(dict(data.factors), index))
    assert psnr_db(again, data.images[index]) > SMALLEST_PSNR_DB


@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_is_what_its_command_draws(name):
    data = lc.load_dataset(name)
    words = data.card["made_with"].split()
    count, seed = (int(words[words.index(flag) + 1]) for flag in ("--count", "--seed"))
    drawn = SUBJECTS[name].draw_factors(count, seed)
    assert len(data) == count >= 8000
    assert data.card["renderer"] == RENDERER
    for factor, values in drawn.items():
        np.testing.assert_array_equal(data.factors[factor], values)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_set_is_small_and_its_card_tells_its_factors(name):
    data = lc.load_dataset(name)
    folder = Path(lc.cards.data_dir()) / name
    assert sum(path.stat().st_size for path in folder.iterdir()) < 14_000_000
    assert (folder / "contact.png").stat().st_size < 300_000
    for factor, told in data.card["factors"].items():
        low, high = told["range"]
        assert low <= data.factors[factor].min() < data.factors[factor].max() <= high
        assert told["means"]
        assert set(told.get("tied_to", ())) <= set(data.factors)


@pytest.mark.parametrize("name", SHIPPED)
def test_factors_that_are_not_tied_are_nearly_uncorrelated(name):
    factors = SUBJECTS[name].about.factors
    drawn = SUBJECTS[name].draw_factors(20_000, 3)
    names = list(factors)
    related = np.corrcoef(np.stack([drawn[n] for n in names]))
    causes = {n: {n, *factors[n].tied_to} for n in names}
    for i, one in enumerate(names):
        for j, other in enumerate(names[:i]):
            if not causes[one] & causes[other]:
                assert abs(related[i, j]) < 0.04, (one, other, related[i, j])


def test_a_child_and_a_woman_have_no_beard_and_the_young_no_grey_hair():
    drawn = SUBJECTS["faces"].draw_factors(5000, 1)
    beardless = (drawn["age"] < ADULT_YEARS) | (drawn["sex"] < 0.5)
    for name in ("beard", "moustache", "baldness"):
        assert drawn[name][beardless].max() == 0
        assert drawn[name].max() > 0.9
    assert drawn["greyness"][drawn["age"] < 40].max() == 0
    assert drawn["greyness"][drawn["age"] > 70].mean() > 0.4
    shares = drawn["african"] + drawn["asian"] + drawn["caucasian"]
    np.testing.assert_allclose(shares, 1, atol=0.002)


def test_only_chairs_have_backs_and_only_desks_have_drawers():
    drawn = SUBJECTS["furniture"].draw_factors(5000, 1)
    assert (np.bincount(drawn["kind"].astype(int)) > 1000).all()
    assert ((drawn["back_height"] > 0) == (drawn["kind"] == CHAIR)).all()
    assert set(drawn["drawers"][drawn["kind"] == DESK]) == {0, 1, 2, 3, 4}
    assert drawn["drawers"][drawn["kind"] != DESK].max() == 0
    np.testing.assert_array_equal(lc.load_dataset("furniture").class_names, [
        kind.capitalize() for kind in KINDS
    ])  # fmt: skip


@pytest.mark.parametrize("name", ["african", "caucasian"])
@pytest.mark.parametrize("age", [5.0, 30.0, 85.0])
def test_heads_are_mirror_images_of_themselves(name, age):
    shares = dict.fromkeys(mesh.targets.ANCESTRIES, 0.0) | {name: 1.0}
    places = mesh.head_positions(PERSON | shares | {"age": age, "smile": 1.0})
    head = places[places[:, 1] > 6.2]
    mirrored = head * np.array([-1, 1, 1])
    distances = np.abs(mirrored[:, None] - head[None, ::1]).sum(2).min(1)
    assert np.quantile(distances, 0.99) < 0.02


def test_turning_the_other_way_mirrors_the_picture():
    bald = PERSON | {"baldness": 1.0, "pitch": 6.0}
    one = bald | {"yaw": 35.0, "roll": 5.0, "light_azimuth": 50.0}
    other = bald | {"yaw": -35.0, "roll": -5.0, "light_azimuth": -50.0}
    picture, mirror = draw_face(one), draw_face(other)[..., ::-1]
    assert psnr_db(picture, mirror) > 28
    assert psnr_db(picture, mirror[..., ::-1]) < 20


@pytest.mark.parametrize("name", FACE_FACTORS)
def test_every_factor_shows(name):
    factor, person = FACE_FACTORS[name], PERSON | NEEDS.get(name, {})
    high = factor.low + (factor.high - factor.low) * (0.5 if "hue" in name else 1)  # hues go round
    one, other = (draw_face(person | {name: end}).astype(int) for end in (factor.low, high))
    assert (np.abs(one - other).max(0) > 10).sum() >= 10


def test_the_darkest_skin_reads_well():
    dark = PERSON | {"skin_tone": 1.0, "african": 1.0, "caucasian": 0.0, "asian": 0.0}
    for azimuth in (-80.0, 0.0, 80.0):
        face = draw_face(dark | {"light_azimuth": azimuth})[:, 26:46, 24:40]
        assert face.mean() > 45
        assert face.std() > 12


def test_heads_are_whole():
    images = lc.load_dataset("faces").images.astype(np.int16)
    ground = images[:, :, :1, [0, 1, 62, 63]].mean((2, 3))[:, :, None]
    above_shoulders = slice(0, 44)
    for edge in (
        images[:, :, 0],
        images[:, :, above_shoulders, 0],
        images[:, :, above_shoulders, 63],
    ):
        touched = (np.abs(edge - ground).max(1) > 40).sum(1) > 1
        assert touched.mean() < 0.01


def test_the_backdrop_is_plain():
    picture = develop(backdrop((0.5, 0.4, 0.3), 256), 4)
    assert picture.shape == (3, 64, 64)
    assert (picture[0] > picture[1]).all()
    assert np.abs(np.diff(picture.astype(int))).max() <= 2


def test_a_stopped_making_goes_on_where_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr("datagen.chunks.PART", 2)
    factors = SUBJECTS["furniture"].draw_factors(5, 7)
    made: list[int] = []
    make_parts("furniture", factors, tmp_path, 1, lambda done, _: made.append(done))
    assert made == [0, 2, 4, 5]
    whole, read = read_parts(tmp_path)
    (tmp_path / "part-00001.npy").unlink()
    made.clear()
    make_parts("furniture", factors, tmp_path, 1, lambda done, _: made.append(done))
    assert made == [3, 5]
    np.testing.assert_array_equal(read_parts(tmp_path)[0], whole)
    np.testing.assert_array_equal(read["hue"], factors["hue"])
    other = SUBJECTS["furniture"].draw_factors(5, 8)
    with pytest.raises(BadInput, match="another seed"):
        make_parts("furniture", other, tmp_path, 1, lambda *_: None)


def test_the_command_makes_a_data_set_that_the_app_reads(tmp_path, monkeypatch):
    monkeypatch.setenv("LATENT_DATA", str(tmp_path))
    out = tmp_path / "furniture"
    assert main(["furniture", "--count", "12", "--seed", "5", "--out", str(out)]) == 0
    data = lc.load_dataset("furniture")
    assert data.images.shape == (12, 3, 64, 64)
    np.testing.assert_array_equal(data.labels, data.factors["kind"])
    assert sorted(path.name for path in out.iterdir()) == [
        "card.json", "contact.png", "factors.parquet", "images.avif", "labels.npy",
    ]  # fmt: skip
    assert json.loads((out / "card.json").read_text())["count"] == 12


def test_what_cannot_be_made_is_told_in_one_sentence(tmp_path, capsys):
    assert main(["faces", "--count", "0", "--out", str(tmp_path)]) == 2
    assert "must be 1 or more" in capsys.readouterr().err
    assert main(["bake", "--from", str(tmp_path)]) == 2
    assert "no 3dobjs/base.obj" in capsys.readouterr().err
    with pytest.raises(BadInput, match="holds no parts"):
        read_parts(tmp_path)


def test_dsprites_lie_where_their_factors_say():
    data = lc.load_dataset("dsprites")
    white = data.images[:, 0] > 0
    assert data.images.shape == (10_000, 1, 64, 64)
    assert set(np.unique(data.images)) == {0, 255}
    area = white.sum((1, 2))
    steps = np.arange(64)
    for name, axis in (("x", 1), ("y", 2)):
        middle = (white.sum(axis) * steps).sum(1) / area
        assert np.corrcoef(middle, data.factors[name])[0, 1] > 0.99
    squares = data.labels == 0
    assert np.corrcoef(area[squares], data.factors["scale"][squares] ** 2)[0, 1] > 0.99
    np.testing.assert_array_equal(data.labels, data.factors["shape"])


def test_dsprites_to_train_on_are_none_of_those_that_ship():
    shipped = dsprites.choose(10_000, 0, train=False)
    others = dsprites.choose(50_000, 1, train=True)
    assert len(set(shipped) | set(others)) == 60_000
    with pytest.raises(BadInput, match="has 727,280 such pictures"):
        dsprites.choose(730_000, 1, train=True)
    np.testing.assert_array_equal(
        dsprites.factors_of(shipped)["scale"], lc.load_dataset("dsprites").factors["scale"]
    )


def test_another_file_than_dsprites_is_refused(tmp_path):
    np.savez(tmp_path / "some.npz", imgs=np.zeros((3, 64, 64), np.uint8))
    for path in (tmp_path / "some.npz", tmp_path / "none.npz"):
        with pytest.raises(BadInput, match=r"dSprites'"):
            dsprites.read_pictures(path, np.arange(2))
