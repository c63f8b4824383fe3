from __future__ import annotations

import pytest

from ui.visitor.visitor_files import VisitorFile, file_of_bytes, split_by_size


def unread(name: str, size: int) -> VisitorFile:
    """A file that must not be read."""

    def read() -> bytes:
        pytest.fail(f"{name} was read")

    return VisitorFile(name=name, size=size, token=name, read=read)


def test_files_beyond_the_limit_are_rejected_unread_and_smaller_ones_after_them_are_not():
    files = [unread("a", 60), unread("b", 50), unread("c", 40)]
    accepted, rejected = split_by_size(files, 100)
    assert [file.name for file in accepted] == ["a", "c"]
    assert [item.name for item in rejected] == ["b"]
    assert "remove others" in rejected[0].reason


def test_the_token_of_bytes_changes_with_them():
    assert file_of_bytes("x", b"1").token != file_of_bytes("x", b"2").token
    assert file_of_bytes("x", b"1").read() == b"1"
