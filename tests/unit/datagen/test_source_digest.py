"""The key of numba's cache depends on all sources of the package."""

from __future__ import annotations

from pathlib import Path

import numba
import pytest

import datagen


@pytest.mark.parametrize("change", ["edit", "move", "add"])
def test_sources_in_sub_folders_change_the_digest(tmp_path, change):
    source = tmp_path / "faces" / "hair.py"
    source.parent.mkdir()
    source.write_text("a = 1")
    before = datagen.source_digest(tmp_path)
    assert before == datagen.source_digest(tmp_path)
    if change == "edit":
        source.write_text("a = 2")
    elif change == "move":
        source.rename(tmp_path / "hair.py")
    else:
        (tmp_path / "faces" / "skin.py").write_text("")
    assert datagen.source_digest(tmp_path) != before


def test_numba_caches_in_a_folder_named_by_the_digest():
    folder = Path(datagen.__file__).parent
    assert Path(numba.config.CACHE_DIR).name == datagen.source_digest(folder)
