"""A row of images of the data set to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from ui.components import draw_component


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An image of the data set.

    Parameters
    ----------
    id
        Its index.
    label
        Its class or number, shown as text.
    picture
        The image as a ``data:`` URL.
    """

    id: int
    label: str
    picture: str


def draw_examples(
    *,
    key: str,
    examples: Sequence[Example],
    chosen: int | None,
    caption: str = "Try one of ours:",
) -> int | None:
    """Draw the images as buttons; gives the id of the one clicked since the last run, or None."""
    data = {
        "caption": caption,
        "examples": [asdict(example) for example in examples],
        "chosen": chosen,
    }
    sent = draw_component("panels/examples.js", key=key, data=data, events=("picked",))
    event = sent["picked"]
    if event is None or event["id"] not in {example.id for example in examples}:
        return None
    return int(event["id"])
