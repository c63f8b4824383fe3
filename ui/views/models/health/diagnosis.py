"""The diagnosis in plain words, with its evidence and what to try."""

from __future__ import annotations

import html

from latent_core.health import Finding, Health
from latent_core.health.findings import HEALTHY, NOT_ASSESSABLE, NOTE
from latent_core.models.card import ModelCard
from ui.wording.info import info_html

MEANINGS = {
    "collapsed": "the code says next to nothing about the image: whatever the code, the image is "
    "nearly the same",
    "over-regularized": "the codes were pressed so close to the prior that they lost content: the "
    "weight of the KL term is too high",
    "under-regularized": "the codes leave parts of the prior empty, so that random codes decode to "
    "images the model never learned",
    "overfitted": "the model knows its training images better than new ones",
    "underfitted": "even a linear model of the same size reconstructs better",
    HEALTHY: "none of the problems that were looked for was found",
    NOT_ASSESSABLE: "without a decoder, most problems cannot be looked for",
}
_ICONS = {HEALTHY: "✓", NOT_ASSESSABLE: "–"}


def diagnosis_html(card: ModelCard, health: Health) -> str:
    """The first finding large, further problems, and notes."""
    first, *others = health.findings
    tone = {HEALTHY: "good", NOT_ASSESSABLE: "open"}.get(first.kind, "bad")
    icon = _ICONS.get(first.kind, "!")
    name = info_html("diagnosis", first.kind.capitalize(), MEANINGS[first.kind])
    problems = "".join(_item(f) for f in others if f.kind != NOTE)
    notes = "".join(_item(f) for f in others if f.kind == NOTE)
    return (
        f'<section class="lh-diagnosis lh-{tone}" data-diagnosis="{first.kind}">'
        f"<p>{html.escape(card.title)}</p>"
        f'<h2><span aria-hidden="true">{icon}</span>{name}</h2>{_body(first)}</section>'
        + (f'<ul class="lh-findings">{problems}{notes}</ul>' if problems or notes else "")
    )


def _item(finding: Finding) -> str:
    kind = "" if finding.kind == NOTE else f"{finding.kind.capitalize()}: "
    return f"<li><strong>{html.escape(kind)}</strong>{_body(finding)}</li>"


def _body(finding: Finding) -> str:
    advice = f"<p><strong>Try:</strong> {html.escape(finding.advice)}</p>" if finding.advice else ""
    return (
        f"<p><strong>{html.escape(finding.title)}</strong></p>"
        f"<p>{html.escape(finding.evidence)}</p>{advice}"
    )
