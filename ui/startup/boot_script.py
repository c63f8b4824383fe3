"""Puts the app's own script into Streamlit's page, before Streamlit's scripts."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.components.assets import boot_url

_START = b"<head>"


class BootScript:
    """ASGI middleware that adds the script to every HTML page that is not compressed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request of `app`."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        page = _Page(send)
        await self._app(scope, receive, page.send)


class _Page:
    """Holds an HTML response until it is complete; passes any other on."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._start)

    async def _send_page(self, start: Message) -> None:
        tag = f'<script type="module" src="{boot_url()}"></script>'.encode()
        body = self._body.replace(_START, _START + tag, 1)
        headers = MutableHeaders(scope=start)
        headers["content-length"] = str(len(body))
        for name in ("etag", "last-modified"):  # they do not change with the script
            if name in headers:
                del headers[name]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _is_html(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    is_page = headers.get("content-type", "").startswith("text/html")
    return is_page and "content-encoding" not in headers
