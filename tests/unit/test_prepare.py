"""What a model sees of a picture: the data set's own pictures come back, photos are understood."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PIL import Image, ImageDraw

from latent_core.card_files import list_ids, models_dir
from latent_core.datasets.dataset import load_dataset
from latent_core.errors import InvalidCardError, UnknownNameError
from latent_core.io.uploads import read_image
from latent_core.models.card_reader import read_model_card
from latent_core.preprocessing.pipeline import (
    STEPS,
    PreprocessedImage,
    PreprocessingConfig,
    preprocess,
)
from tests.make_samples import on_white_page, phone_photo, saved, sideways_jpeg, sketch

DIGITS = PreprocessingConfig(
    color="gray", background="dark", fit_mode="center of mass", box=20, image_shape=(1, 28, 28)
)
FASHION = PreprocessingConfig(
    color="gray", background="dark", fit_mode="fit", box=28, image_shape=(1, 28, 28)
)
FACES = PreprocessingConfig(
    color="rgb", background="any", fit_mode="stretch", image_shape=(3, 64, 48)
)


def done(prepared: PreprocessedImage) -> list[str]:
    return [step.name for step in prepared.steps if step.applied]


def canvas(ink: str = "white", ground: str | tuple[int, ...] = (0, 0, 0, 0)) -> Image.Image:
    picture = Image.new("RGBA", (280, 280), ground)
    draw = ImageDraw.Draw(picture)
    draw.line((60, 40, 200, 60, 120, 250), fill=ink, width=18, joint="curve")
    return picture


# The data set's own pictures.


@pytest.mark.parametrize(("dataset_id", "wanted"), [("digits", DIGITS), ("fashion", FASHION)])
def test_the_data_pass_unchanged(dataset_id: str, wanted: PreprocessingConfig) -> None:
    data = load_dataset(dataset_id)
    for index in range(0, len(data), 25):
        picture = read_image("a.png", saved(Image.fromarray(data.images_uint8[index, 0]))).image
        prepared = preprocess(picture, wanted)
        assert np.array_equal(prepared.image, data.images(index))
        assert done(prepared) == []


@pytest.mark.parametrize("dataset_id", ["digits", "fashion"])
def test_all_of_the_data_are_told_from_their_negatives(dataset_id: str) -> None:
    images = load_dataset(dataset_id).images_uint8[:, 0]
    black, white = ((images < 0.03 * 255).mean((1, 2)), (images > 0.97 * 255).mean((1, 2)))
    assert (black >= white).all()  # the rule of `prepare._is_ready`
    assert (black > white).all()  # and of the negative


def test_a_negative_of_the_data_is_only_inverted() -> None:
    data = load_dataset("fashion")
    for index in range(40):
        prepared = preprocess(Image.fromarray(255 - data.images_uint8[index, 0]), FASHION)
        assert "polarity" in done(prepared)


def test_digits_enlarged_on_a_white_page_come_back() -> None:
    data = load_dataset("digits")
    rng = np.random.default_rng(0)
    for index in range(100):
        page = on_white_page(data.images_uint8[index, 0], shift=tuple(rng.integers(-100, 100, 2)))
        prepared = preprocess(page, DIGITS)
        assert np.abs(prepared.image - data.images(index)).mean() < 1e-3
        assert done(prepared) == ["polarity", "crop", "centering"]


def test_garments_enlarged_on_a_white_page_come_back() -> None:
    data = load_dataset("fashion")
    pages = [on_white_page(image) for image in data.images_uint8[:60, 0]]
    seen = np.stack([preprocess(page, FASHION).image for page in pages])
    errors = np.abs(seen - data.images(slice(0, 60))).mean((1, 2, 3))
    assert np.median(errors) < 1e-6
    assert errors.mean() < 0.05  # the few that are 27 pixels long in the data set become 28


# Photos.


@pytest.fixture(scope="module")
def neighbours():
    from sklearn.neighbors import NearestNeighbors

    data = load_dataset("digits")
    flat = data.images().reshape(len(data), -1)
    search = NearestNeighbors(n_neighbors=4, algorithm="brute").fit(flat)

    def classify(images: np.ndarray, own: np.ndarray) -> np.ndarray:
        """The label of most of the three nearest, the picture itself left out."""
        found = search.kneighbors(images.reshape(len(images), -1), return_distance=False)
        others = [row[row != index][:3] for row, index in zip(found, own, strict=True)]
        votes = [np.bincount(data.labels[row], minlength=10) for row in others]
        nearest = [data.labels[row[0]] for row in others]
        return np.array(
            [v.argmax() if v.max() > 1 else n for v, n in zip(votes, nearest, strict=True)]
        )

    return classify


def photos_of(index: np.ndarray, pen: float | None = None) -> list[Image.Image]:
    images = load_dataset("digits").images_uint8[:, 0]
    return [phone_photo(images[i], seed=int(i), pen=pen, size=(360, 270)) for i in index]


def seen(photos: list[Image.Image], **switches: bool) -> np.ndarray:
    return np.stack([preprocess(photo, DIGITS, switches=switches).image for photo in photos])


def known_digits(neighbours, count: int) -> np.ndarray:
    """Digits that the classifier knows from the data set's own pictures."""
    data = load_dataset("digits")
    index = np.random.default_rng(1).choice(len(data), count, replace=False)
    return index[neighbours(data.images(index), index) == data.labels[index]]


def test_photos_of_digits_are_recognised(neighbours) -> None:
    index = known_digits(neighbours, 215)
    assert len(index) >= 200
    right = neighbours(seen(photos_of(index)), index) == load_dataset("digits").labels[index]
    assert right.mean() >= 0.95


def test_thin_pens_are_recognised_because_they_are_thickened(neighbours) -> None:
    index = known_digits(neighbours, 40)
    labels = load_dataset("digits").labels[index]
    photos = photos_of(index, pen=0.025)
    with_it = (neighbours(seen(photos), index) == labels).mean()
    without = (neighbours(seen(photos, thickened=False), index) == labels).mean()
    assert with_it >= 0.9
    assert with_it > without


def test_screenshots_saved_as_jpeg_come_back() -> None:
    data = load_dataset("digits")
    errors = []
    for index in range(40):
        page = saved(on_white_page(data.images_uint8[index, 0]), "JPEG", quality=75)
        prepared = preprocess(read_image("a.jpg", page).image, DIGITS)
        errors.append(np.abs(prepared.image - data.images(index)).mean())
    assert np.mean(errors) < 0.02


def test_a_sideways_photo_is_turned_upright() -> None:
    digit = load_dataset("digits").images_uint8[0, 0]
    photo = phone_photo(digit, seed=1, size=(1280, 960))
    views = {}
    for orientation in (1, 3, 6, 8):
        picture = read_image("a.jpg", sideways_jpeg(photo, orientation)).image
        prepared = preprocess(picture, DIGITS)
        assert ("exif_orientation" in done(prepared)) == (orientation != 1)
        views[orientation] = prepared.image
    for orientation in (3, 6, 8):
        assert np.abs(views[orientation] - views[1]).mean() < 0.02
    turned_off = preprocess(picture, DIGITS, switches={"exif_orientation": False})
    assert np.abs(turned_off.image - views[1]).mean() > 0.05


def test_chalk_on_a_board_is_not_inverted() -> None:
    digit = load_dataset("digits").images_uint8[3, 0]
    photo = phone_photo(digit, seed=5, ruled=False)
    board = Image.eval(photo, lambda value: 255 - value)
    prepared, chalk = preprocess(photo, DIGITS), preprocess(board, DIGITS)
    assert "polarity" not in done(chalk)
    assert np.abs(prepared.image - chalk.image).mean() < 0.03


def test_the_ink_is_centred_by_its_mass_in_its_box() -> None:
    from scipy import ndimage

    for picture in (canvas(), phone_photo(load_dataset("digits").images_uint8[4, 0], seed=2)):
        image = preprocess(picture, DIGITS).image[0]
        rows, columns = np.nonzero(image > 0.02)
        assert max(np.ptp(rows), np.ptp(columns)) + 1 == 20
        assert np.abs(np.array(ndimage.center_of_mass(image)) - 14).max() <= 0.51


# Canvas, alpha, blank pages.


@pytest.mark.parametrize(
    ("picture", "polarity"),
    [
        (canvas("white"), False),
        (canvas("white", "black"), False),
        (canvas("black"), True),
        (canvas("black", "white"), True),
    ],
)
def test_every_canvas_gives_the_same_digit(picture: Image.Image, inverted: bool) -> None:
    prepared = preprocess(picture, DIGITS)
    assert np.abs(prepared.image - preprocess(canvas(), DIGITS).image).max() < 0.02
    assert ("polarity" in done(prepared)) == inverted


def blank_photo(seed: int, size: tuple[int, int]) -> Image.Image:
    return phone_photo(np.zeros((28, 28), np.uint8), seed=seed, size=size, ruled=False)


@pytest.mark.parametrize(
    "picture",
    [Image.new("L", (1, 1), 200), Image.new("RGB", (300, 200), "white"), Image.new("RGBA", (9, 9)),
     Image.new("L", (280, 280)), blank_photo(0, (480, 360)),
     blank_photo(1, (480, 360)), blank_photo(0, (1200, 900)), blank_photo(7, (1200, 900))],
)  # fmt: skip
def test_a_blank_picture_has_a_sentence_and_an_image(picture: Image.Image) -> None:
    prepared = preprocess(picture, DIGITS)
    assert prepared.notice == (
        "There is no ink to be seen in this picture; draw or write larger and darker, "
        "or pick another."
    )
    assert prepared.image.shape == (1, 28, 28)
    assert prepared.image.max() < 0.05


def test_pale_ink_on_a_white_page_is_strengthened() -> None:
    prepared = preprocess(canvas("#bbbbbb", "white"), DIGITS)
    assert prepared.image.max() == pytest.approx(1, abs=0.02)
    assert not prepared.notice


# Steps, switches, framings.


def test_each_step_is_shown_in_order() -> None:
    prepared = preprocess(phone_photo(load_dataset("digits").images_uint8[0, 0], seed=0), DIGITS)
    assert tuple(step.name for step in prepared.steps) == STEPS
    for step in prepared.steps:
        assert step.image.dtype == np.uint8
        assert max(step.image.shape[:2]) <= 320
        assert step.reason.endswith(".")
    final = (prepared.image[0] * 255).round().astype(np.uint8)
    assert np.array_equal(prepared.steps[-1].image, final)


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("wanted", [DIGITS, FASHION, FACES])
def test_each_step_can_be_switched_off(name: str, wanted: PreprocessingConfig) -> None:
    picture = read_image(
        "a.jpg", sideways_jpeg(phone_photo(np.eye(28, dtype=np.uint8) * 255, 0))
    ).image
    prepared = preprocess(picture, wanted, switches={name: False})
    assert prepared.image.shape == wanted.image_shape
    if name != "colour":  # a model takes so many channels and no others
        assert name not in done(prepared)


def test_all_switched_off_still_fits_the_model() -> None:
    prepared = preprocess(sketch(), DIGITS, switches=dict.fromkeys(STEPS, False))
    assert done(prepared) == ["colour"]
    assert prepared.image.shape == (1, 28, 28)


def test_an_unknown_switch_is_named() -> None:
    with pytest.raises(UnknownNameError, match=r"There is no step 'crp'.*Did you mean 'crop'"):
        preprocess(sketch(), DIGITS, switches={"crp": False})


def test_cover_cuts_to_the_frames_shape_more_below_than_above() -> None:
    rows = np.linspace(0, 255, 90).astype(np.uint8)
    tall = Image.fromarray(np.broadcast_to(rows[:, None, None], (90, 30, 3)).copy())
    wanted = PreprocessingConfig(
        color="rgb", background="any", fit_mode="cover", image_shape=(3, 30, 30)
    )
    seen = preprocess(tall, wanted).image
    assert seen.shape == (3, 30, 30)
    assert np.allclose(seen[0], rows[20:50, None] / 255, atol=0.01)
    wide = tall.transpose(Image.Transpose.ROTATE_90)
    across = preprocess(wide, wanted).image[0, 0] * 255
    assert abs(across.mean() - 255 / 2) < 3  # the middle, left and right alike


def test_stretch_and_none_take_the_whole_picture() -> None:
    stretched = preprocess(sketch(), FACES).image
    exact = sketch().resize((48, 64), Image.Resampling.BILINEAR)
    assert np.abs(stretched.transpose(1, 2, 0) - np.asarray(exact) / 255).mean() < 0.05
    framed = preprocess(
        Image.new("RGB", (40, 20), "red"),
        PreprocessingConfig(
            color="rgb", background="any", fit_mode="none", image_shape=(3, 32, 32)
        ),
    ).image
    assert (framed[0, 8:24] == 1).all()
    assert np.ptp(framed[1, 8:24]) == 0


def test_any_mode_and_size_gives_an_image_in_range() -> None:
    for mode in ("1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I", "F", "I;16"):
        for size in ((1, 1), (3, 2), (28, 28), (29, 400), (400, 29)):
            picture = Image.new(mode, size)
            for wanted in (DIGITS, FASHION, FACES):
                image = preprocess(picture, wanted).image
                assert image.shape == wanted.image_shape
                assert image.dtype == np.float32
                assert image.min() >= 0
                assert image.max() <= 1


def test_the_picture_given_is_not_touched() -> None:
    picture = phone_photo(np.eye(28, dtype=np.uint8) * 255, 0, size=(1600, 1200))
    before = picture.copy()
    preprocess(picture, DIGITS)
    assert picture == before


def test_speed() -> None:
    photo = Image.effect_noise((4000, 3000), 20)
    preprocess(canvas(), DIGITS)
    start = time.process_time()
    preprocess(photo, DIGITS)
    assert time.process_time() - start < 1
    start = time.process_time()
    for _ in range(10):
        preprocess(canvas(), DIGITS)
    assert (time.process_time() - start) / 10 < 0.02  # 2 to 3 ms when nobody else works


# Cards.


def test_every_card_that_ships_can_be_prepared_for() -> None:
    for model_id in list_ids(models_dir()):
        card = read_model_card(model_id)
        if card.is_precomputed:
            continue
        wanted = PreprocessingConfig.from_card(card.preprocessing, card.image_shape, model_id)
        assert preprocess(sketch(), wanted).image.shape == card.image_shape


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"colour": "blue"}, "'colour' must be one of 'grey', 'rgb', not 'blue'."),
        ({"ground": "sand"}, "'ground' must be one of 'dark', 'light', 'any', not 'sand'."),
        (
            {"framing": "tilt"},
            "'framing' must be one of 'centre of mass', 'fit', 'stretch', 'cover', 'none'",
        ),
        ({"box": 29}, "'box' must be 1 to 28 pixels, not 29."),
        ({"colour": "rgb"}, "'colour' is 'rgb', which has 3 channel(s), but 'image_shape' says 1"),
        ({"box": "20"}, "'box' on the card of 'm' must be int, not '20'."),
        ({"ground": None}, "'ground' on the card of 'm' must be str, not None."),
    ],
)
def test_a_bad_card_has_its_sentence(fields: dict, words: str) -> None:
    good = {"colour": "grey", "ground": "dark", "framing": "fit", "box": 28}
    with pytest.raises(InvalidCardError) as caught:
        PreprocessingConfig.from_card(good | fields, (1, 28, 28), "m")
    assert words in str(caught.value)
