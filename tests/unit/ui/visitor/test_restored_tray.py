"""What a browser says about an earlier tray is only taken where it is valid here."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ui.components.tray import TrayThumb
from ui.images import data_url
from ui.url_codec import pack_code
from ui.visitor.restored_tray import item_of

CODE = np.linspace(-1, 1, 16, dtype=np.float32)
VALID = TrayThumb(
    key="",
    picture=data_url(np.zeros((1, 4, 4), np.float32)),
    label="a seven",
    model="digits-vae-16",
    code=pack_code(CODE),
    sample=3,
)


def test_an_item_comes_back_as_it_was() -> None:
    item = item_of(VALID)
    assert item is not None
    np.testing.assert_array_equal(item.code, CODE)
    assert (item.label, item.model_id, item.sample) == ("a seven", "digits-vae-16", 3)
    assert item.image_url == VALID.picture


@pytest.mark.parametrize(
    "change",
    [
        {"model": "no-such-model"},
        {"code": pack_code(CODE[:5])},
        {"code": "not base64!"},
        {"code": pack_code(CODE * np.float32(np.nan))},
        {"picture": "https://example.org/track.png"},
        {"picture": "data:image/svg+xml;base64,PHN2Zy8+"},
        {"picture": "data:image/png;base64,PHN2Zy8+"},
    ],
)
def test_an_invalid_item_is_left_out(change: dict[str, str]) -> None:
    assert item_of(replace(VALID, **change)) is None
