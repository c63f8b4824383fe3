"""What attribute directions change besides their factor.

``python -m benchmarks.attribute_directions MODEL …``: held-out images are moved along each
direction by a quarter of its slider, decoded, and read in two ways: by encoding them again, and by
a ridge regression on the features of the evaluation network, which is another model.  Compared are
the normal of the regression, the mean change with the factor, and what the library uses, halfway
between the two.  Changes are in standard deviations of each factor: of the factor itself (gain), of
the other factors (leak), and their ratio.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

import latent_core as lc
from latent_core.analysis import latent_dimensions
from latent_core.analysis.directions.attribute_directions import (
    AttributeDirections,
    fit_attribute_directions,
)
from latent_core.analysis.directions.effects import fit_reader, measure_effects
from latent_core.datasets.factors import factors_of_card
from latent_core.models.catalog import evaluator_for

MODELS = ("faces-vae-32", "furniture-vae-8")
N_IMAGES = 64
N_FITTED = 4000
EXAMPLE = "smile"


def main(only: Sequence[str] = ()) -> None:
    """Print the effects of each model's directions."""
    for model_id in only or MODELS:
        model = lc.load_model(model_id)
        data = lc.load_dataset(model.card.dataset)
        classifier = evaluator_for(data.id)
        encodings = lc.encode(model, data)
        codes, active_dims = encodings.mean, ~latent_dimensions(encodings).inactive
        order = np.random.default_rng(0).permutation(len(codes))
        moved, fitted = codes[order[:N_IMAGES]], order[N_IMAGES:][:N_FITTED]
        known = factors_of_card(data.card, data.id)
        factors = {n: v[fitted] for n, v in data.factors.items() if known[n].ordered}
        readers = {
            "re-encoded": fit_reader(
                lambda images, model=model: model.encode(images).mean, codes[fitted], factors
            )
        }
        if classifier is not None:
            features = lambda images, network=classifier: network.encode(images).mean  # noqa: E731
            readers[classifier.card.id] = fit_reader(
                features, features(data.images(fitted)), factors
            )
        found = fit_attribute_directions(codes[fitted], factors, active_dims=active_dims)
        print(f"{model_id}: {len(found.names)} directions, {N_IMAGES} images")
        for title, directions in _candidates(found, codes[fitted]).items():
            for name, reader in readers.items():
                effects = measure_effects(model.decode, reader, moved, directions)
                print(f"  {title:12} {name:16} {_summary(found.names, reader.names, effects)}")


def _candidates(found: AttributeDirections, codes: np.ndarray) -> dict[str, AttributeDirections]:
    return {
        "normal": _scaled(found, found.weights),
        "halfway": found,
        "mean change": _scaled(found, found.weights @ np.cov(codes, rowvar=False)),
    }


def _scaled(found: AttributeDirections, vectors: np.ndarray) -> AttributeDirections:
    change = np.einsum("fd,fd->f", vectors, found.weights)
    return replace(found, directions=(vectors / change[:, None]).astype(np.float32))


def _summary(names: tuple[str, ...], read: tuple[str, ...], effects: np.ndarray) -> str:
    rows = [(f, read.index(name)) for f, name in enumerate(names) if name in read]
    gain = np.array([effects[f, g] for f, g in rows])
    others = np.array([np.abs(np.delete(effects[f], g)) for f, g in rows])
    leak, worst = others.mean(axis=1), others.max(axis=1)
    text = (
        f"gain {gain.mean():.2f}, mean leak {leak.mean():.3f}, leak ÷ gain "
        f"{np.median(leak / np.abs(gain)):.3f}, largest leak ÷ gain "
        f"{np.median(worst / np.abs(gain)):.2f}, medians of {len(rows)}"
    )
    if EXAMPLE not in names:
        return text
    row = effects[names.index(EXAMPLE)]
    top = [f"{read[g]} {row[g]:+.2f}" for g in np.argsort(-np.abs(row))[:4]]
    return f"{text}; {EXAMPLE}: {', '.join(top)}"


if __name__ == "__main__":
    main(sys.argv[1:])
