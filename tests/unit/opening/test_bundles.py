"""A bundle opens elsewhere as it was; a damaged or hostile one leaves nothing behind."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

import latent_core as lc
from latent_core.__main__ import main
from latent_core.errors import InvalidInputError, LatentError
from latent_core.installed import DATASETS, MODELS
from latent_core.opening.bundles import is_bundle
from latent_core.opening.own import delete, rename


def changed(content: bytes, **files: bytes | None) -> bytes:
    """The bundle with other files; None leaves one out.  In names, ``__`` stands for ``/``."""
    new = {name.replace("__", "/"): data for name, data in files.items()}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as archive:
        for name in {**dict.fromkeys(old.namelist()), **new}:
            data = new.get(name, old.read(name) if name in old.namelist() else None)
            if data is not None:
                archive.writestr(name, data)
    return made.getvalue()


def test_a_bundle_opens_elsewhere_as_it_was(four: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    images = lc.load_dataset("four").images(slice(9))
    codes = lc.load_model("four").encode(images).mean
    content = lc.export_bundle("four")
    assert is_bundle(content)
    for name in ("LATENT_MODELS", "LATENT_DATA"):
        monkeypatch.setenv(name, str(four / "empty"))
    assert lc.list_models() == []
    assert lc.import_bundle(content) == "four"
    np.testing.assert_array_equal(lc.load_model("four").encode(images).mean, codes)
    np.testing.assert_array_equal(lc.load_dataset("four").images(slice(9)), images)


def test_taken_ids_are_changed_and_the_same_data_is_used(four: Path) -> None:
    content = lc.export_bundle("four")
    assert lc.import_bundle(content) == "four-2"
    assert lc.load_card("four-2").dataset == "four"
    assert lc.list_datasets() == ["four"]


@pytest.mark.parametrize(
    "files",
    [
        {"models__four__card.json": None},
        {"models__four__weights.safetensors": b"other"},
        {"data__four__images.png": b"other"},
        {"data__four__card.json": b"{"},
        {"bundle.json": b"[]"},
        {"bundle.json": json.dumps({"model": "../x", "dataset": "four"}).encode()},
    ],
    ids=lambda files: str(next(iter(files))),
)
def test_a_damaged_bundle_leaves_nothing_behind(
    four: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes | None]
) -> None:
    content = changed(lc.export_bundle("four"), **files)
    for name in ("LATENT_MODELS", "LATENT_DATA"):
        monkeypatch.setenv(name, str(four / "empty"))
    with pytest.raises(LatentError):
        lc.import_bundle(content)
    left = [p for kind in (MODELS, DATASETS) for p in kind.own.rglob("*")]
    assert left == []


def test_paths_outside_are_not_written(four: Path) -> None:
    hostile = {"models/four/../../evil": b"x", str(four / "evil"): b"x", "models/four/a/b/c": b"x"}
    lc.import_bundle(changed(lc.export_bundle("four"), **hostile))
    assert not [p for p in four.rglob("*") if p.name in ("evil", "c")]


def test_own_models_are_renamed_and_deleted_and_shipped_ones_are_not(four: Path) -> None:
    name = lc.import_bundle(lc.export_bundle("four"))
    rename(MODELS, name, " Mine ")
    assert lc.load_card(name).title == "Mine"
    delete(MODELS, name)
    assert lc.list_models() == ["four"]
    for act in (lambda: delete(MODELS, "four"), lambda: rename(MODELS, "four", "x")):
        with pytest.raises(InvalidInputError, match="not opened by you"):
            act()
    with pytest.raises(InvalidInputError, match="empty"):
        rename(MODELS, name, " ")


def test_the_command_line_writes_and_opens_a_bundle(
    four: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = four / "bundle.zip"
    assert main(["export-bundle", "four", "--out", str(path)]) == 0
    assert main(["open-model", str(path)]) == 0
    assert "four-2" in capsys.readouterr().out
