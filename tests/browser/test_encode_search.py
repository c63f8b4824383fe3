"""GAN inversion on the encode page, in a browser."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

import latent_core as lc
from latent_core.metrics import per_image_mse
from tests.browser.driver import running_app, wait_until_idle
from tests.generators import GENERATOR, found_in, make_generator

pytestmark = pytest.mark.browser
TIMEOUT_MS = 120_000
SEVEN = [(0.35, 0.25), (0.65, 0.25), (0.45, 0.8)]
ONE = [(0.5, 0.2), (0.5, 0.8)]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return make_generator(tmp_path_factory.mktemp("generator"))


@pytest.fixture(scope="module")
def address(places: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    cache = tmp_path_factory.mktemp("search") / "cache"
    with running_app(cache, OMP_NUM_THREADS="1", **places) as found:
        yield found


def show(page: Page, address: str, model: str) -> None:
    page.goto(f"{address}/encode?model={model}")
    page.wait_for_selector(".ls-pipeline[data-empty]", timeout=TIMEOUT_MS)
    page.wait_for_selector(".ls-drawing-pad canvas")
    wait_until_idle(page)


def draw(page: Page, corners: list[tuple[float, float]]) -> None:
    box = page.locator(".ls-drawing-pad canvas").first.bounding_box()
    assert box
    spots = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]
    page.mouse.move(*spots[0])
    page.mouse.down()
    for spot in spots[1:]:
        page.mouse.move(*spot, steps=8)
    page.mouse.up()


def code(page: Page) -> str:
    return page.get_attribute(".ls-pipeline", "data-code") or ""


def wait_for_another_code(page: Page, before: str) -> None:
    page.wait_for_function(
        """before => ![before, '', null].includes(
        document.querySelector('.ls-pipeline').dataset.code)""",
        arg=before,
        timeout=TIMEOUT_MS,
    )


def pipeline_images(page: Page) -> list[np.ndarray]:
    """Model input and reconstruction as gray values ``(28, 28)``."""
    wait_until_idle(page)
    drawn = page.eval_on_selector_all(
        ".ls-pipeline-image canvas",
        """nodes => nodes.slice(1, 3).map(node => [node.width, Array.from(
        node.getContext('2d').getImageData(0, 0, node.width, node.height).data)])""",
    )
    found = []
    for width, data in drawn:
        pixels = np.array(data, np.uint8).reshape(-1, width, 4)
        step = width // 28
        found.append(pixels[step // 2 :: step, step // 2 :: step, 0].astype(int))
    return found


def nearest_labels(page: Page) -> list[str]:
    return page.locator(".ls-nearest figcaption").all_inner_texts()


def improved(page: Page) -> None:
    page.get_by_role("button", name="Refine by optimization").click()
    expect(page.get_by_text("The reconstruction error fell by")).to_be_visible(timeout=TIMEOUT_MS)


def test_code_of_a_drawing_is_found_and_its_decoded_image_shown(
    page: Page, address: str, places: dict[str, str]
) -> None:
    show(page, address, GENERATOR)
    draw(page, SEVEN)
    wait_for_another_code(page, "")
    expect(page.locator(".ls-pipeline")).to_contain_text("of the model's own samples")
    expect(page.locator(".ls-pipeline")).to_contain_text("Optimization")
    wait_until_idle(page)
    seen, decoded = pipeline_images(page)
    with found_in(places):
        made = lc.load_model(GENERATOR).decode(np.array([code(page).split()], np.float32))
    assert np.abs(made[0, 0] * 255 - decoded).max() <= 4, (
        "the page states codes with three decimals"
    )
    gap = per_image_mse(seen[None] / 255, decoded[None] / 255)[0]
    assert gap < 0.01, "the reconstruction resembles the drawing"
    assert nearest_labels(page).count("7") >= 5


def test_improving_shows_both_images_and_can_be_reverted(page: Page, address: str) -> None:
    show(page, address, "digits-vae-16")
    draw(page, SEVEN)
    wait_for_another_code(page, "")
    wait_until_idle(page)
    before = code(page)
    seen, first = pipeline_images(page)
    improved(page)
    wait_for_another_code(page, before)
    _, second = pipeline_images(page)
    gaps = [per_image_mse(seen[None] / 255, made[None] / 255)[0] for made in (first, second)]
    assert gaps[1] < gaps[0]
    share = round(100 * (1 - gaps[1] / gaps[0]))
    stated = page.locator(".ls-gain b").inner_text()
    assert abs(int("".join(filter(str.isdigit, stated))) - share) <= 3, (
        "as computed from the pixels"
    )
    assert page.locator(".ls-gain img").count() == 2
    page.get_by_role("button", name="Back to the encoder's code").click()
    page.wait_for_selector(f'.ls-pipeline[data-code="{before}"]', timeout=TIMEOUT_MS)
    expect(page.get_by_text("The reconstruction error fell by")).to_have_count(0)


def test_continued_drawing_stops_improving(page: Page, address: str) -> None:
    show(page, address, GENERATOR)
    draw(page, ONE)
    wait_for_another_code(page, "")
    wait_until_idle(page)
    before = code(page)
    page.get_by_role("button", name="Refine by optimization").click()
    draw(page, SEVEN)
    wait_for_another_code(page, before)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0, timeout=TIMEOUT_MS)
    expect(page.get_by_role("button", name="Refine by optimization")).to_be_visible(
        timeout=TIMEOUT_MS
    )
    expect(page.get_by_text("The reconstruction error fell by")).to_have_count(0)


def test_drawing_is_private_to_the_session(page: Page, browser: Browser, address: str) -> None:
    show(page, address, GENERATOR)
    draw(page, ONE)
    wait_for_another_code(page, "")
    other = browser.new_page()
    show(other, address, GENERATOR)
    assert code(other) == ""
    assert not nearest_labels(other)
    other.close()
