"""Metrics of a model's images: reconstructions and samples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from latent_core.evaluation.networks import NETWORKS
from latent_core.evaluation.registry import clauses
from latent_core.evaluation.registry.metric import Figure, Group, Metric

if TYPE_CHECKING:
    from latent_core.evaluation.context import Evaluation
    from latent_core.evaluation.sample_comparison import SampleComparison

FRECHET_PAPER = "Dowson & Landau 1982; Heusel et al. 2017, arXiv:1706.08500"
KYNKAANNIEMI = "Kynkäänniemi et al. 2019, arXiv:1904.06991"
GHOSH = "Ghosh et al. 2020, arXiv:1903.12436"
NAEEM = "Naeem et al. 2020, arXiv:2002.09797"
RESAMPLES = "bootstrap resamples of the test images"
SEEDS = "3 sampling seeds"
_FIRST = next(iter(NETWORKS))

_PIXELS = (
    Metric(
        key="mse", label="MSE", short="MSE", group="reconstructions", direction="lower",
        format="{:.4f}", digits=6, requires=("decoder",), compute=lambda e: e.mse,
        help="reconstruction error: mean squared error per pixel, pixels in [0, 1]",
    ),
    Metric(
        key="mse_pca", label="MSE of PCA", group="reconstructions", digits=6, is_baseline=True,
        requires=("pca errors",), compute=lambda e: e.pca_errors[0],
        help="that of PCA with as many dimensions, whose pixels may leave [0, 1]",
    ),
    Metric(
        key="mse_ratio_to_pca", label="reconstruction error", short="MSE ÷ PCA's",
        group="reconstructions", direction="lower", requires=("pca errors",),
        compute=lambda e: e.mse / e.pca_errors[0], baseline="mse_pca",
        clause=clauses.error_ratio,
        help="mean squared error of the reconstructions, divided by that of PCA with as many "
             "dimensions; PCA models themselves can be below 1, since their pixels are clipped",
    ),
    Metric(
        key="mse_pca_clipped", label="MSE of PCA, clipped", group="reconstructions", digits=6,
        requires=("pca errors",), compute=lambda e: e.pca_errors[1], is_baseline=True,
        help="that of PCA with as many dimensions, pixels clipped to [0, 1]",
    ),
    Metric(
        key="mse_ratio_to_pca_clipped", label="reconstruction error ÷ clipped PCA's",
        group="reconstructions", direction="lower", requires=("pca errors",),
        compute=lambda e: e.mse / e.pca_errors[1], baseline="mse_pca_clipped",
        help="mean squared error, divided by that of PCA with pixels clipped to [0, 1]",
    ),
)  # fmt: skip


def _of_reconstructions(network: str, title: str) -> Iterator[Metric]:
    """Metrics of reconstructions under an evaluation network."""
    requires = ("decoder", network)
    first = network == _FIRST
    yield Metric(
        key=f"frechet_reconstructions_{network}", group="reconstructions", direction="lower",
        label=f"Fréchet distance of reconstructions, {title}", short=f"FD ({network})", digits=3,
        requires=requires, paper=FRECHET_PAPER, baseline=f"frechet_real_{network}",
        noise=f"frechet_real_{network}_std",
        compute=lambda e: e.under(network).frechet_reconstructions,
        help=f"Fréchet distance in the features of the {title}: how different the reconstructions "
             "of the test images are, as a set, from as many other real images; not an FID",
    )  # fmt: skip
    yield Metric(
        key=f"accuracy_retained_{network}", label=f"accuracy retained, {title}",
        short=f"acc. retained ({network})", group="reconstructions", direction="higher",
        format="{:.1%}", requires=(*requires, "classes"), std_over=RESAMPLES,
        compute=lambda e: e.under(network).accuracy_retained,
        clause=clauses.retained() if first else None,
        help=f"accuracy of a linear probe on features of the {title} on reconstructions, divided "
             "by its accuracy on the originals",
    )  # fmt: skip
    by = f"attribute_accuracy_retained_by_attribute_{network}"
    yield Metric(
        key=f"attribute_accuracy_retained_{network}", label=f"attribute accuracy retained, {title}",
        short=f"attribute acc. retained ({network})", group="reconstructions", direction="higher",
        format="{:.1%}", requires=(*requires, "attributes"), std_over=RESAMPLES,
        compute=lambda e: e.under(network).attribute_accuracy_retained,
        clause=clauses.retained(by) if first else None,
        help="the same for binary attributes (a factor above a threshold), mean over those that "
             "are predicted above chance from the originals",
    )  # fmt: skip
    yield Metric(
        key=by,
        label=f"attribute accuracy retained by attribute, {title}",
        group="reconstructions",
        requires=(*requires, "attributes"),
        compute=lambda e: e.under(network).attribute_accuracy_retained_by_attribute,
        help="the same of each attribute",
    )
    yield Metric(
        key=f"r2_retained_{network}", label=f"R² retained, {title}",
        short=f"R² retained ({network})", group="reconstructions", direction="higher",
        format="{:.1%}", requires=(*requires, "factors"), std_over=RESAMPLES,
        compute=lambda e: e.under(network).r2_retained,
        clause=clauses.retained(f"r2_retained_by_factor_{network}") if first else None,
        help=f"R² of factors predicted from features of the {title} on reconstructions, divided "
             "by that on the originals; mean over the factors with R² of 0.2 or more on these",
    )  # fmt: skip
    yield Metric(
        key=f"r2_retained_by_factor_{network}",
        label=f"R² retained by factor, {title}",
        group="reconstructions",
        requires=(*requires, "factors"),
        compute=lambda e: e.under(network).r2_retained_by_factor,
        help="the same of each factor",
    )
    yield Metric(
        key=f"frechet_real_{network}",
        label=f"Fréchet distance of real images, {title}",
        group="reconstructions",
        digits=3,
        requires=requires,
        paper=FRECHET_PAPER,
        std_over="10 random splits",
        is_baseline=True,
        compute=lambda e: e.under(network).real.distance,
        help="Fréchet distance of two disjoint halves of the real images: the noise floor",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sampler:
    """Where codes of samples are drawn from."""

    group: Group
    prefix: str
    of: str
    requires: tuple[str, ...]
    samples: Callable[[Evaluation, str], SampleComparison]


_SAMPLERS = (
    _Sampler(
        group="samples",
        prefix="",
        of="samples from the prior",
        requires=("prior",),
        samples=lambda e, network: e.prior_samples(network),
    ),
    _Sampler(
        group="mixture samples",
        prefix="mixture_",
        of="samples from a Gaussian mixture of the codes",
        requires=("decoder",),
        samples=lambda e, network: e.mixture_samples(network),
    ),
)


def _of_samples(sampler: _Sampler, network: str, title: str) -> Iterator[Metric]:
    """Metrics of the samples of a sampler under an evaluation network."""
    requires = (*sampler.requires, network)
    paper = FRECHET_PAPER + (f"; mixture: {GHOSH}" if sampler.prefix else "")
    yield Metric(
        key=f"frechet_{sampler.prefix}samples_{network}", short=f"FD ({network})",
        label=f"Fréchet distance of {sampler.of}, {title}", group=sampler.group,
        direction="lower", digits=3, requires=requires, paper=paper,
        baseline=f"frechet_real_{network}", noise=f"frechet_real_{network}_std", std_over=SEEDS,
        compute=lambda e: sampler.samples(e, network).frechet,
        help=f"Fréchet distance in the features of the {title} of {sampler.of} from as many real "
             "test images; not an FID",
    )  # fmt: skip
    for name, (quality_paper, text) in _QUALITY.items():
        is_clause = (sampler.prefix, name, network) == ("", "coverage", _FIRST)
        yield Metric(
            key=f"{name}_{sampler.prefix}{network}", label=f"{name} of {sampler.of}, {title}",
            short=f"{name} ({network})", group=sampler.group, direction="higher",
            requires=requires, paper=quality_paper, baseline=f"{name}_real_{network}",
            std_over=SEEDS, compute=_quality_of_samples(sampler, network, name),
            clause=clauses.coverage if is_clause else None,
            help=f"{text}, in the features of the {title}",
        )  # fmt: skip


def _of_real_images(network: str, title: str) -> Iterator[Metric]:
    """What samples are compared with: real images as if they were samples."""
    for name in _QUALITY:
        yield Metric(
            key=f"{name}_real_{network}",
            label=f"{name} of real images, {title}",
            group="samples",
            requires=("decoder", network),
            is_baseline=True,
            compute=_quality_of_real(network, name),
            help="the same for the validation images instead of samples",
        )


_QUALITY = {
    "precision": (
        KYNKAANNIEMI,
        "fraction of samples that lie within the distance of the 5th neighbor of a real image",
    ),
    "recall": (
        KYNKAANNIEMI,
        "fraction of real images that lie within the distance of the 5th neighbor of a sample",
    ),
    "density": (
        NAEEM,
        "real images that have a sample nearer than their 5th neighbor, per sample and ÷ 5",
    ),
    "coverage": (
        NAEEM,
        "fraction of real images with a sample within the distance of their 5th neighbor",
    ),
}
"""Paper and meaning of each field of `SampleQuality`."""


def _quality_of_samples(
    sampler: _Sampler, network: str, name: str
) -> Callable[[Evaluation], Figure]:
    return lambda e: sampler.samples(e, network).quality(name)


def _quality_of_real(network: str, name: str) -> Callable[[Evaluation], Figure]:
    return lambda e: float(getattr(e.under(network).real.quality, name))


_CLASSES = tuple(
    Metric(
        key=f"class_frequencies_{of}", label=f"class frequencies of {of}", group="samples",
        requires=("prior", "classes", _FIRST), is_baseline=of == "real", compute=compute,
        help=f"how often a linear probe on features of the {NETWORKS[_FIRST]} predicts each class",
    )
    for of, compute in (
        ("samples", lambda e: e.prior_samples(_FIRST).class_frequencies),
        ("real", lambda e: e.prior_samples(_FIRST).real.class_frequencies_test),
    )
)  # fmt: skip

IMAGE_METRICS = (
    *_PIXELS,
    *(
        metric
        for network, title in NETWORKS.items()
        for metric in _of_reconstructions(network, title)
    ),
    *(
        metric
        for sampler in _SAMPLERS
        for network, title in NETWORKS.items()
        for metric in _of_samples(sampler, network, title)
    ),
    *(metric for network, title in NETWORKS.items() for metric in _of_real_images(network, title)),
    *_CLASSES,
)
