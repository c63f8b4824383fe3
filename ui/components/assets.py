"""Static files for the browser: JavaScript modules, the decoder runtime, and blobs.

Blobs are named by the hash of their content.  They are only used for what is the same for all
visitors (a map's points, a data set's images), so their URL can be cached forever and shared.
Uploads of a visitor are sent within that visitor's session and never as a blob.
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
    """The URL of a file and its uncompressed size."""

    url: str
    bytes: int


class Blobs:
    """Bytes by the hash of their content; the least recently used are removed first."""

    def __init__(self, max_bytes: int = MAX_BLOB_BYTES) -> None:
        self._blobs: LRU[str, tuple[bytes, str]] = LRU(
            max_bytes, lambda blob: len(blob[0]), min_count=1
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


def module_url(name: str) -> str:
    """The URL of a module by its path in ``ui/frontend``; it changes when any module changes."""
    return f"{base_path()}/live/js/{_version()}/{name}"


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
    """A module or the Plotly bundle, gzip-compressed once, with its MIME type."""
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
    """The routes to mount beside Streamlit's own."""
    base = base_path()
    return [
        Route(base + "/live/js/{version}/{name:path}", _serve_script),
        Route(base + "/live/vendor/{version}/{name}", _serve_runtime),
        Route(base + "/live/blob/{name}", _serve_blob),
    ]
