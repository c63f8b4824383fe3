from __future__ import annotations

import pytest

from latent_core.card_files import read_json
from latent_core.cli import model_table
from latent_core.installed import DATASETS
from latent_core.io.limits import UploadLimits
from tests.unit.docs.documents import text_of


def test_the_readme_is_short():
    assert len(text_of("README.md").splitlines()) <= 150


def test_the_metrics_table_is_what_the_cards_contain():
    assert model_table() in text_of("docs/models.md")


def test_the_upload_limits_are_those_of_the_code():
    limits = UploadLimits()
    for number in (limits.pixels, limits.aspect, limits.files, limits.zip_ratio, limits.side):
        assert f"| {number:,} |" in text_of("docs/deployment.md")


@pytest.mark.parametrize("folder", sorted(path.name for path in DATASETS.shipped.iterdir()))
@pytest.mark.parametrize("document", ["README.md", "docs/data.md"])
def test_every_data_set_is_listed_with_count_and_license(document: str, folder: str):
    card = read_json(DATASETS.shipped / folder / "card.json")
    row = next(line for line in text_of(document).splitlines() if line.startswith(f"| `{folder}`"))
    assert f"{card['count']:,}" in row
    assert card["license"].partition(" (")[0] in row


def test_every_data_set_has_a_third_party_notice():
    notices = text_of("THIRD_PARTY_NOTICES.md")
    for path in DATASETS.shipped.iterdir():
        assert f"`data/{path.name}`" in notices
