from __future__ import annotations

import asyncio
from typing import Any

import pytest

from ui.visitor import upload_budget
from ui.visitor.upload_budget import UploadBudget

PATH = "/_stcore/upload_file/session-1/file-1"


def status_of(budget: UploadBudget, size: int | None, path: str = PATH, method: str = "PUT") -> int:
    sent: list[dict[str, Any]] = []
    headers = [] if size is None else [(b"content-length", str(size).encode())]
    scope = {"type": "http", "method": method, "path": path, "headers": headers}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(budget(scope, receive, send))
    return int(sent[0]["status"])


@pytest.fixture
def budget(monkeypatch) -> UploadBudget:
    monkeypatch.setenv("LATENT_MAX_VISITOR_MB", "40")

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    return UploadBudget(app)


@pytest.mark.parametrize(
    ("held", "size", "status"),
    [(0, 30_000_000, 204), (20_000_000, 30_000_000, 413), (0, None, 204), (10_000_000, None, 413)],
)
def test_the_sum_of_a_session_is_limited(budget, monkeypatch, held, size, status):
    monkeypatch.setattr(upload_budget, "held_bytes", lambda session: held)
    monkeypatch.setattr(upload_budget, "get_option", lambda name: 32)
    assert status_of(budget, size) == status
    assert not budget._arriving, "an upload that has ended is not counted twice"


def test_other_requests_pass(budget, monkeypatch):
    monkeypatch.setattr(upload_budget, "held_bytes", lambda session: 10**12)
    assert status_of(budget, 10, method="DELETE") == 204
    assert status_of(budget, 10, path="/live/decode/x") == 204
