"""Reading regular files only, writing aside, removing only what is meant."""

from __future__ import annotations

import os
import re
import resource
from pathlib import Path

import pytest

from latent_core.errors import InvalidCardError, InvalidInputError
from latent_core.files import read_regular_file, remove_folder, stamp_of_folder, write_file

ROOT = Path(__file__).resolve().parents[2]


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, "/dev/zero"):
        with pytest.raises(OSError, match=r".+"):
            read_regular_file(tmp_path / path)


@pytest.fixture
def full_disk():
    """Files cannot exceed 4 KiB, as on a disk that fills up while one is written."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, old[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, old)


def test_a_full_disk_keeps_the_earlier_file(tmp_path, full_disk):
    path = tmp_path / "a.npz"
    write_file(path, b"earlier")
    with pytest.raises(InvalidInputError, match=r"a\.npz cannot be written .*free some space"):
        write_file(path, b"x" * 10_000)
    assert path.read_bytes() == b"earlier"
    assert [p.name for p in tmp_path.iterdir()] == ["a.npz"]


def test_only_the_absolute_path_of_a_folder_is_removed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "store").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "store", target_is_directory=True)
    (tmp_path / "file").touch()
    for path in ("store", tmp_path / "link", tmp_path / "file"):
        with pytest.raises(InvalidCardError, match="is not removed"):
            remove_folder(Path(path))
    remove_folder(tmp_path / "none")
    remove_folder(tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_a_stamp_differs_when_a_file_has_changed(tmp_path):
    (tmp_path / "a").write_bytes(b"1")
    before = stamp_of_folder(tmp_path)
    assert stamp_of_folder(tmp_path) == before
    os.utime(tmp_path / "a", ns=(1, 1))
    assert stamp_of_folder(tmp_path) != before


def test_nothing_else_writes_files_in_place():
    writes = re.compile(r"write_bytes|write_text|save_file|open\([^)]*[\"'][wxa]b?[\"']")
    sources = [p for part in ("latent_core", "datagen") for p in (ROOT / part).rglob("*.py")]
    found = sorted(path.name for path in sources if writes.search(path.read_text()))
    assert found == [
        "files.py",
        "replicates.py",  # a card in a temporary folder
        "state_dicts.py",  # a sentence
        "torch_child.py",  # weights in a temporary folder
        "video.py",  # a container in memory
    ]
