"""Cache keys of the workspace's results, over all that each of them depends on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from latent_core.aliases import architecture_in_keys, preprocessing_in_keys
from latent_core.cache.keys import content_key
from latent_core.comparison.compare import N_NEIGHBORS
from latent_core.models.card import ModelCard
from latent_core.models.inversion import BATCH_INVERSION, InversionConfig
from latent_core.projection import Projection, ProjectionMethod
from latent_core.types import Array, Dataset, Encodings, Floats

NO_KEY = ""
"""The key of what cannot be identified, as a model without a checksum: it is not cached."""
ENCODE_VERSION = 1
"""Increased when encoding, inversion or an architecture changes its result."""
PROBES_VERSION = 3
"""Increased when `latent_core.evaluation` changes the result of its probes."""
EFFECTS_VERSION = 1
"""Increased when attribute directions, or how their effects are read, change."""

HEALTH_VERSION = 1
"""Increased when `latent_core.health` changes a measurement or a rule."""
DISENTANGLEMENT_VERSION = 1
"""Increased when `latent_core.evaluation.disentanglement` changes a score."""
MIXTURE_VERSION = 1
"""Increased when `latent_core.analysis.mixture` changes its result."""
PRINCIPAL_DIRECTIONS_VERSION = 1
"""Increased when `latent_core.analysis.directions.principal_components` changes its result."""
EVIDENCE_VERSION = 1
"""Increased when `latent_core.analysis.directions.evidence` changes its result."""
SAMPLER_FIGURES_VERSION = 1
"""Increased when `latent_core.evaluation.sampler_figures` changes its result."""
DISTRIBUTION_VERSION = 1
"""Increased when a sampler of `latent_core.sampling` changes its result."""
COMPARISON_VERSION = 1
"""Increased when `latent_core.comparison` changes its result."""
QUALITY_VERSION = 1
"""Increased when `latent_core.projection.trustworthiness` changes its result."""


def encodings_key(card: ModelCard, data: Dataset) -> str:
    """Cache key of the codes of `data` under the model of `card`; "" where one has no checksum."""
    if not (data.fingerprint and (card.weights_sha256 or card.is_precomputed)):
        return NO_KEY
    inversion = {"search": BATCH_INVERSION} if card.needs_inversion else {}
    return content_key(
        "encodings",
        weights=card.weights_sha256,
        architecture=architecture_in_keys(card.architecture),
        preparation=preprocessing_in_keys(card.preprocessing),
        data=data.fingerprint,
        version=ENCODE_VERSION,
        **inversion,
    )


def encodings_chunk_key(encodings_key: str, first: int) -> str:
    """Cache key of the chunk of an unfinished encoding that begins with sample `first`."""
    return content_key("encodings part", of=encodings_key, first=first)


def errors_key(encodings: Encodings) -> str:
    """Cache key of the reconstruction errors of `encodings`."""
    if not encodings.fingerprint:
        return NO_KEY
    return content_key("errors", encodings=encodings.fingerprint)


def projection_key(encodings: Encodings, method: ProjectionMethod) -> str:
    """Cache key of the projection of `encodings` by `method`."""
    if not encodings.fingerprint:
        return NO_KEY
    return content_key("map", encodings=encodings.fingerprint, spec=method, version=method.version)


def quality_key(projection: Projection) -> str:
    """Cache key of the trustworthiness of `projection`."""
    return content_key(
        "trustworthiness", projection=projection.fingerprint, version=QUALITY_VERSION
    )


def pixel_probes_key(data: Dataset) -> str:
    """Cache key of the probes on the pixels of `data`."""
    if not data.fingerprint:
        return NO_KEY
    return content_key("pixel probes", data=data.fingerprint, version=PROBES_VERSION)


def attribute_effects_key(data: Dataset, encodings: Encodings) -> str:
    """Cache key of what the attribute directions of `encodings` change in images."""
    return content_key(
        "attribute effects",
        encodings=encodings.fingerprint,
        data=data.fingerprint,
        version=EFFECTS_VERSION,
    )


def mixture_key(encodings: Encodings) -> str:
    """Cache key of the mixture fitted to `encodings`."""
    if not encodings.fingerprint:
        return NO_KEY
    return content_key("mixture", encodings=encodings.fingerprint, version=MIXTURE_VERSION)


def principal_directions_key(encodings: Encodings) -> str:
    """Cache key of the principal directions of `encodings`."""
    if not encodings.fingerprint:
        return NO_KEY
    return content_key(
        "principal directions",
        encodings=encodings.fingerprint,
        version=PRINCIPAL_DIRECTIONS_VERSION,
    )


def disentanglement_key(
    encodings: Encodings, factors: Mapping[str, Array], categorical: Sequence[str]
) -> str:
    """Cache key of the scores of `encodings` against `factors`."""
    if not encodings.fingerprint:
        return NO_KEY
    return content_key(
        "disentanglement",
        encodings=encodings.fingerprint,
        factors={name: np.asarray(values) for name, values in factors.items()},
        categorical=list(categorical),
        version=DISENTANGLEMENT_VERSION,
    )


def evidence_key(encodings: Encodings, attributes: dict[str, Floats]) -> str:
    """Cache key of the evidence for the directions of `attributes`."""
    if not encodings.fingerprint:
        return NO_KEY
    return content_key(
        "direction evidence",
        encodings=encodings.fingerprint,
        attributes=attributes,
        version=EVIDENCE_VERSION,
    )


def distribution_key(
    encodings: Encodings, sampler_id: str, parameters: Mapping[str, int | None]
) -> str:
    """Cache key of the distribution that a sampler fits to `encodings`."""
    if not encodings.fingerprint:
        return NO_KEY
    return content_key(
        "code distribution",
        encodings=encodings.fingerprint,
        sampler=sampler_id,
        parameters=dict(parameters),
        version=DISTRIBUTION_VERSION,
    )


def sampler_figures_key(encodings: Encodings, decoder_sha256: str) -> str:
    """Cache key of the figures of samples decoded by the decoder with this checksum."""
    if not encodings.fingerprint:
        return NO_KEY
    return content_key(
        "sampler figures",
        encodings=encodings.fingerprint,
        decoder=decoder_sha256,
        version=SAMPLER_FIGURES_VERSION,
    )


def health_key(
    card: ModelCard, data: Dataset, encodings: Encodings | None, train_images: Array | None
) -> str:
    """Cache key of the health of the model of `card` on `data`."""
    if not (data.fingerprint and (card.weights_sha256 or card.is_precomputed)):
        return NO_KEY
    return content_key(
        "health",
        weights=card.weights_sha256,
        architecture=architecture_in_keys(card.architecture),
        family=card.family,
        encodings=None if encodings is None else encodings.fingerprint,
        data=data.fingerprint,
        network=str(data.card.get("evaluation_network")),
        training=train_images,
        version=HEALTH_VERSION,
    )


def comparison_key(
    encodings_a: Encodings,
    encodings_b: Encodings,
    n_neighbors: int = N_NEIGHBORS,
    metric: str = "euclidean",
) -> str:
    """Cache key of the comparison of the codes of two models."""
    if not (encodings_a.fingerprint and encodings_b.fingerprint):
        return NO_KEY
    return content_key(
        "comparison",
        a=encodings_a.fingerprint,
        b=encodings_b.fingerprint,
        n_neighbors=n_neighbors,
        metric=metric,
        version=COMPARISON_VERSION,
    )


def carried_errors_key(encodings_a: Encodings, encodings_b: Encodings) -> str:
    """Cache key of the errors of images decoded from carried codes."""
    if not (encodings_a.fingerprint and encodings_b.fingerprint):
        return NO_KEY
    return content_key(
        "carried errors",
        a=encodings_a.fingerprint,
        b=encodings_b.fingerprint,
        version=COMPARISON_VERSION,
    )


def self_inversion_errors_key(card: ModelCard) -> str:
    """Cache key of a model's inversion errors on its own samples."""
    if not card.weights_sha256:
        return NO_KEY
    return content_key(
        "own errors",
        weights=card.weights_sha256,
        architecture=architecture_in_keys(card.architecture),
        search=InversionConfig(),
        version=ENCODE_VERSION,
    )


def inversion_key(
    card: ModelCard, image: Floats, config: InversionConfig, initial_codes: Floats | None
) -> str:
    """Key of the code that inversion finds for one image ``(C, H, W)``.

    For a memory that belongs to one visitor: nothing of a visitor's images is stored on disk.
    """
    return content_key(
        "inversion",
        weights=card.weights_sha256,
        architecture=architecture_in_keys(card.architecture),
        image=image,
        search=config,
        first=initial_codes,
        version=ENCODE_VERSION,
    )
