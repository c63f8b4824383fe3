"""The vendored runtime agrees with its manifest, and no other file is accepted."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from latent_core.errors import InvalidInputError
from ui.components.vendor import RUNTIME, Vendored, VendoredFile, fetch, read_vendored

SHIPPED = read_vendored(RUNTIME)
CONTENTS = {"one.mjs": b"export default 1;\n", "two.wasm": bytes(range(256)) * 40}


def pack(path: Path, contents: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, data in contents.items():
            member = tarfile.TarInfo(f"package/dist/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


@pytest.fixture
def package(tmp_path: Path) -> Vendored:
    """A package of two files, all of them in place."""
    files = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for name, data in CONTENTS.items()
    }
    folder = tmp_path / "tiny"
    folder.mkdir()
    manifest = {"package": "tiny", "version": "1.0.0", "licence": "MIT", "files": files}
    (folder / "vendored.json").write_text(json.dumps(manifest))
    made = read_vendored(folder)
    fetch.store(CONTENTS, made)
    return made


def npm_that_packs(contents: dict[str, bytes]) -> Callable[..., CompletedProcess[str]]:
    def npm(command: list[str], **_: Any) -> CompletedProcess[str]:
        pack(Path(command[-1]) / "tiny-1.0.0.tgz", contents)
        return CompletedProcess(command, 0, stdout="", stderr="")

    return npm


def bytes_of(package: Vendored) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in package.folder.iterdir()}


@pytest.mark.parametrize("name", SHIPPED.files)
def test_shipped_files_have_the_checksums_of_the_manifest(name: str):
    data = gzip.decompress((RUNTIME / f"{name}.gz").read_bytes())
    assert hashlib.sha256(data).hexdigest() == SHIPPED.files[name].sha256
    assert len(data) == SHIPPED.files[name].size_bytes


def test_only_files_of_the_manifest_are_shipped():
    notices = {"LICENSE", "ThirdPartyNotices.txt.gz", "vendored.json"}
    assert {path.name for path in RUNTIME.iterdir()} - notices == {f"{n}.gz" for n in SHIPPED.files}


def test_license_and_version_are_those_of_the_files():
    assert (RUNTIME / "LICENSE").read_text().startswith(f"{SHIPPED.licence} License")
    code = gzip.decompress(SHIPPED.stored("ort.wasm.min.mjs").read_bytes())
    assert f"ONNX Runtime Web v{SHIPPED.version}".encode() in code[:200]
    notices = gzip.decompress((RUNTIME / "ThirdPartyNotices.txt.gz").read_bytes())
    assert b"Mozilla Public License Version 2.0" in notices  # of Eigen, which is compiled in


def test_compression_is_reproducible():
    for name in SHIPPED.files:
        with SHIPPED.stored(name).open("rb") as file:
            assert file.read(10) == bytes.fromhex("1f8b 0800 0000 0000 02ff")
    assert fetch.compress(b"abc") == fetch.compress(b"abc")
    assert gzip.decompress(fetch.compress(b"abc")) == b"abc"


@pytest.mark.parametrize("change", [b"export default 2;\n", b"export default 1;\n\n", b""])
def test_file_with_another_checksum_is_rejected_and_nothing_is_written(
    package: Vendored,
    change: bytes,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    package.stored("two.wasm").unlink()
    before = bytes_of(package)
    monkeypatch.setattr(fetch, "RUNTIME", package.folder)
    monkeypatch.setattr(fetch, "npm", npm_that_packs(CONTENTS | {"one.mjs": change}))
    assert fetch.main() == 1
    assert bytes_of(package) == before
    message = capsys.readouterr().err.strip()
    assert "\n" not in message
    assert hashlib.sha256(change).hexdigest() in message
    assert "one.mjs of tiny 1.0.0" in message


def test_package_without_one_of_the_files_is_rejected(package: Vendored, tmp_path: Path):
    archive = pack(tmp_path / "less.tgz", {"one.mjs": CONTENTS["one.mjs"]})
    with pytest.raises(InvalidInputError, match=r"has no file 'package/dist/two\.wasm'"):
        fetch.unpack(archive, package)


@pytest.mark.parametrize("damage", [None, b"", b"not gzip", fetch.compress(b"something else")])
def test_missing_or_damaged_file_is_restored_exactly(
    package: Vendored, damage: bytes | None, monkeypatch: pytest.MonkeyPatch
):
    before = bytes_of(package)
    path = package.stored("two.wasm")
    path.unlink() if damage is None else path.write_bytes(damage)
    monkeypatch.setattr(fetch, "RUNTIME", package.folder)
    monkeypatch.setattr(fetch, "npm", npm_that_packs(CONTENTS))
    assert fetch.main() == 0
    assert bytes_of(package) == before


def test_intact_files_are_not_written_again(package: Vendored):
    assert fetch.store(CONTENTS, package) == []


def test_npm_fetches_exactly_the_pinned_version(
    package: Vendored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pending: list[list[str]] = []

    def refuse(command: list[str], **_: Any) -> CompletedProcess[str]:
        pending.append(command)
        return CompletedProcess(command, 1, stdout="", stderr="npm warn x\nnpm error code E404\n")

    monkeypatch.setattr(fetch, "npm", refuse)
    with pytest.raises(
        InvalidInputError, match=r"could not fetch tiny@1\.0\.0 \(npm error code E404\)"
    ):
        fetch.download(package, tmp_path)
    assert pending[0][:2] == ["pack", "tiny@1.0.0"]


def test_fingerprint_depends_on_every_file(package: Vendored, tmp_path: Path):
    seen = {package.fingerprint()}
    for name in CONTENTS:
        folder = tmp_path / name
        shutil.copytree(package.folder, folder)
        manifest = json.loads((folder / "vendored.json").read_text())
        manifest["files"][name]["sha256"] = "0" * 64
        (folder / "vendored.json").write_text(json.dumps(manifest))
        seen.add(read_vendored(folder).fingerprint())
    assert len(seen) == 1 + len(CONTENTS)


@pytest.mark.parametrize(
    ("sha256", "size_bytes", "words"),
    [("A" * 64, 1, "64 lower-case"), ("0" * 63, 1, "64 lower-case"), ("0" * 64, 0, "1 byte")],
)
def test_invalid_manifest_is_rejected(sha256: str, size_bytes: int, words: str):
    with pytest.raises(InvalidInputError, match=words):
        VendoredFile(sha256=sha256, size_bytes=size_bytes)
