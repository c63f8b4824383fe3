"""The app's own script comes first in HTML pages, and nothing else is changed."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from ui.components.assets import boot_url, routes
from ui.startup.boot_script import BootScript


def page(_: Request) -> Response:
    return HTMLResponse("<html><head><title>x</title></head></html>", headers={"ETag": '"1"'})


def compressed(_: Request) -> Response:
    return HTMLResponse(b"<head>", headers={"Content-Encoding": "gzip"})


def text(_: Request) -> Response:
    return PlainTextResponse("<head>", headers={"ETag": '"1"'})


def answer(path: str) -> tuple[dict[str, str], bytes]:
    sent: list[dict[str, Any]] = []
    app = BootScript(
        Starlette(
            routes=[
                Route("/", page),
                Route("/compressed", compressed),
                Route("/text", text),
                *routes(),
            ]
        )
    )
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    headers = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return headers, b"".join(message.get("body", b"") for message in sent[1:])


def test_the_script_is_the_first_in_the_head_and_can_be_fetched() -> None:
    headers, body = answer("/")
    assert body.startswith(f'<html><head><script type="module" src="{boot_url()}">'.encode())
    assert int(headers["content-length"]) == len(body)
    assert "etag" not in headers, "it does not change with the script"
    assert answer(boot_url())[1]


@pytest.mark.parametrize("path", ["/text", "/compressed"])
def test_other_responses_stay_as_they_are(path: str) -> None:
    headers, body = answer(path)
    assert body == b"<head>"
    assert headers["content-length"] == "6"
