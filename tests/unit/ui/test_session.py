"""What a session remembers before what its link says."""

from __future__ import annotations

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
