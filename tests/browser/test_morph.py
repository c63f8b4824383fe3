"""The morph page in a browser: images on the screen are compared with the library's."""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest
from PIL import Image, ImageSequence
from playwright.sync_api import Browser, Page, expect

import latent_core as lc
from latent_core.analysis.support import fit_support
from latent_core.interpolation import (
    bilinear,
    build_neighbor_graph,
    cross_fade,
    geodesic_path,
    linear_path,
    spherical_path,
)
from tests.browser.driver import (
    click_sample,
    eventually,
    go_to_page,
    running_app,
    wait_for_map,
    wait_until_idle,
)
from tests.browser.morph_page import (
    MODEL,
    Reference,
    as_bytes,
    assert_pixels,
    export_file,
    open_page,
    pixels_of,
    record_requests,
    wait_for_query,
)

pytestmark = pytest.mark.browser
A, B, C, D = 6183, 153, 1111, 7353
TWO = f"morph?model={MODEL}&mode=two&endpoints=s{A}~s{B}"
FOUR = f"morph?model={MODEL}&mode=four&corners=s{A}~s{B}~s{C}~s{D}"
MANY = f"morph?model={MODEL}&mode=many&waypoints=s{A}~s{B}~s{C}&seconds=1~3"


def wait_for_strips(page: Page) -> None:
    """Wait until every path is computed and its filmstrip decoded."""
    for kind in ("linear", "spherical", "geodesic", "cross-fade"):
        page.wait_for_selector(
            f'.ls-path-strip[data-kind="{kind}"][data-ready="true"]', timeout=60_000
        )


def path_time(page: Page) -> float:
    return float(page.evaluate("document.querySelector('.ls-morph').__testHooks.position.time"))


def choose_kind(page: Page, kind: str) -> None:
    page.locator(f'.ls-morph .ls-button-group button[data-choice="{kind}"]').click()


def focus_handle(page: Page) -> None:
    page.locator(".ls-timeline-handle").focus()


def drag_handle(page: Page, to: float, *, release: bool = True) -> None:
    """Drag the handle to the fraction `to` of the track."""
    box = page.locator(".ls-timeline").bounding_box()
    start = page.locator(".ls-timeline-handle").bounding_box()
    assert box
    assert start
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + to * box["width"], start["y"] + 10, steps=12)
    if release:
        page.mouse.up()


# two endpoints


@pytest.mark.parametrize("kind", ["linear", "spherical", "geodesic", "cross-fade"])
def test_each_path_starts_at_the_image_of_a_and_ends_at_that_of_b(
    page: Page, address: str, reference: Reference, kind: str
) -> None:
    open_page(page, address, TWO)
    wait_for_strips(page)
    choose_kind(page, kind)
    first, last = reference.decoded(reference.codes[[A, B]])
    focus_handle(page)
    page.keyboard.press("Home")
    assert_pixels(page, first)
    page.keyboard.press("End")
    assert_pixels(page, last)


def test_images_on_each_path_equal_the_librarys_and_a_cross_fade_blends_pixels(
    page: Page, address: str, reference: Reference
) -> None:
    open_page(page, address, f"{TWO}&t=0.3")
    wait_for_strips(page)
    a, b = reference.codes[[A, B]]
    paths = {"linear": linear_path(a, b), "spherical": spherical_path(a, b)}
    paths["geodesic"] = geodesic_path(a, b, build_neighbor_graph(reference.codes))
    for kind, path in paths.items():
        choose_kind(page, kind)
        assert_pixels(page, reference.decoded(path.at([0.3]))[0])
    choose_kind(page, "cross-fade")
    faded = cross_fade(*reference.model.decode(reference.codes[[A, B]]), [0.3])
    assert_pixels(page, as_bytes(faded)[0, 0])
    half = reference.decoded(paths["linear"].at([0.5]))[0]
    assert (
        np.abs(
            as_bytes(cross_fade(*reference.model.decode(reference.codes[[A, B]]), [0.5]))[0, 0]
            - half
        ).max()
        > 50
    )


def test_filmstrips_show_the_images_of_each_path_and_select_them(
    page: Page, address: str, reference: Reference
) -> None:
    open_page(page, address, TWO)
    wait_for_strips(page)
    path = spherical_path(*reference.codes[[A, B]])
    wanted = reference.decoded(path.at(np.linspace(0, 1, 11)))
    for number in (0, 4, 10):
        cell = f'.ls-path-strip[data-kind="spherical"] button:nth-child({number + 1}) canvas'
        assert_pixels(page, wanted[number], cell)
    page.locator('.ls-path-strip[data-kind="spherical"] button').nth(7).click()
    assert path_time(page) == pytest.approx(0.7)
    assert_pixels(page, wanted[7])
    expect(page.locator('.ls-path-strip[data-kind="spherical"]')).to_have_attribute(
        "data-chosen", ""
    )


def test_a_drag_updates_the_image_without_requests_to_the_server(
    page: Page, address: str, reference: Reference
) -> None:
    requests = record_requests(page)
    open_page(page, address, f"{TWO}&t=0")
    wait_for_strips(page)
    wait_for_map(page)
    wait_until_idle(page)
    requests.clear()
    drag_handle(page, 0.5, release=False)
    halfway = linear_path(*reference.codes[[A, B]]).at([0.5])
    assert path_time(page) == pytest.approx(0.5, abs=0.01)
    shown = pixels_of(page)
    assert (
        np.abs(
            shown
            - reference.decoded(linear_path(*reference.codes[[A, B]]).at([path_time(page)]))[0]
        ).max()
        <= 1
    )
    assert np.abs(shown - reference.decoded(halfway)[0]).mean() < 3
    wait_until_idle(page)
    assert requests == []
    page.mouse.up()
    page.wait_for_function("new URL(location).searchParams.get('t') !== '0'")
    assert requests


def test_keys_move_by_steps_and_the_position_is_reported_after_the_last(
    page: Page, address: str, reference: Reference
) -> None:
    open_page(page, address, f"{TWO}&t=0.5")
    focus_handle(page)
    page.keyboard.press("ArrowRight")
    assert path_time(page) == pytest.approx(0.51)
    page.keyboard.press("Shift+ArrowRight")
    assert path_time(page) == pytest.approx(0.61)
    page.keyboard.press("ArrowLeft")
    assert path_time(page) == pytest.approx(0.60)
    wait_for_query(page, "t", "0.6")
    value = page.locator(".ls-timeline-handle").get_attribute("aria-valuetext")
    there = linear_path(*reference.codes[[A, B]]).at([0.6])
    assert value == f"60 %, {fit_support(reference.codes).levels(there)[0]}"
    for _ in range(12):
        page.keyboard.press("Shift+ArrowRight")
    assert path_time(page) == 1.5
    expect(page.locator(".ls-timeline-handle")).to_have_attribute("aria-valuenow", "150")


def test_space_plays_and_pauses_and_the_position_is_reported_on_pause(
    page: Page, address: str
) -> None:
    requests = record_requests(page)
    open_page(page, address, f"{TWO}&t=0")
    wait_for_strips(page)
    wait_for_map(page)
    wait_until_idle(page)
    requests.clear()
    focus_handle(page)
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('.ls-morph').__testHooks.position.time > 0.2")
    assert requests == []
    page.keyboard.press("Space")
    stopped = path_time(page)
    page.wait_for_function(
        "t => Math.abs(new URL(location).searchParams.get('t') - t) < 1e-3", arg=stopped
    )
    assert path_time(page) == stopped


def test_with_reduced_motion_playback_moves_in_steps(browser: Browser, address: str) -> None:
    page = browser.new_page(reduced_motion="reduce")
    open_page(page, address, f"{TWO}&t=0")
    page.evaluate(
        """() => { const player = document.querySelector('.ls-morph').__testHooks;
        window.shown = new Set();
        setInterval(() => window.shown.add(Math.round(1000 * player.position.time)), 30); }"""
    )
    page.get_by_role("button", name="play", exact=True).click()
    page.wait_for_function("window.shown.size >= 3")
    assert set(page.evaluate("[...window.shown]")) <= set(range(0, 1001, 100))
    page.close()


def test_a_link_shows_the_same_image_in_another_browser_page(
    page: Page, browser: Browser, address: str, reference: Reference
) -> None:
    open_page(page, address, TWO)
    wait_for_strips(page)
    choose_kind(page, "spherical")
    drag_handle(page, 0.41)
    wait_for_query(page, "path", "spherical")
    page.wait_for_function("new URL(location).searchParams.get('t') !== '0.5'")
    shown = pixels_of(page)
    other = browser.new_page()
    open_page(other, address, page.url.removeprefix(f"{address}/"))
    time = path_time(other)
    assert np.abs(pixels_of(other) - shown).max() <= 1
    assert (
        np.abs(
            shown - reference.decoded(spherical_path(*reference.codes[[A, B]]).at([time]))[0]
        ).max()
        <= 1
    )
    other.close()


def test_position_and_path_survive_a_change_of_page(page: Page, address: str) -> None:
    open_page(page, address, TWO)
    wait_for_strips(page)
    choose_kind(page, "spherical")
    focus_handle(page)
    page.keyboard.press("Shift+ArrowRight")
    wait_for_query(page, "t", "0.6")
    shown = pixels_of(page)
    go_to_page(page, "Encode")
    page.wait_for_selector(".ls-pipeline")
    go_to_page(page, "Morph")
    page.wait_for_selector(".ls-morph[data-ready]")
    assert path_time(page) == pytest.approx(0.6)
    np.testing.assert_array_equal(pixels_of(page), shown)


def fill_tray(page: Page, address: str, index: int) -> None:
    """Add image `index` to the tray on the map page, then open this page."""
    page.goto(f"{address}/?model={MODEL}&method=pca&sample={index}")
    page.get_by_role("button", name="Add to tray").click()
    page.wait_for_selector('.ls-tray[data-count="1"]')
    go_to_page(page, "Morph")
    page.wait_for_selector(".ls-morph[data-ready]", timeout=60_000)


def drag_from_tray(page: Page, selector: str, over: str = "") -> None:
    """Drag the tray's first image to the center of `selector`; `over` is the drop target."""
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


def test_an_image_of_the_tray_dropped_on_b_becomes_b(
    page: Page, address: str, reference: Reference
) -> None:
    fill_tray(page, address, 42)
    drag_from_tray(page, '.ls-endpoint[data-slot="1"]')
    page.wait_for_function("new URL(location).searchParams.get('endpoints')?.endsWith('~s42')")
    focus_handle(page)
    page.keyboard.press("End")
    assert_pixels(page, reference.decoded(reference.codes[[42]])[0])
    expect(page.locator(".ls-drag-image")).to_have_count(0)
    assert page.locator(".ls-tray li").count() == 1


def test_swap_exchanges_the_endpoints_and_keeps_the_image(
    page: Page, address: str, reference: Reference
) -> None:
    open_page(page, address, f"{TWO}&t=0.3")
    before = pixels_of(page)
    page.get_by_role("button", name="Swap").click()
    wait_for_query(page, "endpoints", f"s{B}~s{A}")
    page.wait_for_function("document.querySelector('.ls-morph').__testHooks.position.time === 0.7")
    assert np.abs(pixels_of(page) - before).max() <= 1
    focus_handle(page)
    page.keyboard.press("Home")
    assert_pixels(page, reference.decoded(reference.codes[[B]])[0])


def test_a_click_on_the_map_replaces_the_selected_endpoint(
    page: Page, address: str, reference: Reference
) -> None:
    open_page(page, address, TWO)
    wait_for_map(page)
    page.locator('.ls-endpoint[data-slot="0"]').click()
    expect(page.locator('.ls-endpoint[data-slot="0"]')).to_have_attribute("aria-pressed", "true")
    click_sample(page, 77)
    page.wait_for_function(
        "before => new URL(location).searchParams.get('endpoints') !== before", arg=f"s{A}~s{B}"
    )
    first, last = page.evaluate("new URL(location).searchParams.get('endpoints').split('~')")
    assert last == f"s{B}"
    clicked = int(first[1:])
    focus_handle(page)
    page.keyboard.press("Home")
    assert_pixels(page, reference.decoded(reference.codes[[clicked]])[0])


def test_the_marker_on_the_map_follows_a_drag(
    page: Page, address: str, reference: Reference
) -> None:
    open_page(page, address, f"{TWO}&t=0")
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
    drag_handle(page, 0.84)
    assert path_time(page) == pytest.approx(1, abs=0.01)
    eventually(lambda: np.hypot(*(mark() - sample(B))) < 12, page=page)


def test_an_interpolated_code_is_added_to_the_tray_and_becomes_an_endpoint(
    page: Page, address: str
) -> None:
    open_page(page, address, f"{TWO}&t=0.4")
    shown = pixels_of(page)
    page.get_by_role("button", name="Add to tray").click()
    page.wait_for_selector('.ls-tray[data-count="1"]')
    page.locator(".ls-tray li [data-role=item]").first.click()  # B is the selected endpoint
    page.wait_for_function("new URL(location).searchParams.get('endpoints').includes('~c')")
    focus_handle(page)
    page.keyboard.press("End")
    assert_pixels(page, shown)


# four corners


def test_the_square_shows_each_corners_image_in_its_corner(
    page: Page, address: str, reference: Reference
) -> None:
    open_page(page, address, FOUR)
    box = page.locator(".ls-pad").bounding_box()
    assert box
    wanted = reference.decoded(reference.codes[[A, B, C, D]])
    positions = [
        (2, 2),
        (box["width"] - 2, 2),
        (2, box["height"] - 2),
        (box["width"] - 2, box["height"] - 2),
    ]
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    for (x, y), expected in zip(positions, wanted, strict=True):
        page.mouse.move(box["x"] + x, box["y"] + y, steps=6)
        assert_pixels(page, expected)
    page.mouse.up()
    wait_for_query(page, "u", "1")
    page.wait_for_selector('.ls-corner-grid[data-ready="true"]')
    grid = pixels_of(page, ".ls-corner-grid canvas", 11 * 28)
    np.testing.assert_allclose(grid[:28, :28], wanted[0], atol=1)
    np.testing.assert_allclose(grid[-28:, -28:], wanted[3], atol=1)
    middle = reference.decoded(bilinear(reference.codes[[A, B, C, D]], [0.5], [0.5]))[0]
    np.testing.assert_allclose(grid[140:168, 140:168], middle, atol=1)


def test_keys_move_in_the_square_and_interpolation_can_be_spherical(
    page: Page, address: str, reference: Reference
) -> None:
    open_page(page, address, f"{FOUR}&u=0.5&v=0.5")
    page.locator(".ls-pad-handle").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowUp")
    wait_for_query(page, "v", "0.49")
    four = reference.codes[[A, B, C, D]]
    assert_pixels(page, reference.decoded(bilinear(four, [0.6], [0.49]))[0])
    choose_kind(page, "spherical")
    assert_pixels(page, reference.decoded(bilinear(four, [0.6], [0.49], "spherical"))[0])
    wait_for_query(page, "path", "spherical")


# several waypoints


def test_the_path_passes_each_waypoint_at_its_time(
    page: Page, address: str, reference: Reference
) -> None:
    open_page(page, address, MANY)
    wanted = reference.decoded(reference.codes[[A, B, C]])
    for number, (time, expected) in enumerate(zip([0, 0.25, 1], wanted, strict=True)):
        page.locator(".ls-waypoint > button").nth(number).click()
        assert path_time(page) == pytest.approx(time)
        assert_pixels(page, expected)


def test_waypoints_are_reordered_removed_and_timed(
    page: Page, address: str, reference: Reference
) -> None:
    open_page(page, address, MANY)
    page.locator(".ls-waypoint > button").first.focus()
    page.keyboard.press("Alt+ArrowRight")
    wait_for_query(page, "waypoints", f"s{B}~s{A}~s{C}")
    page.locator(".ls-waypoint-seconds input").first.fill("2")
    page.keyboard.press("Enter")
    wait_for_query(page, "seconds", "2~3")
    page.wait_for_function("document.querySelector('.ls-morph').__testHooks.stops[1].time === 0.4")
    page.locator(".ls-waypoint > button").nth(1).focus()
    page.keyboard.press("Delete")
    wait_for_query(page, "waypoints", f"s{B}~s{C}")
    focus_handle(page)
    page.keyboard.press("Home")
    assert_pixels(page, reference.decoded(reference.codes[[B]])[0])


def test_buttons_move_and_remove_waypoints_and_say_which(page: Page, address: str) -> None:
    open_page(page, address, MANY)
    page.get_by_role("button", name=re.compile("^later: ")).first.click()
    wait_for_query(page, "waypoints", f"s{B}~s{A}~s{C}")
    expect(page.get_by_role("button", name=re.compile("^earlier: ")).first).to_be_disabled()
    page.get_by_role("button", name=re.compile("^remove: ")).nth(2).click()
    wait_for_query(page, "waypoints", f"s{B}~s{A}")
    expect(page.get_by_role("button", name=re.compile("^remove: ")).first).to_be_disabled()


def test_an_image_of_the_tray_dropped_on_the_list_becomes_a_waypoint(
    page: Page, address: str
) -> None:
    fill_tray(page, address, 42)
    page.get_by_text("Several waypoints").click()
    page.wait_for_selector(".ls-morph-waypoints[data-ready]")
    expect(page.locator(".ls-waypoint")).to_have_count(4)
    page.wait_for_url(re.compile("waypoints="))
    begun = parse_qs(urlparse(page.url).query)["waypoints"][0].split("~")
    drag_from_tray(page, ".ls-waypoints > li:nth-child(2)", over=".ls-waypoints")
    expect(page.locator(".ls-waypoint")).to_have_count(5)
    wait_for_query(page, "waypoints", "~".join([*begun[:2], "s42", *begun[2:]]))


# export, decoding on the server, phones


def test_the_downloaded_animation_has_the_images_of_the_path(
    page: Page, address: str, reference: Reference, tmp_path: Path
) -> None:
    open_page(page, address, f"{TWO}&path=spherical")
    path = tmp_path / "film.gif"
    download = export_file(page, "gif")
    a, b = (lc.load_dataset("digits").label(index) for index in (A, B))
    assert download.suggested_filename == f"{a}-to-{b}.gif"
    download.save_as(path)
    animation = Image.open(io.BytesIO(path.read_bytes()))
    frames = [
        np.asarray(frame.convert("L")).astype(int) for frame in ImageSequence.Iterator(animation)
    ]
    assert frames[0].shape == (252, 252)
    there = spherical_path(*reference.codes[[A, B]]).at(np.linspace(0, 1, 76))
    wanted = reference.decoded(there)
    np.testing.assert_allclose(frames[0][4::9, 4::9], wanted[0], atol=1)
    shown = [frame[4::9, 4::9] for frame in frames]
    assert any(np.abs(frame - wanted[-1]).max() <= 1 for frame in shown)
    assert any(np.abs(frame - wanted[37]).max() <= 1 for frame in shown)


def test_decoded_on_the_server_the_images_are_the_same_and_the_page_says_so(
    browser: Browser, reference: Reference, tmp_path: Path
) -> None:
    with running_app(
        tmp_path / "cache", LATENT_BROWSER_DECODER_MAX_MB="0", OMP_NUM_THREADS="1"
    ) as address:
        page = browser.new_page()
        open_page(page, address, f"{TWO}&t=0.3")
        expect(page.locator(".ls-morph .ls-decoder-status")).to_contain_text(
            "decoded on the server"
        )
        a, b = reference.codes[[A, B]]
        wait_for_strips(page)
        assert_pixels(page, reference.decoded(linear_path(a, b).at([0.3]))[0])
        focus_handle(page)
        page.keyboard.press("End")
        assert_pixels(page, reference.decoded(b[None])[0])
        page.close()


@pytest.mark.parametrize("query", [TWO, FOUR, MANY])
def test_a_phone_needs_no_sideways_scrolling(page: Page, address: str, query: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, address, query)
    wait_until_idle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for selector in (".ls-decoded", ".ls-timeline", ".ls-pad"):
        for box in [found.bounding_box() for found in page.locator(f".ls-morph {selector}").all()]:
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
