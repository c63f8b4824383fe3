"""The decoder in a browser: the same images as PyTorch in both modes, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import latent_core as lc
from latent_core.analysis.support import fit_support, support_of_encodings
from latent_core.projection.inverse import fit_inverse
from ui.components.assets import bundle_url
from ui.components.decoder import decoder_data, inverse_data, space_data
from ui.components.map_transform import transform_data

pytestmark = pytest.mark.browser
MODEL = "digits-vae-16"

OPEN = """async ([app, spec]) => {
  const {openDecoder} = (await import(app)).load('decoding/decoder.js');
  const {LatestOnly} = (await import(app)).load('decoding/latest_only.js');
  const decoder = openDecoder(spec);
  const seen = [];
  window.live = {decoder, LatestOnly, seen};
  await new Promise((done) => decoder.subscribe((state) => {
    seen.push({...state});
    if (state.mode !== 'loading') done();
  }));
}"""


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    opened = context.new_page()
    opened.goto(f"{address}/?method=pca&sample=42")
    opened.wait_for_selector(  # the server has the decoder then, and the page asks for nothing more
        '.ls-decoder-status[data-mode="browser"]', timeout=90_000
    )
    yield opened
    opened.close()


def codes(count: int = 40) -> np.ndarray:
    return np.random.default_rng(0).normal(0, 1.5, (count, 16)).astype(np.float32)


def opened(page: Page, mode: str = "browser", **changes: Any) -> list[dict[str, Any]]:
    """Open a decoder; returns its states, the last of which has this mode."""
    spec = decoder_data(lc.load_card(MODEL)) | changes
    spec["server_url"] += "?another"  # not the one that the page has already opened
    page.evaluate(OPEN, [bundle_url(), spec])
    seen: list[dict[str, Any]] = page.evaluate("live.seen")
    assert seen[-1]["mode"] == mode, seen[-1]["reason"]
    return seen


def decoded(page: Page, pending: np.ndarray) -> np.ndarray:
    flat = page.evaluate(
        "async (z) => Array.from((await live.decoder.decode(Float32Array.from(z))).images)",
        pending.ravel().tolist(),
    )
    return np.array(flat, np.float32).reshape(len(pending), 1, 28, 28)


def test_browser_decodes_as_torch_and_reports_progress(page: Page) -> None:
    seen = opened(page)
    progress = [state["progress"] for state in seen]
    assert progress == sorted(progress)
    assert len(set(progress)) > 3
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    pending = codes()
    made = decoded(page, pending)
    assert np.abs(made - lc.load_model(MODEL).decode(pending)).max() <= 1e-4
    assert requests == [], "no request is sent"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"onnx": None, "server_reason": "it is too large"}, "it is too large"),
        ({"onnx": {"url": "/live/blob/none", "bytes": 10}}, "can't be fetched"),
    ],
)
def test_server_decodes_the_same_where_the_browser_cannot(
    page: Page, changes: dict[str, Any], words: str
) -> None:
    seen = opened(page, "server", **changes)
    assert words in seen[-1]["reason"]
    pending = codes(100)  # more than fit one request
    expected = np.rint(lc.load_model(MODEL).decode(pending) * 255)
    np.testing.assert_array_equal(np.rint(decoded(page, pending) * 255), expected)


def test_server_decodes_without_webassembly(browser: Browser, address: str) -> None:
    bare = browser.new_page()
    bare.add_init_script("delete window.WebAssembly")
    bare.goto(address)
    seen = opened(bare, "server")
    assert seen[-1] | {"progress": 0} == {
        "mode": "server",
        "progress": 0,
        "reason": "this browser has no WebAssembly",
    }
    bare.close()


def test_server_decodes_while_the_decoder_loads(page: Page) -> None:
    page.evaluate(
        """async ([app, spec]) => {
        const {openDecoder} = (await import(app)).load('decoding/decoder.js');
        spec.server_url += '?another';
        window.live = {decoder: openDecoder(spec)};
        }""",
        [bundle_url(), decoder_data(lc.load_card(MODEL))],
    )
    pending = codes(2)
    assert page.evaluate("live.decoder.state.mode") == "loading"
    expected = lc.load_model(MODEL).decode(pending)
    assert np.abs(decoded(page, pending) - expected).max() <= 1 / 255


@pytest.mark.parametrize("mode", ["browser", "server"])
def test_only_the_newest_request_waits(page: Page, mode: str) -> None:
    opened(page, mode, **({} if mode == "browser" else {"onnx": None, "server_reason": "test"}))
    shown = page.evaluate(
        """async () => {
        const shown = [];
        const latest = new live.LatestOnly(() => live.decoder);
        for (let i = 0; i < 50; i++) latest.request(new Float32Array(16), () => shown.push(i));
        while (!latest.idle) await new Promise((done) => setTimeout(done, 5));
        return shown;
        }"""
    )
    assert shown == [0, 49]


def test_urgent_request_is_decoded_before_a_grid(page: Page) -> None:
    opened(page)
    order = page.evaluate(
        """async () => {
        const order = [];
        const grid = live.decoder.decode(new Float32Array(16 * 600), {urgent: false});
        const urgent = live.decoder.decode(new Float32Array(16));
        const note = (name, made) => made.then(() => order.push(name));
        await Promise.all([note('grid', grid), note('urgent', urgent)]);
        return order;
        }"""
    )
    assert order == ["urgent", "grid"]


def test_aborted_grid_is_cancelled(page: Page) -> None:
    opened(page)
    name = page.evaluate(
        """async () => {
        const stop = new AbortController();
        const how = {urgent: false, signal: stop.signal};
        const grid = live.decoder.decode(new Float32Array(16 * 4000), how);
        stop.abort();
        return grid.catch((error) => error.name);
        }"""
    )
    assert name == "AbortError"
    assert decoded(page, codes(1)).shape == (1, 1, 28, 28)


@pytest.mark.parametrize("method", ["pca", "tsne"])
def test_support_and_map_transform_agree_with_the_library(page: Page, method: str) -> None:
    encodings = lc.encode(lc.load_model(MODEL), lc.load_dataset("digits"))
    made = lc.project(encodings, {"pca": lc.PCA, "tsne": lc.TSNE}[method](n_components=2))
    spec, support, inverse = (
        space_data(encodings),
        fit_support(encodings.mean),
        fit_inverse(made),
    )
    rng = np.random.default_rng(0)
    halfway = (encodings.mean[:30] + encodings.mean[30:60]) / 2
    pending = np.concatenate([encodings.mean[:30], halfway])
    places = rng.uniform(made.points.min(axis=0) - 5, made.points.max(axis=0) + 5, (60, 2))
    found = page.evaluate(
        """async ([app, spec, table, inverse, rule, points, places, codes]) => {
        const {LatentSpace} = (await import(app)).load('latent/support.js');
        const {MapTransform, loadTransform} = (await import(app)).load('latent/projection.js');
        const space = new LatentSpace(spec, Float32Array.from(table));
        const map = new MapTransform(inverse, space, Float32Array.from(points));
        const transform = await loadTransform(rule, space, map.points);
        return {
          codes: places.map((place) => [...map.inverseTransform(place)]),
          support: codes.map((code) => space.support(code)),
          placed: codes.map((code) => transform(code)),
        };
        }""",
        [
            bundle_url(), spec, encodings.mean.ravel().tolist(), inverse_data(made),
            transform_data(made), made.points.ravel().tolist(), places.tolist(), pending.tolist(),
        ],
    )  # fmt: skip
    expected = inverse.inverse_transform(places.astype(np.float32))
    np.testing.assert_allclose(np.array(found["codes"]), expected, atol=2e-3)
    shares = [one["rank"] for one in found["support"]]
    np.testing.assert_allclose(shares, support.quantile(pending), atol=1e-3)
    assert [one["level"] for one in found["support"]] == support.levels(pending)
    placed = np.concatenate([made.transform(code[None]) for code in pending])
    np.testing.assert_allclose(np.array(found["placed"]), placed, atol=0.02)


def test_support_of_random_codes_of_a_gan_agrees_with_the_library(page: Page) -> None:
    encodings = lc.encode(lc.load_model("digits-gan-32"), lc.load_dataset("digits"))
    support = support_of_encodings(encodings)
    drawn = np.random.default_rng(0).normal(size=(40, 32)).astype(np.float32)
    drawn *= np.linspace(0.5, 2, 40, dtype=np.float32)[:, None]
    found = page.evaluate(
        """async ([app, spec, table, codes]) => {
        const {LatentSpace} = (await import(app)).load('latent/support.js');
        const space = new LatentSpace(spec, Float32Array.from(table));
        return codes.map((code) => space.support(code));
        }""",
        [bundle_url(), space_data(encodings), encodings.mean.ravel().tolist(), drawn.tolist()],
    )
    np.testing.assert_allclose([one["rank"] for one in found], support.quantile(drawn), atol=1e-3)
    assert [one["level"] for one in found] == support.levels(drawn)
    assert len({one["level"] for one in found}) > 1
