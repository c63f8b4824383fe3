"""What lies between, looked at as a person does: by the pixels on the screen."""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest
from PIL import Image, ImageSequence
from playwright.sync_api import Browser, Page, expect

from latent_core.analysis.support import fit_support
from latent_core.interpolation import (
    bilinear,
    build_neighbor_graph,
    cross_fade,
    geodesic_path,
    linear_path,
    spherical_path,
)
from tests.browser.driver import click_sample, running_app, wait_for_map
from tests.browser.morph_page import (
    MODEL,
    Truth,
    as_bytes,
    assert_seen,
    picture,
    show,
    told,
    traffic,
)

pytestmark = pytest.mark.browser
A, B, C, D = 6183, 153, 1111, 7353
TWO = f"morph?model={MODEL}&mode=two&ends=s{A}~s{B}"
FOUR = f"morph?model={MODEL}&mode=four&corners=s{A}~s{B}~s{C}~s{D}"
MANY = f"morph?model={MODEL}&mode=many&anchors=s{A}~s{B}~s{C}&seconds=1~3"


def all_strips(page: Page) -> None:
    """Wait until every path is there and its pictures are."""
    for kind in ("linear", "spherical", "geodesic", "cross-fade"):
        page.wait_for_selector(
            f'.ls-path-strip[data-kind="{kind}"][data-ready="true"]', timeout=60_000
        )


def time_of(page: Page) -> float:
    return float(page.evaluate("document.querySelector('.ls-morph').__testHooks.position.time"))


def choose(page: Page, kind: str) -> None:
    page.locator(f'.ls-morph .ls-button-group button[data-choice="{kind}"]').click()


def knob(page: Page) -> None:
    page.locator(".ls-timeline-handle").focus()


def drag_knob(page: Page, to: float, *, release: bool = True) -> None:
    """Take the knob to the share `to` of the track."""
    box = page.locator(".ls-timeline").bounding_box()
    start = page.locator(".ls-timeline-handle").bounding_box()
    assert box
    assert start
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + to * box["width"], start["y"] + 10, steps=12)
    if release:
        page.mouse.up()


# two ends


@pytest.mark.parametrize("kind", ["linear", "spherical", "geodesic", "cross-fade"])
def test_every_way_goes_from_what_a_decodes_to_to_what_b_decodes_to(
    page: Page, address: str, truth: Truth, kind: str
) -> None:
    show(page, address, TWO)
    all_strips(page)
    choose(page, kind)
    first, last = truth.seen(truth.codes[[A, B]])
    knob(page)
    page.keyboard.press("Home")
    assert_seen(page, first)
    page.keyboard.press("End")
    assert_seen(page, last)


def test_each_path_is_the_librarys_and_the_fade_blends_pixels(
    page: Page, address: str, truth: Truth
) -> None:
    show(page, address, f"{TWO}&t=0.3")
    all_strips(page)
    a, b = truth.codes[[A, B]]
    paths = {"linear": linear_path(a, b), "spherical": spherical_path(a, b)}
    paths["geodesic"] = geodesic_path(a, b, build_neighbor_graph(truth.codes))
    for kind, path in paths.items():
        choose(page, kind)
        assert_seen(page, truth.seen(path.at([0.3]))[0])
    choose(page, "cross-fade")
    faded = cross_fade(*truth.model.decode(truth.codes[[A, B]]), [0.3])
    assert_seen(page, as_bytes(faded)[0, 0])
    half = truth.seen(paths["linear"].at([0.5]))[0]
    assert (
        np.abs(
            as_bytes(cross_fade(*truth.model.decode(truth.codes[[A, B]]), [0.5]))[0, 0] - half
        ).max()
        > 50
    )


def test_the_strips_show_each_path_frame_by_frame(page: Page, address: str, truth: Truth) -> None:
    show(page, address, TWO)
    all_strips(page)
    path = spherical_path(*truth.codes[[A, B]])
    wanted = truth.seen(path.at(np.linspace(0, 1, 11)))
    for number in (0, 4, 10):
        cell = f'.ls-path-strip[data-kind="spherical"] button:nth-child({number + 1}) canvas'
        assert_seen(page, wanted[number], cell)
    page.locator('.ls-path-strip[data-kind="spherical"] button').nth(7).click()
    assert time_of(page) == pytest.approx(0.7)
    assert_seen(page, wanted[7])
    expect(page.locator('.ls-path-strip[data-kind="spherical"]')).to_have_attribute(
        "data-chosen", ""
    )


def test_a_drag_moves_the_picture_and_asks_the_server_for_nothing(
    page: Page, address: str, truth: Truth
) -> None:
    asked = traffic(page)
    show(page, address, f"{TWO}&t=0")
    all_strips(page)
    wait_for_map(page)
    page.wait_for_timeout(1000)
    asked.clear()
    drag_knob(page, 0.5, release=False)
    halfway = linear_path(*truth.codes[[A, B]]).at([0.5])
    assert time_of(page) == pytest.approx(0.5, abs=0.01)
    shown = picture(page)
    assert (
        np.abs(shown - truth.seen(linear_path(*truth.codes[[A, B]]).at([time_of(page)]))[0]).max()
        <= 1
    )
    assert np.abs(shown - truth.seen(halfway)[0]).mean() < 3
    page.wait_for_timeout(500)
    assert asked == []
    page.mouse.up()
    page.wait_for_function("new URL(location).searchParams.get('t') !== '0'")
    assert asked


def test_keys_move_by_steps_and_python_is_told_when_they_rest(
    page: Page, address: str, truth: Truth
) -> None:
    show(page, address, f"{TWO}&t=0.5")
    knob(page)
    page.keyboard.press("ArrowRight")
    assert time_of(page) == pytest.approx(0.51)
    page.keyboard.press("Shift+ArrowRight")
    assert time_of(page) == pytest.approx(0.61)
    page.keyboard.press("ArrowLeft")
    assert time_of(page) == pytest.approx(0.60)
    told(page, "t", "0.6")
    value = page.locator(".ls-timeline-handle").get_attribute("aria-valuetext")
    there = linear_path(*truth.codes[[A, B]]).at([0.6])
    assert value == f"60 %, {fit_support(truth.codes, low_density_center=True).levels(there)[0]}"
    for _ in range(12):
        page.keyboard.press("Shift+ArrowRight")
    assert time_of(page) == 1.5
    expect(page.locator(".ls-timeline-handle")).to_have_attribute("aria-valuenow", "150")


def test_space_plays_and_pauses_and_where_it_stopped_is_told(page: Page, address: str) -> None:
    asked = traffic(page)
    show(page, address, f"{TWO}&t=0")
    all_strips(page)
    wait_for_map(page)
    page.wait_for_timeout(1000)
    asked.clear()
    knob(page)
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('.ls-morph').__testHooks.position.time > 0.2")
    assert asked == []
    page.keyboard.press("Space")
    stopped = time_of(page)
    page.wait_for_function(
        "t => Math.abs(new URL(location).searchParams.get('t') - t) < 1e-3", arg=stopped
    )
    assert time_of(page) == stopped


def test_those_who_want_no_motion_see_steps(browser: Browser, address: str) -> None:
    page = browser.new_page(reduced_motion="reduce")
    show(page, address, f"{TWO}&t=0")
    page.evaluate(
        """() => { const player = document.querySelector('.ls-morph').__testHooks;
        window.seen = new Set();
        setInterval(() => window.seen.add(Math.round(1000 * player.position.time)), 30); }"""
    )
    page.get_by_role("button", name="play", exact=True).click()
    page.wait_for_function("window.seen.size >= 3")
    assert set(page.evaluate("[...window.seen]")) <= set(range(0, 1001, 100))
    page.close()


def test_a_link_shows_the_same_picture_elsewhere(
    page: Page, browser: Browser, address: str, truth: Truth
) -> None:
    show(page, address, TWO)
    all_strips(page)
    choose(page, "spherical")
    drag_knob(page, 0.41)
    told(page, "path", "spherical")
    page.wait_for_function("new URL(location).searchParams.get('t') !== '0.5'")
    seen = picture(page)
    other = browser.new_page()
    show(other, address, page.url.removeprefix(f"{address}/"))
    time = time_of(other)
    assert np.abs(picture(other) - seen).max() <= 1
    assert np.abs(seen - truth.seen(spherical_path(*truth.codes[[A, B]]).at([time]))[0]).max() <= 1
    other.close()


def test_changing_page_and_coming_back_finds_all_as_it_was(page: Page, address: str) -> None:
    show(page, address, TWO)
    all_strips(page)
    choose(page, "spherical")
    knob(page)
    page.keyboard.press("Shift+ArrowRight")
    told(page, "t", "0.6")
    seen = picture(page)
    page.get_by_role("link", name="Encode").click()
    page.wait_for_selector(".ls-pipeline")
    page.get_by_role("link", name="Morph").click()
    page.wait_for_selector(".ls-morph[data-ready]")
    assert time_of(page) == pytest.approx(0.6)
    np.testing.assert_array_equal(picture(page), seen)


def fill_tray(page: Page, address: str, index: int) -> None:
    """Put picture `index` into the tray on the map page, then come to this one."""
    page.goto(f"{address}/?model={MODEL}&method=pca&picture={index}")
    page.get_by_role("button", name="Add to tray").click()
    page.wait_for_selector('.ls-tray[data-count="1"]')
    page.get_by_role("link", name="Morph").click()
    page.wait_for_selector(".ls-morph[data-ready]", timeout=60_000)


def carry_to(page: Page, selector: str, over: str = "") -> None:
    """Drag the tray's first picture to the middle of `selector`, which `over` takes it for."""
    thumb = page.locator(".ls-tray li").first.bounding_box()
    target = page.locator(selector).bounding_box()
    assert thumb
    assert target
    page.mouse.move(thumb["x"] + 20, thumb["y"] + 20)
    page.mouse.down()
    page.mouse.move(thumb["x"] + 24, thumb["y"] - 40, steps=4)
    x, y = target["x"] + target["width"] / 2, target["y"] + target["height"] / 2
    page.mouse.move(x, y, steps=8)
    expect(page.locator(over or selector)).to_have_attribute("data-drop-over", "")
    page.mouse.up()


def test_a_picture_of_the_tray_dropped_on_b_becomes_b(
    page: Page, address: str, truth: Truth
) -> None:
    fill_tray(page, address, 42)
    carry_to(page, '.ls-endpoint[data-slot="1"]')
    page.wait_for_function("new URL(location).searchParams.get('ends')?.endsWith('~s42')")
    knob(page)
    page.keyboard.press("End")
    assert_seen(page, truth.seen(truth.codes[[42]])[0])
    expect(page.locator(".ls-drag-image")).to_have_count(0)
    assert page.locator(".ls-tray li").count() == 1


def test_swap_leaves_the_picture_and_exchanges_the_ends(
    page: Page, address: str, truth: Truth
) -> None:
    show(page, address, f"{TWO}&t=0.3")
    before = picture(page)
    page.get_by_role("button", name="Swap").click()
    told(page, "ends", f"s{B}~s{A}")
    page.wait_for_function("document.querySelector('.ls-morph').__testHooks.position.time === 0.7")
    assert np.abs(picture(page) - before).max() <= 1
    knob(page)
    page.keyboard.press("Home")
    assert_seen(page, truth.seen(truth.codes[[B]])[0])


def test_a_click_on_the_map_replaces_the_chosen_end(page: Page, address: str, truth: Truth) -> None:
    show(page, address, TWO)
    wait_for_map(page)
    page.locator('.ls-endpoint[data-slot="0"]').click()
    expect(page.locator('.ls-endpoint[data-slot="0"]')).to_have_attribute("aria-pressed", "true")
    click_sample(page, 77)
    page.wait_for_function(
        "before => new URL(location).searchParams.get('ends') !== before", arg=f"s{A}~s{B}"
    )
    first, last = page.evaluate("new URL(location).searchParams.get('ends').split('~')")
    assert last == f"s{B}"
    clicked = int(first[1:])
    knob(page)
    page.keyboard.press("Home")
    assert_seen(page, truth.seen(truth.codes[[clicked]])[0])


def test_the_mark_on_the_map_goes_along_with_the_hand(
    page: Page, address: str, truth: Truth
) -> None:
    show(page, address, f"{TWO}&t=0")
    wait_for_map(page)
    expect(page.locator(".ls-map-line-key")).to_have_count(3)

    def mark() -> np.ndarray:
        box = page.locator(".ls-map-marker").bounding_box()
        assert box
        return np.array([box["x"], box["y"]])

    def sample(index: int) -> np.ndarray:
        where = page.evaluate(
            "i => document.querySelector('.ls-map').__testHooks.screenOf(i)", index
        )
        return np.array([where["x"], where["y"]])

    assert np.hypot(*(mark() - sample(A))) < 12
    drag_knob(page, 0.84)
    assert time_of(page) == pytest.approx(1, abs=0.01)
    page.wait_for_timeout(300)
    assert np.hypot(*(mark() - sample(B))) < 12


def test_what_lies_between_goes_into_the_tray_and_comes_back_as_an_end(
    page: Page, address: str
) -> None:
    show(page, address, f"{TWO}&t=0.4")
    seen = picture(page)
    page.get_by_role("button", name="Add to tray").click()
    page.wait_for_selector('.ls-tray[data-count="1"]')
    page.locator(".ls-tray li [data-role=item]").first.click()  # B is the chosen end
    page.wait_for_function("new URL(location).searchParams.get('ends').includes('~c')")
    knob(page)
    page.keyboard.press("End")
    assert_seen(page, seen)


# four corners


def test_the_pad_shows_each_corners_picture_in_its_corner(
    page: Page, address: str, truth: Truth
) -> None:
    show(page, address, FOUR)
    box = page.locator(".ls-pad").bounding_box()
    assert box
    wanted = truth.seen(truth.codes[[A, B, C, D]])
    places = [
        (2, 2),
        (box["width"] - 2, 2),
        (2, box["height"] - 2),
        (box["width"] - 2, box["height"] - 2),
    ]
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    for (x, y), expected in zip(places, wanted, strict=True):
        page.mouse.move(box["x"] + x, box["y"] + y, steps=6)
        assert_seen(page, expected)
    page.mouse.up()
    told(page, "u", "1")
    page.wait_for_selector('.ls-corner-grid[data-ready="true"]')
    grid = picture(page, ".ls-corner-grid canvas", 11 * 28)
    np.testing.assert_allclose(grid[:28, :28], wanted[0], atol=1)
    np.testing.assert_allclose(grid[-28:, -28:], wanted[3], atol=1)
    middle = truth.seen(bilinear(truth.codes[[A, B, C, D]], [0.5], [0.5]))[0]
    np.testing.assert_allclose(grid[140:168, 140:168], middle, atol=1)


def test_the_pad_is_worked_by_keys_and_mixes_spherically_on_request(
    page: Page, address: str, truth: Truth
) -> None:
    show(page, address, f"{FOUR}&u=0.5&v=0.5")
    page.locator(".ls-pad-handle").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowUp")
    told(page, "v", "0.49")
    four = truth.codes[[A, B, C, D]]
    assert_seen(page, truth.seen(bilinear(four, [0.6], [0.49]))[0])
    choose(page, "spherical")
    assert_seen(page, truth.seen(bilinear(four, [0.6], [0.49], "spherical"))[0])
    told(page, "path", "spherical")


# several anchors


def test_the_path_goes_through_every_anchor_in_its_time(
    page: Page, address: str, truth: Truth
) -> None:
    show(page, address, MANY)
    wanted = truth.seen(truth.codes[[A, B, C]])
    for number, (time, expected) in enumerate(zip([0, 0.25, 1], wanted, strict=True)):
        page.locator(".ls-waypoint > button").nth(number).click()
        assert time_of(page) == pytest.approx(time)
        assert_seen(page, expected)


def test_anchors_are_reordered_removed_and_timed(page: Page, address: str, truth: Truth) -> None:
    show(page, address, MANY)
    page.locator(".ls-waypoint > button").first.focus()
    page.keyboard.press("Alt+ArrowRight")
    told(page, "anchors", f"s{B}~s{A}~s{C}")
    page.locator(".ls-waypoint-seconds input").first.fill("2")
    page.keyboard.press("Enter")
    told(page, "seconds", "2~3")
    page.wait_for_function("document.querySelector('.ls-morph').__testHooks.stops[1].time === 0.4")
    page.locator(".ls-waypoint > button").nth(1).focus()
    page.keyboard.press("Delete")
    told(page, "anchors", f"s{B}~s{C}")
    knob(page)
    page.keyboard.press("Home")
    assert_seen(page, truth.seen(truth.codes[[B]])[0])


def test_a_picture_of_the_tray_is_added_by_dropping_it(page: Page, address: str) -> None:
    fill_tray(page, address, 42)
    page.get_by_text("Several anchors").click()
    page.wait_for_selector(".ls-morph-waypoints[data-ready]")
    expect(page.locator(".ls-waypoint")).to_have_count(4)
    page.wait_for_url(re.compile("anchors="))
    begun = parse_qs(urlparse(page.url).query)["anchors"][0].split("~")
    carry_to(page, ".ls-waypoints > li:nth-child(2)", over=".ls-waypoints")
    expect(page.locator(".ls-waypoint")).to_have_count(5)
    told(page, "anchors", "~".join([*begun[:2], "s42", *begun[2:]]))


# what leaves the page


def test_the_downloaded_film_is_what_was_seen(
    page: Page, address: str, truth: Truth, tmp_path: Path
) -> None:
    show(page, address, f"{TWO}&path=spherical")
    page.get_by_test_id("stPopover").filter(has_text="Export").get_by_role("button").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download morph-sphere.gif").click()
    path = tmp_path / "film.gif"
    waiting.value.save_as(path)
    film = Image.open(io.BytesIO(path.read_bytes()))
    frames = [np.asarray(frame.convert("L")).astype(int) for frame in ImageSequence.Iterator(film)]
    assert frames[0].shape == (448, 448)
    there = spherical_path(*truth.codes[[A, B]]).at(np.linspace(0, 1, 76))
    wanted = truth.seen(there)
    np.testing.assert_allclose(frames[0][8::16, 8::16], wanted[0], atol=1)
    shown = [frame[8::16, 8::16] for frame in frames]
    assert any(np.abs(frame - wanted[-1]).max() <= 1 for frame in shown)
    assert any(np.abs(frame - wanted[37]).max() <= 1 for frame in shown)


def test_where_the_decoder_cannot_travel_the_same_is_seen_and_it_is_said(
    browser: Browser, truth: Truth, tmp_path: Path
) -> None:
    with running_app(tmp_path / "cache", LATENT_LIVE_MAX_MB="0", OMP_NUM_THREADS="1") as address:
        page = browser.new_page()
        show(page, address, f"{TWO}&t=0.3")
        expect(page.locator(".ls-morph .ls-decoder-status")).to_contain_text(
            "decoded on the server"
        )
        a, b = truth.codes[[A, B]]
        all_strips(page)
        assert_seen(page, truth.seen(linear_path(a, b).at([0.3]))[0])
        knob(page)
        page.keyboard.press("End")
        assert_seen(page, truth.seen(b[None])[0])
        page.close()


@pytest.mark.parametrize("query", [TWO, FOUR, MANY])
def test_a_phone_needs_no_sideways_scrolling(page: Page, address: str, query: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    show(page, address, query)
    page.wait_for_timeout(1500)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for selector in (".ls-decoded", ".ls-timeline", ".ls-pad"):
        for box in [found.bounding_box() for found in page.locator(f".ls-morph {selector}").all()]:
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
