"""A question that is answered by buttons: first as a prediction, then after a look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from ui import session
from ui.wording.text import escape_markdown

PREDICT_FIRST = "Predict first: choose one of the answers."


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered.

    Parameters
    ----------
    last
        The id of the option that is chosen; None before the first answer.
    first
        The id of the option that was chosen first: the prediction.
    """

    last: str | None = None
    first: str | None = None


def ask(name: str, question: str, options: Mapping[str, str]) -> Answer:
    """Draw the question with a button per option, and give the answer of this session.

    Parameters
    ----------
    name
        Under which the answer is remembered.
    options
        From ids to the texts of the buttons.
    """
    kept: Answer = session.recall(f"learn.answer.{name}", Answer())
    st.markdown(f"**{escape_markdown(question)}**")
    with st.container(key=f"learn-ask-{name}", horizontal=True):
        for option, words in options.items():
            st.button(
                escape_markdown(words),
                key=f"learn.ask.{name}.{option}",
                type="primary" if option == kept.last else "secondary",
                on_click=_remember,
                args=(name, option),
            )
    return kept


def _remember(name: str, option: str) -> None:
    kept: Answer = session.recall(f"learn.answer.{name}", Answer())
    session.remember(f"learn.answer.{name}", Answer(option, kept.first or option))


def prediction_sentence(answer: Answer, right: str, options: Mapping[str, str]) -> str:
    """What was predicted before the right answer was chosen, and the right answer."""
    if answer.first in (None, right):
        return "As you predicted." if answer.first else ""
    return f"Your prediction was: {options[str(answer.first)]}. It is: {options[right]}."
