"""The page about what lies between, opened at an address."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

PAGE = Path(__file__).resolve().parents[2] / "pages" / "morph.py"
MODEL = "digits-vae-16"


def opened(app: AppTest, **address: str) -> AppTest:
    """The page at an address; AppTest comes to it by way of the first page."""
    for page in (None, str(PAGE)):
        if page is not None:
            app.switch_page(page)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
    assert not app.exception
    assert not app.error
    return app


def says(app: AppTest, name: str) -> str:
    """What the address says of `name`."""
    found = app.query_params[name]
    return found if isinstance(found, str) else found[0]


def picked(app: AppTest, mode: str, model: str = MODEL, data: str = "digits"):
    """The pictures between which one goes."""
    return app.session_state[f"kept.morph.{mode} {model} {data}"]
