"""A teacher's link: what is packed is unpacked; what was changed is refused in one sentence."""

from __future__ import annotations

import base64
import json
import zlib
from urllib.parse import parse_qs, urlsplit

import pytest

from latent_core.errors import InvalidInputError
from ui.classroom.contents import link_contents
from ui.classroom.link import (
    MAX_ADDRESS,
    MAX_TEXT,
    MAX_TITLE,
    ClassNote,
    class_address,
    cleaned_note,
    has_readable_code,
    pack_note,
    parse_hidden,
    unpack_note,
)

NOTES = [
    ClassNote(title="Ziffern"),
    ClassNote(text="Find a 4 that looks like a 9."),
    ClassNote(title="Überblick: 数字 🎲", text="Zeile 1\nZeile 2 – “Anführung”"),
    ClassNote(title='<script>alert("x")</script>', text="a & b < c"),
]


def packed_json(value: object) -> str:
    data = zlib.compress(json.dumps(value).encode())
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.title or note.text)
def test_a_note_is_unpacked_as_it_was_packed(note):
    packed = pack_note(note)
    assert unpack_note(packed) == note
    assert packed.isascii()
    assert packed.replace("-", "").replace("_", "").isalnum()


def test_an_empty_note_takes_no_place():
    assert pack_note(ClassNote()) == ""


def test_every_cut_and_every_changed_character_is_refused():
    packed = pack_note(NOTES[2])
    for end in range(len(packed) - 1):
        with pytest.raises(InvalidInputError, match="ask for the link again"):
            unpack_note(packed[:end])
    for at in range(len(packed) - 1):  # the last one may have bits that are not used
        other = "A" if packed[at] != "A" else "B"
        with pytest.raises(InvalidInputError, match="ask for the link again"):
            unpack_note(packed[:at] + other + packed[at + 1 :])


@pytest.mark.parametrize(
    "packed",
    [
        "",
        "ä",
        "A" * 10_000,
        packed_json(["only a title"]),
        packed_json([1, 2]),
        packed_json({"title": "a", "text": "b"}),
        packed_json(None),
        packed_json(["a" * (MAX_TITLE + 1), ""]),
        packed_json(["\ud800" * (MAX_TITLE + 1), ""]),
        packed_json(["", "a" * 10_000_000])[:4_000],
        base64.urlsafe_b64encode(zlib.compress(b"\0" * 100_000)).decode(),
        base64.urlsafe_b64encode(zlib.compress(b"\xff\xfe")).decode(),
    ],
)
def test_what_is_no_note_is_refused(packed):
    with pytest.raises(InvalidInputError, match="In the link"):
        unpack_note(packed)


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [("a" * (MAX_TITLE + 1), "", "title"), ("", "b" * (MAX_TEXT + 1), "text")],
)
def test_what_is_too_long_is_refused_with_its_length(title, text, name):
    with pytest.raises(InvalidInputError, match=rf"{name}.*{max(len(title), len(text))}.*shorten"):
        cleaned_note(title, text)


def test_control_characters_and_spaces_are_removed_and_lines_stay():
    note = cleaned_note("  A\x00 \x1b title\n ", " one \r\n\ttwo\n\n three ")
    assert note == ClassNote(title="A title", text="one\ntwo\n\nthree")


def test_only_known_parts_can_be_hidden():
    assert parse_hidden("") == frozenset()
    assert parse_hidden("nav,controls") == {"nav", "controls"}
    with pytest.raises(InvalidInputError, match=r"'header'.*controls and nav"):
        parse_hidden("controls,header")


def test_the_address_has_the_page_the_choices_the_note_and_what_is_hidden():
    shown = {"model": "a&b", "presenter": "1", "note": "old", "hide": "nav"}
    address = class_address("http://h:1/map", shown, NOTES[3], ["nav", "controls"])
    assert urlsplit(address)[:3] == ("http", "h:1", "/map")
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert query.keys() == {"model", "note", "hide"}
    assert query["model"] == "a&b"
    assert query["hide"] == "controls,nav"
    assert unpack_note(query["note"]) == NOTES[3]
    assert class_address("http://h:1/", {}, ClassNote(), []) == "http://h:1/"


def test_the_longest_note_of_plain_words_fits_a_readable_code():
    words = (
        "Choose two digits on the map and walk from one to the other; where does it turn? " * 9
    )[:MAX_TEXT]
    query = {"model": "digits-vae-16", "data": "digits", "method": "tsne", "sample": "1234"}
    address = class_address("http://192.168.178.120:8501/", query, ClassNote(text=words), [])
    assert has_readable_code(address)
    assert not has_readable_code("a" * (MAX_ADDRESS + 1))


def test_the_contents_are_named_in_words():
    shown = {"model": "digits-vae-16", "method": "pca", "params": "{}", "z": "AAAA", "zz": "1"}
    found = link_contents("What lies between?", {**shown, "presenter": "1", "note": "x"})
    assert found[0] == ("Page", "What lies between?")
    assert dict(found)["Map method"] == "PCA"
    assert dict(found)["Model"] != "digits-vae-16"
    assert dict(found)["Code on the sliders"] == "as shown"
    assert dict(found)["Further choices"] == "zz"
    assert len(found) == 6
