"""Every response forbids content from elsewhere."""

from __future__ import annotations

import asyncio

from ui.startup.security_headers import HEADERS, SecurityHeaders


async def answer(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"etag", b"1")]})
    await send({"type": "http.response.body", "body": b"x"})


def response(scope: dict) -> list[dict]:
    sent: list[dict] = []

    async def send(message):
        sent.append(message)

    asyncio.run(SecurityHeaders(answer)(scope, None, send))
    return sent


def test_http_responses_carry_the_policy_beside_their_own_headers() -> None:
    start, body = response({"type": "http"})
    headers = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    assert headers["etag"] == "1"
    assert headers["x-content-type-options"] == "nosniff"
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["img-src"] == "'self' data: blob:"
    assert policy["frame-ancestors"] == "'self'"
    assert not any("*" in value or "http:" in value for value in policy.values())
    assert body["body"] == b"x"


def test_other_protocols_pass_unchanged() -> None:
    start, _ = response({"type": "websocket"})
    assert start["headers"] == [(b"etag", b"1")]
    assert HEADERS
