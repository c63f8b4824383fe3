"""Write the generated files of ``ui/frontend``."""

from __future__ import annotations

from ui.components.contract.files import write

if __name__ == "__main__":
    write()
