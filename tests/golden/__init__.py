"""Golden vectors: difficult inputs with the library's answers, for Python and the browser.

``python -m tests.golden`` writes them to ``tests/golden/vectors``.  `tests.unit.test_golden` holds
the library to them, ``tests/frontend/latent/golden.test.js`` the browser.
"""

from __future__ import annotations

from pathlib import Path

VECTORS = Path(__file__).parent / "vectors"
COMMAND = "python -m tests.golden"
