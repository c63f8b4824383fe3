"""The library's verbs joined to the cache: each result is computed at most once.

Results are looked up by content in the cache folder and then in ``models/<id>/store``, where
shipped results have the same format under the same keys; a result whose inputs differ in
anything has another key and is computed.
"""

from latent_core.workspace.comparisons import carried_errors, compare, find_comparison
from latent_core.workspace.directions import attribute_evidence, code_directions
from latent_core.workspace.distributions import code_distribution, code_set
from latent_core.workspace.effects import (
    AttributeEffects,
    attribute_effects,
    find_attribute_effects,
)
from latent_core.workspace.encodings import encode, find_encodings
from latent_core.workspace.factor_scores import (
    ComparedDisentanglement,
    disentanglement,
)
from latent_core.workspace.health import model_health
from latent_core.workspace.keys import (
    HEALTH_VERSION,
    attribute_effects_key,
    carried_errors_key,
    comparison_key,
    distribution_key,
    encodings_key,
    errors_key,
    evidence_key,
    health_key,
    inversion_key,
    mixture_key,
    pixel_probes_key,
    principal_directions_key,
    projection_key,
    quality_key,
    sampler_figures_key,
    self_inversion_errors_key,
)
from latent_core.workspace.measurements import (
    pixel_probes,
    reconstruction_errors,
    self_inversion_errors,
)
from latent_core.workspace.mixtures import code_mixture
from latent_core.workspace.precomputation import add_mixture, precompute
from latent_core.workspace.projections import find_projection, measure_quality, project
from latent_core.workspace.sampler_figures import sampler_figures
from latent_core.workspace.stores import default_store, shipped_folders
from latent_core.workspace.uploads import load_uploads

__all__ = [
    "HEALTH_VERSION",
    "AttributeEffects",
    "ComparedDisentanglement",
    "add_mixture",
    "attribute_effects",
    "attribute_effects_key",
    "attribute_evidence",
    "carried_errors",
    "carried_errors_key",
    "code_directions",
    "code_distribution",
    "code_mixture",
    "code_set",
    "compare",
    "comparison_key",
    "default_store",
    "disentanglement",
    "distribution_key",
    "encode",
    "encodings_key",
    "errors_key",
    "evidence_key",
    "find_attribute_effects",
    "find_comparison",
    "find_encodings",
    "find_projection",
    "health_key",
    "inversion_key",
    "load_uploads",
    "measure_quality",
    "mixture_key",
    "model_health",
    "pixel_probes",
    "pixel_probes_key",
    "precompute",
    "principal_directions_key",
    "project",
    "projection_key",
    "quality_key",
    "reconstruction_errors",
    "sampler_figures",
    "sampler_figures_key",
    "self_inversion_errors",
    "self_inversion_errors_key",
    "shipped_folders",
]
