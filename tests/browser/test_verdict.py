"""Verdicts in a browser look at the decoded image: torn faces are marked, a blank has no rank."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

import latent_core as lc
from latent_core.analysis.support import support_of_encodings
from latent_core.interpolation import bilinear
from latent_core.models.realism import load_realism
from tests.browser.morph_page import open_page

pytestmark = pytest.mark.browser
GAN = "faces-gan-64"
CORNERS = (11, 2017, 4051, 6033)
CELLS = 11
SLUGS = {"near data": 0, "sparse": 1, "far from data": 2}
IMAGES = {"like the data": 0, "doubtful": 1, "unlike the data": 2}


def test_faces_between_four_corners_are_marked_by_the_image_too(page: Page, address: str) -> None:
    model, realism = lc.load_model(GAN), load_realism("faces")
    assert realism is not None
    if not realism.rates(model.card):
        pytest.skip("the realism network was trained with other weights of this model")
    ids = "~".join(f"s{index}" for index in CORNERS)
    open_page(page, address, f"morph?model={GAN}&mode=four&corners={ids}")
    page.wait_for_selector('.ls-corner-grid[data-ready="true"]', timeout=120_000)
    cells = page.eval_on_selector_all(
        ".ls-corner-grid rect", "nodes => nodes.map((n) => [n.dataset.support, n.dataset.image])"
    )
    encodings = lc.encode(model, lc.load_dataset("faces"))
    u, v = (grid.ravel() for grid in np.meshgrid(*[np.linspace(0, 1, CELLS)] * 2))
    codes = bilinear(encodings.mean[list(CORNERS)], u, v)
    images = realism.levels(model.decode(codes))
    same = [shown == level for (_, shown), level in zip(cells, images, strict=True)]
    assert np.mean(same) > 0.97, "but for scores at a limit, the browser's levels are Python's"
    support = support_of_encodings(encodings).levels(codes)
    for (slug, shown), level in zip(cells, support, strict=True):
        worse = max(SLUGS[level], IMAGES[shown])
        assert slug == ("near", "sparse", "far")[worse]
    torn = [
        slug
        for (slug, shown), level in zip(cells, support, strict=True)
        if level != "far from data" and shown == "unlike the data"
    ]
    assert len(torn) > 0
    assert set(torn) == {"far"}


def test_a_blank_upload_gets_neither_rank_nor_verdict(page: Page, address: str) -> None:
    page.goto(f"{address}/encode?model=digits-vae-16")
    page.get_by_text("Upload", exact=True).click(timeout=150_000)
    blank = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(blank, "PNG")
    field = page.locator('input[type="file"]')
    field.wait_for(state="attached", timeout=150_000)
    field.set_input_files(
        [{"name": "white.png", "mimeType": "image/png", "buffer": blank.getvalue()}]
    )
    sentence = page.locator(".ls-pipeline-sentence")
    expect(sentence).to_contain_text("blank", timeout=60_000)
    expect(sentence).not_to_contain_text("higher than")
    expect(page.locator(".ls-pipeline-verdict")).to_be_hidden()
