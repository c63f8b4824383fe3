"""Cached: what a model's attribute directions change in decoded images."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.analysis.directions.attribute_directions import fit_attribute_directions
from latent_core.analysis.directions.effects import fit_reader, measure_effects
from latent_core.analysis.traversal import latent_dimensions
from latent_core.cache.entry import CacheEntry
from latent_core.cache.store import Store
from latent_core.datasets.factors import factors_of_card
from latent_core.models.catalog import evaluator_for
from latent_core.models.model import LatentModel
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Dataset, Encodings, Floats
from latent_core.workspace.keys import attribute_effects_key
from latent_core.workspace.stores import get_or_compute, store_or_default

N_IMAGES = 32
"""Images that are moved along each direction; the reader is not fitted on them."""
N_FITTED = 4000
"""Images that the reader is fitted on."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AttributeEffects:
    """Changes of factors, read from decoded images, along attribute directions.

    Parameters
    ----------
    names
        F factors with a direction.
    read
        G factors that the reader reads.
    changes
        ``(F, G)``: mean change of each reading, in its standard deviations, when codes are moved
        by a quarter of the slider.
    reader
        Id of the model whose features were read.
    n_images
        Number of images that were moved.
    """

    names: tuple[str, ...]
    read: tuple[str, ...]
    changes: Array
    reader: str
    n_images: int

    __repr__ = compact_repr


def find_attribute_effects(
    data: Dataset, encodings: Encodings, *, store: Store | None = None
) -> AttributeEffects | None:
    """The effects if they are stored, otherwise None."""
    entry = store_or_default(store).get(attribute_effects_key(data, encodings))
    return None if entry is None else _from_entry(entry)


def attribute_effects(
    model: LatentModel,
    data: Dataset,
    encodings: Encodings,
    *,
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> AttributeEffects:
    """The effects of the directions of all ordered factors, cached.

    The reader is a ridge regression on the features of the data set's evaluation network, or of
    the model's own encoder where there is none.
    """

    def compute() -> CacheEntry:
        network = evaluator_for(data.id) or model
        order = np.random.default_rng(0).permutation(len(data))
        moved, fitted = order[:N_IMAGES], np.sort(order[N_IMAGES:][:N_FITTED])
        factors = _ordered_factors(data)

        def features(images: Floats) -> Floats:
            return network.encode(images).mean

        progress(0.1, "Reading factors from images")
        table = features(data.images(fitted))
        reader = fit_reader(features, table, {n: v[fitted] for n, v in factors.items()})
        active_dims = ~latent_dimensions(encodings).inactive
        directions = fit_attribute_directions(encodings.mean, factors, active_dims=active_dims)
        progress(0.5, "Moving images along attribute directions")
        changes = measure_effects(model.decode, reader, encodings.mean[moved], directions)
        meta = {
            "names": list(directions.names),
            "read": list(reader.names),
            "reader": network.card.id,
            "n_images": len(moved),
        }
        return CacheEntry(arrays={"changes": changes.astype(np.float32)}, meta=meta)

    key = attribute_effects_key(data, encodings)
    return _from_entry(get_or_compute(store, key, compute, progress))


def _from_entry(entry: CacheEntry) -> AttributeEffects:
    meta = entry.meta
    return AttributeEffects(
        names=tuple(meta["names"]),
        read=tuple(meta["read"]),
        changes=entry.arrays["changes"],
        reader=meta["reader"],
        n_images=meta["n_images"],
    )


def _ordered_factors(data: Dataset) -> dict[str, Floats]:
    known = factors_of_card(data.card, data.id)
    return {name: values for name, values in data.factors.items() if known[name].ordered}
