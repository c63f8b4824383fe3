"""The two models that are compared, and what was computed of both."""

from __future__ import annotations

from dataclasses import dataclass

from latent_core import workspace
from latent_core.comparison import Comparison
from latent_core.encoding import is_compatible
from latent_core.errors import LatentError
from latent_core.models.card import ModelCard
from latent_core.progress import ProgressCallback
from latent_core.types import Dataset
from ui import session, widgets
from ui.background.job import Job
from ui.background.jobs import jobs
from ui.catalog import read_catalog
from ui.spaces import PATIENCE_S, Space
from ui.startup.import_lock import load_what_scipy_reads

NAMES = ("A", "B")
B_HELP = "The model that A is compared with: any other that takes the same images."


@dataclass(frozen=True, slots=True)
class Pair:
    """Two models of one data set, A and B."""

    a: Space
    b: Space

    @property
    def data(self) -> Dataset:
        """The data set of both."""
        return self.a.data

    @property
    def spaces(self) -> tuple[Space, Space]:
        """Both, A first."""
        return self.a, self.b

    @property
    def titles(self) -> tuple[str, str]:
        """The titles of the models, A first."""
        return self.a.model.card.title, self.b.model.card.title

    @property
    def metric(self) -> str:
        """The metric of neighborhoods in both latent spaces."""
        precomputed = self.data.precomputed
        return "euclidean" if precomputed is None else precomputed.metric


def choose_second_model(model_id: str, dataset_id: str) -> str:
    """A selectbox with the models that can be compared with `model_id`; gives the chosen id.

    Raises
    ------
    LatentError
        There is no other model of the data set.
    """
    cards = _others(model_id, dataset_id)
    if not cards:
        raise LatentError(
            f"{read_catalog().datasets[dataset_id].title} has no second model to compare with; "
            "choose another model, or add one on the Open page."
        )
    default = _default_other(model_id, cards)
    chosen = session.chosen("model_b", cards, default)
    return widgets.selectbox_choice(
        "Model B", "model_b", list(cards), chosen, lambda name: cards[name].title, help=B_HELP
    )


def _others(model_id: str, dataset_id: str) -> dict[str, ModelCard]:
    """The other models that encode the data set, its own first."""
    catalog = read_catalog()
    data = catalog.datasets[dataset_id]
    usable = {
        name: card
        for name, card in catalog.cards.items()
        if name != model_id and is_compatible(card, data)
    }
    return dict(sorted(usable.items(), key=lambda item: item[1].dataset != dataset_id))


def _default_other(model_id: str, cards: dict[str, ModelCard]) -> str:
    """The model's linear baseline, where it has one."""
    baseline = read_catalog().cards[model_id].baseline
    return baseline if baseline in cards else next(iter(cards))


def comparison_job(pair: Pair) -> Job:
    """The job that compares the codes; the maps can be drawn before it ends."""
    a, b = pair.a.encodings, pair.b.encodings

    def work(report: ProgressCallback, _show: object) -> Comparison:
        load_what_scipy_reads()
        return workspace.compare(a, b, metric=pair.metric, progress=report)

    visitor = session.visitor()
    key = workspace.comparison_key(a, b, metric=pair.metric)
    job = jobs().submit(
        key, visitor, work, lambda: workspace.find_comparison(a, b, metric=pair.metric)
    )
    job.wait(visitor, PATIENCE_S)
    return job
