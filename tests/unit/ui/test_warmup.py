"""What threads import lazily is imported before any of them runs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CIRCULAR = ("scipy", "sklearn", "openTSNE", "torch")
"""Packages whose modules import each other in circles."""


def lazy_imports(path: Path) -> set[str]:
    """Modules that functions of a file import from `CIRCULAR`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for inner in ast.walk(node):
            if isinstance(inner, ast.Import):
                found |= {alias.name for alias in inner.names}
            elif isinstance(inner, ast.ImportFrom) and inner.module:
                found.add(inner.module)
    return {name for name in found if name.split(".")[0] in CIRCULAR}


def test_all_that_imports_in_circles_is_imported_at_once():
    files = [*(ROOT / "latent_core").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    wanted = set().union(*(lazy_imports(path) for path in files))
    assert {"sklearn.neighbors", "scipy.cluster.hierarchy", "torch"} <= wanted
    program = (
        "import sys; from ui.warmup import import_libraries; import_libraries();"
        f"print([name for name in {sorted(wanted)} if name not in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"


def test_threads_that_come_at_the_same_time_all_find_them():
    program = """
import sys
from concurrent.futures import ThreadPoolExecutor
from ui.warmup import import_libraries
def work(number):
    import_libraries()
    from sklearn.neighbors import NearestNeighbors
    from openTSNE.affinity import joint_probabilities_nn
with ThreadPoolExecutor(8) as pool:
    list(pool.map(work, range(8)))
print("imported")
"""
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "imported"
