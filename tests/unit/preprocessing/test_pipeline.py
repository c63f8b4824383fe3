"""Preprocessing: images of the data set pass unchanged, photographs become readable."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PIL import Image, ImageDraw

from latent_core.datasets.dataset import load_dataset
from latent_core.errors import InvalidCardError, UnknownNameError
from latent_core.installed import MODELS
from latent_core.io.uploads import read_image
from latent_core.models.card_reader import read_model_card
from latent_core.preprocessing import (
    STEPS,
    PreprocessedImage,
    PreprocessingConfig,
    preprocess,
)
from tests.make_samples import encode_image, on_white_page, phone_photo, rotated_jpeg, sample_image

DIGITS = PreprocessingConfig(
    color="gray", background="dark", fit_mode="center of mass", box=20, image_shape=(1, 28, 28)
)
FASHION = PreprocessingConfig(
    color="gray", background="dark", fit_mode="fit", box=28, image_shape=(1, 28, 28)
)
FACES = PreprocessingConfig(
    color="rgb", background="any", fit_mode="stretch", image_shape=(3, 64, 48)
)


def applied_steps(preprocessed: PreprocessedImage) -> list[str]:
    return [step.name for step in preprocessed.steps if step.applied]


def canvas(ink: str = "white", ground: str | tuple[int, ...] = (0, 0, 0, 0)) -> Image.Image:
    image = Image.new("RGBA", (280, 280), ground)
    draw = ImageDraw.Draw(image)
    draw.line((60, 40, 200, 60, 120, 250), fill=ink, width=18, joint="curve")
    return image


# Images of the data set


@pytest.mark.parametrize(("dataset_id", "config"), [("digits", DIGITS), ("fashion", FASHION)])
def test_images_of_the_data_set_pass_unchanged(
    dataset_id: str, config: PreprocessingConfig
) -> None:
    data = load_dataset(dataset_id)
    for index in range(0, len(data), 25):
        image = read_image(
            "a.png", encode_image(Image.fromarray(data.images_uint8[index, 0]))
        ).image
        preprocessed = preprocess(image, config)
        assert np.array_equal(preprocessed.image, data.images(index))
        assert applied_steps(preprocessed) == []


@pytest.mark.parametrize("dataset_id", ["digits", "fashion"])
def test_all_images_are_distinguished_from_their_negatives(dataset_id: str) -> None:
    images = load_dataset(dataset_id).images_uint8[:, 0]
    black, white = ((images < 0.03 * 255).mean((1, 2)), (images > 0.97 * 255).mean((1, 2)))
    assert (black >= white).all()  # the rule of `steps._is_ready`
    assert (black > white).all()  # and of the negative


def test_negatives_are_inverted() -> None:
    data = load_dataset("fashion")
    for index in range(40):
        preprocessed = preprocess(Image.fromarray(255 - data.images_uint8[index, 0]), FASHION)
        assert "polarity" in applied_steps(preprocessed)


def test_upscaled_digits_on_a_white_page_are_recovered() -> None:
    data = load_dataset("digits")
    rng = np.random.default_rng(0)
    for index in range(100):
        page = on_white_page(data.images_uint8[index, 0], shift=tuple(rng.integers(-100, 100, 2)))
        preprocessed = preprocess(page, DIGITS)
        assert np.abs(preprocessed.image - data.images(index)).mean() < 1e-3
        assert applied_steps(preprocessed) == ["polarity", "crop", "centering"]


def test_upscaled_garments_on_a_white_page_are_recovered() -> None:
    data = load_dataset("fashion")
    pages = [on_white_page(image) for image in data.images_uint8[:60, 0]]
    seen = np.stack([preprocess(page, FASHION).image for page in pages])
    errors = np.abs(seen - data.images(slice(0, 60))).mean((1, 2, 3))
    assert np.median(errors) < 1e-6
    assert errors.mean() < 0.05  # the few that are 27 pixels long in the data set become 28


# Photos.


@pytest.fixture(scope="module")
def classify():
    from sklearn.neighbors import NearestNeighbors

    data = load_dataset("digits")
    flat = data.images().reshape(len(data), -1)
    search = NearestNeighbors(n_neighbors=4, algorithm="brute").fit(flat)

    def predict(images: np.ndarray, own: np.ndarray) -> np.ndarray:
        """Majority label of the three nearest neighbors, without the image itself."""
        found = search.kneighbors(images.reshape(len(images), -1), return_distance=False)
        others = [row[row != index][:3] for row, index in zip(found, own, strict=True)]
        votes = [np.bincount(data.labels[row], minlength=10) for row in others]
        nearest = [data.labels[row[0]] for row in others]
        return np.array(
            [v.argmax() if v.max() > 1 else n for v, n in zip(votes, nearest, strict=True)]
        )

    return predict


def photos_of(index: np.ndarray, pen: float | None = None) -> list[Image.Image]:
    images = load_dataset("digits").images_uint8[:, 0]
    return [phone_photo(images[i], seed=int(i), pen=pen, size=(360, 270)) for i in index]


def seen(photos: list[Image.Image], **switches: bool) -> np.ndarray:
    return np.stack([preprocess(photo, DIGITS, switches=switches).image for photo in photos])


def recognized_digits(classify, count: int) -> np.ndarray:
    """Digits that the classifier recognizes in the data set."""
    data = load_dataset("digits")
    index = np.random.default_rng(1).choice(len(data), count, replace=False)
    return index[classify(data.images(index), index) == data.labels[index]]


def test_photos_of_digits_are_recognized(classify) -> None:
    index = recognized_digits(classify, 215)
    assert len(index) >= 200
    right = classify(seen(photos_of(index)), index) == load_dataset("digits").labels[index]
    assert right.mean() >= 0.95


def test_thin_strokes_are_recognized_because_they_are_thickened(classify) -> None:
    index = recognized_digits(classify, 40)
    labels = load_dataset("digits").labels[index]
    photos = photos_of(index, pen=0.025)
    with_it = (classify(seen(photos), index) == labels).mean()
    without = (classify(seen(photos, stroke_thickening=False), index) == labels).mean()
    assert with_it >= 0.9
    assert with_it > without


def test_screenshots_saved_as_jpeg_are_recovered() -> None:
    data = load_dataset("digits")
    errors = []
    for index in range(40):
        page = encode_image(on_white_page(data.images_uint8[index, 0]), "JPEG", quality=75)
        preprocessed = preprocess(read_image("a.jpg", page).image, DIGITS)
        errors.append(np.abs(preprocessed.image - data.images(index)).mean())
    assert np.mean(errors) < 0.02


def test_exif_orientation_is_applied() -> None:
    digit = load_dataset("digits").images_uint8[0, 0]
    photo = phone_photo(digit, seed=1, size=(1280, 960))
    views = {}
    for orientation in (1, 3, 6, 8):
        image = read_image("a.jpg", rotated_jpeg(photo, orientation)).image
        preprocessed = preprocess(image, DIGITS)
        assert ("exif_orientation" in applied_steps(preprocessed)) == (orientation != 1)
        views[orientation] = preprocessed.image
    for orientation in (3, 6, 8):
        assert np.abs(views[orientation] - views[1]).mean() < 0.02
    switched_off = preprocess(image, DIGITS, switches={"exif_orientation": False})
    assert np.abs(switched_off.image - views[1]).mean() > 0.05


def test_chalk_on_a_board_is_not_inverted() -> None:
    digit = load_dataset("digits").images_uint8[3, 0]
    photo = phone_photo(digit, seed=5, ruled=False)
    board = Image.eval(photo, lambda value: 255 - value)
    preprocessed, chalk = preprocess(photo, DIGITS), preprocess(board, DIGITS)
    assert "polarity" not in applied_steps(chalk)
    assert np.abs(preprocessed.image - chalk.image).mean() < 0.03


def test_ink_is_scaled_to_the_box_and_centered_by_mass() -> None:
    from scipy import ndimage

    for drawing in (canvas(), phone_photo(load_dataset("digits").images_uint8[4, 0], seed=2)):
        image = preprocess(drawing, DIGITS).image[0]
        rows, columns = np.nonzero(image > 0.02)
        assert max(np.ptp(rows), np.ptp(columns)) + 1 == 20
        assert np.abs(np.array(ndimage.center_of_mass(image)) - 14).max() <= 0.51


# Canvas, alpha, blank pages.


@pytest.mark.parametrize(
    ("image", "inverted"),
    [
        (canvas("white"), False),
        (canvas("white", "black"), False),
        (canvas("black"), True),
        (canvas("black", "white"), True),
    ],
)
def test_every_canvas_gives_the_same_digit(image: Image.Image, inverted: bool) -> None:
    preprocessed = preprocess(image, DIGITS)
    assert np.abs(preprocessed.image - preprocess(canvas(), DIGITS).image).max() < 0.02
    assert ("polarity" in applied_steps(preprocessed)) == inverted


def blank_photo(seed: int, size: tuple[int, int]) -> Image.Image:
    return phone_photo(np.zeros((28, 28), np.uint8), seed=seed, size=size, ruled=False)


@pytest.mark.parametrize(
    "image",
    [Image.new("L", (1, 1), 200), Image.new("RGB", (300, 200), "white"), Image.new("RGBA", (9, 9)),
     Image.new("L", (280, 280)), blank_photo(0, (480, 360)),
     blank_photo(1, (480, 360)), blank_photo(0, (1200, 900)), blank_photo(7, (1200, 900))],
)  # fmt: skip
def test_a_blank_image_gives_a_notice(image: Image.Image) -> None:
    preprocessed = preprocess(image, DIGITS)
    assert preprocessed.notice == (
        "No ink was found in this image; draw or write larger and darker, or choose another image."
    )
    assert preprocessed.image.shape == (1, 28, 28)
    assert preprocessed.image.max() < 0.05


def test_contrast_of_pale_ink_is_increased() -> None:
    preprocessed = preprocess(canvas("#bbbbbb", "white"), DIGITS)
    assert preprocessed.image.max() == pytest.approx(1, abs=0.02)
    assert not preprocessed.notice


# Steps, switches, fit modes


def test_steps_are_reported_in_order() -> None:
    preprocessed = preprocess(
        phone_photo(load_dataset("digits").images_uint8[0, 0], seed=0), DIGITS
    )
    assert tuple(step.name for step in preprocessed.steps) == STEPS
    for step in preprocessed.steps:
        assert step.image.dtype == np.uint8
        assert max(step.image.shape[:2]) <= 320
        assert step.reason.endswith(".")
    final = (preprocessed.image[0] * 255).round().astype(np.uint8)
    assert np.array_equal(preprocessed.steps[-1].image, final)


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("config", [DIGITS, FASHION, FACES])
def test_each_step_can_be_switched_off(name: str, config: PreprocessingConfig) -> None:
    image = read_image(
        "a.jpg", rotated_jpeg(phone_photo(np.eye(28, dtype=np.uint8) * 255, 0))
    ).image
    preprocessed = preprocess(image, config, switches={name: False})
    assert preprocessed.image.shape == config.image_shape
    if name != "color":  # a model has a fixed number of channels
        assert name not in applied_steps(preprocessed)


def test_without_any_step_the_image_still_has_the_model_s_shape() -> None:
    preprocessed = preprocess(sample_image(), DIGITS, switches=dict.fromkeys(STEPS, False))
    assert applied_steps(preprocessed) == ["color"]
    assert preprocessed.image.shape == (1, 28, 28)


def test_unknown_switches_are_rejected_with_a_hint() -> None:
    with pytest.raises(UnknownNameError, match=r"There is no step 'crp'.*Did you mean 'crop'"):
        preprocess(sample_image(), DIGITS, switches={"crp": False})


def test_cover_crops_more_at_the_bottom_than_at_the_top() -> None:
    rows = np.linspace(0, 255, 90).astype(np.uint8)
    tall = Image.fromarray(np.broadcast_to(rows[:, None, None], (90, 30, 3)).copy())
    config = PreprocessingConfig(
        color="rgb", background="any", fit_mode="cover", image_shape=(3, 30, 30)
    )
    seen = preprocess(tall, config).image
    assert seen.shape == (3, 30, 30)
    assert np.allclose(seen[0], rows[20:50, None] / 255, atol=0.01)
    wide = tall.transpose(Image.Transpose.ROTATE_90)
    across = preprocess(wide, config).image[0, 0] * 255
    assert abs(across.mean() - 255 / 2) < 3  # the same left and right


def test_stretch_and_none_keep_the_whole_image() -> None:
    stretched = preprocess(sample_image(), FACES).image
    exact = sample_image().resize((48, 64), Image.Resampling.BILINEAR)
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
            source = Image.new(mode, size)
            for config in (DIGITS, FASHION, FACES):
                image = preprocess(source, config).image
                assert image.shape == config.image_shape
                assert image.dtype == np.float32
                assert image.min() >= 0
                assert image.max() <= 1


def test_the_input_is_not_modified() -> None:
    image = phone_photo(np.eye(28, dtype=np.uint8) * 255, 0, size=(1600, 1200))
    before = image.copy()
    preprocess(image, DIGITS)
    assert image == before


def test_speed() -> None:
    photo = Image.effect_noise((4000, 3000), 20)
    preprocess(canvas(), DIGITS)
    start = time.process_time()
    preprocess(photo, DIGITS)
    assert time.process_time() - start < 1
    start = time.process_time()
    for _ in range(10):
        preprocess(canvas(), DIGITS)
    assert (time.process_time() - start) / 10 < 0.02  # 2 to 3 ms on an idle machine


# Cards.


def test_every_shipped_card_has_a_valid_configuration() -> None:
    for model_id in MODELS.list_ids():
        card = read_model_card(model_id)
        if card.is_precomputed:
            continue
        config = PreprocessingConfig.from_card(card.preprocessing, card.image_shape, model_id)
        assert preprocess(sample_image(), config).image.shape == card.image_shape


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"color": "blue"}, "'color' must be one of 'gray', 'rgb', not 'blue'"),
        ({"background": "sand"}, "'background' must be one of 'dark', 'light', 'any', not 'sand'"),
        (
            {"fit_mode": "tilt"},
            "'fit_mode' must be one of 'center of mass', 'fit', 'stretch', 'cover', 'none'",
        ),
        ({"box": 29}, "'box' must be 1 to 28 pixels, not 29."),
        ({"color": "rgb"}, "'color' is 'rgb', which has 3 channel(s), but 'image_shape' says 1"),
        ({"box": "20"}, "'box' on the card of 'm' must be int, not '20'"),
        ({"background": None}, "'background' on the card of 'm' must be str, not None"),
    ],
)
def test_invalid_configurations_are_rejected(fields: dict, words: str) -> None:
    good = {"color": "gray", "background": "dark", "fit_mode": "fit", "box": 28}
    with pytest.raises(InvalidCardError) as caught:
        PreprocessingConfig.from_card(good | fields, (1, 28, 28), "m")
    assert words in str(caught.value)
