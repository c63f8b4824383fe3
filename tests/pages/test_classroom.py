"""A teacher's link opened by a student: title and text, what is hidden, and the dialog *Share*."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ui.classroom.link import ClassNote, pack_note, unpack_note

PAGES = Path(__file__).resolve().parents[2] / "pages"
NOTE = ClassNote(title="Lesson <b>one</b>", text="Find a digit.\nThen <script>decode</script> it.")
MODEL = "digits-ae-16"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setenv("LATENT_CACHE", str(tmp_path))

    def open_page(name: str = "learn", **query: str) -> AppTest:
        app = AppTest.from_file(str(PAGES / f"{name}.py"), default_timeout=90)
        for parameter, value in query.items():
            app.query_params[parameter] = value
        app.run()
        assert not app.exception
        assert not app.error
        return app

    return open_page


def bodies(app: AppTest) -> str:
    return "".join(block.body for block in app.get("html"))


def parameter(app: AppTest, name: str) -> str | None:
    value = app.query_params.get(name)
    return value[0] if isinstance(value, list) else value


def test_title_and_text_are_shown_as_text_and_can_be_dismissed(opened):
    packed = pack_note(NOTE)
    app = opened(note=packed, lesson="picture-to-code", step="2")
    shown = bodies(app)
    assert "Lesson &lt;b&gt;one&lt;/b&gt;" in shown
    assert "&lt;script&gt;decode&lt;/script&gt;" in shown
    assert "<script>decode" not in shown
    assert parameter(app, "note") == packed
    app.button(key="frame.note.dismiss").click().run()
    assert "Lesson &lt;b&gt;" not in bodies(app)
    assert parameter(app, "note") == packed, "the student can pass the link on"
    assert parameter(app, "step") == "2"


def test_the_note_stays_while_the_student_moves_through_the_lesson(opened):
    app = opened(note=pack_note(NOTE), hide="nav", lesson="picture-to-code", step="1")
    app.button(key="learn.next").click().run()
    assert parameter(app, "step") == "2"
    assert unpack_note(parameter(app, "note") or "") == NOTE
    assert parameter(app, "hide") == "nav"
    assert "Lesson &lt;b&gt;" in bodies(app)


def test_what_the_link_hides_is_hidden(opened):
    rules = {
        "controls": ".st-key-frame-controls { display: none; }",
        "nav": ".stApp .st-key-frame-pages { display: none; }",
    }
    for hide in ("", "controls", "nav", "controls,nav"):
        shown = bodies(opened(hide=hide) if hide else opened())
        assert [rule in shown for rule in rules.values()] == [name in hide for name in rules]


def test_a_changed_or_unknown_link_gives_a_notice_and_opens(opened):
    for query in ({"note": pack_note(NOTE)[:-6]}, {"hide": "everything"}, {"note": "1"}):
        app = opened(**query)
        assert [warning.value for warning in app.warning] != []
        assert "In the link" in app.warning[0].value
        assert parameter(app, "note") is None
        assert parameter(app, "hide") is None
        app.run()
        assert not app.exception


def test_a_link_without_a_note_shows_none(opened):
    app = opened()
    assert "ls-note" not in bodies(app)
    assert not app.warning


def share(app: AppTest) -> AppTest:
    """The page with its dialog; AppTest cannot press a button in a component."""
    app.session_state["kept.share.open"] = (ClassNote(), frozenset())
    return app.run()


def test_the_dialog_makes_a_link_with_what_was_written(opened):
    app = share(opened(lesson="picture-to-code", step="2"))
    assert not app.exception
    app.text_input(key="share.title").set_value("Hello")
    app.checkbox(key="share.hide.nav").check()
    app.run()
    address = app.code[0].value
    assert f"note={pack_note(ClassNote(title='Hello'))}" in address
    assert "hide=nav" in address
    assert "lesson=picture-to-code" in address
    assert "step=2" in address
    assert f'data-address="{address.replace("&", "&amp;")}"' in bodies(app)
    assert "<dt>Step</dt><dd>2</dd>" in bodies(app)


def test_an_address_that_is_too_long_has_no_qr_code_and_says_so(opened):
    app = share(opened())
    text = "".join(chr(0x4E00 + 37 * n % 20_000) for n in range(600))  # not compressible
    app.text_area(key="share.text").set_value(text).run()
    assert "Shorten the text" in app.warning[0].value
    assert "data-address" not in bodies(app)
    assert "note=" in app.code[0].value
