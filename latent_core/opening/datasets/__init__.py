"""Data sets from files: images in folders, archives and arrays, or tables of embeddings.

`inspect_dataset` gives a draft with what was understood, `DatasetDraft.save` writes the data set
and, so that pages can show it at once, a model of it.
"""

from latent_core.opening.datasets.columns import Column
from latent_core.opening.datasets.draft import DatasetDraft
from latent_core.opening.datasets.inspection import inspect_dataset, open_dataset
from latent_core.opening.ids import PCA_SUFFIX, free_id

__all__ = [
    "PCA_SUFFIX",
    "Column",
    "DatasetDraft",
    "free_id",
    "inspect_dataset",
    "open_dataset",
]
