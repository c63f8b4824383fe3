"""Opening a model in a browser: drop two ONNX files, and what is decoded is what they decode."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

import latent_core as lc
from tests.artefacts.linear_onnx import Guise, Pca, pair
from tests.browser.driver import wait_for_map
from tests.browser.morph_page import as_bytes, assert_pixels, open_page

pytestmark = pytest.mark.browser
DIMS, A, B = 60, 6183, 153


@pytest.fixture(scope="module")
def pca() -> Pca:
    return Pca.fit(lc.load_dataset("digits").images(slice(2000)), DIMS)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, pca: Pca) -> list[str]:
    """An encoder and a decoder of pixels in [-1, 1]; the encoder gives a sample as well."""
    folder = tmp_path_factory.mktemp("net")
    guise = Guise(scale=2.0, offset=-1.0, extra="outputs")
    for name, content in pair(pca, guise).items():
        (folder / name).write_bytes(content)
    return [str(path) for path in sorted(folder.iterdir())]


def drop(page: Page, address: str, paths: list[str]) -> None:
    page.goto(f"{address}/open")
    page.locator('input[type="file"]').set_input_files(paths)


def test_two_files_become_a_map_and_a_morph(
    page: Page, address: str, files: list[str], pca: Pca
) -> None:
    drop(page, address, files)
    expect(page.get_by_text("variational autoencoder")).to_be_visible(timeout=90_000)
    expect(page.get_by_text(re.compile(r"input NCHW \[-1, 1\]")).first).to_be_visible()
    page.get_by_label("Title").fill("A stranger's VAE")
    page.get_by_label("Title").press("Enter")
    page.get_by_role("button", name="Open on the map").click()
    page.wait_for_url(re.compile("model=a-stranger-s-vae"), timeout=60_000)
    wait_for_map(page, 120)
    expect(page.locator(".ls-decoder-status")).to_contain_text("in this browser", timeout=60_000)

    query = f"model=a-stranger-s-vae&data=digits&mode=two&endpoints=s{A}~s{B}&t=0.5&path=linear"
    open_page(page, address, f"morph?{query}")
    a, b = pca.encode(lc.load_dataset("digits").images(np.array([A, B])))
    assert_pixels(page, as_bytes(pca.decode(((a + b) / 2)[None]))[0, 0])


def test_a_pickle_is_refused_with_the_lines_that_export_it(
    page: Page, address: str, tmp_path: Path
) -> None:
    path = tmp_path / "model.pkl"
    path.write_bytes(pickle.dumps({"a": 1}))
    drop(page, address, [str(path)])
    expect(page.get_by_role("alert")).to_contain_text("model.pkl is a pickle")
    expect(page.locator("code").last).to_contain_text("lc.wrap")


def test_a_reading_can_be_corrected(page: Page, address: str, files: list[str]) -> None:
    drop(page, address, files)
    page.get_by_text("Other ways to read its pixels").click(timeout=90_000)
    page.get_by_role("button", name="Choose").first.click()
    expect(page.get_by_role("button", name="Choose").first).to_be_visible()
    expect(page.get_by_text("chosen")).to_be_visible()
    expect(page.get_by_role("button", name="Open on the map")).to_be_enabled()
