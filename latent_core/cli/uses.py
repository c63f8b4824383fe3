"""The command that measures uses of codes."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping

import numpy as np

import latent_core as lc
from latent_core.cli.common import reporter
from latent_core.datasets.dataset import load_dataset
from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.progress import ProgressCallback
from latent_core.types import Floats
from latent_core.uses.classification import KNN, LINEAR, measure_classification
from latent_core.uses.clusters import HDBSCAN, METHODS
from latent_core.uses.compression import measure_compression
from latent_core.uses.corruptions import AMOUNTS
from latent_core.uses.dataset_clusters import find_clusters, measure_clusters
from latent_core.uses.denoising import measure_denoising
from latent_core.uses.label_errors import measure_label_errors
from latent_core.uses.outliers import measure_outliers
from latent_core.uses.recommendation import SIMILARITIES
from latent_core.uses.results import EncodedData
from latent_core.uses.retrieval import measure_retrieval

FALSE_ALARM_RATE = 0.05
PROBES = {"linear": LINEAR, "knn": KNN}


def uses(arguments: argparse.Namespace) -> None:
    model, report = lc.load_model(arguments.model), reporter()
    data = load_dataset(arguments.data or model.card.dataset)
    encodings = lc.encode(model, data, progress=report)
    encoded = EncodedData(model=model, data=data, encodings=encodings)
    arguments.method = _checked_method(arguments)
    print("\n".join(USES[arguments.use](encoded, arguments, report)))


def _checked_method(arguments: argparse.Namespace) -> str:
    known: Mapping[str, tuple[str, ...]] = {
        "classify": tuple(PROBES),
        "clusters": METHODS,
        "more": SIMILARITIES,
        "denoise": tuple(AMOUNTS),
    }
    allowed, method = known.get(arguments.use, ()), arguments.method
    if method is not None and not allowed:
        raise InvalidInputError(f"{arguments.use!r} has no methods; leave --method out.")
    if method is not None and method not in allowed:
        raise UnknownNameError("method", method, allowed)
    return str(method or (allowed[0] if allowed else ""))


def _outliers(
    encoded: EncodedData, arguments: argparse.Namespace, report: ProgressCallback
) -> Iterator[str]:
    foreign = None if arguments.foreign is None else load_dataset(arguments.foreign)
    for row in measure_outliers(encoded, foreign, progress=report):
        found = row.detection(FALSE_ALARM_RATE)
        separated = ""
        if found.auroc is not None:
            separated = f", AUROC {found.auroc:.3f} ± {found.auroc_std:.3f} (0.5 by chance)"
        yield (
            f"{row.method}, {row.representation}: threshold {found.threshold:.4g}, false alarms "
            f"{found.false_alarm_rate:.1%} (n = {found.n_inliers:,}){separated}"
        )


def _label_errors(
    encoded: EncodedData, _arguments: argparse.Namespace, report: ProgressCallback
) -> Iterator[str]:
    for row in measure_label_errors(encoded, progress=report):
        yield (
            f"{row.representation}: AUROC of changed labels {row.auroc:.3f} ± {row.auroc_std:.3f} "
            f"(0.5 by chance; n = {row.n_changed:,} changed)"
        )


def _classify(
    encoded: EncodedData, arguments: argparse.Namespace, report: ProgressCallback
) -> Iterator[str]:
    for row in measure_classification(encoded, PROBES[arguments.method], progress=report):
        steps = zip(row.n_per_class.tolist(), row.accuracy.tolist(), row.std.tolist(), strict=True)
        accuracies = "; ".join(
            f"{n}: {value:.3f}" + ("" if np.isnan(std) else f" ± {std:.3f}")
            for n, value, std in steps
        )
        yield (
            f"{row.representation}, accuracy by labels per class: {accuracies} (majority "
            f"{row.majority:.3f}; n = {row.n_test:,}; ± over {row.n_draws} draws of the labels)"
        )


def _clusters(
    encoded: EncodedData, arguments: argparse.Namespace, report: ProgressCallback
) -> Iterator[str]:
    method, smallest = arguments.method, arguments.min_cluster_size
    found = find_clusters(
        encoded,
        method,
        n_clusters=arguments.n_clusters,
        min_cluster_size=smallest,
        progress=report,
    )
    sizes, outside = ", ".join(map(str, found.sizes)) or "none", (found.assignments < 0).mean()
    yield f"{found.n_clusters} clusters, sizes {sizes}; in none: {outside:.1%}"
    size = smallest if method == HDBSCAN else found.n_clusters
    for row in measure_clusters(encoded, method, size, progress=report):
        name = {"gaussian": "one Gaussian"}.get(row.representation, row.representation)
        parts = [f"stability {_with_std(row.stability, row.stability_std)}"]
        if row.ari is not None:
            parts.append(
                f"with labels ARI {_with_std(row.ari, row.ari_std)} (0 by chance), NMI "
                f"{_with_std(row.nmi, row.nmi_std)} ({row.nmi_shuffled:.3f} shuffled)"
            )
        if row.explained is not None:
            explained = _with_std(row.explained, row.explained_std)
            parts.append(f"R² of factors {explained} (0 by chance)")
        yield f"{name}: {'; '.join(parts)} (n = {row.n_compared:,}; ± over fits to random halves)"


def _with_std(value: float | None, std: float | None) -> str:
    return "not defined" if value is None or std is None else f"{value:.3f} ± {std:.3f}"


def _more(
    encoded: EncodedData, arguments: argparse.Namespace, report: ProgressCallback
) -> Iterator[str]:
    for row in measure_retrieval(encoded, arguments.method, progress=report):
        parts = [
            f"{kind}: {value:.3f} ± {width:.3f}"
            for kind, value, width in zip(
                row.queries, row.precision.tolist(), row.half_width.tolist(), strict=True
            )
        ]
        yield (
            f"{row.representation}, precision@10 by samples of a query: {'; '.join(parts)} "
            f"({row.chance:.3f} by chance; n = {row.n_queries:,} held-out queries; ± is half of "
            "the 95 % interval)"
        )


def _denoise(
    encoded: EncodedData, arguments: argparse.Namespace, report: ProgressCallback
) -> Iterator[str]:
    amounts = AMOUNTS[arguments.method]
    amount = amounts[len(amounts) // 2]
    yield f"{arguments.method}, strength {amount:g}:"
    for row in measure_denoising(encoded, arguments.method, amount, progress=report):
        yield f"{row.method}: {_quality(row.psnr, row.ssim)}"


def _compress(
    encoded: EncodedData, _arguments: argparse.Namespace, report: ProgressCallback
) -> Iterator[str]:
    for curve in measure_compression(encoded, progress=report):
        name = ", ".join(part for part in (curve.source, curve.storage) if part)
        for k, setting in enumerate(curve.settings.tolist()):
            quality = _quality(curve.psnr[k], curve.ssim[k])
            yield f"{name}, setting {setting:g}: {curve.n_bytes[k].mean():.1f} bytes, {quality}"


def _quality(psnr: Floats, ssim: Floats) -> str:
    """Means of images ``(n,)`` with the half width of their 95 % interval."""
    widths = [1.96 * float(values.std(ddof=1)) / len(values) ** 0.5 for values in (psnr, ssim)]
    return (
        f"PSNR {psnr.mean():.2f} ± {widths[0]:.2f} dB, SSIM {ssim.mean():.3f} ± {widths[1]:.3f} "
        f"(n = {len(psnr):,}; ± is half of the 95 % interval)"
    )


USES: dict[str, Callable[[EncodedData, argparse.Namespace, ProgressCallback], Iterator[str]]] = {
    "outliers": _outliers,
    "label-errors": _label_errors,
    "classify": _classify,
    "clusters": _clusters,
    "more": _more,
    "denoise": _denoise,
    "compress": _compress,
}
