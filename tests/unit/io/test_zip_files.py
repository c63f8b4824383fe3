"""Zips: unpacked within limits, whatever they declare."""

from __future__ import annotations

import tracemalloc
import zipfile

import pytest

from latent_core.io.limits import MB, UploadLimits
from latent_core.io.uploads import RejectedFile
from latent_core.io.zip_files import zip_members
from tests.make_samples import make_zip
from tests.unit.io.samples import SAMPLES, SINGLE, read, rejection_reason


def test_zips_are_unpacked_and_system_files_ignored() -> None:
    names = ["a.png", "d/b.png", ".DS_Store", "__MACOSX/._a.png", "d/.hidden/c.png", "Thumbs.db"]
    data = make_zip(dict.fromkeys(names, SINGLE["rgb.png"]) | {"empty/": b""})
    assert [p.name for p in read(data)] == ["a.png", "b.png"]


def test_malicious_names_are_sanitized() -> None:
    names = [
        "../../etc/passwd.png",
        "/abs.png",
        "C:\\win.png",
        "\u202egnp.exe.png",
        "x" * 300 + ".png",
    ]
    data = make_zip(dict.fromkeys(names, SINGLE["one.png"]))
    shown = [p.name for p in read(data)]
    assert shown[:4] == ["passwd.png", "abs.png", "win.png", "gnp.exe.png"]
    assert len(shown[4]) == 80
    assert shown[4].endswith("x.png")


def test_nested_zips_are_rejected() -> None:
    reason = rejection_reason(make_zip({"b.zip": SAMPLES["all.zip"]}))
    assert "zip inside a zip; unzip it and upload the images" in reason


def test_a_zip_bomb_is_not_inflated() -> None:
    tracemalloc.start()
    reason = rejection_reason(make_zip({"a.bmp": bytes(20 * MB)}))
    assert "compression ratio is over 200" in reason
    assert "upload it unzipped" in reason
    reason = rejection_reason(make_zip({"a.bmp": bytes(40 * MB)}))
    assert reason.startswith("Unzipped it would have 40.0 MB, but the limit is 32 MB")
    tracemalloc.stop()


def test_a_false_size_in_a_zip_is_not_trusted() -> None:
    data = bytearray(make_zip({"a.bmp": bytes(30 * MB)}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")  # it declares 1,000 bytes
    tracemalloc.start()
    reason = rejection_reason(bytes(data))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "in the zip is damaged (" in reason
    assert reason.endswith("; create the zip again.")
    assert peak < 5 * MB


def test_the_total_size_of_a_zip_is_limited() -> None:
    data = make_zip({f"{i}.bmp": bytes(MB) for i in range(4)}, zipfile.ZIP_STORED)
    reasons = [
        p.reason
        for p in read(data, limits=UploadLimits(total_bytes=5 * MB))
        if isinstance(p, RejectedFile)
    ]
    assert len(reasons) == 4
    data = make_zip({f"{i}.png": SINGLE["rgb.png"] for i in range(4)})
    last = read(data, limits=UploadLimits(total_bytes=2 * len(SINGLE["rgb.png"]) + 10))[-1]
    assert isinstance(last, RejectedFile)


def test_encrypted_unsupported_damaged_empty_and_office_zips_are_rejected() -> None:
    encrypted = bytearray(make_zip({"a.png": SINGLE["rgb.png"]}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        encrypted[encrypted.index(mark) + offset] |= 1
    assert "encrypted; create the zip without a password" in rejection_reason(bytes(encrypted))
    assert "unsupported compression method" in rejection_reason(
        make_zip({"a.png": b"x" * 99}, zipfile.ZIP_LZMA)
    )
    assert "damaged or truncated" in rejection_reason(SAMPLES["all.zip"][:-30])
    assert "has no files" in rejection_reason(make_zip({}))
    assert "an Office document" in rejection_reason(
        make_zip({"[Content_Types].xml": b"<x/>", "a.xml": b""})
    )


def test_huge_zip_directories_are_not_parsed() -> None:
    reason = rejection_reason(
        make_zip({f"{i}": b"" for i in range(300)}), limits=UploadLimits(files=10)
    )
    assert "far more than 10 files" in reason
    assert "split it" in reason


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        (["写真/山田さん.png", "写真/海.png"], "cp932"),
        (["Müller.png", "schön.png", "größe.png", "café.png"], "cp437"),
        (["Müller.png", "写真.png"], "utf-8"),
    ],
)
def test_names_are_read_in_the_encoding_they_were_written_in(
    names: list[str], encoding: str
) -> None:
    placeholders = [f"{number:0{len(name.encode(encoding))}}" for number, name in enumerate(names)]
    data = make_zip(dict.fromkeys(placeholders, b"x"))
    for placeholder, name in zip(placeholders, names, strict=True):
        data = data.replace(placeholder.encode(), name.encode(encoding))
    assert [member.path for member in zip_members(data, UploadLimits())] == names
