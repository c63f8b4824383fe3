"""The change log lists every name that the alias table reads."""

from __future__ import annotations

import re

import pytest

import latent_core as lc
from latent_core import aliases
from tests.unit.docs.documents import text_of

CHANGELOG = text_of("CHANGELOG.md")
TABLES = (
    aliases.COMMANDS,
    aliases.CARD_FIELDS,
    aliases.TRAINING_FIELDS,
    aliases.ARCHITECTURE_OPTIONS,
    aliases.PREPROCESSING_FIELDS,
    aliases.METRICS,
)


@pytest.mark.parametrize(("old", "new"), [pair for table in TABLES for pair in table.items()])
def test_a_renamed_name_is_listed(old: str, new: str):
    assert f"| `{old}` | `{new}` |" in CHANGELOG


def test_renamed_options_are_listed():
    for command, options in aliases.OPTIONS.items():
        for old, new in options.items():
            assert f"| `{command} {old}` | `{command} {new}` |" in CHANGELOG


def test_it_has_the_form_of_keep_a_changelog():
    versions = re.findall(
        r"^## \[(\d+\.\d+\.\d+)\] - (unreleased|\d{4}-\d\d-\d\d)$", CHANGELOG, re.MULTILINE
    )
    assert [version for version, _ in versions] == ["0.2.0", "0.1.0"]


def test_the_citation_names_a_version_of_the_change_log():
    version = re.search(r"^version: (\S+)$", text_of("CITATION.cff"), re.MULTILINE)
    assert version is not None
    assert f"## [{version[1]}]" in CHANGELOG
    assert lc.__version__ == version[1]
