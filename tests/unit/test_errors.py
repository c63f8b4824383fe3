from __future__ import annotations

from latent_core.errors import UnknownNameError


def test_a_few_names_are_listed_and_many_are_not():
    assert "known: a, b, c" in str(UnknownNameError("model", "x", "abc"))
    many = [f"model-{n}" for n in range(500)]
    message = str(UnknownNameError("model", "modl-7", many))
    assert "'model-7'" in message
    assert "`python -m latent_core models` lists all 500" in message
    assert len(message) < 200
    assert len(str(UnknownNameError("column", "x" * 10**6, many))) < 300
