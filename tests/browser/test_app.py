"""The app in a browser: the map, an uploaded image, a drawing, a link."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

import latent_core as lc
from latent_core.neighbors import nearest
from tests.browser.driver import (
    click_sample,
    go_to_page,
    running_app,
    wait_for_map,
    wait_until_idle,
)
from tests.make_samples import encode_image, phone_photo

pytestmark = pytest.mark.browser
DATA = "digits"
MODEL = "digits-vae-16"


def show(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}/{query}")
    wait_for_map(page, 90)


def shown_images(page: Page, side: int = 28) -> list[np.ndarray]:
    """The gray values of the images in the inspector, in order, each `side` wide."""
    drawn = page.eval_on_selector_all(
        ".ls-inspector-images canvas",
        """nodes => nodes.map(node => [node.width, Array.from(
        node.getContext('2d').getImageData(0, 0, node.width, node.height).data)])""",
    )
    images = []
    for width, data in drawn:
        pixels = np.array(data, np.uint8).reshape(-1, width, 4)
        step = width // side
        assert width == step * side, "each pixel is a whole number of screen pixels"
        images.append(pixels[step // 2 :: step, step // 2 :: step, 0])
    return images


def as_bytes(images: np.ndarray) -> np.ndarray:
    return np.rint(images * 255).astype(np.uint8)


@pytest.mark.parametrize("dims", [2, 3])
def test_click_shows_and_decodes_the_clicked_image(page: Page, address: str, dims: int) -> None:
    show(page, address, f"?method=pca&n_components={dims}")
    place = page.evaluate("document.querySelector('.ls-map').__testHooks.screenOf(0)")
    assert place
    index = _isolated_sample(page)
    click_sample(page, index)
    page.wait_for_selector(f'.ls-inspector[data-id="{index}"]')
    model, data = lc.load_model(MODEL), lc.load_dataset(DATA)
    decoded = model.decode(model.encode(data.images(slice(index, index + 1))).mean)
    original, made = shown_images(page)[:2]
    np.testing.assert_array_equal(original, data.images_uint8[index, 0])
    assert np.abs(made.astype(int) - as_bytes(decoded)[0, 0]).max() <= 1
    page.wait_for_url(f"**sample={index}*")


def _isolated_sample(page: Page) -> int:
    """A sample at the edge of the map, with no other near it on the screen."""
    places = page.evaluate(
        "() => Array.from({length: 10000}, (_, i) => "
        "document.querySelector('.ls-map').__testHooks.screenOf(i)).map(s => [s.x, s.y])"
    )
    spots = np.array(places)
    rim = np.argsort(-np.hypot(*(spots - spots.mean(axis=0)).T))[:60]
    gaps = [np.partition(np.hypot(*(spots - spots[i]).T), 1)[1] for i in rim]
    return int(rim[int(np.argmax(gaps))])


def test_neighbors_and_arrow_keys_select_other_images(page: Page, address: str) -> None:
    show(page, address, "?method=pca&sample=42")
    page.wait_for_selector('.ls-inspector[data-id="42"]')
    page.keyboard.press("ArrowRight")
    page.wait_for_selector('.ls-inspector[data-id="43"]')
    codes = lc.encode(lc.load_model(MODEL), lc.load_dataset(DATA)).mean
    neighbor = int(nearest(codes, codes[43], 2)[0][1])
    page.locator(f'.ls-inspector button[data-id="{neighbor}"]').click()
    page.wait_for_selector(f'.ls-inspector[data-id="{neighbor}"]')


def test_link_opened_elsewhere_shows_the_same(page: Page, address: str) -> None:
    show(page, address, "?model=fashion-vae-16&method=pca&n_components=3&color=error&sample=17")
    page.wait_for_selector('.ls-inspector[data-id="17"]')
    assert page.get_attribute(".ls-map", "data-dims") == "3"
    assert page.get_attribute(".ls-map", "data-selected") == "17"
    data = lc.load_dataset("fashion")
    np.testing.assert_array_equal(shown_images(page)[0], data.images_uint8[17, 0])


def test_tray_survives_page_changes_and_is_private_to_the_session(
    page: Page, browser: Browser, address: str
) -> None:
    show(page, address, "?method=pca&sample=5")
    page.get_by_role("button", name="Add to tray").click()
    page.wait_for_selector('.ls-tray[data-count="1"]')
    go_to_page(page, "Encode")
    page.wait_for_selector(".ls-pipeline")
    page.wait_for_selector('.ls-tray[data-count="1"]')
    other = browser.new_page()
    show(other, address, "?method=pca")
    other.wait_for_selector('.ls-tray[data-count="0"]')
    other.close()


def test_lasso_shows_the_selected_images(page: Page, address: str) -> None:
    show(page, address, "?method=pca")
    box = page.locator(".ls-map-plot").bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.keyboard.down("Shift")
    page.mouse.move(middle[0] - 40, middle[1] - 40)
    page.mouse.down()
    for right, down in ((40, -40), (40, 40), (-40, 40), (-40, -40)):
        page.mouse.move(middle[0] + right, middle[1] + down, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    page.wait_for_selector(".ls-contact")
    assert int(page.get_attribute(".ls-contact", "data-count") or 0) > 3


def test_photo_is_encoded_and_a_damaged_one_rejected(
    page: Page, address: str, tmp_path: Path
) -> None:
    data = lc.load_dataset(DATA)
    photo, broken = tmp_path / "photo.jpg", tmp_path / "<b>broken.jpg"
    jpeg = encode_image(phone_photo(data.images_uint8[0, 0], seed=0), "JPEG", quality=85)
    photo.write_bytes(jpeg)
    broken.write_bytes(jpeg[: len(jpeg) // 3])
    page.goto(f"{address}/encode")
    page.get_by_text("Upload", exact=True).click()
    page.locator('input[type="file"]').set_input_files([broken, photo])
    page.wait_for_selector(".ls-nearest img")
    wait_for_map(page)
    expect(page.get_by_role("alert").first).to_contain_text("<b>broken.jpg")
    labels = page.locator(".ls-nearest figcaption").all_inner_texts()
    assert labels.count(data.label(0)) >= 5, "the neighbors of a photo of a seven are sevens"


def test_a_drawing_is_decoded_while_it_is_drawn(page: Page, address: str) -> None:
    page.goto(f"{address}/encode")
    pad = page.locator(".ls-drawing-pad canvas").first
    box = pad.bounding_box()
    assert box
    x, y, side = box["x"] + box["width"] / 2, box["y"], box["height"]
    page.mouse.move(x, y + side * 0.2)
    page.mouse.down()
    page.mouse.move(x, y + side * 0.5, steps=8)
    page.wait_for_selector(".ls-nearest img")  # the pointer is still down
    page.mouse.move(x, y + side * 0.8, steps=8)
    page.mouse.up()
    expect(page.locator(".ls-nearest figcaption").first).to_have_text("1")


def test_first_screen_fits_and_no_horizontal_scrolling_on_a_phone(page: Page, address: str) -> None:
    show(page, address, "?method=pca&sample=3")
    page.wait_for_selector('.ls-inspector[data-id="3"]')
    for panel in (".ls-map", ".ls-inspector"):
        box = page.locator(panel).bounding_box()
        tray = page.locator(".ls-tray").bounding_box()
        assert box
        assert tray
        assert box["y"] + box["height"] <= tray["y"] + 2
    for path in ("?method=pca&sample=3", "encode"):
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"{address}/{path}")
        page.wait_for_selector(".ls-tray")
        wait_until_idle(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    ("scheme", "primary"), [("light", "rgb(31, 111, 120)"), ("dark", "rgb(92, 184, 194)")]
)
def test_emphasis_has_the_primary_color_of_the_theme(
    browser: Browser, address: str, scheme: str, primary: str
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}/models?data=digits")
    expect(page.locator(".ls-best").first).to_have_css("color", primary, timeout=90_000)
    context.close()


def test_a_lost_server_is_announced_in_a_bar_and_the_map_still_moves(
    page: Page, tmp_path: Path
) -> None:
    with running_app(tmp_path / "cache") as address:
        show(page, address, "?method=pca")
        assert page.locator(".ls-offline").count() == 0
    expect(page.locator(".ls-offline")).to_contain_text("moving still works")
    camera = "document.querySelector('.ls-map').__testHooks.camera()"
    before = page.evaluate(camera)
    box = page.locator(".ls-map-plot").bounding_box() or {}
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 20, steps=4)
    page.mouse.up()
    assert page.evaluate(camera) != before
