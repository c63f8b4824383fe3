"""Text of strangers is shown as text: no link, no image and no request to elsewhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.driver import running_app

pytestmark = pytest.mark.browser
HOST = "evil.example"
HOSTILE = (
    f"![x](http://{HOST}/p.png) [**Sign in**](http://{HOST}/) <img src=//{HOST}/q.png> "
    f"http://{HOST}/r www.{HOST} :red[x] :material/warning: $x$"
)
PARAMETERS = {
    "": ["model", "data", "method", "n_components", "color", "params", "sample", "point", "grid"],
    "encode": ["model", "data"],
    "morph": ["model", "data", "mode", "endpoints", "path", "t", "export", "sheet"],
    "dimensions": ["model", "data", "start", "z", "sheet.around"],
    "uses": ["model", "data", "use"],
    "models": ["model", "data"],
}


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with a model and a data set whose cards are hostile, and with unusable ones."""
    root = tmp_path_factory.mktemp("hostile")
    for kind, name in (("models", "digits-vae-2"), ("data", "digits")):
        shutil.copytree(Path(kind) / name, root / kind / name)
        card = root / kind / name / "card.json"
        fields = json.loads(card.read_text()) | {"title": HOSTILE, "description": HOSTILE}
        card.write_text(json.dumps(fields))
        (root / kind / "bad").mkdir()
        (root / kind / "bad" / "card.json").write_text(json.dumps({"family": HOSTILE}))
    folders = {"LATENT_MODELS": str(root / "models"), "LATENT_DATA": str(root / "data")}
    with running_app(root / "cache", OMP_NUM_THREADS="1", **folders) as found:
        yield found


@pytest.fixture
def visit(browser: Browser, hostile_address: str) -> Iterator[tuple[Page, list[str]]]:
    """A page, and the requests that leave the server."""
    page, outside = browser.new_page(), []

    def note(request) -> None:
        if not request.url.startswith((hostile_address, "data:", "blob:")):
            outside.append(request.url)

    page.on("request", note)
    yield page, outside
    page.close()


def check(page: Page, outside: list[str]) -> None:
    assert outside == []
    for tag, attribute in (("a", "href"), ("img", "src")):
        assert page.locator(f'{tag}[{attribute}*="{HOST}"]').count() == 0
    assert page.locator(".stMain .katex").count() == 0


@pytest.mark.parametrize("name", PARAMETERS)
def test_parameters_of_a_link(visit, hostile_address: str, name: str) -> None:
    page, outside = visit
    query = "&".join(f"{parameter}={quote(HOSTILE)}" for parameter in PARAMETERS[name])
    page.goto(f"{hostile_address}/{name}?{query}")
    expect(page.locator('[data-testid="stAlert"]').first).to_contain_text(HOST, timeout=90_000)
    check(page, outside)


def test_names_of_files_and_cards(visit, hostile_address: str) -> None:
    page, outside = visit
    page.goto(f"{hostile_address}/encode")
    page.get_by_text("Upload", exact=True).click(timeout=90_000)
    field = page.locator('input[type="file"]').first
    field.wait_for(state="attached", timeout=90_000)
    name = f"[x](http:{HOST}) ![y](http:{HOST}).png"
    field.set_input_files([{"name": name, "mimeType": "image/png", "buffer": b"no image"}])
    expect(page.locator(".ls-refused")).to_contain_text(HOST)
    check(page, outside)
    page.goto(f"{hostile_address}/models")
    expect(page.get_by_text("cannot be used")).to_be_visible(timeout=90_000)
    for expander in page.locator('[data-testid="stExpander"] summary').all():
        expander.click()
    expect(page.get_by_text("Data set bad")).to_be_visible()
    check(page, outside)
