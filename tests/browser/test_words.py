"""Words on the map, in a browser: hover, search, analogies, selection."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

import latent_core as lc
from latent_core.analysis.analogies import nearest_by_cosine, unit_vectors
from tests.browser.driver import click_sample, running_app, wait_for_map

pytestmark = pytest.mark.browser
QUERY = "?model=words-glove-50"
TIMEOUT_MS = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_app(tmp_path_factory.mktemp("words") / "cache") as found:
        yield found


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    opened.set_default_timeout(TIMEOUT_MS)
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(f"{error} {error.stack}"))
    yield opened
    opened.close()
    assert errors == []


def show(page: Page, address: str, more: str = "") -> None:
    page.goto(f"{address}/{QUERY}{more}", timeout=TIMEOUT_MS)
    wait_for_map(page, 120)


def index_of(name: str) -> int:
    return lc.load_dataset("words").precomputed.names.index(name)


def hover_visible_point(page: Page) -> int:
    """Hover over a point that no other covers; returns its index."""
    found = page.evaluate(
        """() => { const map = document.querySelector('.ls-map').__testHooks;
        for (let i = 0; i < 2000; i++) { const at = map.screenOf(i);
          if (at && map.hit(at.x, at.y) === i) return { i, ...at }; } }"""
    )
    page.mouse.move(found["x"] - 3, found["y"] - 3)
    page.mouse.move(found["x"], found["y"])
    return int(found["i"])


def test_hover_shows_the_word_and_click_its_nearest_neighbors(page: Page, address: str) -> None:
    show(page, address)
    index = hover_visible_point(page)
    data = lc.load_dataset("words")
    expect(page.locator(".ls-map-card .ls-map-name")).to_have_text(data.label(index))
    assert page.locator(".ls-map-card canvas.ls-map-image").is_hidden()
    click_sample(page, index)
    page.wait_for_selector(f'.ls-words-panel[data-id="{index}"]')
    unit = unit_vectors(data.precomputed.read())
    near = nearest_by_cosine(unit, unit[index], 12, [index])
    shown = page.locator(".ls-words-panel [data-role=name]")
    expect(shown).to_have_count(12)
    listed = [text.split("\n") for text in shown.all_inner_texts()]
    wanted = zip(near.index, near.cosine, strict=True)
    assert listed == [[data.label(int(i)), f"{cos:.2f}"] for i, cos in wanted]


def test_word_is_found_and_highlighted(page: Page, address: str) -> None:
    show(page, address)
    page.get_by_label("Find a word").fill("Queen")
    page.keyboard.press("Enter")
    page.wait_for_selector(f'.ls-map[data-selected="{index_of("queen")}"]')
    expect(page.locator(".ls-map-pin span")).to_have_text("queen")
    expect(page.locator(".ls-words-panel strong")).to_have_text("queen")
    page.get_by_label("Find a word").fill("qeuen")
    page.keyboard.press("Enter")
    expect(page.get_by_text("did you mean 'queen'")).to_be_visible(timeout=TIMEOUT_MS)


def test_analogy_shows_its_answer_and_its_baselines(page: Page, address: str) -> None:
    show(page, address)
    page.get_by_role("textbox", name="Word arithmetic").fill("king - man + woman")
    page.keyboard.press("Enter")
    expect(page.locator(".ls-words-panel strong")).to_have_text(
        "king − man + woman ≈ queen", timeout=TIMEOUT_MS
    )
    lists = page.locator(".ls-words-panel-list")
    expect(lists).to_have_count(5)
    expect(lists.nth(0)).to_contain_text("the nearest of all is king, one of the inputs")
    expect(lists.nth(1).locator("button").first).to_contain_text("king")
    expect(lists.nth(2).locator("h2")).to_have_text("baseline: nearest to king alone")
    page.wait_for_url("**expression=king*")
    lists.nth(0).locator("button").first.click()
    page.wait_for_selector(f'.ls-words-panel[data-id="{index_of("queen")}"]')
    page.get_by_role("button", name="Back to the arithmetic").click()
    expect(page.locator(".ls-words-panel strong")).to_contain_text("≈ queen", timeout=TIMEOUT_MS)


def test_a_region_lists_its_words(page: Page, address: str) -> None:
    show(page, address)
    box = page.locator(".ls-map-plot").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.keyboard.down("Shift")
    page.mouse.move(x - 30, y - 30)
    page.mouse.down()
    for right, down in ((30, -30), (30, 30), (-30, 30), (-30, -30)):
        page.mouse.move(x + right, y + down, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    expect(page.locator(".ls-words-panel strong")).to_contain_text("words", timeout=TIMEOUT_MS)
    names = page.locator(".ls-words-panel-list").last.locator("button").all_inner_texts()
    assert len(names) > 3
    assert set(names) <= set(lc.load_dataset("words").precomputed.names)
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Codes, CSV").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[0].startswith("name,z1,")
    assert [line.split(",")[0] for line in lines[1 : len(names) + 1]] == names


@pytest.mark.parametrize("more", ["&sample=725", "&expression=king - man %2B woman"])
def test_no_horizontal_scrolling_on_a_phone(page: Page, address: str, more: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    show(page, address, more)
    page.wait_for_selector(".ls-words-panel")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
