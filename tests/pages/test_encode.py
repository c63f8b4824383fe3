"""The Encode page with GAN inversion, and with the refinement of an encoder's code."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

import latent_core as lc
from latent_core import workspace
from latent_core.errors import CancelledError
from latent_core.metrics import per_image_mse
from latent_core.models.inversion import InversionConfig
from tests.generators import GENERATOR, found_in, make_generator
from tests.pages.morph_page import picked
from ui import sample_sources, spaces
from ui.background import inversion_jobs
from ui.views.encode import batch, refinement

ROOT = Path(__file__).resolve().parents[2]
SHELL = str(ROOT / "ui" / "navigation.py")
NUMBER = 250


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return make_generator(tmp_path_factory.mktemp("generator"))


@pytest.fixture
def visit(places, tmp_path, monkeypatch) -> Iterator[object]:
    monkeypatch.setenv("LATENT_CACHE", str(tmp_path))
    monkeypatch.setattr(spaces, "PATIENCE_S", 60)
    monkeypatch.setattr(refinement, "HIGH_QUALITY", InversionConfig(n_starts=3, n_steps=120))
    monkeypatch.setattr(batch, "InversionConfig", lambda: InversionConfig(n_starts=2, n_steps=60))
    with found_in(places):
        workspace.default_store.cache_clear()
        yield lambda model=GENERATOR: arrive(model)
    workspace.default_store.cache_clear()


def arrive(model: str) -> AppTest:
    app = AppTest.from_file(SHELL, default_timeout=120)
    app.query_params["model"] = model
    app.run()
    app.switch_page(str(ROOT / "pages" / "encode.py")).run()
    app.segmented_control(key="segments.source").select("upload").run()
    assert not app.exception
    return app


def upload_digits(
    app: AppTest, *numbers: int, extra: tuple[tuple[str, bytes, str], ...] = ()
) -> None:
    files = []
    for number in numbers:
        buffer = io.BytesIO()
        Image.fromarray(lc.load_dataset("digits").images_uint8[number, 0]).save(buffer, "PNG")
        files.append((f"{number}.png", buffer.getvalue(), "image/png"))
    app.file_uploader(key="encode.files").set_value([*files, *extra]).run()
    assert not app.exception


def uploads(app: AppTest) -> list:
    return app.session_state["kept.uploads"]


def buttons(app: AppTest) -> list[str]:
    return [button.key for button in app.button]


def words(app: AppTest) -> str:
    return " ".join(block.body for block in app.get("html"))


def test_the_code_of_an_upload_to_a_generator_is_near_its_class(visit):
    app = visit()
    upload_digits(app, NUMBER, NUMBER + 1)
    shown = uploads(app)[0].report
    model = lc.load_model(GENERATOR)
    found = per_image_mse(shown.image[None], model.decode(shown.code[None]))[0]
    assert shown.error == pytest.approx(float(found), rel=1e-4)
    assert shown.error < 0.02
    own = workspace.self_inversion_errors(model)
    assert shown.self_inversion_percentile == float((own > shown.error).mean())
    assert "of the model's own samples" in shown.reconstruction_sentence()
    data = lc.load_dataset("digits")
    assert lc.load_dataset("few").label(int(shown.neighbors[0])) == data.label(NUMBER)


@pytest.mark.parametrize(("model", "back"), [(GENERATOR, "first"), ("digits-vae-16", "encoder's")])
def test_refinement_shows_the_decrease_of_the_error_and_can_be_undone(visit, model, back):
    app = visit(model)
    upload_digits(app, NUMBER)
    before = uploads(app)[0].report
    app.button(key="encode.refine").click().run()
    assert not app.exception
    after = uploads(app)[0]
    assert after.report.error < before.error
    share = round(100 * (1 - after.report.error / before.error))
    assert f"The reconstruction error fell by {share} %" in words(app)
    assert "encode.refine" not in buttons(app), "all steps were done"
    assert back in app.button(key="encode.restore").label
    app.button(key="encode.restore").click().run()
    np.testing.assert_array_equal(uploads(app)[0].report.code, before.code)
    assert "The reconstruction error fell" not in words(app)
    assert "encode.refine" in buttons(app)


def test_without_a_smaller_error_the_code_is_kept(visit, monkeypatch):
    real = inversion_jobs.invert
    worse = {"initial_codes": None}
    app = visit("digits-vae-16")
    upload_digits(app, NUMBER)
    before = uploads(app)[0].report
    monkeypatch.setattr(
        inversion_jobs, "invert", lambda *args, **more: real(*args, **(more | worse))
    )
    monkeypatch.setattr(refinement, "HIGH_QUALITY", InversionConfig(n_starts=1, n_steps=1))
    app.button(key="encode.refine").click().run()
    assert "No code with a smaller reconstruction error" in words(app)
    assert uploads(app)[0].report is before
    assert "encode.restore" not in buttons(app)


def test_a_stopped_refinement_keeps_the_best_code_and_can_continue(visit, monkeypatch):
    real = inversion_jobs.invert

    def stopped(*args, progress, **options):
        def halfway(fraction, said):
            progress(fraction, said)
            if fraction > 0.5:
                raise CancelledError("stopped")

        return real(*args, progress=halfway, **options)

    app = visit("digits-vae-16")
    upload_digits(app, NUMBER)
    before = uploads(app)[0].report
    monkeypatch.setattr(inversion_jobs, "invert", stopped)
    app.button(key="encode.refine").click().run()
    assert "stopped before its end" in words(app)
    half = uploads(app)[0].report
    assert half.error < before.error
    assert {"encode.refine", "encode.restore"} <= set(buttons(app))
    monkeypatch.setattr(inversion_jobs, "invert", real)
    app.button(key="encode.refine").click().run()
    assert uploads(app)[0].report.error <= half.error
    assert uploads(app)[0].previous.report is before, "restores the first code"
    assert "stopped before" not in words(app)


def test_two_visitors_share_no_codes(visit):
    ann, bob = visit(), visit()
    upload_digits(ann, NUMBER)
    assert len(ann.session_state["kept.inversion.codes"]) == 1
    assert "kept.inversion.codes" not in bob.session_state
    assert "kept.uploads" not in bob.session_state or not uploads(bob)
    assert not inversion_jobs.private_jobs()._jobs, "no inversion is left among the private jobs"


def test_an_invalid_file_is_rejected_and_the_others_are_encoded(visit):
    app = visit()
    upload_digits(app, NUMBER, extra=(("bad.png", b"no picture", "image/png"),))
    assert [hasattr(item, "report") for item in uploads(app)] == [True, False]
    assert "bad.png" in words(app)
    assert not app.error


def test_a_failed_inversion_is_an_error_message_and_the_page_stays(visit, monkeypatch):
    def fail(*_args, **_options):
        raise CancelledError("Stopped before anything was found.")

    monkeypatch.setattr(inversion_jobs, "invert", fail)
    app = visit()
    upload_digits(app, NUMBER)
    assert [error.value for error in app.error] == ["Stopped before anything was found."]
    app.run()
    assert not app.error
    assert not uploads(app)


def test_uploads_read_before_stopping_are_inverted(visit, monkeypatch):
    real = batch.load_uploads

    def stopped_after_two(*args, **options):
        for number, item in enumerate(real(*args, **options)):
            if number == 2:
                raise CancelledError("stopped")
            yield item

    monkeypatch.setattr(batch, "load_uploads", stopped_after_two)
    app = visit()
    upload_digits(app, NUMBER, NUMBER + 1, NUMBER + 2, NUMBER + 3)
    assert [one.name for one in uploads(app)] == [f"{NUMBER}.png", f"{NUMBER + 1}.png"]
    assert all(one.report.error < 0.05 for one in uploads(app))


def test_an_uploaded_endpoint_is_inverted_while_the_page_waits(visit, monkeypatch):
    app = visit()
    app.switch_page(str(ROOT / "pages" / "morph.py")).run()
    assert not app.exception
    buffer = io.BytesIO()
    Image.fromarray(lc.load_dataset("digits").images_uint8[NUMBER, 0]).save(buffer, "PNG")
    monkeypatch.setattr(spaces, "PATIENCE_S", 0.01)
    monkeypatch.setattr(
        sample_sources, "InversionConfig", lambda: InversionConfig(n_starts=2, n_steps=150)
    )
    field = app.file_uploader(key="morph.change.a.0.file")
    field.set_value(("mine.png", buffer.getvalue(), "image/png")).run()
    assert any(key.startswith("wait.stop") for key in buttons(app)), "it can be stopped"
    monkeypatch.setattr(spaces, "PATIENCE_S", 60)
    app.run()
    assert not app.exception
    first = picked(app, "two", GENERATOR, "few")[0]
    assert first.label == "mine.png"
    image = lc.load_dataset("digits").images(slice(NUMBER, NUMBER + 1))
    assert per_image_mse(image, lc.load_model(GENERATOR).decode(first.code[None]))[0] < 0.03


def test_an_example_is_encoded_like_an_upload_and_an_upload_replaces_it(visit):
    app = visit("digits-vae-16")
    app.session_state["kept.encode.example"] = ("digits", NUMBER)
    app.run()
    assert not app.exception
    data, model = lc.load_dataset("digits"), lc.load_model("digits-vae-16")
    (shown,) = uploads(app)
    assert shown.name == data.label(NUMBER)
    code = model.encode(data.images(slice(NUMBER, NUMBER + 1))).mean[0]
    np.testing.assert_allclose(shown.report.code, code, atol=1e-4)
    upload_digits(app, NUMBER + 1)
    assert [item.name for item in uploads(app)] == [f"{NUMBER + 1}.png"]
    assert "kept.encode.example" not in app.session_state


def test_resampling_draws_another_code_for_a_vae_only(visit):
    app = visit("digits-vae-16")
    upload_digits(app, NUMBER)

    def figures() -> str:
        return next(block.body for block in app.get("html") if "ls-resampled" in block.body)

    first = figures()
    app.button(key="encode.resample").click().run()
    assert not app.exception
    assert figures() != first
    said = " ".join(block.value for block in app.markdown)
    assert "784 bytes" in said
    assert f"“{lc.load_dataset('digits').label(NUMBER)}” (" in said


def test_a_code_without_a_distribution_is_not_resampled(visit):
    app = visit()
    upload_digits(app, NUMBER)
    assert "encode.refine" in buttons(app)
    assert "encode.resample" not in buttons(app)
