"""Analyze codes: support, latent dimensions, factors, attribute directions, groups, analogies.

`support` measures how near a code is to the data; `traversal` describes and varies single latent
dimensions; `attribute_directions` and `factor_statistics` relate codes to ground-truth factors;
`principal_directions` are those in which codes vary most, `closed_form_directions` those that
the decoder's first layer enlarges most;
`mixture` fits a density that new codes are drawn from; `dimension_groups` groups dimensions by
their effect; `variations` recombines and varies codes;
`analogies` adds and subtracts named codes, `code_arithmetic` those of images; `sample_report`
summarizes one image or a selection.
"""

from latent_core.analysis.analogies import (
    AnalogyResult,
    analogy_accuracy,
    parse_expression,
    solve_analogy,
)
from latent_core.analysis.arithmetic import CodeArithmetic, code_arithmetic
from latent_core.analysis.dimension_groups import (
    DimensionGroups,
    group_dimensions,
)
from latent_core.analysis.directions.attribute_directions import (
    AttributeDirections,
    fit_attribute_directions,
)
from latent_core.analysis.directions.closed_form import (
    ClosedFormDirections,
    closed_form_directions,
)
from latent_core.analysis.directions.evidence import (
    DirectionEvidence,
    direction_evidence,
    hold_fixed,
    leakage,
)
from latent_core.analysis.directions.latent_directions import LatentDirections
from latent_core.analysis.directions.marked_directions import (
    MarkedDirection,
    fit_marked_direction,
)
from latent_core.analysis.directions.principal_components import (
    PrincipalDirections,
    principal_directions,
)
from latent_core.analysis.factor_statistics import (
    FactorContrast,
    compare_selection,
    percentile_ranks,
    rank_correlations,
)
from latent_core.analysis.mixture import GaussianMixture, fit_mixture
from latent_core.analysis.sample_report import (
    SampleReport,
    SelectionReport,
    report_images,
    report_sample,
    report_selection,
)
from latent_core.analysis.support import (
    Support,
    SupportLevel,
    fit_support,
    support_level,
    support_of_encodings,
)
from latent_core.analysis.traversal import LatentDimensions, latent_dimensions, traversal_codes
from latent_core.analysis.variations import crossover, sample_variations

__all__ = [
    "AnalogyResult",
    "AttributeDirections",
    "ClosedFormDirections",
    "CodeArithmetic",
    "DimensionGroups",
    "DirectionEvidence",
    "FactorContrast",
    "GaussianMixture",
    "LatentDimensions",
    "LatentDirections",
    "MarkedDirection",
    "PrincipalDirections",
    "SampleReport",
    "SelectionReport",
    "Support",
    "SupportLevel",
    "analogy_accuracy",
    "closed_form_directions",
    "code_arithmetic",
    "compare_selection",
    "crossover",
    "direction_evidence",
    "fit_attribute_directions",
    "fit_marked_direction",
    "fit_mixture",
    "fit_support",
    "group_dimensions",
    "hold_fixed",
    "latent_dimensions",
    "leakage",
    "parse_expression",
    "percentile_ranks",
    "principal_directions",
    "rank_correlations",
    "report_images",
    "report_sample",
    "report_selection",
    "sample_variations",
    "solve_analogy",
    "support_level",
    "support_of_encodings",
    "traversal_codes",
]
