"""What the app answers when the browser asks for a module or for the decoder's runtime."""

from __future__ import annotations

import gzip
import hashlib

import pytest

from tests.asgi import ask
from ui.components import assets
from ui.components.assets import module_url, publish, routes, runtime_urls
from ui.components.vendor import RUNTIME, read_vendored

NAMES = ["ort.wasm.min.mjs", "ort-wasm-simd-threaded.mjs", "ort-wasm-simd-threaded.wasm"]


@pytest.mark.parametrize("name", NAMES)
def test_the_runtime_is_sent_as_it_is_stored(name: str):
    told = runtime_urls()[name]
    answer = ask(routes(), told["url"])
    data = gzip.decompress(answer.body)
    assert answer.status == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-length"] == str(len(answer.body))
    assert len(data) == told["bytes"]
    assert hashlib.sha256(data).hexdigest() == read_vendored(RUNTIME).files[name].sha256


@pytest.mark.parametrize("name", NAMES)
def test_the_browser_takes_it_for_what_it_is_and_keeps_it(name: str):
    headers = ask(routes(), runtime_urls()[name]["url"]).headers
    mime = {"mjs": "text/javascript", "wasm": "application/wasm"}[name.rsplit(".", 1)[1]]
    assert headers["content-type"].split(";")[0] == mime
    assert headers["cache-control"] == "public, immutable, max-age=31536000"


def test_every_file_lies_beside_the_others():
    urls = runtime_urls()
    assert sorted(urls) == sorted(NAMES)
    assert len({told["url"].rsplit("/", 1)[0] for told in urls.values()}) == 1


@pytest.mark.parametrize(
    "name", ["LICENSE", "vendored.json", "ort.wasm.min.mjs.gz", "..%2Ffetch.py", "../fetch.py", ""]
)
def test_no_other_file_is_sent(name: str):
    folder = runtime_urls()[NAMES[0]]["url"].rsplit("/", 1)[0]
    assert ask(routes(), f"{folder}/{name}").status == 404


def test_an_address_of_another_version_is_not_answered_with_this_one():
    version = read_vendored(RUNTIME).fingerprint()
    assert ask(routes(), f"/live/vendor/{version}/{NAMES[0]}").status == 200
    assert ask(routes(), f"/live/vendor/{version[::-1]}/{NAMES[0]}").status == 404


def test_an_app_below_a_path_answers_there(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(assets.st, "get_option", {"server.baseUrlPath": "/explorer/"}.get)
    for url in [runtime_urls()[NAMES[0]]["url"], module_url("core/dom.js"), publish(b"abc")]:
        assert url.startswith("/explorer/live/")
        assert ask(routes(), url).status == 200


def test_our_modules_are_sent_as_they_are():
    answer = ask(routes(), module_url("core/dom.js"))
    assert answer.status == 200
    assert answer.headers["content-type"].split(";")[0] == "text/javascript"
    assert gzip.decompress(answer.body) == (assets._FRONTEND / "core/dom.js").read_bytes()


@pytest.mark.parametrize(
    "name", ["../assets.py", "../vendor/fetch.py", "nothing.js", "", "/etc/hosts"]
)
def test_nothing_beside_our_modules_is_sent(name: str):
    assert ask(routes(), module_url(name)).status == 404
