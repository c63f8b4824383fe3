"""Attribute sliders in a browser, compared with the library's attribute directions."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

import latent_core as lc
from latent_core.analysis import latent_dimensions
from latent_core.analysis.directions.attribute_directions import (
    AttributeDirections,
    fit_attribute_directions,
)
from latent_core.types import Floats
from tests.browser.driver import eventually, go_to_page, wait_for_map
from ui.attributes.factor_tables import known_factors

pytestmark = pytest.mark.browser
MODEL, DATA = "furniture-vae-8", "furniture"


@pytest.fixture(scope="module")
def encodings() -> lc.Encodings:
    return lc.encode(lc.load_model(MODEL), lc.load_dataset(DATA))


@pytest.fixture(scope="module")
def codes(encodings: lc.Encodings) -> Floats:
    return encodings.mean


@pytest.fixture(scope="module")
def attributes(encodings: lc.Encodings) -> AttributeDirections:
    data = lc.load_dataset(DATA)
    known = known_factors(data)
    return fit_attribute_directions(
        encodings.mean,
        {n: v for n, v in data.factors.items() if known[n].ordered},
        active_dims=~latent_dimensions(encodings).inactive,
    )


def assert_shows(page: Page, code: Floats, atol: float) -> None:
    """Wait until the image of this code is shown."""

    def shown() -> Floats:
        text = page.get_attribute(".ls-preview", "data-code") or ""
        return np.array(text.split(), np.float64).astype(np.float32)

    eventually(shown, lambda found: np.allclose(found, code, atol=atol), page=page)


def test_an_attribute_slider_moves_the_code_as_the_library_does_and_can_be_undone(
    page: Page, address: str, codes: Floats, attributes: AttributeDirections
) -> None:
    page.goto(f"{address}/dimensions?model={MODEL}&data={DATA}&start=s3")
    page.wait_for_selector(".ls-preview[data-code]", timeout=120_000)
    assert_shows(page, codes[3], atol=1e-6)
    panel = page.locator("[data-group=attributes]")
    expect(panel).not_to_have_attribute("inert", "")
    width = panel.get_by_role("slider", name="width", exact=True)
    width.focus()
    page.keyboard.press("End")
    f = attributes.names.index("width")
    wanted = attributes.move_to(codes[3], "width", float(attributes.high[f]))
    assert_shows(page, wanted, atol=2e-3)
    predicted = attributes.predict(wanted[None])[0, f]
    expect(
        panel.locator(".ls-attribute", has=page.get_by_role("slider", name="width", exact=True))
    ).to_contain_text(f"{predicted:.0f}")
    page.get_by_role("button", name="undo").click()
    assert_shows(page, codes[3], atol=1e-6)


def test_without_known_factors_there_are_no_attribute_sliders(page: Page, address: str) -> None:
    page.goto(f"{address}/dimensions?model=digits-vae-16&data=digits")
    page.wait_for_selector(".ls-dim-handle", timeout=120_000)
    expect(page.locator("[data-group=attributes]")).to_have_count(0)


def test_a_selection_of_the_map_becomes_a_direction(page: Page, address: str) -> None:
    page.goto(f"{address}/?model={MODEL}&data={DATA}&method=pca")
    wait_for_map(page)
    box = page.locator(".ls-map-plot").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.keyboard.down("Shift")
    page.mouse.move(x - 60, y - 60)
    page.mouse.down()
    for right, down in ((60, -60), (60, 60), (-60, 60), (-60, -60)):
        page.mouse.move(x + right, y + down, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    page.wait_for_selector(".ls-contact")
    go_to_page(page, "Dimensions")
    page.wait_for_selector(".ls-preview[data-code]")
    page.get_by_text("Direction from images you mark").click()
    page.get_by_role("button", name="Make direction").click()
    slider = page.locator("[data-group=marked]").get_by_role("slider")
    expect(slider).to_have_count(1)
    before = page.get_attribute(".ls-preview", "data-code")
    slider.focus()
    page.keyboard.press("End")
    expect(page.locator(".ls-preview")).not_to_have_attribute("data-code", before or "")
    page.locator("[data-group=marked] .ls-direction-strip").click()
    expect(page.locator("[data-group=marked] .ls-evidence")).to_contain_text("held-out images")
