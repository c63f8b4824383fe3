"""Guided tours: for each page, what its steps point at and say."""

from __future__ import annotations

from ui.tours.compare import STEPS as COMPARE
from ui.tours.dimensions import STEPS as DIMENSIONS
from ui.tours.encode import STEPS as ENCODE
from ui.tours.learn import STEPS as LEARN
from ui.tours.lesson import STEPS as LESSON
from ui.tours.map import STEPS as MAP
from ui.tours.models import STEPS as MODELS
from ui.tours.morph import STEPS as MORPH
from ui.tours.open import STEPS as OPEN
from ui.tours.samples import STEPS as SAMPLES
from ui.tours.step import TourStep
from ui.tours.uses import STEPS as USES

TOURS: dict[str, tuple[TourStep, ...]] = {
    "learn": LEARN,
    "lesson": LESSON,
    "map": MAP,
    "encode": ENCODE,
    "morph": MORPH,
    "dimensions": DIMENSIONS,
    "samples": SAMPLES,
    "uses": USES,
    "models": MODELS,
    "compare": COMPARE,
    "open": OPEN,
}
"""The steps of each page, and of the lessons of the page *Learn*."""
