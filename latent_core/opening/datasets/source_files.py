"""The files of a source: a folder, a file, an archive, or uploads by name."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath

from latent_core.errors import InputTooLargeError, InvalidInputError
from latent_core.files import open_regular, read_regular_file
from latent_core.io.limits import MB, UploadLimits, check_size, sniff_type
from latent_core.io.zip_files import is_stray_path, zip_members
from latent_core.untrusted import reading, reason_of

Sources = str | Path | Mapping[str, bytes]
MAX_FILES = 100_000
HEAD_BYTES = 1024
OWN_LIMITS = UploadLimits(
    file_bytes=4000 * MB, total_bytes=16_000 * MB, files=MAX_FILES, visitor_bytes=4000 * MB
)
"""Limits on what somebody opens on their own computer, by path."""
IMAGE_SUFFIXES = frozenset((".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff"))
TABLE_SUFFIXES = frozenset((".csv", ".tsv", ".txt", ".parquet", ".jsonl", ".ndjson"))
ARRAY_SUFFIXES = frozenset((".npy", ".npz"))
KNOWN_SUFFIXES = IMAGE_SUFFIXES | TABLE_SUFFIXES | ARRAY_SUFFIXES
"""Endings of files that are no archives; others are opened to see what they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file.

    Parameters
    ----------
    path
        Relative to the source, with slashes.
    read
        Gives the content; raises an `InvalidInputError` where it cannot be used.
    read_head
        Gives its beginning alone, where that is possible.
    """

    path: str
    read: Callable[[], bytes]
    read_head: Callable[[], bytes] | None = None

    def head(self) -> bytes:
        """Its first `HEAD_BYTES` bytes."""
        return self.read()[:HEAD_BYTES] if self.read_head is None else self.read_head()

    @property
    def name(self) -> str:
        """The last part of the path."""
        return PurePosixPath(self.path).name

    @property
    def stem(self) -> str:
        """The name up to its first dot, as `WebDataset <https://github.com/webdataset>`_ does."""
        return self.name.partition(".")[0]

    @property
    def suffix(self) -> str:
        """Its ending in lower case, such as ``.png``."""
        return PurePosixPath(self.path).suffix.lower()


@dataclass(slots=True, kw_only=True)
class SourceFiles:
    """The files of a source, archives unpacked.

    Parameters
    ----------
    title
        A title made of the source's name.
    limits
        Limits for each of the files.
    files
        Sorted by path.
    n_stray
        Number of files that were left out by rule: dotfiles, and extra files of other programs.
    """

    title: str
    limits: UploadLimits
    files: list[SourceFile] = field(default_factory=list)
    n_stray: int = 0


def list_files(sources: Sources, limits: UploadLimits | None = None) -> SourceFiles:
    """The files of `sources`, each to be read once.

    Parameters
    ----------
    sources
        The path of a file or folder, or the contents of files by name.
    limits
        By default `OWN_LIMITS` for a path, and for contents those of uploads.

    Raises
    ------
    InvalidInputError
        There are no files, more than the limits allow, or an archive is damaged.
    """
    if isinstance(sources, Mapping):
        uploads = replace(limits or UploadLimits.from_env(), files=MAX_FILES)
        limits = replace(uploads, file_bytes=uploads.total_bytes)
        title = _title(next(iter(sources), ""))
        given: Iterable[SourceFile] = [_of_bytes(name, data) for name, data in sources.items()]
    else:
        limits = limits or OWN_LIMITS
        path = Path(sources).expanduser()
        title, given = _title(path.resolve().name), _of_path(path)
    found = SourceFiles(title=title, limits=limits)
    for file in given:
        if is_stray_path(file.path):
            found.n_stray += 1
        else:
            _add(found, file)
    if not found.files:
        raise InvalidInputError("There are no files here; give images or a table of numbers.")
    found.files.sort(key=lambda file: file.path)
    return found


def _title(name: str) -> str:
    stem = name.partition(".")[0] or name
    words = stem.replace("_", " ").replace("-", " ").split()
    text = " ".join(words)[:60] or "My data"
    return text[0].upper() + text[1:]


def _of_bytes(path: str, data: bytes) -> SourceFile:
    return SourceFile(path=path, read=lambda: data)


def _of_path(path: Path) -> Iterator[SourceFile]:
    if path.is_file():
        yield _of_disk(path, path.name)
    elif path.is_dir():
        for child in path.rglob("*"):
            if child.is_file() and not child.is_symlink():
                yield _of_disk(child, child.relative_to(path).as_posix())
    else:
        raise InvalidInputError(
            f"There is no file or folder {str(path)[:200]!r} on this computer; correct the path."
        )


def _of_disk(path: Path, name: str) -> SourceFile:
    def read() -> bytes:
        try:
            return read_regular_file(path)
        except OSError as error:
            raise InvalidInputError(f"It cannot be read ({reason_of(error)}); copy it.") from error

    def read_head() -> bytes:
        try:
            with open_regular(path) as file:
                return file.read(HEAD_BYTES)
        except OSError:
            return b""

    return SourceFile(path=name, read=read, read_head=read_head)


def _add(found: SourceFiles, file: SourceFile) -> None:
    """Add a file, or those in an archive; an .npz is a file and not an archive."""
    kind = sniff_type(file.head()) if file.suffix not in KNOWN_SUFFIXES else ""
    if kind not in ("zip", "a gzip archive", "a tar archive"):
        found.files.append(file)
    else:
        data = file.read()
        check_size(data, found.limits.total_bytes)
        if kind == "a gzip archive":
            _add_gzip(found, file.path, data)
        elif kind == "a tar archive":
            _add_tar(found, data)
        elif _is_npz(data):
            found.files.append(_of_bytes(f"{file.path}.npz", data))
        else:
            _add_zip(found, file, data)
    if len(found.files) > found.limits.files:
        raise InputTooLargeError(
            f"There are more than {found.limits.files:,} files, the limit; open a part of them."
        )


def _is_npz(data: bytes) -> bool:
    """Whether all members of a zip are arrays."""
    members = zip_members(data, OWN_LIMITS, ignore=lambda path: False)
    return all(member.path.endswith(".npy") for member in members)


def _add_zip(found: SourceFiles, zip_file: SourceFile, data: bytes) -> None:
    def is_stray(path: str) -> bool:
        stray = is_stray_path(path)
        found.n_stray += stray
        return stray

    members = zip_members(data, found.limits, ignore=is_stray)
    if any(member.path.endswith("data.pkl") for member in members):  # PyTorch's files are zips
        found.files.append(zip_file)
        return
    for member in members:
        found.files.append(SourceFile(path=member.path, read=member.read))


def _add_gzip(found: SourceFiles, path: str, data: bytes) -> None:
    with reading("The gzip archive is damaged", "create it again", InvalidInputError):
        content = gzip.GzipFile(fileobj=io.BytesIO(data)).read(found.limits.total_bytes + 1)
    check_size(content, found.limits.total_bytes)
    if sniff_type(content) == "a gzip archive":
        raise InvalidInputError("This is a gzip archive inside another; unpack it first.")
    _add(found, _of_bytes(path.removesuffix(".gz").removesuffix(".tgz"), content))


def _add_tar(found: SourceFiles, data: bytes) -> None:
    with reading("The tar archive is damaged", "create it again", InvalidInputError):
        archive = tarfile.open(fileobj=io.BytesIO(data), mode="r:")  # noqa: SIM115 - read later
        members = [member for member in archive.getmembers() if member.isfile()]
    for member in members:
        if is_stray_path(member.name):
            found.n_stray += 1
            continue
        read = partial(_read_member, archive, member)
        found.files.append(SourceFile(path=member.name, read=read))


def _read_member(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    with reading("This file in the tar is damaged", "create the tar again", InvalidInputError):
        file = archive.extractfile(member)
        return b"" if file is None else file.read()
