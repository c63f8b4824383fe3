"""Display names, sniffed types, and limits from the environment."""

from __future__ import annotations

import pytest

from latent_core.errors import InvalidInputError
from latent_core.io.limits import MB, UploadLimits, safe_display_name, sniff_type
from tests.make_samples import rotated_jpeg, sample_image
from tests.unit.io.samples import SAMPLES


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\x00b\r\n.png", "ab.png"),
        ("", "unnamed"),
        ("..", "unnamed"),
        ("a/", "a"),
        ("e\u0301.png", "é.png"),
        ("<b>x</b>.png", "b>.png"),
        ("\ud800.png", ".png"),
        ("\u200b\u2066", "unnamed"),
    ],
)
def test_display_names_are_sanitized(name: str, shown: str) -> None:
    assert safe_display_name(name) == shown


def test_limits_are_set_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENT_MAX_FILE_MB", "7")
    monkeypatch.setenv("LATENT_MAX_FILES", "12")
    assert UploadLimits.from_env() == UploadLimits(file_bytes=7 * MB, files=12)
    monkeypatch.setenv("LATENT_MAX_PIXELS", "many")
    message = "LATENT_MAX_PIXELS must be a positive whole number, not 'many'"
    with pytest.raises(InvalidInputError, match=message):
        UploadLimits.from_env()
    with pytest.raises(InvalidInputError, match="The limit 'files' must be at least 1, not 0"):
        UploadLimits(files=0)


def test_types_of_all_samples_are_sniffed() -> None:
    kinds = {sniff_type(data) for data in SAMPLES.values()}
    assert kinds == {"PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF", "zip"}
    assert sniff_type(rotated_jpeg(sample_image())) == "JPEG"
