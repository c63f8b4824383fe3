"""Parameters that depend on how many samples there are, lowered for few of them."""

from __future__ import annotations

from math import floor

from latent_core.projection.base import ProjectionMethod
from latent_core.projection.registry import method_from_dict, method_to_dict
from latent_core.projection.tsne import MIN_PERPLEXITY, TSNE


def lowered_for(method: ProjectionMethod, count: int) -> tuple[ProjectionMethod, str]:
    """`method` as it can be fitted to `count` samples, and a sentence if that changed it.

    A perplexity is at most a third of the number of other samples (van der Maaten, 2014), and a
    sample has no more neighbors than there are other samples.  Where even the least value that a
    method allows is too large, it stays as it is, and fitting it says so.
    """
    if isinstance(method, TSNE):
        name, largest, least = "perplexity", floor((count - 1) / 3 * 10) / 10, MIN_PERPLEXITY
    else:
        name, largest, least = "n_neighbors", count - 1, method.n_components + 1
    value = getattr(method, name, 0)
    if not least <= largest < value:
        return method, ""
    fields = method_to_dict(method) | {name: largest}
    label = "perplexity" if name == "perplexity" else "number of neighbors"
    return method_from_dict(fields), (
        f"With {count:,} samples the {label} is {largest:g} instead of {value:g}."
    )
