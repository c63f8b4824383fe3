from __future__ import annotations

import pytest

from ui.text import escape_markdown


@pytest.mark.parametrize(
    "text",
    [
        "![x](http://evil.example/p.png)",
        "[sign in](//evil.example)",
        "<img src=x onerror=alert(1)>",
        "https://evil.example www.evil.example a@evil.example",
        ":material/warning: :red[alarm] :smile:",
        "$x^2$ `code` **bold** __bold__ ~~gone~~ | a | &lt;",
        "# title\n\n- item\n1. item",
        "1. item",
        "12) item",
    ],
)
def test_no_syntax_is_left(text):
    shown = escape_markdown(text)
    assert "\n" not in shown
    plain = shown.replace("\\", "").replace("\u2060", "")
    assert plain == " ".join(text.split())
    for sign in ("![", "://", "www.", ":material/", ":red", ":smile", "@e"):
        assert sign not in shown
    for mark in "*_`~$<>[]|&":
        assert shown.count(mark) == shown.count(f"\\{mark}")
    assert not shown.startswith(("#", "- ", "1. ", "12) "))


def test_ordinary_sentences_stay_as_they_are():
    sentence = (
        "There is no model 'digits'; known: 0 to 9999 (k = 10). Did you mean 'digits-vae-16'?"
    )
    assert escape_markdown(sentence) == sentence
