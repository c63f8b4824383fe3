"""The lessons: every module of `ui.views.learn.lessons` has one, named ``LESSON``."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from ui.views.learn import lessons
from ui.views.learn.lesson import Lesson


@cache
def all_lessons() -> dict[str, Lesson]:
    """The lessons by their ids, in the order of the overview."""
    names = [module.name for module in pkgutil.iter_modules(lessons.__path__)]
    found = [importlib.import_module(f"{lessons.__name__}.{name}").LESSON for name in names]
    return {lesson.id: lesson for lesson in sorted(found, key=lambda lesson: lesson.position)}
