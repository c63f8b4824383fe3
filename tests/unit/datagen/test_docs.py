"""The commands in the documentation are valid, and the files it names exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import latent_core as lc
from datagen.__main__ import _parser

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docs" / "data-generation.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    python -m datagen (.*)$", TEXT, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_accepted(command):
    assert _parser().parse_args(command.split()).command == command.split()[0]


@pytest.mark.parametrize("path", re.findall(r"`((?:faces|furniture|rendering)/\w+\.py)", TEXT))
def test_every_module_exists(path):
    assert (ROOT / "datagen" / path).is_file()


def table_rows() -> dict[str, list[str]]:
    rows = re.findall(r"^\| (`.*) \|$", TEXT, re.MULTILINE)
    cells = [row.split(" | ") for row in rows]
    return {name.strip("`"): rest for name, *rest in cells}


def test_the_table_agrees_with_the_cards():
    cards = {name: lc.load_dataset(name).card for name in lc.list_datasets()}
    generated = {n for n, c in cards.items() if c["made_with"].startswith("python -m datagen")}
    rows = table_rows()
    assert set(rows) == generated
    for name, (content, factors, _, licence) in rows.items():
        assert content.startswith(f"{cards[name]['count']:,} ")
        assert int(factors) == len(cards[name]["factors"])
        assert cards[name]["licence"].startswith(licence)
