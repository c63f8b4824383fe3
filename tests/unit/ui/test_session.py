"""What a session remembers before what its link says."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def test_a_sample_in_the_link_is_read_once() -> None:
    app = AppTest.from_function(_select)
    app.query_params["sample"] = "5"
    assert app.run().text[0].value == "5"
    app.query_params["sample"] = "5"  # the browser's address follows only after the run
    assert app.button(key="nothing").click().run().text[0].value == "None"


def _select() -> None:
    import streamlit as st

    from ui import session

    st.button("nothing", key="nothing", on_click=session.select_sample, args=(None,))
    st.text(session.selected_sample(10))


def test_a_notice_stays_when_the_page_runs_again_at_once() -> None:
    app = AppTest.from_function(_notify, kwargs={"now": 100.0}).run()
    assert [text.value for text in app.text] == ["said once"]
    for now, page, shown in ((109.0, "Map", True), (111.0, "Map", False)):
        app = _run_notify_again(app, now, page)
        assert [text.value for text in app.text] == ["said once"] * shown


def test_a_notice_goes_with_its_page() -> None:
    app = AppTest.from_function(_notify, kwargs={"now": 100.0}).run()
    assert not _run_notify_again(app, 101.0, "Morph").text


def _run_notify_again(app: AppTest, now: float, page: str) -> AppTest:
    again = AppTest.from_function(_notify, kwargs={"now": now, "page": page, "said": True})
    for name in ("kept.notices", "kept.last.notices.page"):
        again.session_state[name] = app.session_state[name]
    return again.run()


def _notify(now: float, page: str = "Map", said: bool = False) -> None:
    from unittest.mock import patch

    import streamlit as st

    from ui import session

    if not said:
        session.notify("said once")
    with patch("ui.session.time.monotonic", lambda: now):
        for sentence in session.notices_to_show(page):
            st.text(sentence)


@pytest.mark.parametrize(
    ("text", "shown", "notices"),
    [
        ("7", 7, 0),
        ("99", 99, 0),
        ("100", 3, 1),
        ("-1", 3, 1),
        ("0" * 12 + "9" * 9, 3, 1),
        ("x", 3, 1),
    ],
)
def test_a_number_of_a_link_is_checked(text: str, shown: int, notices: int) -> None:
    app = AppTest.from_function(_number)
    app.query_params["seed"] = text
    app.run()
    assert not app.exception
    assert app.number_input[0].value == shown
    assert len(app.text) == notices


def _number() -> None:
    import streamlit as st

    from ui import session, widgets

    widgets.number_choice("Seed", "seed", 3, 100)
    for sentence in session.notices_to_show("Samples"):
        st.text(sentence)
