"""What two models see differently: the codes of the same samples under both, compared.

Neighborhoods and CKA need no fit; a linear map from one space to the other is fitted on one half
of the samples and measured on the other.
"""

from latent_core.comparison.alignment import Alignment, align_points
from latent_core.comparison.carried_codes import CarriedErrors, carried_errors
from latent_core.comparison.cka import linear_cka, permuted_cka
from latent_core.comparison.compare import Comparison, compare_codes
from latent_core.comparison.linear_map import LinearMap, fit_linear_map
from latent_core.comparison.metric_table import MetricDifference, compare_metrics
from latent_core.comparison.neighborhoods import neighbor_ranks, neighborhood_agreement

__all__ = [
    "Alignment",
    "CarriedErrors",
    "Comparison",
    "LinearMap",
    "MetricDifference",
    "align_points",
    "carried_errors",
    "compare_codes",
    "compare_metrics",
    "fit_linear_map",
    "linear_cka",
    "neighbor_ranks",
    "neighborhood_agreement",
    "permuted_cka",
]
