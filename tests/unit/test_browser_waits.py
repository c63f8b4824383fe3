"""A browser test waits for what it needs, not for a time, which is too short on a slow machine."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1] / "browser"
SLEEPS = {"sleep", "wait_for_timeout"}
POLLING = ("driver.py", "eventually")


def sleeps(source: str) -> list[str]:
    """The function around each call that lets a fixed time pass; "" outside of functions."""
    found: list[str] = []

    def search(node: ast.AST, function: str) -> None:
        if isinstance(node, ast.FunctionDef):
            function = node.name
        name = getattr(node, "attr", None) or getattr(node, "id", None)
        if isinstance(node, ast.Attribute | ast.Name) and name in SLEEPS:
            found.append(function)
        for child in ast.iter_child_nodes(node):
            search(child, function)

    search(ast.parse(source), "")
    return found


@pytest.mark.parametrize("path", sorted(TESTS.glob("*.py")), ids=lambda path: path.name)
def test_only_the_polling_helper_lets_time_pass(path: Path) -> None:
    outside = [name for name in sleeps(path.read_text()) if (path.name, name) != POLLING]
    assert not outside, f"wait for a condition (tests.browser.driver.eventually) in {outside}"


def test_each_way_of_sleeping_is_found() -> None:
    source = "def f(page):\n    time.sleep(1)\n    page.wait_for_timeout(9)\n    sleep(2)\nsleep(1)"
    assert sleeps(source) == ["f", "f", "f", ""]
    assert sleeps("def f(page):\n    page.wait_for_function('1')") == []
