"""The panels in a browser: their events reach Python, and their images are pixel-exact."""

import base64
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.driver import ROOT, eventually, running_app, wait_for_frames
from ui.components.drawing_pad import MAX_DRAWING_BYTES, parse_drawing

pytestmark = pytest.mark.browser
TIMEOUT_MS = 30_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    cache: Path = tmp_path_factory.mktemp("panels") / "cache"
    script = "tests/browser/panels_app.py"
    with running_app(cache, script, PYTHONPATH=str(ROOT), OMP_NUM_THREADS="1") as found:
        yield found


class Demo:
    """One page of the demo, and the events that it has received."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self._address = address
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.set_default_timeout(TIMEOUT_MS)

    def open(self, query: str, wait_for: str) -> Page:
        self.page.goto(f"{self._address}/?{query}")
        self.page.wait_for_selector(wait_for)
        return self.page

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.page.locator("[data-testid=stText]").inner_text())
        return found

    def wait_until(self, holds: Any) -> dict[str, Any]:
        return eventually(self.state, holds, page=self.page)

    def answer_elsewhere(self, text: str = "later") -> dict[str, Any]:
        """The state once Python has answered an input made now, hence all events before it."""
        field = self.page.get_by_label("Elsewhere")
        field.fill(text)
        field.press("Enter")
        return self.wait_until(lambda state: state["elsewhere"] == text)


@pytest.fixture
def demo(address: str, browser: Browser) -> Iterator[Demo]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    made = Demo(context.new_page(), address)
    yield made
    assert made.errors == []
    context.close()


def canvas_pixels(page: Page, selector: str) -> np.ndarray:
    """The pixels of a canvas at their own resolution ``(H, W)``, once something is drawn."""
    page.wait_for_function("s => document.querySelector(s)?.width > 20", arg=selector)
    url = page.eval_on_selector(selector, "c => c.toDataURL()")
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(url.split(",")[1]))).convert("L"))


# the inspector


def test_empty_inspector_shows_its_hint(demo: Demo) -> None:
    page = demo.open("panel=inspector", ".ls-inspector-empty")
    expect(page.locator(".ls-inspector")).to_contain_text("click one to see")
    expect(page.locator(".ls-inspector-images")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    assert demo.answer_elsewhere()["log"] == []


def test_click_on_a_neighbor_reports_and_shows_it(demo: Demo) -> None:
    page = demo.open("panel=inspector&id=5", '.ls-inspector[data-id="5"]')
    second = page.locator(".ls-inspector [data-role=neighbor]").nth(1)
    wanted = int(second.get_attribute("data-id") or -1)
    second.click()
    page.wait_for_selector(f'.ls-inspector[data-id="{wanted}"]')
    assert demo.state()["log"] == [{"picked": wanted}]


def test_the_original_is_drawn_pixel_for_pixel_at_a_whole_multiple(demo: Demo) -> None:
    import latent_core as lc

    page = demo.open("panel=inspector&id=5", '.ls-inspector[data-id="5"]')
    shown = canvas_pixels(page, ".ls-inspector-images canvas")
    image = lc.load_dataset("digits").images_uint8[5, 0]
    times = shown.shape[0] // 28
    assert shown.shape == (28 * times, 28 * times)
    assert times >= 4
    np.testing.assert_array_equal(shown, np.kron(image, np.ones((times, times), np.uint8)))


def test_some_factors_are_visible_and_the_others_expand(demo: Demo) -> None:
    page = demo.open("panel=inspector&id=5&truth=1", '.ls-inspector[data-id="5"] .ls-factors li')
    rows = page.locator(".ls-factors li")
    expect(rows).to_have_count(10)
    expect(rows.nth(2)).to_be_visible()
    expect(rows.nth(3)).to_be_hidden()
    knob, track = (rows.nth(2).locator(s).bounding_box() for s in ("s", "i"))
    assert knob is not None
    assert track is not None
    at = (knob["x"] + knob["width"] / 2 - track["x"]) / track["width"]
    assert at == pytest.approx(2 / 9, abs=0.01)
    page.locator(".ls-factors summary").click()
    expect(rows.nth(9)).to_be_visible()
    expect(rows.nth(9)).to_contain_text("9 years")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector('.ls-inspector[data-id="6"]')
    expect(rows.nth(9)).to_be_visible()  # the expanded list stays expanded


def test_neighbor_images_come_from_the_sprite_sheet(demo: Demo) -> None:
    import latent_core as lc

    page = demo.open("panel=inspector&id=5", '.ls-inspector[data-id="5"]')
    first = page.locator(".ls-inspector [data-role=neighbor]").first
    wanted = int(first.get_attribute("data-id") or -1)
    shown = canvas_pixels(page, ".ls-inspector [data-role=neighbor] canvas")
    times = shown.shape[0] // 28
    assert (shown[::times, ::times] == lc.load_dataset("digits").images_uint8[wanted, 0]).all()


def test_arrow_keys_select_the_next_and_the_previous_image(demo: Demo) -> None:
    page = demo.open("panel=inspector&id=0", '.ls-inspector[data-id="0"]')
    page.keyboard.press("ArrowRight")
    page.wait_for_selector('.ls-inspector[data-id="1"]')
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector('.ls-inspector[data-id="0"]')
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector('.ls-inspector[data-id="9999"]')


def test_arrow_keys_pressed_quickly_are_all_counted(demo: Demo) -> None:
    page = demo.open("panel=inspector&id=10", '.ls-inspector[data-id="10"]')
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_selector('.ls-inspector[data-id="15"]')


def test_arrow_keys_in_an_input_stay_there(demo: Demo) -> None:
    page = demo.open("panel=inspector&id=5", '.ls-inspector[data-id="5"]')
    page.get_by_label("Elsewhere").click()
    page.keyboard.press("ArrowRight")
    assert demo.answer_elsewhere()["log"] == []


def test_the_code_is_read_by_pointer_and_by_keyboard(demo: Demo) -> None:
    page = demo.open("panel=inspector&id=5", '.ls-inspector[data-id="5"]')
    bars, readout = (
        page.locator(".ls-inspector .ls-code-bars"),
        page.locator(".ls-inspector [role=status]"),
    )
    assert bars.locator("> i").count() == 16
    bars.locator("> i").nth(6).hover()
    expect(readout).to_contain_text("z7 = ")
    page.mouse.move(5, 5)
    page.get_by_role("button", name="next image").focus()
    page.keyboard.press("Shift+Tab")
    for _ in range(20):
        if page.evaluate("document.activeElement.className") == "ls-code-bars":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowRight")
    expect(readout).to_contain_text("z2 = ")
    assert demo.state()["log"] == []


def test_add_to_tray_puts_it_there_once(demo: Demo) -> None:
    page = demo.open("panel=inspector&id=5", '.ls-inspector[data-id="5"]')
    page.get_by_role("button", name="Add to tray").click()
    page.wait_for_selector('.ls-inspector[data-tray="true"]')
    page.wait_for_selector('.ls-tray[data-count="1"]')
    page.get_by_role("button", name="In the tray", exact=True).click(force=True)
    state = demo.answer_elsewhere()
    assert state["tray"] == ["k5"]
    assert state["log"] == [{"tray": 5}]


@pytest.mark.parametrize("panel", ["inspector&id=5&full=2", "contact", "pipeline"])
def test_hostile_names_are_text(demo: Demo, panel: str) -> None:
    page = demo.open(f"panel={panel}&hostile=1", ".ls")
    expect(page.locator(".ls").first).to_contain_text("<img src=x onerror=")
    wait_for_frames(page)
    assert page.evaluate("window.hacked === undefined")
    assert page.locator(".ls img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# the contact sheet


def test_contact_sheet_shows_some_images_counts_the_others_and_reports(demo: Demo) -> None:
    page = demo.open("panel=contact", '.ls-contact[data-count="431"]')
    tiles = page.locator(".ls-contact [data-role=tile]")
    assert tiles.count() == 200
    expect(page.locator(".ls-contact")).to_contain_text("and 231 more")
    wanted = int(tiles.nth(3).get_attribute("data-id") or -1)
    tiles.nth(3).click()
    demo.wait_until(lambda state: {"picked": wanted} in state["log"])
    page.get_by_role("button", name="Add the mean").click()
    demo.wait_until(lambda state: {"tray": True} in state["log"])
    page.get_by_role("button", name="close the selection").click()
    demo.wait_until(lambda state: {"closed": True} in state["log"])


# the pipeline


def test_pipeline_states_its_sizes_and_shows_the_selected_image(demo: Demo) -> None:
    page = demo.open("panel=pipeline", ".ls-pipeline[data-code]")
    pipeline = page.locator(".ls-pipeline")
    expect(page.locator(".ls-pipeline-sizes")).to_have_text("784 pixels16 dimensions784 pixels")
    expect(page.locator(".ls-refused")).to_contain_text("ends before its image")
    before = pipeline.get_attribute("data-code")
    page.evaluate("document.querySelector('.ls-pipeline').dataset.same = 'yes'")
    page.locator(".ls-pipeline [data-role=thumb]").nth(2).click()
    page.wait_for_selector('.ls-pipeline[data-chosen="3"]')
    assert pipeline.get_attribute("data-code") != before
    assert pipeline.get_attribute("data-same") == "yes"  # updated in place, not replaced
    assert demo.state()["log"] == [{"chosen": 3}]


def test_pipeline_is_a_column_on_a_phone(demo: Demo) -> None:
    demo.page.set_viewport_size({"width": 390, "height": 844})
    page = demo.open("panel=pipeline", ".ls-pipeline[data-code]")
    tops = page.eval_on_selector_all(".ls-pipeline-step", "all => all.map(s => s.offsetTop)")
    assert tops == sorted(set(tops))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# the drawing pad


def drawn(demo: Demo) -> np.ndarray:
    """The last drawing that Python has received ``(140, 140)``."""
    last = demo.state()["log"][-1]
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(last["png"]))).convert("L"))


def draw_stroke(
    page: Page, *points: tuple[float, float], meanwhile: Callable[[int], object] = lambda _: None
) -> None:
    """Draw through `points`, given as fractions of the pad's sides; after each, `meanwhile`."""
    box = page.locator(".ls-drawing-surface canvas").bounding_box()
    assert box is not None
    at = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*at[0])
    page.mouse.down()
    for number, place in enumerate(at[1:]):
        page.mouse.move(*place, steps=6)
        meanwhile(number)
    page.mouse.up()


def ended(state: dict[str, Any]) -> bool:
    return bool(state["log"]) and state["log"][-1]["final"]


def test_a_drawing_arrives_as_drawn(demo: Demo) -> None:
    page = demo.open("panel=drawing", ".ls-drawing-pad[data-answered]")
    draw_stroke(page, (0.5, 0.2), (0.5, 0.8))
    demo.wait_until(ended)
    pixels = drawn(demo)
    assert pixels.shape == (140, 140)
    assert (pixels[30:110, 70] == 255).all()
    width = (pixels[70] > 127).sum()
    assert abs(width - 140 / 13) <= 1.5
    assert pixels[:, :60].max() == 0
    assert pixels[:, 80:].max() == 0
    assert page.locator(".ls-pipeline").get_attribute("data-code")


def test_drawing_is_sent_while_it_is_drawn_one_request_at_a_time(demo: Demo) -> None:
    page = demo.open("panel=drawing", ".ls-drawing-pad[data-answered]")
    wave = [(0.1 + 0.07 * i, 0.5 + 0.3 * (-1) ** i) for i in range(12)]

    def wait_for_two_reports(number: int) -> None:
        if number == 5:  # in the middle of the stroke
            demo.wait_until(lambda state: len(state["log"]) >= 2)

    draw_stroke(page, *wave, meanwhile=wait_for_two_reports)
    state = demo.wait_until(ended)
    assert len(state["log"]) >= 3
    assert [entry["seq"] for entry in state["log"]] == list(range(1, len(state["log"]) + 1))
    assert not state["log"][0]["final"]
    x, y = wave[-1]
    assert drawn(demo)[int(140 * y), int(140 * x)] == 255


def test_undo_eraser_and_clear(demo: Demo) -> None:
    page = demo.open("panel=drawing", ".ls-drawing-pad[data-answered]")
    draw_stroke(page, (0.2, 0.3), (0.8, 0.3))
    draw_stroke(page, (0.2, 0.7), (0.8, 0.7))
    demo.wait_until(lambda state: ended(state) and drawn(demo)[98, 70] == 255)
    page.get_by_role("button", name="Undo").click()
    demo.wait_until(lambda state: drawn(demo)[98, 70] == 0 and drawn(demo)[42, 70] == 255)
    page.get_by_role("button", name="Eraser").click()
    draw_stroke(page, (0.5, 0.1), (0.5, 0.5))
    demo.wait_until(lambda state: drawn(demo)[42, 70] == 0 and drawn(demo)[42, 40] == 255)
    page.get_by_role("button", name="Clear").click()
    demo.wait_until(lambda state: state["log"][-1]["blank"])
    assert drawn(demo).max() == 0
    page.get_by_role("button", name="Undo").click()  # clearing is undone too
    demo.wait_until(lambda state: drawn(demo)[42, 40] == 255)


def test_touch_draws_and_does_not_scroll(demo: Demo) -> None:
    page = demo.open("panel=drawing", ".ls-drawing-pad[data-answered]")
    assert (
        page.eval_on_selector(".ls-drawing-surface canvas", "c => getComputedStyle(c).touchAction")
        == "none"
    )
    box = page.locator(".ls-drawing-surface canvas").bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    for kind, share in (
        ("touchStart", 0.2),
        ("touchMove", 0.5),
        ("touchMove", 0.8),
        ("touchEnd", 0),
    ):
        at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + share * box["height"]}
        points = [] if kind == "touchEnd" else [at]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    demo.wait_until(ended)
    assert drawn(demo)[70, 70] == 255


def test_png_of_a_dense_drawing_is_small(demo: Demo) -> None:
    page = demo.open("panel=drawing", ".ls-drawing-pad[data-answered]")
    rng = np.random.default_rng(0)
    draw_stroke(page, *[tuple(place) for place in rng.random((20, 2))])
    state = demo.wait_until(ended)
    assert len(state["log"][-1]["png"]) < 30_000


# the tray


def tray_keys(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        ".ls-tray li", "all => all.map(n => n.dataset.key)"
    )
    return found


def test_empty_tray_shows_its_hint(demo: Demo) -> None:
    page = demo.open("panel=tray", '.ls-tray[data-count="0"]')
    expect(page.locator(".ls-tray")).to_have_text(
        "The tray is empty: add images to keep them.", use_inner_text=True
    )


def test_two_images_are_removed_quickly_one_after_the_other(demo: Demo) -> None:
    page = demo.open("panel=tray&full=4", '.ls-tray[data-count="4"]')
    for _ in range(2):
        page.locator(".ls-tray li").nth(1).hover()
        page.locator(".ls-tray li").nth(1).locator("[data-role=remove]").click()
    demo.wait_until(lambda state: state["tray"] == ["k0", "k3"])
    assert tray_keys(page) == ["k0", "k3"]


def test_the_tray_is_reordered_by_dragging(demo: Demo) -> None:
    page = demo.open("panel=tray&full=4", '.ls-tray[data-count="4"]')
    box = page.locator(".ls-tray li").nth(0).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 20 + 2 * 54, box["y"] + 20, steps=8)
    page.mouse.up()
    state = demo.wait_until(lambda state: state["tray"] == ["k1", "k2", "k0", "k3"])
    assert tray_keys(page) == ["k1", "k2", "k0", "k3"]
    assert [entry for entry in state["log"] if "chosen" in entry] == []


def test_tray_is_operated_by_keyboard(demo: Demo) -> None:
    page = demo.open("panel=tray&full=4", '.ls-tray[data-count="4"]')
    page.locator(".ls-tray li [data-role=item]").nth(0).focus()
    page.keyboard.press("Alt+ArrowRight")
    demo.wait_until(lambda state: state["tray"] == ["k1", "k0", "k2", "k3"])
    page.keyboard.press("Enter")
    demo.wait_until(lambda state: {"chosen": "k0"} in state["log"])
    page.keyboard.press("Delete")
    demo.wait_until(lambda state: state["tray"] == ["k1", "k2", "k3"])


def test_the_tray_is_cleared(demo: Demo) -> None:
    page = demo.open("panel=tray&full=4", '.ls-tray[data-count="4"]')
    page.get_by_role("button", name="Clear").click()
    demo.wait_until(lambda state: state["tray"] == [])
    page.wait_for_selector('.ls-tray[data-count="0"]')


def test_click_on_a_tray_image_selects_it(demo: Demo) -> None:
    page = demo.open("panel=tray&full=2", '.ls-tray[data-count="2"]')
    page.locator(".ls-tray li [data-role=item]").nth(1).click()
    demo.wait_until(lambda state: state["log"] == [{"chosen": "k1"}])


# events that a browser could send


GOOD = "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()


@pytest.mark.parametrize(
    "sent",
    [
        None,
        3,
        {},
        {"seq": 1},
        {"seq": True, "png": GOOD},
        {"seq": -1, "png": GOOD},
        {"seq": 1, "png": "data:text/html;base64,AAAA"},
        {"seq": 1, "png": "data:image/png;base64,not base64!"},
        {"seq": 1, "png": "data:image/png;base64," + "A" * (2 * MAX_DRAWING_BYTES)},
    ],
)
def test_invalid_drawing_event_is_rejected(sent: object) -> None:
    assert parse_drawing(sent) is None


def test_valid_drawing_event_is_read() -> None:
    found = parse_drawing({"seq": 4, "png": GOOD, "final": True, "blank": "yes"})
    assert found is not None
    assert (found.png, found.seq, found.final, found.blank) == (b"\x89PNG", 4, True, False)
