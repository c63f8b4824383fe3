"""The project speaks the field's language: words of earlier versions appear only where allowed.

``docs/glossary.md`` says what to write instead.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = (
    "CHANGELOG.md",
    "LICENSE",
    "THIRD_PARTY_NOTICES.md",
    "package-lock.json",
    "data/words/",
    "datagen/tables/words.py",
    "docs/glossary.md",
    "latent_core/aliases.py",
    "tests/pages/links.json",
    "tests/pages/test_links.py",
    "tests/unit/cache/cache_keys.json",
    "tests/unit/cache/test_recorded_keys.py",
    "tests/unit/test_aliases.py",
    "tests/unit/test_vocabulary.py",
    "ui/components/vendor/",
    "ui/url_codec.py",
)
"""Alias tables, tests of aliases, the change log, the glossary itself, data and third parties."""
SUFFIXES = {".py", ".js", ".md", ".json", ".toml", ".txt", ".cff", ".yml", ".sh", ""}

IDENTIFIERS = [
    "no_progress",
    "share_of",
    "BadInput",
    "TooLarge",
    "UnknownName",
    "BadCard",
    "read_given",
    "bring",
    "own_errors",
    "process_turn",
    "sweep_lock",
    "judge_of",
    "model_of",
    "Decoding",
    "Seeing",
    "QUICK",
    "THOROUGH",
    "start_at",
    "paint_evenly",
    "with_eyes",
    "normalised_encoder",
    "quarter_grid",
    "recipes_of",
    "warp_at",
    "rate_at",
    "reader_lesson",
    "read_lessons",
    "labels_of",
    "Duel",
    "critic_loss",
    "adversarial_step",
    "rebuilding_error",
    "Tutored",
    "be_seen_by",
    "sights",
    "network_of",
    "begin_from",
    "epochs_done",
    "teach_again",
    "over_trainings",
    "name_of_recipe",
    "write_spread",
    "judge_samples",
    "factor_gap",
    "frechet_real",
    "accuracy_kept",
    "real_shares",
    "kl_nats",
    "squared_error",
    "share_above",
    "taught_at_random",
    "Steering",
    "steering_of",
    "Genes",
    "genes_of",
    "silent_words",
    "steps_along",
    "sheet_codes",
    "standings",
    "beyond_chance",
    "closer_than",
    "read_sum",
    "MapSpec",
    "dims_setting",
    "principal_start",
    "Springs",
    "settle",
    "calibrate",
    "inverse_of",
    "place_support",
    "rounded",
    "Refusal",
    "Caps",
    "shown_name",
    "kind_of",
    "travelling_decoder",
    "whole_decoder",
    "known_of",
    "Traveller",
    "Sought",
    "Sitting",
    "sitting_of",
    "Committed",
    "draw_road",
    "crowned",
    "draw_slate",
    "read_whole",
    "read_key",
    "mapTold",
    "lsMap",
    "lsMorph",
    "mountComponent",
]
WORDS = [
    r"taught",
    r"teach(?:es|ing)?",
    r"dreamt",
    r"dreams?",
    r"hollows?",
    r"litters?",
    r"genes?",
    r"judg(?:e|es|ed|ing)",
    r"swings?",
    r"told",
    r"painter",
    r"paint(?:s|ed|ing)?",
    r"tutored",
    r"kin",
    r"crowned",
    r"slate",
    r"studio",
    r"neighbours?",
    r"(?<!--)silent",
    r"rebuilt",
]


def tracked_files() -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = [name for name in done.stdout.split("\0") if name]
    return [
        ROOT / name
        for name in names
        if not name.startswith(ALLOWED) and Path(name).suffix in SUFFIXES
    ]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    files = tracked_files()
    assert len(files) > 300
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in files
        if path.is_file()
    }


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(rf"\b(?:{'|'.join(IDENTIFIERS)})\b", id="identifiers"),
        pytest.param(rf"(?i)(?<![a-z])(?:{'|'.join(WORDS)})(?![a-z])", id="words"),
    ],
)
def test_old_words_are_gone(texts: dict[str, str], pattern: str) -> None:
    compiled = re.compile(pattern)
    found = [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for name, text in texts.items()
        for match in compiled.finditer(text)
    ]
    assert not found, f"{len(found)} old words, e.g.\n" + "\n".join(found[:60])
