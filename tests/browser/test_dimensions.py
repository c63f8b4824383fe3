"""The dimensions page in a browser: its images are compared with the library's."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest
import torch
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from safetensors.torch import save_file

import latent_core as lc
from latent_core.analysis.traversal import grid_codes, latent_dimensions
from latent_core.analysis.traversal_sheet import sheet_layout
from latent_core.card_files import sha256_file
from latent_core.types import Encodings, Floats
from tests.browser.driver import (
    ROOT,
    click_sample,
    eventually,
    go_to_page,
    running_app,
    wait_for_frames,
    wait_for_map,
    wait_until_idle,
    wait_until_still,
)
from ui.url_codec import pack_code, unpack_code

pytestmark = pytest.mark.browser
MODEL, PLANE = "digits-vae-16", "digits-vae-2"
IDLE_PREVIEW = '.ls-preview[aria-busy="false"]'


def codes_of(model_id: str = MODEL) -> Encodings:
    return lc.encode(lc.load_model(model_id), lc.load_dataset("digits"))


def decoded(code: Floats, model_id: str = MODEL) -> np.ndarray:
    images = lc.load_model(model_id).decode(np.asarray(code, np.float32)[None])
    return np.rint(images[0, 0] * 255).astype(int)


def open_page(page: Page, address: str, query: str = "", *, decoded_by: str = "browser") -> None:
    page.goto(f"{address}/dimensions{query}")
    page.wait_for_selector(
        f'.ls-preview-footer .ls-decoder-status[data-mode="{decoded_by}"]', timeout=60_000
    )
    page.wait_for_selector(".ls-preview[data-code]", timeout=60_000)
    page.wait_for_selector(".ls-dim-handle")


def canvas_pixels(canvas: Locator, side: int = 28) -> np.ndarray:
    """Gray levels of a canvas that shows an image at a whole multiple of its size."""
    url = canvas.evaluate("node => node.toDataURL()")
    large = np.asarray(Image.open(io.BytesIO(base64.b64decode(url.split(",")[1]))).convert("RGB"))
    step = large.shape[1] // side
    assert large.shape[:2] == (side * step, side * step)
    return large[step // 2 :: step, step // 2 :: step, 0].astype(int)


def shown_code(page: Page) -> Floats:
    """The current code, once its image is shown."""
    wait_for_frames(page)  # the change that was made has reached the preview
    text = page.locator(IDLE_PREVIEW).get_attribute("data-code") or ""
    return np.array(text.split(), np.float64).astype(np.float32)


def shown(page: Page) -> np.ndarray:
    return canvas_pixels(page.locator(".ls-preview .ls-decoded canvas"))


def assert_shows(page: Page, code: Floats, model_id: str = MODEL) -> None:
    """Wait until the image of `code` is shown, to within one gray level."""
    wanted = np.asarray(code, np.float32)
    eventually(lambda: shown_code(page), lambda found: np.array_equal(found, wanted), page=page)
    assert np.abs(shown(page) - decoded(code, model_id)).max() <= 1


def assert_becomes(page: Page, canvas: Locator, code: Floats) -> None:
    """Wait until `canvas` shows the image of `code`, to within one gray level."""
    image = decoded(code)
    eventually(lambda: np.abs(canvas_pixels(canvas) - image).max(), lambda gap: gap <= 1, page=page)


def slider(page: Page, d: int) -> Locator:
    return page.locator(f'.ls-dim[data-dim="{d}"]')


def field(page: Page, d: int) -> Locator:
    return slider(page, d).locator(".ls-dim-number")


def point_on(page: Page, d: int, fraction: float) -> tuple[float, float]:
    box = slider(page, d).locator(".ls-dim-track").bounding_box()
    assert box
    return box["x"] + fraction * box["width"], box["y"] + 34


def drag(page: Page, d: int, start: float, end: float, steps: int = 12) -> None:
    page.mouse.move(*point_on(page, d, start))
    page.mouse.down()
    page.mouse.move(*point_on(page, d, end), steps=steps)
    page.mouse.up()


def wait_for_evidence(page: Page) -> None:
    """Wait until directions have been tested: until then the page asks for it, and then grows."""
    testing = page.get_by_text("Testing directions on held-out images")
    expect(testing).to_have_count(0, timeout=90_000)
    wait_until_idle(page)


def boxes(page: Page) -> list[list[float]]:
    """Positions and sizes of the sliders, the image and the map."""
    found: list[list[float]] = page.eval_on_selector_all(
        ".ls-dim, .ls-preview .ls-decoded, .ls-map, .ls-dims-bar > *",
        "nodes => nodes.map(n => n.getBoundingClientRect())"
        ".map(b => [b.x, b.y, b.width, b.height])",
    )
    return found


def linked_code(page: Page, model_id: str = MODEL) -> Floats:
    """The code in the URL, once there is one."""
    page.wait_for_url("**z=*")
    query = parse_qs(urlparse(page.url).query)
    assert query["model"] == [model_id]
    return unpack_code(query["z"][0], lc.load_card(model_id).latent_dim)


def assert_linked(page: Page, code: Floats, model_id: str = MODEL) -> None:
    """Wait until the URL has `code`, so that Python has it too."""
    eventually(
        lambda: linked_code(page, model_id), lambda found: np.array_equal(found, code), page=page
    )


# the image


def test_at_first_the_image_is_a_reconstruction_and_each_dimension_has_a_slider(
    page: Page, address: str
) -> None:
    open_page(page, address)
    assert_shows(page, codes_of().mean[0])
    expect(page.locator(".ls-dim")).to_have_count(16)
    dims = latent_dimensions(codes_of())
    order = [int(d) for d in page.eval_on_selector_all(".ls-dim", "l => l.map(n => n.dataset.dim)")]
    assert order == dims.order.tolist()
    first = slider(page, order[0])
    expect(first.locator(".ls-dim-head .ls-caption")).to_have_text(
        f"KL {dims.kl_or_variance[order[0]]:.1f} nats"
    )
    expect(page.locator(".ls-preview .ls-support")).to_have_text("✓near data")


def test_typing_the_code_of_another_image_shows_its_reconstruction(
    page: Page, address: str
) -> None:
    open_page(page, address)
    code = codes_of().mean[18]
    for d, value in enumerate(code):
        field(page, d).fill(repr(float(value)))
        field(page, d).press("Enter")
    assert_shows(page, code)
    assert_linked(page, code)


def test_dragging_updates_image_and_marker_without_requests_to_the_server(
    page: Page, address: str
) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: requests.append("frame")))
    open_page(page, address)
    wait_for_map(page)
    page.wait_for_selector(".ls-map-marker:not([hidden]) i")
    wait_for_evidence(page)
    dims = latent_dimensions(codes_of())
    d = int(dims.order[1])
    page.mouse.move(*point_on(page, d, 0.5))
    page.mouse.down()
    requests.clear()
    layout = boxes(page)
    markers, images = [], []
    for fraction in (0.3, 0.6, 0.95):
        page.mouse.move(*point_on(page, d, fraction), steps=25)
        code = shown_code(page)
        assert code[d] == pytest.approx(
            dims.low[d] + fraction * (dims.high[d] - dims.low[d]), abs=0.1
        )
        assert np.abs(shown(page) - decoded(code)).max() <= 1
        images.append(shown(page))
        markers.append(page.locator(".ls-map-marker i").bounding_box())
    assert requests == []
    assert boxes(page) == layout, "the layout changed during the drag"
    assert (images[0] != images[2]).any()
    assert markers[0] != markers[1] != markers[2]
    page.mouse.up()
    assert_linked(page, shown_code(page))
    assert "frame" in requests


def test_the_handle_does_not_jump_when_it_is_pressed(page: Page, address: str) -> None:
    open_page(page, address)
    d = 5
    handle = slider(page, d).locator(".ls-dim-handle").bounding_box()
    assert handle
    before = shown_code(page)
    page.mouse.move(handle["x"] + 2, handle["y"] + 9)
    page.mouse.down()
    np.testing.assert_allclose(shown_code(page), before, atol=1e-5)
    page.mouse.up()


def test_keys_move_a_hundredth_a_tenth_and_to_the_ends(page: Page, address: str) -> None:
    open_page(page, address)
    dims, d, code = latent_dimensions(codes_of()), 3, codes_of().mean[0].astype(float)
    length = float(dims.high[d] - dims.low[d])
    handle = page.get_by_role("slider", name="z4", exact=True)
    handle.focus()
    for key, moved in (
        ("ArrowRight", code[d] + length / 100),
        ("ArrowUp", code[d] + 2 * length / 100),
        ("Shift+ArrowLeft", code[d] - 8 * length / 100),
        ("Home", dims.low[d]),
        ("End", dims.high[d]),
    ):
        page.keyboard.press(key)
        assert shown_code(page)[d] == pytest.approx(moved, abs=1e-4)
    expect(handle).to_have_attribute("aria-valuetext", f"{dims.high[d]:.2f}")
    wanted = code.astype(np.float32)
    wanted[d] = shown_code(page)[d]
    assert_linked(page, wanted)
    assert_shows(page, wanted)
    page.keyboard.press("Control+z")  # all keys are one undo step
    assert_shows(page, codes_of().mean[0])


# undo, redo, locks, links


def test_undo_and_redo_restore_the_exact_images(page: Page, address: str) -> None:
    open_page(page, address)
    codes, images = [shown_code(page)], [shown(page)]
    for d, end in ((5, 0.9), (9, 0.1), (5, 0.3)):
        drag(page, d, 0.5, end)
        codes.append(shown_code(page))
        images.append(shown(page))
    for k in (2, 1, 0):
        page.keyboard.press("Control+z")
        assert_shows(page, codes[k])
        np.testing.assert_array_equal(shown(page), images[k])
    expect(page.get_by_role("button", name="undo (Ctrl+Z)")).to_be_disabled()
    page.keyboard.press("Control+Shift+z")
    page.get_by_role("button", name="redo").click()
    assert_shows(page, codes[2])
    np.testing.assert_array_equal(shown(page), images[2])
    assert_linked(page, codes[2])


def test_a_double_click_goes_back_to_the_start_in_one_step(page: Page, address: str) -> None:
    open_page(page, address)
    start = codes_of().mean[0]
    drag(page, 7, 0.5, 0.8)
    moved = shown_code(page)
    assert moved[7] != start[7]
    page.mouse.dblclick(*point_on(page, 7, 0.2))
    assert_shows(page, start)
    page.keyboard.press("Control+z")
    assert_shows(page, moved)
    slider(page, 7).get_by_role("button", name="reset z8").click()
    assert_shows(page, start)


def test_a_locked_dimension_stays_under_every_new_start(page: Page, address: str) -> None:
    open_page(page, address)
    drag(page, 5, 0.5, 0.85)
    locked_code = shown_code(page)
    lock = slider(page, 5).get_by_role("button", name="lock z6")
    lock.click()
    expect(lock).to_have_attribute("aria-pressed", "true")
    mean = codes_of().mean.mean(axis=0)
    page.get_by_role("button", name="Mean code", exact=True).click()
    wanted = mean.copy()
    wanted[5] = locked_code[5]
    expect(page.locator(".ls-dims-from strong")).to_have_text("mean code")
    assert_shows(page, wanted)
    page.get_by_role("button", name="New sample", exact=True).click()
    expect(page.locator(".ls-dims-from strong")).to_have_text("sample")
    eventually(lambda: shown_code(page), lambda now: not np.array_equal(now, wanted), page=page)
    assert shown_code(page)[5] == locked_code[5]
    assert (np.delete(shown_code(page), 5) != np.delete(wanted, 5)).all()
    drag(page, 5, 0.5, 0.1)  # nor does a drag move it
    assert shown_code(page)[5] == locked_code[5]
    expect(page.get_by_role("button", name="Reset all")).to_be_disabled()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert_shows(page, locked_code)
    assert_shows_start(page, "7 · image 0")


def assert_shows_start(page: Page, words: str) -> None:
    expect(page.locator(".ls-dims-from strong")).to_have_text(words)


def test_a_link_and_a_return_to_the_page_show_the_same_image(
    page: Page, browser: Browser, address: str
) -> None:
    open_page(page, address)
    drag(page, 9, 0.5, 0.2)
    slider(page, 2).get_by_role("button", name="lock z3").click()
    code = linked_code(page)
    image = shown(page)
    link = page.url
    go_to_page(page, "Map")
    wait_for_map(page)
    go_to_page(page, "Dimensions")
    page.wait_for_selector(".ls-preview[data-code]")
    assert_shows(page, code)
    assert_linked(page, code)
    expect(slider(page, 2).get_by_role("button", name="lock z3")).to_have_attribute(
        "aria-pressed", "true"
    )
    other = browser.new_page()
    other.goto(link)
    other.wait_for_selector(".ls-preview[data-code]", timeout=60_000)
    assert_shows(other, code)
    np.testing.assert_array_equal(shown(other), image)
    assert_shows_start(other, "7 · image 0")
    other.close()


def test_a_key_pressed_just_before_leaving_is_not_lost(page: Page, address: str) -> None:
    open_page(page, address)
    page.get_by_role("slider", name="z2", exact=True).focus()
    page.keyboard.press("End")
    code = shown_code(page)
    go_to_page(page, "Encode")
    page.wait_for_selector(".ls-pipeline")
    go_to_page(page, "Dimensions")
    page.wait_for_selector(".ls-preview[data-code]")
    end = latent_dimensions(codes_of()).high[1]
    code[1] = end
    assert_shows(page, code)
    assert_linked(page, code)


def test_a_value_beyond_the_limit_is_refused(page: Page, address: str) -> None:
    open_page(page, address)
    dims = latent_dimensions(codes_of())
    field(page, 4).fill("1e6")
    field(page, 4).press("Enter")
    expect(slider(page, 4).get_by_role("alert")).to_have_text(
        f"a number, −{dims.limit:.0f} to {dims.limit:.0f}"
    )
    assert_shows(page, codes_of().mean[0])
    field(page, 4).fill("−5,5")
    field(page, 4).press("Enter")
    expect(slider(page, 4)).to_have_attribute("data-outside", "low")
    assert shown_code(page)[4] == -5.5


# starts, filmstrips, traversal sheet, tray


def test_a_point_on_the_map_is_a_start(page: Page, address: str) -> None:
    open_page(page, address)
    wait_for_map(page)
    index = _visible_sample(page)
    click_sample(page, index)
    expect(page.locator(".ls-dims-from strong")).to_contain_text(f"image {index:,}")
    assert_shows(page, codes_of().mean[index])
    page.wait_for_url(f"**start=s{index}*")


def _visible_sample(page: Page) -> int:
    """A sample that a click on its point picks."""
    wait_until_still(page)
    return int(
        page.evaluate(
            """() => { const map = document.querySelector('.ls-map').__testHooks;
            for (let i = 1; i < 4000; i++) { const at = map.screenOf(i);
              if (at && map.hit(at.x, at.y) === i) return i; } return -1; }"""
        )
    )


def test_a_filmstrip_shows_the_traversal_follows_and_is_clicked(page: Page, address: str) -> None:
    open_page(page, address)
    dims, d = latent_dimensions(codes_of()), 12
    slider(page, d).get_by_role("button", name="filmstrip of z13").click()
    strip = slider(page, d).locator(".ls-filmstrip")
    expect(strip).to_have_attribute("data-drawn", "1")
    drag(page, 5, 0.5, 0.7)
    traversal = grid_codes(dims, shown_code(page), [d], 9)[0]
    for k in (0, 4, 8):
        assert_becomes(page, strip.locator("canvas").nth(k), traversal[k])
    strip.locator("button").nth(7).click()
    np.testing.assert_allclose(shown_code(page), traversal[7], rtol=1e-5)
    assert np.abs(shown(page) - decoded(traversal[7])).max() <= 1


def test_the_traversal_sheet_is_shown_and_downloaded_as_a_png(page: Page, address: str) -> None:
    open_page(page, address)
    drag(page, 5, 0.5, 0.8)
    code = linked_code(page)
    page.get_by_text("Latent traversals").click()
    page.wait_for_selector(".ls-sheet .ls-filmstrip[data-drawn]")
    dims = latent_dimensions(codes_of())
    codes = grid_codes(dims, code, dims.active, 9)
    for row in (0, 9):
        tile = page.locator(".ls-sheet-row").nth(row).locator("canvas").nth(2)
        assert_becomes(page, tile, codes[row, 2])
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    pixels = np.asarray(Image.open(Path(waiting.value.path())))
    layout = sheet_layout(16, 9, (1, 28, 28), 4 * 28)
    assert pixels.shape == (*layout.size[::-1], 3)
    left, top = layout.cell_origin(0, 0)
    first = pixels[top : top + 112 : 4, left : left + 112 : 4, 0].astype(int)
    assert np.abs(first - decoded(codes[0, 0])).max() <= 1


def test_an_edited_code_is_saved_to_the_tray_and_restored_from_it(page: Page, address: str) -> None:
    open_page(page, address)
    field(page, 2).fill("1.2")
    page.get_by_role("button", name="Save to tray").click()
    page.wait_for_selector('.ls-tray[data-count="1"]')
    expect(page.locator(".ls-tray-items")).to_contain_text("z3 = 1.2")
    expect(page.get_by_role("button", name="In the tray", exact=True)).to_be_visible()
    code = linked_code(page)
    page.get_by_role("button", name="Mean code", exact=True).click()
    assert_shows_start(page, "mean code")
    page.locator('.ls-tray-items [data-role="item"]').click()
    assert_shows_start(page, "z3 = 1.2")
    assert_shows(page, code)


# other models, decoding on the server


def test_inactive_dimensions_are_folded_and_named(page: Page, address: str) -> None:
    open_page(page, address, "?model=fashion-vae-16&data=fashion")
    encodings = lc.encode(lc.load_model("fashion-vae-16"), lc.load_dataset("fashion"))
    dims = latent_dimensions(encodings)
    names = [f"z{d + 1}" for d in np.flatnonzero(dims.inactive)]
    assert names
    fold = page.locator(".ls-dims-inactive .ls-dims-fold")
    expect(fold).to_have_text(f"{len(names)} inactive dimensions: {', '.join(names)}")
    expect(page.locator(".ls-dim")).to_have_count(16 - len(names))
    fold.click()
    expect(page.locator(".ls-dim")).to_have_count(16)
    expect(page.locator(".ls-dims-inactive")).to_contain_text("at most 0.01")
    code, before = shown_code(page), shown(page)
    page.locator(".ls-dims-inactive .ls-dim-track").first.click(position={"x": 10, "y": 34})
    eventually(lambda: shown_code(page), lambda now: not np.array_equal(now, code), page=page)
    assert np.abs(shown(page) - before).mean() < 3, "an inactive dimension changed the image"


def test_the_plane_of_two_dimensions_shows_the_image_under_the_handle(
    page: Page, address: str
) -> None:
    open_page(page, address, f"?model={PLANE}&data=digits")
    page.wait_for_selector('.ls-plane-2d-area[data-points="10000"]')
    dims = latent_dimensions(codes_of(PLANE))
    box = page.locator(".ls-plane-2d-area").bounding_box()
    assert box
    handle = page.locator(".ls-plane-2d-handle")
    handle_box = handle.bounding_box()
    assert handle_box
    page.mouse.move(handle_box["x"] + 11, handle_box["y"] + 11)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.25 * box["width"], box["y"] + 0.75 * box["height"], steps=20)
    code = shown_code(page)
    length = dims.high - dims.low
    np.testing.assert_allclose(code, dims.low + 0.25 * length, atol=0.02 * length.max())
    assert np.abs(shown(page) - decoded(code, PLANE)).max() <= 1
    page.mouse.up()
    assert_linked(page, code, PLANE)
    handle.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowRight")
    np.testing.assert_allclose(
        shown_code(page) - code, [length[0] / 10, length[1] / 100], rtol=1e-3
    )
    page.get_by_role("button", name="images behind").click()
    page.wait_for_selector(".ls-plane-2d-area[data-grid]")


def test_decoded_on_the_server_the_images_are_the_same_and_the_page_says_so(
    browser: Browser, page: Page, address: str, tmp_path: Path
) -> None:
    code = codes_of().mean[18]
    query = f"?model={MODEL}&data=digits&start=s0&z={pack_code(code)}"
    open_page(page, address, query)
    assert_shows(page, code)
    with running_app(
        tmp_path / "cache", OMP_NUM_THREADS="1", LATENT_BROWSER_DECODER_MAX_MB="0"
    ) as served:
        other = browser.new_page(viewport={"width": 1280, "height": 800})
        open_page(other, served, query, decoded_by="server")
        expect(other.locator(".ls-preview-footer .ls-decoder-status")).to_contain_text(
            "decoded on the server"
        )
        assert_shows(other, code)
        assert np.abs(shown(other) - shown(page)).max() <= 1
        field(other, 5).fill("1.5")
        field(other, 5).press("Enter")
        code = code.copy()
        code[5] = 1.5
        assert_shows(other, code)
        assert_linked(other, code)
        other.close()


def test_many_dimensions_open_on_principal_directions_and_fold_single_ones_away(
    browser: Browser, tmp_path: Path
) -> None:
    models = tmp_path / "models"
    add_linear_model(models / "digits-pca-96", 96)
    with running_app(tmp_path / "cache", OMP_NUM_THREADS="1", LATENT_MODELS=str(models)) as served:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{served}/dimensions")
        strip = "[data-group=principal] .ls-filmstrip[data-drawn]"
        page.wait_for_selector(strip, timeout=60_000)
        expect(page.locator(".ls-dim")).to_have_count(0)
        fold = page.locator(".ls-dims-single > .ls-dims-fold")
        expect(fold).to_have_text("Single dimensions: 64 of 96")
        fold.click()
        expect(page.locator(".ls-dim")).to_have_count(24)
        more = page.locator(".ls-dims-single").get_by_role("button", name="Show all")
        wanted = int((more.text_content() or "").split()[-1])
        folded = page.locator(".ls-dims-inactive .ls-dims-fold")
        hidden = int((folded.text_content() or "0").split()[0])
        assert wanted + hidden == 64
        more.click()
        expect(page.locator(".ls-dim")).to_have_count(wanted)
        page.close()


def add_linear_model(folder: Path, latent_dim: int) -> None:
    """Principal components of the digits as a model of its own."""
    flat = lc.load_dataset("digits").images(slice(0, 3000)).reshape(3000, -1)
    axes = np.linalg.eigh(np.cov(flat.T))[1][:, : -latent_dim - 1 : -1].T
    tensors = {"mean": torch.tensor(flat.mean(axis=0)), "components": torch.tensor(axes.copy())}
    folder.mkdir(parents=True)
    save_file(
        {n: t.float().contiguous() for n, t in tensors.items()}, folder / "weights.safetensors"
    )
    card = json.loads((ROOT / "models/digits-pca-16/card.json").read_text())
    del card["decoder"]
    digest = sha256_file(folder / "weights.safetensors")
    card |= {"latent_dim": latent_dim, "weights": {"sha256": digest}, "metrics": {}}
    (folder / "card.json").write_text(json.dumps(card))


# phones


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    yield context.new_page()
    context.close()


def touch(page: Page, *points: tuple[float, float]) -> None:
    """A touch that moves from point to point."""
    devtools = page.context.new_cdp_session(page)
    kinds = ["touchStart"] + ["touchMove"] * (len(points) - 1)
    for kind, (x, y) in zip(kinds, points, strict=True):
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        wait_for_frames(page)
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def resting_point(page: Page, d: int) -> tuple[float, float]:
    """The middle of a slider, once the page has come to rest after a scroll."""

    def two_looks() -> list[tuple[float, float]]:
        first = point_on(page, d, 0.5)
        wait_for_frames(page)
        return [first, point_on(page, d, 0.5)]

    return eventually(two_looks, lambda looks: looks[0] == looks[1], page=page)[0]


def test_touch_moves_a_slider_sideways_and_scrolls_the_page_vertically(
    phone: Page, address: str
) -> None:
    open_page(phone, address)
    wait_for_evidence(phone)
    code = shown_code(phone)
    d = int(latent_dimensions(codes_of()).order[2])
    slider(phone, d).evaluate("node => node.scrollIntoView({block: 'center'})")
    x, y = point_on(phone, d, 0.5)
    touch(phone, (x, y), (x, y - 30), (x, y - 80), (x, y - 140), (x, y - 200))
    eventually(lambda: point_on(phone, d, 0.5)[1], lambda now: now < y - 60, page=phone)
    np.testing.assert_array_equal(shown_code(phone), code)
    x, y = resting_point(phone, d)
    touch(phone, (x, y), (x + 10, y), (x + 40, y), (x + 90, y))
    dims = latent_dimensions(codes_of())
    box = slider(phone, d).locator(".ls-dim-track").bounding_box()
    assert box
    moved = 90 / box["width"] * (dims.high[d] - dims.low[d])
    eventually(
        lambda: shown_code(phone)[d] - code[d],
        lambda change: change == pytest.approx(moved, abs=0.05),
        page=phone,
    )
    assert np.abs(shown(phone) - decoded(shown_code(phone))).max() <= 1


def test_on_a_phone_the_image_stays_visible_and_nothing_is_cut_off(
    phone: Page, address: str
) -> None:
    open_page(phone, address)
    slider(phone, 13).scroll_into_view_if_needed()
    wait_for_frames(phone)
    box = phone.locator(".ls-preview .ls-decoded canvas").bounding_box()
    assert box
    assert 0 < box["y"] < 120
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
