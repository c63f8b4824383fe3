"""Which hypothesis of a draft has given ranges of pixels; an untrained network has no best one."""

from __future__ import annotations

from latent_core.opening.models.draft import ModelDraft


def reading(draft: ModelDraft, taken: str, given: str) -> int:
    """The number of the hypothesis with these ranges, channels first, red first."""
    return next(
        number
        for number, hypothesis in enumerate(draft.probe.hypotheses)
        if (encoder := hypothesis.encoder) is not None
        and (decoder := hypothesis.decoder) is not None
        and (encoder.pixels.range_name, decoder.pixels.range_name) == (taken, given)
        and encoder.pixels.layout == decoder.pixels.layout == "NCHW"
        and not encoder.pixels.is_bgr
    )
