"""Generate the data sets that the app ships; every rendered image comes with its factors.

``python -m datagen`` is the command line. Neither `latent_core` nor the app imports this package.
"""

import hashlib
from pathlib import Path

import numba

RENDERER = "datagen 1"  # raise the number when the same factors would give another image


def source_digest(folder: Path) -> str:
    """Hash of all Python sources below `folder`, and of where they are: 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


# numba's cache looks for changes only in a compiled function's own file, not in those of the
# functions that it calls, so each state of the sources gets a cache folder of its own
_FOLDER = Path(__file__).parent
numba.config.CACHE_DIR = str(  # type: ignore[attr-defined]  # set when numba is imported
    _FOLDER / "__pycache__" / source_digest(_FOLDER)
)
