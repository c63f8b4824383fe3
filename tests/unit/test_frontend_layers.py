"""eslint rejects imports between folders of one layer or from a higher one, and long functions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NODE = Path(sys.executable).parent / "node"


def lint(filename: str, source: str) -> str:
    """The output of eslint for a module of that name with that source."""
    completed = subprocess.run(
        [NODE, "node_modules/eslint/bin/eslint.js", "--stdin", "--stdin-filename", filename],
        input=source,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert completed.returncode in (0, 1), completed.stderr
    return completed.stdout


@pytest.mark.parametrize(
    ("filename", "imported"),
    [
        ("core/x.js", "../widgets/range.js"),
        ("latent/x.js", "../decoding/decoder.js"),
        ("widgets/x.js", "../map/legend.js"),
        ("map/scene/x.js", "../../morph/style.js"),
        ("dimensions/x.js", "../crossover/index.js"),
    ],
)
def test_import_from_the_same_or_a_higher_layer_is_rejected(filename: str, imported: str) -> None:
    assert "no-restricted-imports" in lint(f"ui/frontend/{filename}", f'import "{imported}";\n')


@pytest.mark.parametrize(
    ("filename", "imported"),
    [("map/scene/x.js", "../../widgets/palette.js"), ("map/scene/x.js", "../legend.js"),
     ("crossover/x.js", "../morph/footer.js"), ("panels/x.js", "../core/dom.js")],
)  # fmt: skip
def test_import_from_a_lower_layer_or_the_same_folder_is_allowed(
    filename: str, imported: str
) -> None:
    assert lint(f"ui/frontend/{filename}", f'import "{imported}";\n') == ""


def block(head: str, n_lines: int, line: str) -> str:
    """A block of `n_lines` lines of code, with blank lines and comments that do not count."""
    body = "\n".join([f"  {line.format(i)}\n\n  // comment" for i in range(n_lines - 2)])
    return f"export {head} {{\n{body}\n}}\n"


@pytest.mark.parametrize(
    ("rule", "head", "line"),
    [
        ("max-lines-per-function", "function f()", "f({});"),
        ("local/max-lines-per-class", "class C", "x{} = 0;"),
    ],
)
def test_functions_and_classes_have_at_most_100_lines_of_code(
    rule: str, head: str, line: str
) -> None:
    assert lint("ui/frontend/core/x.js", block(head, 100, line)) == ""
    assert rule in lint("ui/frontend/core/x.js", block(head, 101, line))


def test_tests_of_the_frontend_are_checked_with_the_globals_of_node() -> None:
    assert lint("tests/frontend/core/x.test.js", "process.exit(0);\n") == ""
    assert "no-undef" in lint("tests/frontend/core/x.test.js", "document.title;\n")
