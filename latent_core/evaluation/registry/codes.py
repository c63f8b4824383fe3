"""Metrics of a model's codes, and of classifiers."""

from __future__ import annotations

from collections.abc import Iterator

from latent_core.evaluation.registry import clauses
from latent_core.evaluation.registry.metric import Metric

RESAMPLES = "bootstrap resamples of the test images"


def _probe(kind: str, target: str) -> Iterator[Metric]:
    """A probe of the codes, and the same of PCA's codes and of the pixels."""
    is_class = target == "accuracy"
    short = "acc." if is_class else "R²"
    what = {
        "linear accuracy": "how often a logistic regression predicts the class from the code alone",
        "knn accuracy": "how often the nearest codes predict the class",
        "linear r2": "fraction of the factors' variance that a ridge regression predicts from the "
                     "code alone, mean over all ordered factors",
        "knn r2": "the same, predicted by the nearest codes",
    }[f"{kind} {target}"]  # fmt: skip
    name = {"linear": "linear probe", "knn": "kNN probe"}[kind]
    label = f"{name} {'accuracy' if is_class else 'R²'}"
    needs = "classes" if is_class else "factors"
    format_ = "{:.1%}" if is_class else "{:.2f}"
    said = {
        "linear accuracy": clauses.differs_from_pca("{:.0%}"),
        "linear r2": clauses.differs_from_pca("{:.2f}", unless="linear_accuracy"),
    }
    about = f"{what}; fitted and tuned on validation images, reported on test images"
    key = f"{kind}_{target}"
    yield Metric(
        key=key, label=label, short=f"{name} {short}", group="codes", direction="higher",
        format=format_, requires=(needs,), std_over=RESAMPLES, baseline=f"{key}_pca",
        paper="Alain & Bengio 2016, arXiv:1610.01644", clause=said.get(f"{kind} {target}"),
        compute=lambda e: e.probes[f"{kind} {target}"], help=about,
    )  # fmt: skip
    yield Metric(
        key=f"{key}_pca",
        label=f"{label} of PCA's codes",
        group="codes",
        is_baseline=True,
        format=format_,
        requires=(needs, "pca codes"),
        std_over=RESAMPLES,
        help=about,
        compute=lambda e: e.pca_probes[f"{kind} {target}"],
    )
    yield Metric(
        key=f"{key}_pixels",
        label=f"{label} of pixels",
        group="codes",
        is_baseline=True,
        format=format_,
        requires=(needs, "pixel probes"),
        std_over=RESAMPLES,
        help=f"{about}; of pixels, or of their first 256 principal components where there are more",
        compute=lambda e: e.pixel_probes[f"{kind} {target}"],
    )


_ANALOGIES = (
    ("n_analogies", "analogies", "{:.0f}", "number of analogies"),
    (
        "analogy_accuracy",
        "analogy accuracy",
        "{:.1%}",
        "fraction of analogies such as king − man + woman answered correctly, inputs excluded",
    ),
    (
        "analogy_accuracy_including_inputs",
        "analogy accuracy, incl. inputs",
        "{:.1%}",
        "the same where the input words may be the result",
    ),
    (
        "analogy_accuracy_baseline",
        "analogy accuracy, baseline",
        "{:.1%}",
        "the same where the result is the word nearest to the last input word alone",
    ),
)


def _analogies(key: str, label: str, template: str, text: str) -> Metric:
    return Metric(
        key=key, label=label, short=label, group="codes", format=template,
        requires=("relations",), compute=lambda e: e.analogies[key], help=text,
        paper="Mikolov et al. 2013, arXiv:1301.3781", is_baseline=key.endswith("baseline"),
    )  # fmt: skip


LINEAR_R2_BY_FACTOR = Metric(
    key="linear_r2_by_factor", label="linear probe R² by factor", group="codes",
    requires=("factors",), compute=lambda e: e.probes["linear r2 by factor"],
    help="fraction of a factor's variance that a ridge regression predicts from the code alone, "
         "on test images",
)  # fmt: skip

CODE_METRICS = (
    *_probe("linear", "accuracy"),
    *_probe("knn", "accuracy"),
    *_probe("linear", "r2"),
    *_probe("knn", "r2"),
    LINEAR_R2_BY_FACTOR,
    Metric(
        key="mig", label="MIG", short="MIG", group="codes", direction="higher", format="{:.3f}",
        requires=("factors", "dimensions"), compute=lambda e: e.mig,
        paper="Chen et al. 2018, arXiv:1802.04942",
        help="mutual information gap, 0 to 1: does one dimension hold one factor?",
    ),
    Metric(
        key="kl_total_nats", label="KL divergence (rate)", short="KL, nats", unit="nats",
        group="codes", format="{:.1f}", digits=3, requires=("posterior",),
        compute=lambda e: float(e.kl.sum()),
        paper="Kingma & Welling 2014, arXiv:1312.6114; rate: Alemi et al. 2018, arXiv:1711.00464",
        help="mean KL divergence of a code's distribution from the prior N(0, I), summed over "
             "dimensions: the information that codes hold about images plus the mismatch between "
             "all codes together and the prior",
    ),
    Metric(
        key="kl_nats_per_dimension", label="KL divergence per dimension", unit="nats",
        group="codes", digits=3, requires=("posterior",), compute=lambda e: e.kl.tolist(),
        help="the same of each dimension",
    ),
    Metric(
        key="active_units", label="active units", short="active units", group="codes",
        format="{:.0f}", requires=("posterior",), compute=lambda e: e.active_units,
        clause=clauses.inactive_dimensions, paper="Burda et al. 2016, arXiv:1509.00519",
        help="dimensions that the model uses: their mean changes with the image",
    ),
    *(_analogies(*fields) for fields in _ANALOGIES),
    Metric(
        key="accuracy", label="accuracy", short="accuracy", group="classifier", format="{:.2%}",
        direction="higher", requires=("classifier",), baseline="accuracy_majority_baseline",
        compute=lambda e: e.classifier_accuracy, clause=clauses.classifier_accuracy,
        help="accuracy of the classifier on test images, of classes or mean over attributes",
    ),
    Metric(
        key="accuracy_majority_baseline", label="majority baseline", short="majority baseline",
        group="classifier", format="{:.2%}", requires=("classifier",), is_baseline=True,
        compute=lambda e: e.majority_baseline,
        help="accuracy of always predicting the most frequent label",
    ),
    Metric(
        key="accuracy_by_attribute", label="accuracy by attribute", group="classifier",
        requires=("classifier of attributes",), compute=lambda e: e.classifier.accuracy(),
        baseline="accuracy_majority_baseline_by_attribute",
        clause=clauses.chance_level_attributes, help="accuracy on test images of each attribute",
    ),
    Metric(
        key="accuracy_majority_baseline_by_attribute", label="majority baseline by attribute",
        group="classifier", requires=("classifier of attributes",), is_baseline=True,
        compute=lambda e: e.classifier.majority_baseline(),
        help="accuracy of always predicting the most frequent label of each attribute",
    ),
)  # fmt: skip
