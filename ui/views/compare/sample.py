"""One sample through both models, and its code carried from one to the other."""

from __future__ import annotations

import html

import streamlit as st

from latent_core import workspace
from latent_core.comparison import CarriedErrors, Comparison
from latent_core.metrics import per_image_mse
from latent_core.progress import ProgressCallback
from latent_core.types import Floats
from ui import session
from ui.background.job import Job
from ui.background.jobs import jobs
from ui.images import data_url, difference_url
from ui.spaces import READY_S, Space, redraw_when_ended
from ui.startup.import_lock import load_what_scipy_reads
from ui.views.compare.pair import Pair

HINT = "Click a point of either map, or an image above, to see it through both models."


def draw_sample(pair: Pair, comparison: Comparison, index: int | None) -> None:
    """Draw the original, both reconstructions, their difference, and the carried codes."""
    if pair.data.precomputed is not None:
        return
    if index is None:
        st.caption(HINT)
        return
    st.html(f'{_STYLE}<div class="ls-through">{"".join(_figures(pair, comparison, index))}</div>')


def _figures(pair: Pair, comparison: Comparison, index: int) -> list[str]:
    original = pair.data.images([index])[0]
    codes = [space.encodings.mean[[index]] for space in pair.spaces]
    decoded = [
        space.model.decode(code)[0] if space.model.card.decodes else None
        for space, code in zip(pair.spaces, codes, strict=True)
    ]
    k = comparison.n_neighbors
    shared = f"{comparison.agreement[index] * k:.0f} of {k} neighbors in common"
    found = [_figure(data_url(original), f"original {index:,}", shared)]
    found += [
        _reconstruction(f"{name}, reconstruction", original, image)
        for name, image in zip("AB", decoded, strict=True)
    ]
    if decoded[0] is not None and decoded[1] is not None:
        url = difference_url(decoded[0], decoded[1])
        found.append(_figure(url, "B − A", "orange: B brighter, blue: B darker"))
    maps = ((1, 0, comparison.a_to_b, "A → B"), (0, 1, comparison.b_to_a, "B → A"))
    for target, source, linear, name in maps:
        space = pair.spaces[target]
        if space.model.card.decodes:
            image = space.model.decode(linear.apply(codes[source]))[0]
            found.append(_reconstruction(f"code carried {name}", original, image))
    return found


def _reconstruction(title: str, original: Floats, image: Floats | None) -> str:
    if image is None:
        return _figure("", title, "no decoder")
    mse = float(per_image_mse(original[None], image[None])[0])
    return _figure(data_url(image), title, f"MSE {mse:.4f}")


def _figure(url: str, title: str, detail: str) -> str:
    image = f'<img src="{url}" alt="{html.escape(title)}">' if url else "<span></span>"
    return (
        f"<figure>{image}<figcaption>{html.escape(title)}"
        f"<small>{html.escape(detail)}</small></figcaption></figure>"
    )


def carried_results(pair: Pair) -> list[tuple[str, CarriedErrors]]:
    """The errors of images decoded from carried codes, in each direction that has a decoder.

    Where they are still being computed, the page is drawn again with them.
    """
    found = []
    for name, source, target in (("A → B", pair.a, pair.b), ("B → A", pair.b, pair.a)):
        if not target.model.card.decodes or pair.data.precomputed is not None:
            continue
        job = _carried_job(source, target)
        if job.result is not None:
            found.append((name, job.result))
        elif not job.ended.is_set():
            redraw_when_ended(job)
    return found


def _carried_job(source: Space, target: Space) -> Job:
    def work(report: ProgressCallback, _show: object) -> CarriedErrors:
        load_what_scipy_reads()
        return workspace.carried_errors(
            target.model, target.data, source.encodings, target.encodings, progress=report
        )

    visitor = session.visitor()
    key = workspace.carried_errors_key(source.encodings, target.encodings)
    job = jobs().submit(key, visitor, work)
    job.wait(visitor, READY_S)
    return job


_STYLE = """
<style>
  .ls-through { display: flex; flex-wrap: wrap; gap: .9rem; }
  .ls-through figure { margin: 0; width: 128px; }
  .ls-through img, .ls-through span { width: 128px; height: 128px; object-fit: contain;
    display: block; border-radius: 6px; image-rendering: pixelated;
    background: color-mix(in srgb, currentColor 6%, transparent); }
  .ls-through figcaption { font-size: .87rem; line-height: 1.3; padding-top: .3rem; }
  .ls-through small { display: block; font-size: .87rem; opacity: .75; }
  @media (max-width: 640px) {
    .ls-through figure { width: calc(33.3% - .6rem); }
    .ls-through img, .ls-through span { width: 100%; height: auto; aspect-ratio: 1; }
  }
</style>
"""
