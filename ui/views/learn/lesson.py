"""What a lesson consists of: steps, each with a component, an action and a check of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

State = TypeVar("State")


@dataclass(frozen=True, slots=True)
class Feedback:
    """Whether an action was done, and a sentence on it; "" where nothing was tried yet."""

    done: bool
    sentence: str = ""


NOTHING_YET = Feedback(False)


def done(sentence: str = "") -> Feedback:
    """The action was done."""
    return Feedback(True, sentence)


def not_yet(sentence: str) -> Feedback:
    """Something else was done; `sentence` says what is missing."""
    return Feedback(False, sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Generic[State]):
    """One step of a lesson.

    Parameters
    ----------
    title
        A heading of a few words.
    text
        At most 60 words; ``[word]`` opens the meaning of a word of the glossary.
    action
        What to do, in one sentence.
    draw
        Draws the component and gives its state.
    check
        Whether the state shows that the action was done.  It sees nothing but the state.
    reason
        Why it is so, from the state; shown once the action is done.
    """

    title: str
    text: Callable[[], str]
    action: str
    draw: Callable[[], State]
    check: Callable[[State], Feedback]
    reason: Callable[[State], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A lesson.

    Parameters
    ----------
    id
        Its name in links.
    position
        Its place in the overview.
    title, summary
        A heading and one sentence.
    icon
        A Material symbol, such as ``":material/apps:"``.
    """

    id: str
    position: int
    title: str
    summary: str
    icon: str
    steps: tuple[Step, ...]  # type: ignore[type-arg]  # each step has a state of its own type
