"""The Morph page, opened at a link."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

PAGE = Path(__file__).resolve().parents[2] / "pages" / "morph.py"
MODEL = "digits-vae-16"


def opened(app: AppTest, **query: str) -> AppTest:
    """The page at a link; AppTest reaches it from the first page."""
    for page in (None, str(PAGE)):
        if page is not None:
            app.switch_page(page)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
    assert not app.exception
    assert not app.error
    return app


def says(app: AppTest, name: str) -> str:
    """The query parameter `name`."""
    found = app.query_params[name]
    return found if isinstance(found, str) else found[0]


def picked(app: AppTest, mode: str, model: str = MODEL, data: str = "digits"):
    """The endpoints of a mode."""
    return app.session_state[f"kept.morph.{mode} {model} {data}"]
