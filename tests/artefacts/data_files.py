"""Images and tables as people have them: the bytes of files by name."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from PIL import Image


def png(pixels: np.ndarray, mode: str | None = None) -> bytes:
    """An image file of pixels ``(H, W)`` or ``(H, W, C)``."""
    buffer = io.BytesIO()
    image = Image.fromarray(pixels)
    (image if mode is None else image.convert(mode)).save(buffer, "PNG")
    return buffer.getvalue()


def tiff(pixels: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "TIFF")
    return buffer.getvalue()


def photo(seed: int, size: tuple[int, int] = (24, 16)) -> bytes:
    """A JPEG in color, `size` is width and height."""
    rng = np.random.default_rng(seed)
    small = rng.integers(0, 256, (4, 6, 3), np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(small).resize(size).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def npy(array: np.ndarray, **options: Any) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, **options)
    return buffer.getvalue()


def npz(**arrays: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def idx(array: np.ndarray) -> bytes:
    """The idx format of MNIST, of bytes."""
    header = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes()
    return header + array.astype(np.uint8).tobytes()


def parquet(
    columns: Mapping[str, Any], class_names: Mapping[str, Sequence[str]] | None = None
) -> bytes:
    """A Parquet table; with class names as Hugging Face's ``datasets`` writes them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table(dict(columns))
    if class_names is not None:
        features = {name: {"names": list(names)} for name, names in class_names.items()}
        about = json.dumps({"info": {"features": features}})
        table = table.replace_schema_metadata({"huggingface": about})
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


def photos_with_a_broken_one() -> bytes:
    """A zip of class folders with photos, a broken file, and files of other programs."""
    files = {f"cats/{i}.jpg": photo(i) for i in range(6)}
    files |= {f"dogs/{i}.JPG": photo(100 + i) for i in range(5)}
    files |= {"dogs/broken.jpg": photo(7)[:60]}
    files |= {".DS_Store": b"x", "__MACOSX/cats/._0.jpg": b"x", "cats/Thumbs.db": b"x"}
    return zipped(files | {"cats/.ipynb_checkpoints/0-checkpoint.jpg": photo(1)})


def german_csv(count: int = 40) -> bytes:
    """Semicolons and decimal commas, with a class column."""
    rng = np.random.default_rng(0)
    lines = ["Art;z1;z2;z3"]
    for i in range(count):
        numbers = ";".join(
            f"{value:.3f}".replace(".", ",") for value in rng.normal(i % 2 * 5, 1, 3)
        )
        lines.append(f"{('Hund', 'Katze')[i % 2]};{numbers}")
    return "\n".join(lines).encode()
