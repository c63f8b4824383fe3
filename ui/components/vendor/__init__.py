"""Third-party code for the browser, unchanged as published.

Each package has a folder: its files compressed with gzip, which is also how they are sent,
its licence, the notices of what is compiled into it, and ``vendored.json``, which names the
version and the hash of every file.  ``make vendor`` fetches the files again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from latent_core.errors import InvalidInputError

RUNTIME = Path(__file__).parent / "onnxruntime-web"


@dataclass(frozen=True, slots=True, kw_only=True)
class VendoredFile:
    """Expected SHA-256 (hexadecimal) and size of an uncompressed file."""

    sha256: str
    size_bytes: int

    def __post_init__(self) -> None:
        if len(self.sha256) != 64 or set(self.sha256) - set("0123456789abcdef"):
            raise InvalidInputError(
                f"A SHA-256 is 64 lower-case hexadecimal digits, not {self.sha256!r}."
            )
        if self.size_bytes <= 0:
            raise InvalidInputError(f"A file has 1 byte or more, not {self.size_bytes}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendored:
    """A package: its folder and the expected content of its files."""

    folder: Path
    package: str
    version: str
    licence: str
    files: dict[str, VendoredFile]

    def stored(self, name: str) -> Path:
        """The path of the compressed file `name`."""
        return self.folder / f"{name}.gz"

    def fingerprint(self) -> str:
        """16 hexadecimal digits that change whenever any file's content does."""
        hashes = (f"{name} {self.files[name].sha256}\n" for name in sorted(self.files))
        return hashlib.sha256("".join(hashes).encode()).hexdigest()[:16]

    def check(self, name: str, data: bytes) -> None:
        """Check that `data` is the uncompressed file `name`.

        Raises
        ------
        InvalidInputError
            Its size or hash differs.
        """
        want = self.files[name]
        found = hashlib.sha256(data).hexdigest()
        if (found, len(data)) != (want.sha256, want.size_bytes):
            raise InvalidInputError(
                f"{name} of {self.package} {self.version} has {len(data):,} bytes and the SHA-256 "
                f"{found}, but vendored.json says {want.size_bytes:,} and {want.sha256}; nothing "
                "was changed: find out why before trusting it."
            )

    def holds(self, name: str) -> bool:
        """Whether the stored file `name` has the expected content."""
        try:
            self.check(name, gzip.decompress(self.stored(name).read_bytes()))
        except (OSError, EOFError, InvalidInputError):
            return False
        return True


def read_vendored(folder: Path) -> Vendored:
    """The package described by ``vendored.json`` in `folder`."""
    fields = json.loads((folder / "vendored.json").read_text(encoding="utf-8"))
    files = {
        name: VendoredFile(sha256=file["sha256"], size_bytes=file["bytes"])
        for name, file in fields.pop("files").items()
    }
    return Vendored(folder=folder, files=files, **fields)
