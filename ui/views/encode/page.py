"""The Encode page: a visitor's images at each stage of the model."""

from __future__ import annotations

import html

import streamlit as st

import latent_core as lc
from latent_core.analysis.support import SupportLevel, support_of_encodings
from latent_core.analysis.verdict import combined_level
from latent_core.io.uploads import RejectedFile
from latent_core.models.realism import RealismLevel
from latent_core.projection import TSNE, Projection
from latent_core.types import Floats
from ui import presenters, session
from ui.background.jobs import map_jobs
from ui.components.decoder import image_realism
from ui.components.pipeline import PipelineData, PipelineThumb, PipelineView, draw_pipeline
from ui.images import data_url, difference_url
from ui.layout import choose_dataset, choose_model, controls, shown_errors
from ui.spaces import Space, draw_progress, open_space, projection_job
from ui.views.encode.batch import Batch, process_uploads
from ui.views.encode.code_section import draw_code_section
from ui.views.encode.companion import draw_companion
from ui.views.encode.refinement import draw_refinement, refine
from ui.views.encode.results import EncodedUpload, draw_results
from ui.views.encode.sources import EXAMPLE, NOTHING_YET, draw_example_row, draw_source

SEARCHING = "This model has no encoder: a code is being optimized (GAN inversion)."


def draw_encode_page() -> None:
    """Draw the content of the Encode page."""
    columns = controls(2, 2, 3)
    with columns[0]:
        model_id = choose_model(needs_decoder=True)
    with columns[1]:
        dataset_id = choose_dataset(model_id)
    space = open_space(model_id, dataset_id)
    session.write_url(model=model_id, data=dataset_id)
    job = projection_job(space, session.recall("map.method", TSNE(n_components=2)))
    _draw_upload_panel(space, job.result)
    if not job.ended.is_set():
        st.caption("The map is being computed.")
        draw_progress(job, map_jobs())


@st.fragment
def _draw_upload_panel(space: Space, projection: Projection | None) -> None:
    """Draw input, pipeline and results; a stroke reruns only this fragment."""
    left, right = st.columns([1, 3.1], gap="medium")
    with left:
        source, files = draw_source(space)
        companion = st.container()
    with right, shown_errors():
        example = draw_example_row(space)
        if example is None:
            batch, job = process_uploads(space, files, source)
        else:
            batch, job = process_uploads(space, [example], EXAMPLE)
        index = _chosen_index(batch)
        if job is not None:
            session.forget("upload.refining")
        elif batch:
            job = refine(space, batch, index)
        searches = job is not None and not space.model.card.encodes
        hint = SEARCHING if searches else NOTHING_YET[source]
        upload = batch[index] if batch else None
        shown = upload if isinstance(upload, EncodedUpload) else None
        picked = draw_pipeline(
            key="encode.pipeline", data=_pipeline_data(space, projection, batch, index, shown, hint)
        )
        if picked is not None and picked != index:
            session.remember("upload", picked)
            st.rerun(scope="fragment")
        draw_refinement(space, batch, index, job)
        _draw_rejected(batch)
        draw_companion(companion, space, shown)
        if shown is not None:
            uploads = [item for item in batch if isinstance(item, EncodedUpload)]
            draw_code_section(space, shown)
            draw_results(space, projection, shown, uploads)


def _chosen_index(batch: Batch) -> int:
    """The index of the upload that is shown: the chosen one, else the first usable one."""
    usable = [i for i, item in enumerate(batch) if isinstance(item, EncodedUpload)]
    kept = session.recall("upload", 0)
    return kept if kept in usable else next(iter(usable), 0)


def _pipeline_data(
    space: Space,
    projection: Projection | None,
    batch: Batch,
    index: int,
    shown: EncodedUpload | None,
    hint: str,
) -> PipelineData:
    thumbs = [
        PipelineThumb(name=item.name, refused=item.reason)
        if isinstance(item, RejectedFile)
        else PipelineThumb(name=item.name, picture=data_url(item.preprocessed.image))
        for item in batch
    ]
    return PipelineData(
        image_shape=space.model.card.image_shape,
        latent_dim=space.model.card.latent_dim,
        encoder=_encoder_name(space, shown),
        points=None if projection is None else projection.points,
        view=None if shown is None else _pipeline_view(space, projection, shown),
        thumbs=thumbs if len(thumbs) > 1 else [],
        chosen=index,
        hint=hint,
    )


def _encoder_name(space: Space, shown: EncodedUpload | None) -> str:
    """What computed the code that is shown."""
    encoded = space.model.card.encodes and not _is_refined(shown)
    return "Encoder" if encoded else "Optimization"


def _is_refined(shown: EncodedUpload | None) -> bool:
    """Whether its code was improved by inversion."""
    if shown is None or shown.previous is None:
        return False
    return shown.previous.report is not shown.report


def _pipeline_view(
    space: Space, projection: Projection | None, shown: EncodedUpload
) -> PipelineView:
    report = shown.report
    verdict = _verdict(space, report.code, report.reconstruction)
    return PipelineView(
        original=shown.preview,
        model_input=data_url(report.image),
        decoded=data_url(report.reconstruction),
        difference=difference_url(report.image, report.reconstruction),
        code=presenters.code_bars(space, report.code),
        sentence=report.reconstruction_sentence(),
        unusual=report.is_outlier or report.is_plain or combined_level(*verdict) == "far from data",
        verdict=None if report.is_plain else verdict,
        map_point=None if projection is None else projection.transform(report.code[None])[0],
    )


def _verdict(
    space: Space, code: Floats, decoded: Floats
) -> tuple[SupportLevel, RealismLevel | None]:
    """The support of a code, and whether its image is like the data the model was trained for."""
    card, encodings = space.model.card, space.encodings
    if card.dataset != space.data.id and card.dataset in lc.list_datasets():
        encodings = lc.encode(space.model, lc.load_dataset(card.dataset))
    realism = image_realism(card)
    return (
        support_of_encodings(encodings).levels(code[None])[0],
        None if realism is None else realism.levels(decoded[None])[0],
    )


def _draw_rejected(batch: Batch) -> None:
    refused = [item for item in batch if isinstance(item, RejectedFile)]
    for item in refused[:5]:
        st.html(
            f'<p class="ls-refused" role="alert"><b>{html.escape(item.name)}</b> '
            f"{html.escape(item.reason)}</p>"
        )
    if len(refused) > 5:
        with st.expander(f"{len(refused) - 5:,} more could not be used"):
            for item in refused[5:200]:
                st.html(f"<p>{html.escape(item.name)}: {html.escape(item.reason)}</p>")
