"""The Uses page: figures beside baselines, links, and data that lack something."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import add_dataset
from ui.images import data_url
from ui.views.uses import outliers
from ui.visitor.tray import TrayItem

PAGE = str(Path(__file__).resolve().parents[2] / "pages" / "uses.py")


def opened(app: AppTest, **query: str) -> AppTest:
    """The page at a link."""
    app.switch_page(PAGE)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def drawn(app: AppTest) -> str:
    return "".join(block.body for block in app.get("html"))


def rows(app: AppTest) -> list[list[str]]:
    """Cells of the table of figures."""
    table = re.search(r"<tbody>(.*?)</tbody>", drawn(app), re.DOTALL)
    assert table is not None
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table[1].split("</tr>")[:-1]]


def test_hidden_images_are_ranked_and_measured_beside_pixels(four, app):
    add_dataset(four / "data" / "other", 40)
    opened(app, use="outliers", score="knn", foreign="other", rate="0.1")
    assert app.query_params["foreign"] == "other"
    names = [row[0] for row in rows(app)]
    assert any("Code" in name for name in names)
    assert any("Pixels" in name for name in names)
    assert "of 40 images mixed in" in drawn(app)
    assert drawn(app).count('class="ls-sheet"') == 2, "code and pixels"


def test_without_mixed_in_images_there_are_only_thresholds(four, app):
    opened(app, foreign="none")
    assert "no truth" in drawn(app)
    assert all(row[1:3] == ["–", "–"] for row in rows(app))


@pytest.mark.parametrize(
    ("name", "value"), [("use", "<b>"), ("score", "x"), ("foreign", "x"), ("rate", "2")]
)
def test_an_invalid_value_in_a_link_gives_a_notice_and_the_page_works(four, app, name, value):
    opened(app, **{name: value})
    assert len(app.warning) == 1
    assert rows(app)


def test_mislabeled_samples_of_one_class_are_shown(four, app):
    opened(app, use="label-errors", label="1")
    (row, pixels) = rows(app)
    assert float(row[1].split(" ")[0]) > 0.7
    assert pixels[0] == "Pixels"
    assert "near: " in drawn(app)
    assert not re.search(r"<figcaption>dark", drawn(app)), "only the class bright"


@pytest.mark.parametrize("probe", ["linear", "knn"])
def test_accuracy_grows_with_the_labels_beside_pixels(four, app, probe):
    opened(app, use="classify", probe=probe)
    found = rows(app)
    assert len(found[0]) == 3, "labels, code and pixels"
    few, all_ = (float(found[i][1].split(" ")[0]) for i in (0, -1))
    assert all_ > few
    assert "150 held-out samples" in drawn(app)
    assert 'class="ls-curve"' in drawn(app)


def test_without_labels_the_page_names_what_works(four, app):
    (four / "data" / "four" / "labels.npy").unlink()
    card = four / "data" / "four" / "card.json"
    card.write_text(re.sub(r', "labels.npy": "\w+"', "", card.read_text()))
    opened(app, use="label-errors")
    (info,) = app.info
    assert "no labels" in info.value
    assert outliers.USE.title in info.value


def test_words_have_no_pixels_to_compare_with(app):
    opened(app, model="words-glove-50", data="words", use="outliers")
    assert {row[0].partition(":")[0] for row in rows(app)} == {
        "kNN distance",
        "Mahalanobis distance",
    }
    assert "no pixels" in drawn(app)


@pytest.mark.parametrize("corruption", ["noise", "salt-and-pepper", "blur", "occlusion"])
def test_corrupted_images_are_restored_beside_filters(four, app, corruption):
    opened(app, use="denoise", corruption=corruption, strength="6")
    assert app.query_params["strength"] == "6"
    found = {name: (psnr, ssim) for name, psnr, ssim in rows(app)}
    assert len(found) == 6, "corrupted, model, two filters, PCA, and the clean image"
    assert found["Model, code of 4"] == found["Corrupted image"], "this model loses nothing"
    assert "n = 150 held-out images" in drawn(app)
    assert drawn(app).count("<img ") == 5 * 8
    assert any(block.value.startswith("By PSNR, ") for block in app.markdown)


@pytest.mark.parametrize("counted", ["file", "data"])
def test_codes_and_files_are_compared_by_their_bytes(four, app, counted):
    opened(app, use="compress", quality="ssim", bytes=counted)
    found = {row[0]: row[1:] for row in rows(app)}
    assert found["Code of 4, float32"][0] == "16"
    assert found["Code of 4, 8 bits"][0] == "4"
    (jpeg,) = (cells for name, cells in found.items() if name.startswith("JPEG"))
    assert int(jpeg[1]) > 100, "headers"
    assert "n = 150" in drawn(app)
    assert 'class="ls-rate"' in drawn(app)
    (verdict,) = (b.value for b in app.markdown if b.value.startswith("The code takes 4 bytes"))
    assert ("no headers" in verdict) == (counted == "data")


@pytest.mark.parametrize("use", ["denoise", "compress"])
def test_words_have_no_images_to_restore_or_compress(app, use):
    opened(app, model="words-glove-50", data="words", use=use)
    assert "no images" in app.info[0].value


@pytest.mark.parametrize("use", ["denoise", "compress"])
def test_a_model_without_an_encoder_says_so(app, use):
    opened(app, model="digits-gan-32", data="digits", use=use)
    assert "no encoder" in app.info[0].value


@pytest.mark.parametrize("use", ["denoise", "compress"])
def test_too_few_images_give_a_sentence(four, app, use):
    add_dataset(four / "data" / "few", 3)
    opened(app, data="few", use=use)
    assert "choose data with images" in app.error[0].value


@pytest.mark.parametrize(
    ("use", "name"),
    [
        ("denoise", "corruption"),
        ("denoise", "strength"),
        ("compress", "quality"),
        ("compress", "bytes"),
    ],
)
def test_an_invalid_parameter_gives_a_notice_and_the_use_works(four, app, use, name):
    opened(app, use=use, **{name: "<b>"})
    assert len(app.warning) == 1
    assert rows(app)


def test_clusters_have_figures_and_members_and_a_name_that_colors_the_map(four, app):
    opened(app, use="clusters", clustering="kmeans", clusters="3")
    found = rows(app)
    assert [row[0].partition(",")[0] for row in found] == ["Code", "Pixels", "One Gaussian"]
    assert drawn(app).count('class="ls-sheet"') == 4, "overview, center, typical, atypical"
    (field,) = app.text_input
    field.set_value("bright <b>").run()
    assert not app.exception
    assert "bright &lt;b&gt;: its center" in drawn(app)
    assert "bright <b>" in app.selectbox(key="select.cluster").options
    app.button(key="uses.clusters.map").click().run()
    assert not app.exception
    assert app.query_params["color"] == "cluster"
    assert app.query_params["found_by"] == "kmeans-3"


@pytest.mark.parametrize("query", [{"clustering": "mixture"}, {"clustering": "hdbscan"}])
def test_the_number_of_clusters_is_suggested(four, app, query):
    opened(app, use="clusters", **query)
    assert rows(app)
    assert "clusters" in drawn(app)


@pytest.mark.parametrize("found_by", ["hdbscan-10", "kmeans-4", "mixture-suggested"])
def test_a_link_to_a_map_of_clusters_shows_them(four, app, found_by):
    for name, value in {"color": "cluster", "found_by": found_by, "method": "pca"}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert not app.warning
    assert app.query_params["color"] == "cluster"
    assert app.query_params["found_by"] == found_by


def test_a_link_to_a_map_of_invalid_clusters_gives_a_notice(four, app):
    for name, value in {"color": "cluster", "found_by": "kmeans-999", "method": "pca"}.items():
        app.query_params[name] = value
    app.run()
    assert len(app.warning) == 1
    assert app.query_params["color"] != "cluster"


def test_words_have_clusters_without_pictures(app):
    opened(app, model="words-glove-50", data="words", use="clusters", clusters="4")
    assert len(rows(app)) == 2
    assert "R²: the variance of the factors" in drawn(app), "the rank is a factor"
    assert "<img" not in drawn(app)


def test_more_like_some_and_less_like_others_with_precision(four, app):
    opened(app, use="more", like="s3,s7", unlike="s5", diversity="0.3")
    assert app.query_params["like"] == "s3,s7"
    found = rows(app)
    assert found[0][0].startswith("Code")
    assert found[-1][0] == "Random samples"
    chance, code = (float(row[1].split(" ")[0]) for row in (found[-1], found[0]))
    assert code > chance + 10
    assert re.search(r"<h2>By code</h2>", drawn(app))
    assert re.search(r"<h2>By pixels</h2>", drawn(app))


def test_a_newcomer_sees_results_at_once(four, app):
    opened(app, use="more")
    assert app.query_params["like"].startswith("s")
    assert drawn(app).count('class="ls-sheet"') == 2


def test_images_of_the_tray_are_the_first_choice(four, app):
    code = np.full(4, 0.2, np.float32)
    image = data_url(np.zeros((1, 2, 2), np.float32))
    app.session_state["kept.tray"] = [
        TrayItem(image=image, label="mine", model_id="four", code=code)
    ]
    opened(app, use="more")
    assert app.query_params["like"].startswith("c"), "the code itself is in the link"
    assert any("The tray (1)" in option for option in app.selectbox(key="select.from").options)
    assert drawn(app).count('class="ls-sheet"') == 2, "decoded to be compared by pixels"


def test_an_unknown_sample_in_a_link_gives_a_notice(four, app):
    opened(app, use="more", like="s3,s999999,<b>")
    assert app.query_params["like"] == "s3"
    assert len(app.warning) >= 1
    assert rows(app)


def test_words_are_named_to_get_more_like_them(app):
    opened(app, model="words-glove-50", data="words", use="more", like="s3")
    plus = next(field for field in app.text_input if field.label.startswith("More like"))
    plus.set_value("france, spain").run()
    assert not app.exception
    assert "italy" in drawn(app)
    assert "no labels" in app.caption[-1].value
