"""Every environment variable is read with a sentence that names it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from latent_core.cache.config import max_bytes_from_env
from latent_core.environment import env_number
from latent_core.errors import InvalidInputError
from latent_core.installed import DATASETS, MODELS, home_dir
from latent_core.io.limits import UploadLimits
from ui.components.decoder import DECODER_LIMIT, _max_megabytes

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("value", ["abc", "-1", "1" * 400, "nan", "inf", "0x10", "1e"])
@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("LATENT_CACHE_MAX_MB", max_bytes_from_env),
        ("LATENT_MAX_SIDE", UploadLimits.from_env),
        (DECODER_LIMIT, _max_megabytes),
        ("LATENT_LIVE_MAX_MB", _max_megabytes),
    ],
)
def test_a_wrong_number_names_its_variable(monkeypatch, name, read, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidInputError, match=name):
        read()


def test_a_current_name_comes_before_a_former_one(monkeypatch):
    monkeypatch.setenv("OLD", "2")
    assert env_number("NEW", 1, former=("OLD",)) == 2
    monkeypatch.setenv("NEW", "3")
    assert env_number("NEW", 1, former=("OLD",)) == 3


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("LATENT_MODELS", lambda: MODELS.shipped),
        ("LATENT_DATA", lambda: DATASETS.shipped),
        ("LATENT_HOME", home_dir),
    ],
)
def test_a_file_is_no_folder_and_the_home_folder_is_known(monkeypatch, tmp_path, name, read):
    (tmp_path / "file").touch()
    for value in (str(tmp_path / "file"), "~nobody-of-that-name/models"):
        monkeypatch.setenv(name, value)
        with pytest.raises(InvalidInputError, match=name):
            read()
    monkeypatch.setenv(name, "~/mine")
    assert read() == Path.home() / "mine"


def test_nothing_else_reads_the_environment():
    sources = [p for d in ("latent_core", "ui") for p in (ROOT / d).rglob("*.py")]
    readers = [p.name for p in sources if re.search(r"os\.environ|getenv", p.read_text())]
    assert readers == ["environment.py"]
