"""Requests to the app's routes without a server."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route


@dataclass(frozen=True, slots=True)
class Answer:
    """A response; its body is not decompressed."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(
    routes: list[Route],
    path: str,
    body: bytes | None = None,
    messages: list[dict[str, Any]] | None = None,
) -> Answer:
    """GET `path`, or POST `body` to it; `messages` is what the client sends instead."""
    sent: list[dict[str, Any]] = []
    method = "GET" if body is None and messages is None else "POST"
    scope = {"type": "http", "method": method, "path": path, "headers": [], "query_string": b""}
    whole = {"type": "http.request", "body": body or b"", "more_body": False}
    received = iter([whole] if messages is None else messages)

    async def receive() -> dict[str, Any]:
        for message in received:
            return message
        await asyncio.Event().wait()  # the client stays connected until the response is complete
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Starlette(routes=routes)(scope, receive, send))
    headers = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], headers, b"".join(m.get("body", b"") for m in sent[1:]))
