"""Values at a prompt are one line; in a notebook they show images and escape all text."""

from __future__ import annotations

import io
import pkgutil
import re
from base64 import b64decode
from dataclasses import fields, is_dataclass, replace
from importlib import import_module

import numpy as np
import pytest
from PIL import Image

import latent_core as lc
from latent_core import analysis
from latent_core.notebook import compact_repr

MARKUP = "<script>alert('1')</script>"


def array_classes() -> list[type]:
    """All public dataclasses of the library with a field that holds an array."""
    found = set()
    for module in pkgutil.walk_packages(lc.__path__, "latent_core."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, type) and is_dataclass(value) and value.__module__ == module.name:
                types = [str(item.type) for item in fields(value)]
                if any(re.search(r"Floats|Array|NDArray", text) for text in types):
                    found.add(value)
    return sorted(found, key=lambda kind: kind.__qualname__)


INTERNAL = {"Batch", "CacheEntry", "ImageFile", "PreprocessedImage", "PreprocessingStep"} | {
    "RejectedFile",
    "WorkingImage",
}


@pytest.mark.parametrize("kind", array_classes())
def test_no_value_prints_its_arrays(kind):
    is_internal = kind.__name__.startswith("_") or kind.__name__ in INTERNAL
    assert is_internal or kind.__repr__ is compact_repr, "add `__repr__ = compact_repr`"


@pytest.fixture(scope="module")
def values():
    model, data = lc.load_model("digits-vae-16"), lc.load_dataset("digits")
    encodings = lc.encode(model, data)
    code = encodings.mean[0]
    report = analysis.report_sample(model, data, encodings, None, 0)
    selection = analysis.report_selection(model, data, encodings, np.arange(5))
    projection = lc.project(encodings, lc.TSNE())
    path = lc.linear_path(code, encodings.mean[1])
    posterior = model.encode(data.images(slice(3)))
    return [model, data, encodings, posterior, projection, path, report, selection]


def pictures(page: str) -> list[Image.Image]:
    found = re.findall(r'src="data:image/png;base64,([^"]+)"', page)
    return [Image.open(io.BytesIO(b64decode(text))) for text in found]


def test_every_value_is_one_line_and_shows_an_image(values):
    for value in values:
        text = repr(value)
        assert text.startswith(type(value).__name__ + "(")
        assert "\n" not in text
        assert len(text) < 500
        (picture,) = pictures(value._repr_html_())
        assert np.ptp(np.asarray(picture)) > 0


def test_the_line_has_ids_shapes_and_ranges(values):
    texts = " ".join(repr(value) for value in values)
    for fact in ("'digits-vae-16'", "'digits'", "float32[10000, 16]", "int64[10000] in [0, 9]"):
        assert fact in texts


def test_samples_on_the_page_of_a_model_are_its_own(values):
    (picture,) = pictures(values[0]._repr_html_())
    expected = lc.show(values[0].sample(20))
    np.testing.assert_array_equal(np.asarray(picture), np.asarray(expected))


def test_text_of_others_is_escaped(values):
    _, data, encodings, *_ = values
    names = (MARKUP, *data.class_names[1:])
    for value in (
        replace(data, title=MARKUP, class_names=names),
        replace(encodings, model_id=MARKUP),
        replace(lc.load_dataset("words"), title=MARKUP),
    ):
        page = value._repr_html_()
        assert "<script" not in page
        assert "&lt;script" in page


@pytest.mark.parametrize("codes", [np.zeros((0, 3)), np.zeros((1, 1)), np.full((2, 2), 7.0)])
def test_codes_without_any_spread_have_a_page(codes):
    assert len(pictures(lc.Posterior(mean=codes)._repr_html_())) == min(1, len(codes))


def test_arrays_in_a_sequence_are_shapes_too():
    text = compact_repr(lc.InversionResult(codes=[np.ones(3)], errors=(np.zeros(2), 0.5)))
    assert text == (
        "InversionResult(codes=[<float64[3] in [1, 1]>], errors=(<float64[2] in [0, 0]>, 0.5))"
    )


def test_equal_points_have_a_page():
    projection = lc.project(np.random.default_rng(0).normal(size=(9, 3)), lc.PCA())
    assert pictures(replace(projection, points=np.ones((9, 2)))._repr_html_())
