"""What a model is good and bad at, in one sentence made of what was measured on it."""

from __future__ import annotations

from collections.abc import Mapping

from latent_core.evaluation.replicate_statistics import seed_std
from latent_core.models.card import ModelCard

CLEARLY = 0.05
"""A ratio of errors this far from 1 is better or worse; nearer, it is as good."""
FAR = 10
"""Pictures this many times as far away as two halves of the real ones are not like them."""
SURPASSING = 0.02
"""The share of pictures by which reading must surpass guessing to be called that."""
READINGS = {"linear_accuracy": "the classes", "linear_r2": "the factors' variance"}
"""What is read straight from codes, and what it is a share of; the first that is known is told."""
STILL_READ = 0.95
"""Of what the judge reads in the pictures: below this share, what they show gets lost."""


def summary_sentence(card: ModelCard, baseline: ModelCard | None = None) -> str:
    """One sentence: what was measured and speaks for the model, but what speaks against it.

    Parameters
    ----------
    baseline
        The linear model that the card names, for what is read from its codes.
    """
    if not card.metrics:
        command = f"python -m latent_core evaluate {card.id} --write"
        return f"Not yet measured; {command} does it."
    found = [
        _rebuilding(card),
        _naming(card),
        _chance_level_attributes(card),
        _reading(card, baseline),
        _keeping(card),
        _likeness(card, "frechet_samples", "its dreams are"),
        _inactive_units(card),
        None if card.decodes else (False, "nothing leads back from its features to a picture"),
    ]
    told = [clause for clause in found if clause is not None]
    good = _joined([words for is_good, words in told if is_good])
    bad = _joined([words for is_good, words in told if not is_good])
    sentence = ", but ".join(part for part in (good, bad) if part)
    sentence = sentence or "nothing that was measured sets it apart"
    return f"{sentence[0].upper()}{sentence[1:]}."


Clause = tuple[bool, str] | None
"""Whether it speaks for the model, and in which words; None where nothing was measured."""


def _joined(clauses: list[str]) -> str:
    *first, last = clauses or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _rebuilding(card: ModelCard) -> Clause:
    if card.family == "pca":
        return True, "is the linear model that the others are measured against"
    ratio = card.metrics.get("mse_ratio_to_pca")
    if ratio is None:
        return None
    if ratio > 1 + CLEARLY:
        return False, f"it rebuilds with {ratio:.2f} times PCA's error"
    if ratio > 1 - CLEARLY:
        return False, f"it rebuilds no better than PCA ({ratio:.2f} of its error)"
    return True, f"rebuilds with {ratio:.2f} of PCA's error"


def _naming(card: ModelCard) -> Clause:
    accuracy = card.metrics.get("accuracy")
    if accuracy is None:
        return None
    guess = card.metrics.get("accuracy_by_guessing")
    beside = "" if guess is None else f" (guessing: {guess:.1%})"
    if asked := len(card.attribute_thresholds):
        return True, f"answers its {asked} questions rightly in {accuracy:.1%} of cases{beside}"
    return True, f"names {accuracy:.1%} of the pictures rightly{beside}"


def above_chance(accuracy: Mapping[str, float], guessing: Mapping[str, float]) -> list[str]:
    """The questions that are read clearly better than by guessing: of others nothing is kept."""
    return [name for name, share in accuracy.items() if share > guessing[name] + SURPASSING]


def _chance_level_attributes(card: ModelCard) -> Clause:
    """The questions whose answers are only guessed."""
    known = card.metrics.get("accuracy_by_question")
    guessed = card.metrics.get("accuracy_by_guessing_by_question")
    if known is None or guessed is None:
        return None
    read = above_chance(known, guessed)
    blind = [name.replace("_", " ") for name in known if name not in read]
    return (False, f"it only guesses at {_joined(blind)}") if blind else None


def _reading(card: ModelCard, baseline: ModelCard | None) -> Clause:
    """What is read from its codes beside what is read from PCA's, where they clearly differ."""
    if baseline is None or baseline.id == card.id:
        return None
    for figure, what in READINGS.items():
        own, other = _measured(card, figure), _measured(baseline, figure)
        if own is None or other is None:
            continue
        if abs(own[0] - other[0]) <= 2 * float((own[1] ** 2 + other[1] ** 2) ** 0.5):
            return None
        better = own[0] > other[0]
        verb = "lets" if better else "it lets"
        return better, (
            f"{verb} {own[0]:.0%} of {what} be read from {_numbers(card.latent_dim)} "
            f"({other[0]:.0%} from PCA's {baseline.latent_dim})"
        )
    return None


def _numbers(count: int) -> str:
    return "one number" if count == 1 else f"{count} numbers"


def _measured(card: ModelCard, figure: str) -> tuple[float, float] | None:
    """A figure and its deviation: over trainings where that is known, else as it was measured."""
    if (value := card.metrics.get(figure)) is None:
        return None
    swings = seed_std(card, figure)
    return value, card.metrics.get(f"{figure}_deviation", 0.0) if swings is None else swings


def _likeness(card: ModelCard, figure: str, subject: str) -> Clause:
    distance, floor = card.metrics.get(figure), card.metrics.get("frechet_real")
    if distance is None or floor is None:
        return None
    near = bool(distance <= FAR * floor)
    only = "only " if near else ""
    return near, f"{subject} {only}{distance:.2g} away where real halves are {floor:.2g} apart"


def _keeping(card: ModelCard) -> Clause:
    """How much of what the judge reads is still there, and what of it least."""
    kept = card.metrics.get("accuracy_kept")
    if kept is None:
        return None
    each = card.metrics.get("accuracy_kept_by_question", {})
    least = min(each, key=lambda name: each[name], default="")
    of = ""
    if least and each[least] < STILL_READ:
        of = f" (of {least.replace('_', ' ')} {each[least]:.0%})"
    if kept >= STILL_READ:
        return True, f"keeps {kept:.0%} of what the judge reads in the pictures{of}"
    return (
        False,
        f"its reconstructions keep only {kept:.0%} of what the judge reads in the pictures{of}",
    )


def _inactive_units(card: ModelCard) -> Clause:
    used = card.metrics.get("active_units")
    if used is None or used >= card.latent_dim:
        return None
    return False, f"{card.latent_dim - used} of its {_numbers(card.latent_dim)} say nothing"
