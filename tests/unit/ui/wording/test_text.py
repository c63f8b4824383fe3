from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ui.wording.text import escape_markdown

UI = Path(__file__).resolve().parents[4] / "ui"
MARKDOWN = {"button", "caption", "checkbox", "error", "expander", "info", "markdown", "popover"}
MARKDOWN |= {"subheader", "success", "title", "toast", "toggle", "warning"}
OURS = {"label", "title", "measure", "stopped", "than", "_summary", "norm_sentence"}
OURS |= {"groups_sentence", "_caption", "as_list"}
"""Texts that the app makes of its own words and of numbers."""


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


def is_constant(node: ast.expr) -> bool:
    """Whether it is a part of a constant of a module."""
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id.isupper()


def is_plain(node: ast.expr) -> bool:
    """Whether a text has nothing of others in it, or has it escaped."""
    if isinstance(node, ast.JoinedStr):
        return all(map(is_plain, node.values))
    if isinstance(node, ast.FormattedValue):
        return node.format_spec is not None or is_plain(node.value)
    if isinstance(node, ast.IfExp):
        return is_plain(node.body) and is_plain(node.orelse)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in OURS | {"escape_markdown", "len"}
    if isinstance(node, ast.Name) and node.id in OURS:
        return True
    return isinstance(node, ast.Constant) or is_constant(node)  # such as NAMES[active]


def test_whatever_is_drawn_as_markdown_is_escaped():
    missed = []
    for path in sorted(UI.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
                continue
            if call.func.attr in MARKDOWN and call.args and not is_plain(call.args[0]):
                missed.append(f"{path.name}:{call.lineno}: {ast.unparse(call.args[0])}")
    assert missed == []
