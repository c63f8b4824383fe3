"""How many bytes of uploads the server holds for one visitor.

Streamlit limits one file (``server.maxUploadSize``) and holds any number of them in memory until
the visitor removes them or the session ends.
"""

from __future__ import annotations

import re
from collections import Counter

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import get_option, runtime

from latent_core.io.limits import MB, UploadLimits

_UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+")


class UploadBudget:
    """ASGI middleware that refuses uploads beyond `UploadLimits.visitor_bytes` of a session."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._arriving: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request of `app`."""
        is_put = scope["type"] == "http" and scope["method"] == "PUT"
        found = _UPLOAD.search(scope["path"]) if is_put else None
        if found is None:
            await self._app(scope, receive, send)
            return
        session_id, size = found[1], _declared_size(scope)
        limit = UploadLimits.from_env().visitor_bytes
        if held_bytes(session_id) + self._arriving[session_id] + size > limit:
            reason = f"Your files may have {limit / MB:g} MB together; remove others first."
            await PlainTextResponse(reason, 413)(scope, receive, send)
            return
        self._arriving[session_id] += size
        try:
            await self._app(scope, receive, send)
        finally:
            self._arriving[session_id] -= size
            self._arriving += Counter()  # removes sessions without an upload


def _declared_size(scope: Scope) -> int:
    """The bytes of the request; the most that Streamlit accepts where it does not say."""
    text = Headers(scope=scope).get("content-length", "")
    return (
        int(text) if text.isascii() and text.isdigit() else get_option("server.maxUploadSize") * MB
    )


def held_bytes(session_id: str) -> int:
    """Bytes of the uploads that the server holds for a session."""
    if not runtime.exists():
        return 0
    storage = getattr(runtime.get_instance().uploaded_file_mgr, "file_storage", {})
    return sum(len(file.data) for file in list(storage.get(session_id, {}).values()))
