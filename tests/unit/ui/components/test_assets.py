"""The app serves its JavaScript modules and the runtime of the decoder, and nothing else."""

from __future__ import annotations

import gzip
import hashlib

import pytest

from tests.asgi import ask
from ui.components import assets
from ui.components.assets import bundle_url, publish, routes, runtime_urls
from ui.components.vendor import RUNTIME, read_vendored

NAMES = ["ort.wasm.min.mjs", "ort-wasm-simd-threaded.mjs", "ort-wasm-simd-threaded.wasm"]


@pytest.mark.parametrize("name", NAMES)
def test_runtime_is_sent_as_stored(name: str):
    runtime = runtime_urls()[name]
    answer = ask(routes(), runtime["url"])
    data = gzip.decompress(answer.body)
    assert answer.status == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-length"] == str(len(answer.body))
    assert len(data) == runtime["bytes"]
    assert hashlib.sha256(data).hexdigest() == read_vendored(RUNTIME).files[name].sha256


@pytest.mark.parametrize("name", NAMES)
def test_runtime_has_its_media_type_and_is_cached(name: str):
    headers = ask(routes(), runtime_urls()[name]["url"]).headers
    mime = {"mjs": "text/javascript", "wasm": "application/wasm"}[name.rsplit(".", 1)[1]]
    assert headers["content-type"].split(";")[0] == mime
    assert headers["cache-control"] == "public, immutable, max-age=31536000"


def test_all_files_have_the_same_base_url():
    urls = runtime_urls()
    assert sorted(urls) == sorted(NAMES)
    assert len({runtime["url"].rsplit("/", 1)[0] for runtime in urls.values()}) == 1


@pytest.mark.parametrize(
    "name", ["LICENSE", "vendored.json", "ort.wasm.min.mjs.gz", "..%2Ffetch.py", "../fetch.py", ""]
)
def test_other_files_of_the_folder_are_not_sent(name: str):
    folder = runtime_urls()[NAMES[0]]["url"].rsplit("/", 1)[0]
    assert ask(routes(), f"{folder}/{name}").status == 404


def test_url_of_another_version_is_not_found():
    version = read_vendored(RUNTIME).fingerprint()
    assert ask(routes(), f"/live/vendor/{version}/{NAMES[0]}").status == 200
    assert ask(routes(), f"/live/vendor/{version[::-1]}/{NAMES[0]}").status == 404


def test_base_path_of_the_app_is_part_of_all_urls(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(assets.st, "get_option", {"server.baseUrlPath": "/explorer/"}.get)
    for url in [runtime_urls()[NAMES[0]]["url"], bundle_url(), publish(b"abc")]:
        assert url.startswith("/explorer/live/")
        assert ask(routes(), url).status == 200


def test_the_scripts_are_sent_compressed_and_can_be_kept_for_ever():
    answer = ask(routes(), bundle_url())
    assert answer.status == 200
    assert answer.headers["content-type"].split(";")[0] == "text/javascript"
    assert answer.headers["cache-control"] == "public, immutable, max-age=31536000"
    assert b"decoding/latest_only.js" in gzip.decompress(answer.body)
    folder = bundle_url().rsplit("/", 1)[0]
    assert ask(routes(), f"{folder}/decoding/decoder_worker.js").status == 200
    assert ask(routes(), bundle_url() + ".map").headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "name", ["../assets.py", "app.js/", "app.js//", "nothing.js", "", "/etc/hosts", "x" * 5000]
)
def test_other_names_are_not_found_and_nothing_is_kept(name: str):
    folder, known = bundle_url().rsplit("/", 1)[0], assets.scripts().files.copy()
    assert ask(routes(), f"{folder}/{name}").status == 404
    assert assets.scripts().files == known


def test_scripts_of_another_version_are_not_found():
    version = assets.scripts().version
    assert ask(routes(), bundle_url().replace(version, version[::-1])).status == 404
