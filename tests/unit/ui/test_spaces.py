"""Opening the latent space of a page."""

from __future__ import annotations

from latent_core import card_files
from ui import spaces


def test_a_data_set_that_changes_on_disk_is_opened_again(four, monkeypatch):
    keys = []
    monkeypatch.setattr(spaces, "wait_for", lambda key, work, **_: keys.append(key))
    spaces.open_space("four", "four")
    spaces.open_space("four", "four")
    card_files.update_card(four / "data" / "four", class_names=["black", "white"])
    spaces.open_space("four", "four")
    assert keys[0] == keys[1] != keys[2]
