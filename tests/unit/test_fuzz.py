"""A fixed part of the fuzzing: no parser raises anything but its own errors."""

from __future__ import annotations

import pytest

from tests.fuzz.fuzzer import fuzz
from tests.fuzz.parsers import PARSERS

RUNS = {"decoder": 300, "own data": 400}
"""Of each parser 2,000, except where one run takes milliseconds."""


@pytest.mark.parametrize("name", PARSERS)
def test_mutated_files_give_errors_of_the_library(name):
    report = fuzz(name, PARSERS[name], range(RUNS.get(name, 2000)))
    assert not report.foreign
    assert report.accepted + sum(report.refused.values()) == report.runs
    assert report.accepted > 0
