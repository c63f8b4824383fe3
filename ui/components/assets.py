"""What the browser fetches by address: our modules, the decoder's runtime, and blobs.

Blobs are named by their content.  They are only ever things that are the same for everyone
(a map's points, a data set's pictures), so their address can be cached for ever and shared.
What a visitor brings travels inside their own session and never here.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypedDict

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from latent_core.cache.lru import LRU
from ui.components.vendor import RUNTIME, Vendored, read_vendored

MAX_BLOB_BYTES = 256 * 2**20
_FOR_EVER = {"Cache-Control": "public, immutable, max-age=31536000"}
_PACKED = {"Content-Encoding": "gzip"}
_FRONTEND = Path(__file__).parents[1] / "frontend"
_MIME = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm"}


class Fetched(TypedDict):
    """Where the browser gets a file, and how many bytes that is once it is unpacked."""

    url: str
    bytes: int


class Blobs:
    """Bytes under the hash of their content, the least recently used discarded first."""

    def __init__(self, max_bytes: int = MAX_BLOB_BYTES) -> None:
        self._blobs: LRU[str, tuple[bytes, str]] = LRU(
            max_bytes, lambda blob: len(blob[0]), min_count=1
        )

    def __len__(self) -> int:
        return len(self._blobs)

    def put(self, data: bytes, mime: str) -> str:
        """Add `data`; gives its name."""
        name = hashlib.sha256(data).hexdigest()[:40]
        self._blobs.put(name, (data, mime))
        return name

    def get(self, name: str) -> tuple[bytes, str] | None:
        """The bytes and MIME type under `name`, if they have not been discarded."""
        return self._blobs.get(name)


BLOBS = Blobs()


def publish(data: bytes, mime: str = "application/octet-stream") -> str:
    """The address under which every browser can fetch `data`."""
    return f"{base_path()}/live/blob/{BLOBS.put(data, mime)}"


def module_url(name: str) -> str:
    """The address of a module by its path in ``ui/frontend``; it changes when any of them does."""
    return f"{base_path()}/live/js/{_version()}/{name}"


def runtime_urls() -> dict[str, Fetched]:
    """Where the files of ONNX Runtime Web are, by name; the addresses change when any file does.

    All lie in one folder, so each finds the others by their names beside it.
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
    """What comes before every path of the app where it is not served at the root."""
    prefix = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{prefix}" if prefix else ""


@cache
def _version() -> str:
    digest = hashlib.sha256(_plotly().read_bytes()[:4096])
    for path in sorted(p for p in _FRONTEND.rglob("*") if p.is_file()):
        digest.update(path.relative_to(_FRONTEND).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _plotly() -> Path:
    return Path(str(files("plotly"))) / "package_data" / "plotly.min.js"


@cache
def compressed_script(name: str) -> tuple[bytes, str] | None:
    """A module or the Plotly bundle, compressed once, with its MIME type."""
    path = _plotly() if name == "plotly.min.js" else (_FRONTEND / name).resolve()
    ours = name == "plotly.min.js" or path.is_relative_to(_FRONTEND.resolve())
    if not (ours and path.is_file() and path.suffix in _MIME):
        return None
    return gzip.compress(path.read_bytes(), 6, mtime=0), _MIME[path.suffix]


def _serve_script(request: Request) -> Response:
    found = compressed_script(request.path_params["name"])
    if found is None:
        return Response(status_code=404)
    body, mime = found
    return Response(body, media_type=mime, headers=_FOR_EVER | _PACKED)


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
    """The routes to mount beside Streamlit's own, below the app's base path as they are."""
    base = base_path()
    return [
        Route(base + "/live/js/{version}/{name:path}", _serve_script),
        Route(base + "/live/vendor/{version}/{name}", _serve_runtime),
        Route(base + "/live/blob/{name}", _serve_blob),
    ]
