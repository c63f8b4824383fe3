"""The first lesson, by doing what its steps ask."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import click_sample, wait_for_map, wait_until_idle, wait_until_still
from ui.spaces import Space, compute_space
from ui.views.learn.bottleneck.pca_widths import WIDTHS
from ui.views.learn.chairs import color, furniture, morph
from ui.views.learn.chairs.on_paper import DESK, START
from ui.views.learn.lessons.picture_to_code import TARGET, start_state
from ui.views.learn.small_pictures import learn_small_pictures, shape_picture

pytestmark = pytest.mark.browser
FEEDBACK = ".ls-learn-feedback[data-kind={}]"
CODE = "document.querySelector('.ls-small-root').dataset.code.split(' ').map(Number)"


def click_cells(page: Page, goal: np.ndarray, picture: np.ndarray) -> None:
    """Click the cells in which `picture` differs from `goal`."""
    cells = page.locator("[data-part=picture] [role=gridcell]")
    for index in np.flatnonzero(goal != picture):
        cells.nth(int(index)).click()


def move_code(page: Page, code: tuple[float, ...]) -> None:
    """Move the sliders as a keyboard user: focus, then the arrows."""
    for index, value in enumerate(code):
        slider = page.get_by_role("slider", name=f"z{index + 1}")
        slider.focus()
        steps = round((value - float(slider.input_value())) / 0.01)
        for _ in range(abs(steps)):
            slider.press("ArrowRight" if steps > 0 else "ArrowLeft")


def next_step(page: Page, number: int) -> None:
    expect(page.locator(FEEDBACK.format("done"))).to_contain_text("Why?")
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".ls-learn-steps")).to_contain_text(f"Step {number} of")
    wait_until_idle(page)


def test_the_first_lesson_is_walked_to_its_end(page: Page, address: str) -> None:
    page.goto(f"{address}/learn")
    page.locator(".st-key-learn-overview").get_by_role("button", name="Start").first.click()
    page.wait_for_selector(".ls-pixels[data-editable]")
    start, goal = start_state().picture, shape_picture("T")
    cells = page.locator("[data-part=picture] [role=gridcell]")
    cells.nth(0).click()
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("1 of 3")
    first = start.copy()
    first[:3] = 1 - first[:3]
    cells.nth(1).click()
    cells.nth(2).click()
    next_step(page, 2)

    click_cells(page, goal, first)
    code = learn_small_pictures().encoder(goal)
    np.testing.assert_allclose(page.evaluate(CODE), code, atol=1e-3)
    next_step(page, 3)

    plot = page.locator(".ls-code-plot canvas")
    plot.focus()
    for _ in range(8):  # of 7.7°
        plot.press("ArrowRight")
    next_step(page, 4)

    move_code(page, TARGET)
    np.testing.assert_allclose(page.evaluate(CODE), TARGET, atol=0.03)
    next_step(page, 5)

    expect(page.locator(FEEDBACK.format("nothing"))).to_be_attached()
    corner = np.zeros(25, np.float32)
    corner[[0, 1, 5, 6]] = 1
    click_cells(page, corner, goal)
    error = float(learn_small_pictures().errors(corner[None])[0])
    expect(page.locator("[data-part=decoded] .ls-caption")).to_contain_text(f"{error:.3f}")
    expect(page.locator(FEEDBACK.format("done"))).to_contain_text("Why?")
    assert "step=5" in page.url
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".st-key-learn-overview")).to_contain_text("5 of 5 steps done")


def draw_strokes(page: Page, *strokes: list[tuple[float, float]]) -> None:
    """Draw on the pad, in fractions of its side."""
    box = page.locator(".ls-drawing-surface").bounding_box()
    assert box
    for stroke in strokes:
        spots = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*spots[0])
        page.mouse.down()
        for spot in spots[1:]:
            page.mouse.move(*spot, steps=6)
        page.mouse.up()


def test_the_bottleneck_is_walked_to_its_end(page: Page, address: str) -> None:
    page.goto(f"{address}/learn?lesson=bottleneck")
    page.wait_for_selector(".ls-drawing-surface")
    draw_strokes(page, [(0.35, 0.2), (0.3, 0.55), (0.7, 0.55)], [(0.62, 0.25), (0.6, 0.85)])
    expect(page.locator(FEEDBACK.format("done"))).to_contain_text("nearest codes")
    next_step(page, 2)

    page.get_by_role("radio", name="the same picture").focus()
    page.keyboard.press("Space")
    expect(page.locator(FEEDBACK.format("done"))).to_contain_text("predicted")
    expect(page.locator(".ls-pipeline")).to_contain_text("2 dimensions")
    next_step(page, 3)

    for width in WIDTHS[1:]:
        page.get_by_role("radio", name=str(width), exact=True).click()
        expect(page.locator(".ls-learn-row figcaption").first).to_be_visible()
        expect(page.locator(".ls-pipeline")).to_contain_text(f"{width} dimensions")
        wait_until_idle(page)
        if page.locator(FEEDBACK.format("done")).count():
            break
    next_step(page, 4)

    page.wait_for_selector(".ls-drawing-surface[data-blank]")
    page.get_by_role("button", name="Coat").focus()
    page.keyboard.press("Enter")
    next_step(page, 5)

    page.get_by_role("radio", name="16 numbers").focus()
    page.keyboard.press("Space")
    expect(page.locator(FEEDBACK.format("done"))).to_contain_text("Why?")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".st-key-learn-card-bottleneck")).to_contain_text("5 of 5 steps done")


@pytest.fixture(scope="module")
def furniture_space(tmp_path_factory) -> Space:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LATENT_CACHE", str(tmp_path_factory.mktemp("cache")))
        return compute_space(furniture.MODEL, furniture.DATASET, lambda *_: None)


def lonely_sample(space: Space, kind: str) -> int:
    """The image of a class whose code is farthest from all others, so that it can be clicked."""
    rows = np.flatnonzero(space.data.labels == space.data.class_names.index(kind))
    codes = space.encodings.mean
    near = np.linalg.norm(codes[rows][:, None] - codes[None], axis=2)
    return int(rows[np.partition(near, 1, axis=1)[:, 1].argmax()])


def test_two_chairs_and_a_desk_is_walked_to_its_end(
    page: Page, address: str, furniture_space: Space
) -> None:
    page.goto(f"{address}/learn?lesson=two-chairs-and-a-desk")
    desk = page.get_by_role("button", name="desk at")
    desk.focus()
    across, up = (round(100 * (goal - start)) for goal, start in zip(DESK, START, strict=True))
    for key, times in (("ArrowRight", across), ("Shift+ArrowUp", up // 10), ("ArrowUp", up % 10)):
        for _ in range(times):
            page.keyboard.press(key)
    expect(page.locator(".ls-plane-distances li").first).to_contain_text("0.07")
    next_step(page, 2)

    wait_for_map(page)
    wait_until_still(page)
    chair, desk_id = (lonely_sample(furniture_space, kind) for kind in furniture.KINDS)
    click_sample(page, chair)
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("desk")
    wait_until_idle(page)
    wait_until_still(page)
    click_sample(page, desk_id)
    next_step(page, 3)

    near = furniture.neighbors_of(furniture_space, chair, color.N_NEIGHBORS)
    hues = [furniture.hue_difference(furniture_space, chair, index) for index in near]
    page.locator(f'.ls-examples button[data-id="{near[int(np.argmax(hues))]}"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ls-learn-row figure")).to_have_count(4)
    next_step(page, 4)

    page.wait_for_selector(".ls-morph[data-ready=true]")
    classes = morph.classes_between(furniture_space, chair, desk_id)
    change = morph.MorphState(time=None, classes=classes).change
    assert change is not None
    page.locator(".ls-timeline-handle").focus()
    for key, times in zip(("PageUp", "ArrowRight"), divmod(round(100 * change), 10), strict=True):
        for _ in range(times):
            page.keyboard.press(key)
    expect(page.locator(FEEDBACK.format("done"))).to_contain_text("Why?")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".st-key-learn-card-two-chairs-and-a-desk")).to_contain_text(
        "4 of 4 steps done"
    )


def test_similar_things_lie_close_is_walked_to_its_end(page: Page, address: str) -> None:
    page.goto(f"{address}/learn?lesson=similar-lie-close")
    wait_for_map(page)
    wait_until_still(page)
    click_sample(page, 3)
    expect(page.locator(FEEDBACK.format("done"))).to_contain_text("from your guess")
    next_step(page, 2)

    for button in page.locator(".ls-examples button").all():
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".ls-learn-row")).to_have_count(2)
        wait_until_idle(page)
        if page.locator(FEEDBACK.format("done")).count():
            break
    next_step(page, 3)

    page.get_by_role("button", name="P at").focus()
    for _ in range(4):
        page.keyboard.press("Shift+ArrowDown")
    expect(page.locator(FEEDBACK.format("done"))).to_contain_text("Why?")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".st-key-learn-card-similar-lie-close")).to_contain_text(
        "3 of 3 steps done"
    )
