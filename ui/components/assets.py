"""Static files for the browser: JavaScript modules, the decoder runtime, and blobs.

Blobs are named by the hash of their content.  They are only used for what is the same for all
visitors (a map's points, a data set's images), so their URL can be cached forever and shared.
Uploads of a visitor are sent within that visitor's session and never as a blob.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TypedDict

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from latent_core.cache.lru import LRU
from latent_core.cache.memory import BLOBS as BLOBS_SHARE
from latent_core.cache.memory import memory_share
from ui.components import bundle
from ui.components.vendor import RUNTIME, Vendored, read_vendored

_FOR_EVER = {"Cache-Control": "public, immutable, max-age=31536000"}
_PACKED = {"Content-Encoding": "gzip"}
_FRONTEND = Path(__file__).parents[1] / "frontend"
_MIME = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
    ".map": "application/json",
}
BUNDLE = "app.js"
BOOT = "core/boot.js"


class Fetched(TypedDict):
    """The URL of a file and its uncompressed size."""

    url: str
    bytes: int


class Blobs:
    """Bytes by the hash of their content; the least recently used are removed first."""

    def __init__(self, max_bytes: int | None = None) -> None:
        self._blobs: LRU[str, tuple[bytes, str]] = LRU(
            partial(memory_share, BLOBS_SHARE) if max_bytes is None else max_bytes,
            lambda blob: len(blob[0]),
            min_count=1,
        )

    def __len__(self) -> int:
        return len(self._blobs)

    def put(self, data: bytes, mime: str) -> str:
        """Store `data`; gives its name."""
        name = hashlib.sha256(data).hexdigest()[:40]
        self._blobs.put(name, (data, mime))
        return name

    def get(self, name: str) -> tuple[bytes, str] | None:
        """The bytes and MIME type under `name`, or None if they were removed."""
        return self._blobs.get(name)


BLOBS = Blobs()


def publish(data: bytes, mime: str = "application/octet-stream") -> str:
    """The URL from which browsers can fetch `data`."""
    return f"{base_path()}/live/blob/{BLOBS.put(data, mime)}"


def bundle_url() -> str:
    """The URL of the script with all modules of ``ui/frontend``; it changes when any changes."""
    return f"{base_path()}/live/js/{scripts().version}/{BUNDLE}"


def boot_url() -> str:
    """The URL of the script that has to run before Streamlit's."""
    return f"{base_path()}/live/js/{scripts().version}/{BOOT}"


def runtime_urls() -> dict[str, Fetched]:
    """The URLs of the files of ONNX Runtime Web by name; they change when any file changes.

    All files have the same parent URL, so that each finds the others by relative paths.
    """
    runtime = _runtime()
    at = f"{base_path()}/live/vendor/{runtime.fingerprint()}"
    return {
        name: {"url": f"{at}/{name}", "bytes": file.size_bytes}
        for name, file in runtime.files.items()
    }


@cache
def _runtime() -> Vendored:
    return read_vendored(RUNTIME)


def base_path() -> str:
    """The prefix of all paths of the app (``server.baseUrlPath``), "" at the root."""
    prefix = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{prefix}" if prefix else ""


@dataclass(frozen=True, slots=True)
class Scripts:
    """The scripts of the app, compressed with gzip, by path; and their version."""

    files: dict[str, bytes]
    version: str


@cache
def scripts() -> Scripts:
    """The scripts, made once: no other name is ever kept."""
    texts = {name: text.encode() for name, text in bundle.scripts(_FRONTEND, BUNDLE, BOOT).items()}
    digest = hashlib.sha256(b"".join(texts[name] for name in sorted(texts)))
    files = {name: gzip.compress(text, 6, mtime=0) for name, text in texts.items()}
    return Scripts(files, digest.hexdigest()[:16])


def _serve_script(request: Request) -> Response:
    known, name = scripts(), request.path_params["name"]
    if name not in known.files or request.path_params["version"] != known.version:
        return Response(status_code=404)
    mime = _MIME[Path(name).suffix]
    return Response(known.files[name], media_type=mime, headers=_FOR_EVER | _PACKED)


def _serve_runtime(request: Request) -> Response:
    runtime, name = _runtime(), request.path_params["name"]
    if name not in runtime.files or request.path_params["version"] != runtime.fingerprint():
        return Response(status_code=404)
    mime = _MIME[Path(name).suffix]
    return FileResponse(runtime.stored(name), media_type=mime, headers=_FOR_EVER | _PACKED)


def _serve_blob(request: Request) -> Response:
    found = BLOBS.get(request.path_params["name"])
    if found is None:
        return Response(status_code=404)
    return Response(found[0], media_type=found[1], headers=_FOR_EVER)


def routes() -> list[Route]:
    """The routes to mount beside Streamlit's own."""
    base = base_path()
    return [
        Route(base + "/live/js/{version}/{name:path}", _serve_script),
        Route(base + "/live/vendor/{version}/{name}", _serve_runtime),
        Route(base + "/live/blob/{name}", _serve_blob),
    ]
