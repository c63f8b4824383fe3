"""Read a stranger's model and try it on images; open it in one call."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from latent_core.datasets.dataset import list_datasets, load_dataset
from latent_core.errors import InvalidInputError, LatentError
from latent_core.models.catalog import load_model
from latent_core.models.model import Model
from latent_core.opening.models.draft import ModelDraft
from latent_core.opening.models.graph_runner import Graph, GraphRunner
from latent_core.opening.models.loaders import load_graphs
from latent_core.opening.models.probe import Probe, probe
from latent_core.opening.models.signatures import IndicesError, check_signatures
from latent_core.opening.models.sources import Files, read_files
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Dataset, Floats
from latent_core.untrusted import reason_of

N_IMAGES, N_LARGE_IMAGES = 64, 16
LARGE = 3 * 64 * 64
"""Values of an image from which fewer images are tried."""


def open_model(  # noqa: PLR0913  one argument per thing that may be unclear
    source: str | os.PathLike[str] | Files,
    *,
    dataset: str | None = None,
    title: str = "",
    model_id: str | None = None,
    choice: int | None = None,
    latent_dim: int | None = None,
    progress: ProgressCallback = null_progress,
) -> Model:
    """Open a stranger's model and install it among the user's own.

    Parameters
    ----------
    source
        A folder, a zip, one file, or contents by name: two ONNX graphs, ``encoder.onnx`` and
        ``decoder.onnx``, or one of them; weights of one of this library's architectures; an
        autoencoder's folder of diffusers.
    dataset
        Id of the data set that it was trained for; by default the one that it rebuilds best.
    title, model_id
        A name for people, and that of its folder; by default that of the file.
    choice
        Which hypothesis on its pixels is right, where that is not clear; see `inspect_model`.
    latent_dim
        D, for a decoder alone that takes codes of any size.

    Raises
    ------
    InvalidInputError
        It cannot be read, or two hypotheses rebuild the images about equally well and `choice` is
        not given; the message lists them.
    """
    draft = inspect_model(
        read_files(source),
        datasets=None if dataset is None else (dataset,),
        latent_dim=latent_dim,
        progress=progress,
    )
    if choice is None and not draft.probe.is_decided:
        raise InvalidInputError(undecided(draft.probe))
    if not 0 <= (choice or 0) < len(draft.probe.hypotheses):
        raise InvalidInputError(
            f"There are {len(draft.probe.hypotheses)} hypotheses, numbered from 0; choose one."
        )
    name = title or (next(iter(source)) if isinstance(source, Mapping) else Path(source).stem)
    return load_model(draft.save(name, model_id=model_id, choice=choice or 0))


def undecided(found: Probe, n_shown: int = 4) -> str:
    """The question that is left open by a probe, with the hypotheses and their errors."""
    rows = "; ".join(
        f"{number}: {hypothesis.summary}"
        for number, hypothesis in enumerate(found.hypotheses[:n_shown])
    )
    if found.is_data_guessed:
        return (
            "A decoder alone does not say which data it was trained on; name it (dataset, --data)."
        )
    return (
        f"How this model takes and gives pixels is not clear: {rows}; the mean image has the error "
        f"{found.error_of_mean_image:.4g}. Choose one by its number (choice, --choice), or give "
        "the data that it was trained on."
    )


def inspect_model(
    files: Mapping[str, bytes],
    *,
    datasets: Sequence[str] | None = None,
    latent_dim: int | None = None,
    progress: ProgressCallback = null_progress,
) -> ModelDraft:
    """Read a model's files and try it on images.

    Parameters
    ----------
    files
        See `read_files`.
    datasets
        Ids of the data sets to try it on, by default all: the one that it rebuilds best is taken,
        of those whose images it takes.
    latent_dim
        D, for a decoder alone that takes codes of any size.

    Raises
    ------
    InvalidInputError
        The files are of no known kind, damaged or refused; or no data set has images that the
        model takes.
    """
    candidates = list(_candidates(list_datasets() if datasets is None else datasets))
    loaded = load_graphs(files, [data.image_shape for data in candidates])
    runner = GraphRunner(loaded.graphs)
    try:
        check_signatures(runner.graphs)
        best: tuple[float, str, Probe, int] | None = None
        reason: LatentError | None = None
        n_tried = 0
        for data in candidates:
            images = example_images(data)
            try:
                found = probe(
                    runner,
                    images,
                    latent_dim=latent_dim,
                    stated=loaded.stated,
                    progress=progress,
                )
            except IndicesError:
                raise
            except InvalidInputError as error:
                reason = reason or error
                continue
            n_tried += 1
            score = found.hypotheses[0].error / max(found.error_of_mean_image, 1e-12)
            if best is None or score < best[0]:
                best = score, data.id, found, len(images)
        if best is None:
            raise _no_data(runner.graphs, datasets, reason)
        graphs = {name: graph.content for name, graph in runner.graphs.items()}
        is_guess = "encoder" not in graphs and n_tried > 1
    finally:
        runner.close()
    return ModelDraft(
        dataset_id=best[1],
        graphs=graphs,
        files={name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        probe=replace(best[2], is_data_guessed=is_guess),
        n_images=best[3],
        notes=loaded.notes,
        network=loaded.network,
    )


def _no_data(
    graphs: Mapping[str, Graph], datasets: Sequence[str] | None, reason: LatentError | None
) -> LatentError:
    """Why the model could be tried on no data set."""
    if reason is None:
        return InvalidInputError("There is no data set with images; open yours first.")
    ranks = {name: len(graph.input.shape) for name, graph in graphs.items()}
    if len(ranks) == 2 and ranks["encoder"] <= 2 < ranks["decoder"]:
        return InvalidInputError(
            "Are the two files swapped? The encoder takes rows of numbers and the decoder takes "
            "images; exchange their names."
        )
    if datasets is not None and len(datasets) == 1:
        return reason
    first = graphs.get("encoder") or graphs["decoder"]
    takes = " × ".join("any" if n is None else str(n) for n in first.input.shape)
    return InvalidInputError(
        f"No data set has images that this model takes: its {first.name} takes arrays of {takes}. "
        "Open its images first, at that size, then the model."
        if first.name == "encoder"
        else f"No data set has images of the size that this decoder gives ({reason_of(reason)})."
    )


def _candidates(datasets: Sequence[str]) -> Iterator[Dataset]:
    """The data sets with images; one that cannot be read is left out if there are others."""
    for dataset_id in datasets:
        try:
            data = load_dataset(dataset_id)
        except LatentError:
            if len(datasets) == 1:
                raise
            continue  # the page and command that list data sets show the error
        if data.precomputed is None:
            yield data


def example_images(data: Dataset) -> Floats:
    """Images of a data set, spread over it: what a model is tried on."""
    is_large = int(np.prod(data.image_shape)) > LARGE
    n_images = min(len(data), N_LARGE_IMAGES if is_large else N_IMAGES)
    return data.images(np.linspace(0, len(data) - 1, n_images).astype(int))
