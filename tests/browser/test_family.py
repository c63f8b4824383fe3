"""Family in a browser: what is seen is what the library says, and nobody asks the server for it."""

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
from tests.browser.driver import running_app, wait_for_map
from tests.browser.morph_page import DATA, Truth, assert_seen, picture, show, told, traffic

pytestmark = pytest.mark.browser
A, B = 6183, 153
FAMILY = f"morph?mode=family&parents=s{A}~s{B}"
SHARES = [0, 1, 0.5, 0.25, 1, 0]
BORN = f"{FAMILY}&genes={'~'.join(map(str, SHARES))}&vary=0.3&seed=7&child=2"
STAGE = ".ls-morph-top .ls-decoded canvas"


@pytest.fixture(scope="module")
def genes(truth: Truth) -> DimensionGroups:
    return group_dimensions(truth.model.decode, lc.encode(truth.model, lc.load_dataset(DATA)))


def family(truth: Truth, genes: DimensionGroups, shares: list[float]) -> np.ndarray:
    """The codes of the mixture and of the litter that `BORN` has."""
    centre = crossover(*truth.codes[[A, B]], genes, shares)
    return np.concatenate([centre[None], sample_variations(centre, truth.codes, 0.3, 8, seed=7)])


def settled(page: Page) -> None:
    """Wait until all small pictures are those of the present codes."""
    page.wait_for_function("document.querySelector('.ls-crossover').__testHooks.space !== null")
    page.wait_for_timeout(100)
    page.wait_for_function("document.querySelector('.ls-crossover').__testHooks.background.idle")


def drag(page: Page, selector: str, start: float, to: float) -> None:
    """Take the knob of a slider from one share of its way to another, and hold it there."""
    box = page.locator(selector).bounding_box()
    assert box
    inner = box["width"] - 16  # the knob's middle stays inside
    places = [box["x"] + 8 + share * inner for share in (start, to)]
    page.mouse.move(places[0], box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(places[1], box["y"] + box["height"] / 2, steps=10)


def shares_of(page: Page) -> list[float]:
    found: list[float] = page.evaluate(
        "document.querySelector('.ls-crossover').__testHooks.state.shares"
    )
    return found


def test_the_address_shows_that_child_and_its_litter(
    page: Page, address: str, truth: Truth, genes: DimensionGroups
) -> None:
    show(page, address, BORN)
    settled(page)
    wanted = truth.seen(family(truth, genes, SHARES))
    assert_seen(page, wanted[2], STAGE)
    for child in (0, 2, 8):
        assert_seen(page, wanted[child], f'.ls-variations [data-variation="{child}"] canvas')
    swapped = [1, *SHARES[1:]]
    from_b = truth.seen(family(truth, genes, swapped))[2]
    assert_seen(page, from_b, '.ls-dimension-group[data-group="0"] [data-end="B"] canvas')


def test_a_drag_moves_the_child_and_asks_the_server_for_nothing(
    page: Page, address: str, truth: Truth, genes: DimensionGroups
) -> None:
    asked = traffic(page)
    show(page, address, FAMILY)
    wait_for_map(page)
    settled(page)
    page.wait_for_timeout(1500)
    before = picture(page, STAGE)
    page.locator(".ls-crossover-mix input").scroll_into_view_if_needed()
    asked.clear()
    drag(page, ".ls-crossover-mix input", 0.5, 0.9)
    share = shares_of(page)[0]
    assert share == pytest.approx(0.9, abs=0.03)
    wanted = truth.seen(crossover(*truth.codes[[A, B]], genes, [share] * 6)[None])[0]
    assert_seen(page, wanted, STAGE)
    assert np.abs(wanted - before).max() > 50
    assert asked == []
    page.mouse.up()
    told(page, "genes", "~".join([f"{share:g}"] * 6))


def test_at_the_ends_the_child_is_a_parent(page: Page, address: str, truth: Truth) -> None:
    show(page, address, FAMILY)
    first, last = truth.seen(truth.codes[[A, B]])
    page.get_by_role("button", name="all groups from A").click()
    assert_seen(page, first, STAGE)
    page.get_by_role("button", name="all groups from B").click()
    assert_seen(page, last, STAGE)
    told(page, "genes", "~".join("111111"))


def test_a_click_on_a_child_shows_it_and_reload_keeps_it(
    page: Page, address: str, truth: Truth, genes: DimensionGroups
) -> None:
    show(page, address, BORN)
    settled(page)
    page.locator('.ls-variations [data-variation="5"]').click()
    wanted = truth.seen(family(truth, genes, SHARES))[5]
    assert_seen(page, wanted, STAGE)
    told(page, "child", "5")
    url = page.url
    page.reload()
    page.wait_for_selector(".ls-crossover[data-ready]", timeout=90_000)
    assert_seen(page, wanted, STAGE)
    assert page.url == url


def test_one_gene_is_taken_from_b_and_genes_are_shuffled(
    page: Page, address: str, truth: Truth, genes: DimensionGroups
) -> None:
    show(page, address, f"{FAMILY}&genes=0~0~0~0~0~0&vary=0.3&seed=7")
    settled(page)
    gene = page.locator('.ls-dimension-group[data-group="1"]')
    gene.locator('[data-end="B"]').click()
    code = truth.codes[A].copy()
    code[list(genes.groups[1])] = truth.codes[B][list(genes.groups[1])]
    assert_seen(page, truth.seen(code[None])[0], STAGE)
    told(page, "genes", "0~1~0~0~0~0")
    page.locator('[data-role="shuffle"]').click()
    page.wait_for_function("new URL(location).searchParams.get('genes') !== '0~1~0~0~0~0'")
    assert set(shares_of(page)) <= {0, 0.5, 1}


def test_the_nearest_real_pictures_are_the_librarys(
    page: Page, address: str, truth: Truth, genes: DimensionGroups
) -> None:
    show(page, address, BORN)
    settled(page)
    near = nearest(truth.codes, family(truth, genes, SHARES)[2], 8)[0]
    tiles = page.locator(".ls-crossover-near button")
    expect(tiles).to_have_count(8)
    assert [int(tile.get_attribute("data-id") or -1) for tile in tiles.all()] == near.tolist()


def test_a_child_becomes_a_parent_and_has_children_of_its_own(
    page: Page, address: str, truth: Truth, genes: DimensionGroups
) -> None:
    show(page, address, BORN)
    settled(page)
    page.locator('[data-replace="B"]').click()
    told(page, "seed", "8")
    child = family(truth, genes, SHARES)[2]
    halfway = crossover(truth.codes[A], child, genes, [0.5] * 6)
    assert_seen(page, truth.seen(halfway[None])[0], STAGE)
    page.locator('[data-role="more"]').click()
    told(page, "seed", "9")
    centre = sample_variations(halfway, truth.codes, 0.3, 8, seed=9)
    assert_seen(page, truth.seen(centre)[3], '.ls-variations [data-variation="4"] canvas')


def test_the_downloaded_sheet_is_the_family(
    page: Page, address: str, truth: Truth, genes: DimensionGroups, tmp_path: Path
) -> None:
    show(page, address, BORN)
    page.get_by_test_id("stPopover").filter(has_text="Export").get_by_role("button").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download family.png").click()
    waiting.value.save_as(tmp_path / "family.png")
    sheet = np.asarray(Image.open(tmp_path / "family.png").convert("L")).astype(int)
    assert sheet.shape == (3 * 224, 3 * 224)
    tiles = sheet[4::8, 4::8].reshape(3, 28, 3, 28).swapaxes(1, 2).reshape(9, 28, 28)
    np.testing.assert_allclose(tiles, truth.seen(family(truth, genes, SHARES)), atol=1)


def test_a_phone_needs_no_sideways_scrolling(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    show(page, address, BORN)
    settled(page)
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


def test_where_the_decoder_cannot_travel_the_same_is_seen(
    browser: Browser, truth: Truth, genes: DimensionGroups, tmp_path: Path
) -> None:
    with running_app(tmp_path / "cache", LATENT_LIVE_MAX_MB="0", OMP_NUM_THREADS="1") as address:
        page = browser.new_page()
        show(page, address, BORN)
        expect(page.locator(".ls-crossover .ls-decoder-status")).to_contain_text(
            "decoded on the server"
        )
        settled(page)
        wanted = truth.seen(family(truth, genes, SHARES))
        assert_seen(page, wanted[2], STAGE)
        assert_seen(page, wanted[8], '.ls-variations [data-variation="8"] canvas')
        page.close()
