"""Crossover (page mode Family) in a browser: images are compared with the library's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

import latent_core as lc
from latent_core.analysis.dimension_groups import DimensionGroups, group_dimensions
from latent_core.analysis.variations import crossover, sample_variations
from latent_core.neighbors import nearest
from tests.browser.driver import running_app, wait_for_frames, wait_for_map, wait_until_idle
from tests.browser.morph_page import (
    DATA,
    Reference,
    assert_pixels,
    export_file,
    open_page,
    pixels_of,
    record_requests,
    wait_for_query,
)

pytestmark = pytest.mark.browser
A, B = 6183, 153
CROSSOVER = f"morph?mode=family&parents=s{A}~s{B}"
SHARES = [0, 1, 0.5, 0.25, 1, 0]
LINK = f"{CROSSOVER}&groups={'~'.join(map(str, SHARES))}&amount=0.3&seed=7&variation=2"
SELECTED = ".ls-morph-top .ls-decoded canvas"


@pytest.fixture(scope="module")
def groups(reference: Reference) -> DimensionGroups:
    return group_dimensions(
        reference.model.decode, lc.encode(reference.model, lc.load_dataset(DATA))
    )


def codes_of(reference: Reference, groups: DimensionGroups, shares: list[float]) -> np.ndarray:
    """Codes of the crossover and its variations that `LINK` shows, one row each."""
    center = crossover(*reference.codes[[A, B]], groups, shares)
    return np.concatenate(
        [center[None], sample_variations(center, reference.codes, 0.3, 8, seed=7)]
    )


def wait_until_decoded(page: Page) -> None:
    """Wait until the small images are those of the current codes."""
    page.wait_for_function("document.querySelector('.ls-crossover').__testHooks.space !== null")
    wait_for_frames(page)
    page.wait_for_function("document.querySelector('.ls-crossover').__testHooks.background.idle")


def drag(page: Page, selector: str, start: float, to: float) -> None:
    """Drag the thumb of a slider between two fractions of its track, without releasing it."""
    box = page.locator(selector).bounding_box()
    assert box
    inner = box["width"] - 16  # the center of the thumb stays inside
    positions = [box["x"] + 8 + fraction * inner for fraction in (start, to)]
    page.mouse.move(positions[0], box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(positions[1], box["y"] + box["height"] / 2, steps=10)


def group_shares(page: Page) -> list[float]:
    found: list[float] = page.evaluate(
        "document.querySelector('.ls-crossover').__testHooks.state.shares"
    )
    return found


def test_a_link_shows_the_selected_variation_and_all_others(
    page: Page, address: str, reference: Reference, groups: DimensionGroups
) -> None:
    open_page(page, address, LINK)
    wait_until_decoded(page)
    wanted = reference.decoded(codes_of(reference, groups, SHARES))
    assert_pixels(page, wanted[2], SELECTED)
    for child in (0, 2, 8):
        assert_pixels(page, wanted[child], f'.ls-variations [data-variation="{child}"] canvas')
    swapped = [1, *SHARES[1:]]
    from_b = reference.decoded(codes_of(reference, groups, swapped))[2]
    assert_pixels(page, from_b, '.ls-dimension-group[data-group="0"] [data-end="B"] canvas')


def test_a_drag_updates_the_image_without_requests_to_the_server(
    page: Page, address: str, reference: Reference, groups: DimensionGroups
) -> None:
    requests = record_requests(page)
    open_page(page, address, CROSSOVER)
    wait_for_map(page)
    wait_until_decoded(page)
    wait_until_idle(page)
    before = pixels_of(page, SELECTED)
    page.locator(".ls-crossover-mix input").scroll_into_view_if_needed()
    requests.clear()
    drag(page, ".ls-crossover-mix input", 0.5, 0.9)
    share = group_shares(page)[0]
    assert share == pytest.approx(0.9, abs=0.03)
    wanted = reference.decoded(crossover(*reference.codes[[A, B]], groups, [share] * 6)[None])[0]
    assert_pixels(page, wanted, SELECTED)
    assert np.abs(wanted - before).max() > 50
    assert requests == []
    page.mouse.up()
    wait_for_query(page, "groups", "~".join([f"{share:g}"] * 6))


def test_at_the_ends_of_the_slider_the_crossover_is_a_parent(
    page: Page, address: str, reference: Reference
) -> None:
    open_page(page, address, CROSSOVER)
    first, last = reference.decoded(reference.codes[[A, B]])
    page.get_by_role("button", name="all groups from A").click()
    assert_pixels(page, first, SELECTED)
    page.get_by_role("button", name="all groups from B").click()
    assert_pixels(page, last, SELECTED)
    wait_for_query(page, "groups", "~".join("111111"))


def test_a_click_selects_a_variation_and_reload_keeps_it(
    page: Page, address: str, reference: Reference, groups: DimensionGroups
) -> None:
    open_page(page, address, LINK)
    wait_until_decoded(page)
    page.locator('.ls-variations [data-variation="5"]').click()
    wanted = reference.decoded(codes_of(reference, groups, SHARES))[5]
    assert_pixels(page, wanted, SELECTED)
    wait_for_query(page, "variation", "5")
    url = page.url
    page.reload()
    page.wait_for_selector(".ls-crossover[data-ready]", timeout=90_000)
    assert_pixels(page, wanted, SELECTED)
    assert page.url == url


def test_one_group_is_taken_from_b_and_groups_are_randomized(
    page: Page, address: str, reference: Reference, groups: DimensionGroups
) -> None:
    open_page(page, address, f"{CROSSOVER}&groups=0~0~0~0~0~0&amount=0.3&seed=7")
    wait_until_decoded(page)
    group = page.locator('.ls-dimension-group[data-group="1"]')
    group.locator('[data-end="B"]').click()
    code = reference.codes[A].copy()
    code[list(groups.groups[1])] = reference.codes[B][list(groups.groups[1])]
    assert_pixels(page, reference.decoded(code[None])[0], SELECTED)
    wait_for_query(page, "groups", "0~1~0~0~0~0")
    page.locator('[data-role="randomize"]').click()
    page.wait_for_function("new URL(location).searchParams.get('groups') !== '0~1~0~0~0~0'")
    assert set(group_shares(page)) <= {0, 0.5, 1}


def test_the_nearest_images_of_the_data_set_equal_the_librarys(
    page: Page, address: str, reference: Reference, groups: DimensionGroups
) -> None:
    open_page(page, address, LINK)
    wait_until_decoded(page)
    near = nearest(reference.codes, codes_of(reference, groups, SHARES)[2], 8)[0]
    tiles = page.locator(".ls-crossover-near button")
    expect(tiles).to_have_count(8)
    assert [int(tile.get_attribute("data-id") or -1) for tile in tiles.all()] == near.tolist()


def test_a_variation_becomes_a_parent_and_has_variations_of_its_own(
    page: Page, address: str, reference: Reference, groups: DimensionGroups
) -> None:
    open_page(page, address, LINK)
    wait_until_decoded(page)
    page.locator('[data-replace="B"]').click()
    wait_for_query(page, "seed", "8")
    child = codes_of(reference, groups, SHARES)[2]
    halfway = crossover(reference.codes[A], child, groups, [0.5] * 6)
    assert_pixels(page, reference.decoded(halfway[None])[0], SELECTED)
    page.locator('[data-role="more"]').click()
    wait_for_query(page, "seed", "9")
    center = sample_variations(halfway, reference.codes, 0.3, 8, seed=9)
    assert_pixels(page, reference.decoded(center)[3], '.ls-variations [data-variation="4"] canvas')


def test_the_downloaded_sheet_has_the_crossover_and_its_variations(
    page: Page, address: str, reference: Reference, groups: DimensionGroups, tmp_path: Path
) -> None:
    open_page(page, address, LINK)
    download = export_file(page, "png")
    assert download.suggested_filename.endswith("-family.png")
    download.save_as(tmp_path / "family.png")
    sheet = np.asarray(Image.open(tmp_path / "family.png").convert("L")).astype(int)
    assert sheet.shape == (3 * 224, 3 * 224)
    tiles = sheet[4::8, 4::8].reshape(3, 28, 3, 28).swapaxes(1, 2).reshape(9, 28, 28)
    np.testing.assert_allclose(
        tiles, reference.decoded(codes_of(reference, groups, SHARES)), atol=1
    )


def test_a_phone_needs_no_sideways_scrolling(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, address, LINK)
    wait_until_decoded(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for selector in (
        ".ls-range",
        ".ls-variations button",
        ".ls-dimension-group",
        ".ls-nearest-images button",
    ):
        for found in page.locator(f".ls-crossover {selector}").all():
            box = found.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390


def test_decoded_on_the_server_the_images_are_the_same(
    browser: Browser, reference: Reference, groups: DimensionGroups, tmp_path: Path
) -> None:
    with running_app(
        tmp_path / "cache", LATENT_BROWSER_DECODER_MAX_MB="0", OMP_NUM_THREADS="1"
    ) as address:
        page = browser.new_page()
        open_page(page, address, LINK)
        expect(page.locator(".ls-crossover .ls-decoder-status")).to_contain_text(
            "decoded on the server"
        )
        wait_until_decoded(page)
        wanted = reference.decoded(codes_of(reference, groups, SHARES))
        assert_pixels(page, wanted[2], SELECTED)
        assert_pixels(page, wanted[8], '.ls-variations [data-variation="8"] canvas')
        page.close()
