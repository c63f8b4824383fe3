"""What is in view on the Map page: its height, and what is drawn around and over the points."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

import latent_core as lc
from tests.browser.driver import wait_for_map

pytestmark = pytest.mark.browser
MAP = "document.querySelector('.ls-map').__testHooks"


def show(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}/{query}")
    wait_for_map(page, 90)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_map_and_legend_end_just_above_the_tray(
    page: Page, address: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    show(page, address, "?method=pca")
    page.wait_for_function(
        """() => {
          const tops = [...document.querySelectorAll('.st-key-frame-tray')]
            .map((node) => node.getBoundingClientRect().top);
          const space = Math.min(...tops)
            - document.querySelector('.ls-map-foot').getBoundingClientRect().bottom;
          return space >= 0 && space < 24;
        }"""
    )


def boxes(page: Page) -> list[dict[str, float]]:
    """The names in view: text, center and size, in pixels of the plot."""
    page.wait_for_function(f"{MAP}.labels().length > 0")
    found: list[dict[str, float]] = page.evaluate(f"{MAP}.labels()")
    return found


def assert_no_overlap(labels: list[dict[str, float]]) -> None:
    for a, b in itertools.combinations(labels, 2):
        apart_x = abs(a["x"] - b["x"]) >= (a["width"] + b["width"]) / 2
        apart_y = abs(a["y"] - b["y"]) >= (a["height"] + b["height"]) / 2
        assert apart_x or apart_y, f"{a['text']} is on {b['text']}"


def zoom_at(page: Page, x: float, y: float, notches: int) -> None:
    page.mouse.move(x, y)
    for _ in range(notches):
        page.mouse.wheel(0, -120)


def middle(page: Page) -> tuple[float, float]:
    box = page.locator(".ls-map-plot").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_classes_are_named_without_overlap_until_the_names_are_switched_off(
    page: Page, address: str
) -> None:
    show(page, address)
    labels = boxes(page)
    assert {label["text"] for label in labels} == set("0123456789")
    assert_no_overlap(labels)
    page.click('.ls-map-chip[data-class="3"]')
    page.wait_for_function(f"!{MAP}.labels().some(({{text}}) => text === '3')")
    page.click('[data-tool="menu"]')
    page.get_by_role("checkbox", name="Names").uncheck()
    page.wait_for_function(f"{MAP}.labels().length === 0")


def test_words_stand_beside_their_points_at_every_zoom_without_overlap(
    page: Page, address: str
) -> None:
    show(page, address, "?model=words-glove-50")
    few = boxes(page)
    assert_no_overlap(few)
    zoom_at(page, *middle(page), 8)
    first = few[0]["text"]
    page.wait_for_function(f"{MAP}.labels()[0]?.text !== '{first}'")
    near = boxes(page)
    assert_no_overlap(near)
    assert {label["text"] for label in near} - {label["text"] for label in few}


def test_points_become_their_images_when_the_map_is_enlarged(page: Page, address: str) -> None:
    show(page, address, "?method=pca")
    page.wait_for_selector('.ls-map[data-sheet="ready"]')
    assert page.evaluate(f"{MAP}.imageSide()") == 0
    zoom_at(page, *middle(page), 16)
    page.wait_for_function(f"{MAP}.imageSide() > 20")
    page.click('[data-tool="menu"]')
    page.get_by_label("Points only").check()
    page.wait_for_function(f"{MAP}.imageSide() === 0")


def test_axes_are_named_and_those_of_pca_tell_their_variance(page: Page, address: str) -> None:
    show(page, address, "?method=pca")
    codes = lc.encode(lc.load_model("digits-vae-16"), lc.load_dataset("digits")).mean
    variance = np.linalg.eigvalsh(np.cov(codes.T.astype(np.float64)))[::-1]
    first = f"PC 1 · {100 * variance[0] / variance.sum():.0f} %"
    page.wait_for_function(f"{MAP}.axisTexts().some((text) => text.startsWith('{first}'))")
    show(page, address, "?model=swissroll-3")
    page.wait_for_function(
        f"['z1', 'z2', 'z3', '10'].every((text) => {MAP}.axisTexts().includes(text))"
    )


def test_a_3d_map_says_that_it_turns_until_it_was_turned(page: Page, address: str) -> None:
    show(page, address, "?model=swissroll-3")
    hint = page.locator(".ls-map-turn-hint")
    expect(hint).to_be_visible()
    x, y = middle(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 10, steps=4)
    page.mouse.up()
    expect(hint).to_be_hidden()
    page.reload()
    wait_for_map(page, 90)
    expect(hint).to_be_hidden()


def test_points_travel_when_the_method_changes(page: Page, address: str) -> None:
    show(page, address, "?method=pca")
    page.evaluate(
        f"""() => {{
          const map = {MAP};
          const step = () => {{
            if (map.scene.positions.moving) window.travelled = true;
            requestAnimationFrame(step);
          }};
          step();
        }}"""
    )
    page.get_by_text("3D", exact=True).click()
    page.wait_for_selector('.ls-map[data-ready="true"][data-dims="3"]')
    page.wait_for_function("window.travelled === true")


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_map_is_saved_as_it_is_seen(page: Page, address: str, kind: str) -> None:
    show(page, address, "?method=pca&color=error")
    boxes(page)
    page.click('[data-tool="menu"]')
    with page.expect_download() as saved:
        page.click(f'[data-save="{kind}"]')
    assert saved.value.suggested_filename.endswith(f"pca.{kind}")
    path = saved.value.path()
    if kind == "png":
        image = Image.open(path).convert("RGB")
        width = page.locator(".ls-map-plot").bounding_box()
        assert width
        assert image.width > 2 * width["width"]
        assert len(image.getcolors(1 << 24)) > 100
        return
    texts, circles = page.evaluate(
        """(text) => {
          const figure = new DOMParser().parseFromString(text, 'image/svg+xml');
          const texts = [...figure.querySelectorAll('text')].map((node) => node.textContent);
          return [texts, figure.querySelectorAll('circle').length];
        }""",
        Path(path).read_text(),
    )
    assert circles == 10_000
    for part in ("PCA", "PC 1", "reconstruction error", "7"):
        assert any(part in text for text in texts), part


def search(page: Page, text: str) -> None:
    field = page.get_by_role("combobox", name="Find by label, number or name")
    field.fill(text)
    field.press("Enter")


def test_a_number_finds_its_image_and_a_label_all_of_its_class(page: Page, address: str) -> None:
    show(page, address, "?method=pca")
    search(page, "#42")
    page.wait_for_selector('.ls-inspector[data-id="42"]')
    search(page, "7")
    count = int((lc.load_dataset("digits").labels == 7).sum())
    expect(page.locator(".ls-map-selection")).to_contain_text(f"{count:,}")


def test_a_word_is_found_by_its_name(page: Page, address: str) -> None:
    show(page, address, "?model=words-glove-50")
    search(page, "Queen")
    names = lc.load_dataset("words").precomputed.names
    page.wait_for_selector(f'.ls-map[data-selected="{list(names).index("queen")}"]')


def test_errors_are_colored_from_the_1st_to_the_99th_percentile(page: Page, address: str) -> None:
    show(page, address, "?method=pca&color=error")
    legend = page.locator(".ls-map-legend")
    expect(legend).to_contain_text("mean squared error per pixel")
    expect(legend).to_contain_text("≤")
    expect(legend).to_contain_text("≥")


def test_neighbors_have_distances_of_the_chosen_number_and_metric(page: Page, address: str) -> None:
    show(page, address, "?method=pca&sample=42")
    page.wait_for_selector('.ls-inspector[data-id="42"]')
    neighbors = page.locator(".ls-inspector [data-role=neighbor]")
    expect(neighbors).to_have_count(8)
    page.get_by_role("combobox", name="number of neighbors").select_option("16")
    expect(neighbors).to_have_count(16)
    page.get_by_role("combobox", name="metric").select_option("cosine")
    codes = lc.encode(lc.load_model("digits-vae-16"), lc.load_dataset("digits")).mean
    found, distances = lc.nearest(codes, codes[42], 2, "cosine")
    first = page.locator(f'[data-role=neighbor][data-id="{int(found[1])}"]').first
    expect(first.locator(".ls-distance")).to_have_text(f"{float(distances[1]):.3g}")
