"""Data sets: images or precomputed embeddings, with labels and ground-truth factors.

`load_dataset` reads an installed data set; `read_idx` and `read_chunks` read training images from
idx files and from the output of the data generators.  `training_data`, which needs a model's card,
is not imported here.
"""

from latent_core.datasets.dataset import (
    list_datasets,
    load_dataset,
    read_chunks,
    sprite_sheet_path,
    write_shipped_dataset,
)
from latent_core.datasets.factors import Factor, factors_of_card, read_factors, write_factors
from latent_core.datasets.idx import read_idx
from latent_core.datasets.precomputed import read_precomputed

__all__ = [
    "Factor",
    "factors_of_card",
    "list_datasets",
    "load_dataset",
    "read_chunks",
    "read_factors",
    "read_idx",
    "read_precomputed",
    "sprite_sheet_path",
    "write_factors",
    "write_shipped_dataset",
]
