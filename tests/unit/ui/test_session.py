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
