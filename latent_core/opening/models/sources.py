"""The files of a model: of a folder, a zip, or an upload."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from latent_core.errors import InvalidInputError
from latent_core.files import read_regular_file
from latent_core.io.limits import MB, UploadLimits, sniff_type
from latent_core.io.zip_files import unzip
from latent_core.opening.models.onnx_files import MAX_BYTES

MAX_FILES = 200
VAE = "vae"
"""The folder of the autoencoder in a pipeline of diffusers."""
Files = Mapping[str, bytes]
"""Contents by name; a name is no path."""


def read_files(source: str | os.PathLike[str] | Files) -> dict[str, bytes]:
    """The files of a model.

    Parameters
    ----------
    source
        The path of a folder or file, whose neighbors are not read except where the file has its
        external data in them; or contents by name.  A zip is unpacked if it is the only file.

    Raises
    ------
    InvalidInputError
        There is no such path, no file in it, or too many or too large ones.
    """
    files = dict(source) if isinstance(source, Mapping) else _of_path(Path(source).expanduser())
    if len(files) == 1 and sniff_type(content := next(iter(files.values()))) == "zip":
        files = _unzipped(content) or files
    if not files:
        raise InvalidInputError("There are no files; give encoder.onnx and decoder.onnx.")
    return files


def _of_path(path: Path) -> dict[str, bytes]:
    if path.is_file():
        paths = [path]
        if path.suffix == ".onnx":  # its external data lies beside it
            paths += [p for p in path.parent.glob(f"{path.stem}*") if p.is_file() and p != path]
    elif path.is_dir():
        if (path / VAE / "config.json").is_file():  # the root of a pipeline of diffusers
            path /= VAE
        paths = sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith("."))
    else:
        raise InvalidInputError(f"There is no file or folder {path}; check the path.")
    if len(paths) > MAX_FILES or sum(p.stat().st_size for p in paths) > MAX_BYTES:
        raise InvalidInputError(
            f"{path} has more than {MAX_FILES} files or {MAX_BYTES / MB:g} MB; give a folder with "
            "the model's files only."
        )
    return {p.name: read_regular_file(p) for p in paths}


def _unzipped(content: bytes) -> dict[str, bytes]:
    """The files of a zip by their names; of a PyTorch file, which is a zip too, none."""
    found: dict[str, bytes] = {}
    entries = list(unzip(content, UploadLimits.from_env()))
    vae = [entry for entry in entries if Path(entry[0]).parent.name == VAE]
    for name, data in vae or entries:
        if isinstance(data, InvalidInputError):
            raise data
        if name.endswith(("data.pkl", "/version", ".format_version")):
            return {}
        found[Path(name).name] = data
    return found
