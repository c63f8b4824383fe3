"""eslint refuses an import that leads sideways or upwards in ui/frontend."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NODE = Path(sys.executable).parent / "node"


def lint(filename: str, imported: str) -> str:
    """What eslint reports on a module of that name that imports another one."""
    done = subprocess.run(
        [NODE, "node_modules/eslint/bin/eslint.js", "--stdin", "--stdin-filename", filename],
        input=f'import "{imported}";\n',
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


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
def test_an_import_sideways_or_upwards_is_an_error(filename: str, imported: str) -> None:
    assert "no-restricted-imports" in lint(f"ui/frontend/{filename}", imported)


@pytest.mark.parametrize(
    ("filename", "imported"),
    [("map/scene/x.js", "../../widgets/palette.js"), ("map/scene/x.js", "../legend.js"),
     ("crossover/x.js", "../morph/footer.js"), ("panels/x.js", "../core/dom.js")],
)  # fmt: skip
def test_an_import_downwards_or_within_a_folder_is_allowed(filename: str, imported: str) -> None:
    assert lint(f"ui/frontend/{filename}", imported) == ""
