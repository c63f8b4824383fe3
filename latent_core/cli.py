"""What each command of ``python -m latent_core`` does, from its arguments."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import latent_core as lc
from latent_core.errors import InvalidInputError, LatentError
from latent_core.evaluation.replicate_statistics import seed_std
from latent_core.progress import ProgressCallback

if TYPE_CHECKING:
    from latent_core.models.card import ModelCard
    from latent_core.models.model import LatentModel
    from latent_core.projection import ProjectionMethod
    from latent_core.types import Posterior


def reporter() -> ProgressCallback:
    """Progress as one line on standard error, at most ten times a second."""
    out = sys.stderr
    last = [0.0]

    def report(fraction: float, words: str) -> None:
        now = time.monotonic()
        if now - last[0] < 0.1 and fraction < 1:
            return
        last[0] = now
        end = "\r" if out.isatty() and fraction < 1 else "\n"
        if out.isatty() or fraction >= 1 or int(now) % 10 == 0:
            print(f"{fraction:6.1%}  {words[:68]:68}", end=end, file=out, flush=True)

    return report


def models(arguments: argparse.Namespace) -> None:
    if arguments.table:
        print(model_table())
        return
    if arguments.model:
        path = lc.load_card(arguments.model).folder / "card.json"
        print(path.read_text(encoding="utf-8"), end="")
        return
    for model_id in lc.list_models():
        try:
            card = lc.load_card(model_id)
        except LatentError as error:
            print(f"{model_id:20}  cannot be used: {error}")
            continue
        ratio = card.metrics.get("mse_ratio_to_pca")
        measured = "not yet measured" if ratio is None else f"{ratio:.3f} × PCA's error"
        print(f"{model_id:20}  {card.latent_dim:3} dimensions  {measured:22}  {card.title}")


def model_table() -> str:
    """What every card says of its model, as a Markdown table."""
    heads = (
        "model", "numbers", "error", "÷ PCA's", "KL, nats", "read", "R²", "kept", "rebuilt",
        "dreamt", "real", "licence",
    )  # fmt: skip
    rows = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for card in map(lc.load_card, lc.list_models()):
        figures = (
            ("mse", "{:.4f}"), ("mse_ratio_to_pca", "{:.2f}"), ("kl_total_nats", "{:.1f}"),
            ("linear_accuracy", "{:.1%}"), ("linear_r2", "{:.2f}"), ("accuracy_retained", "{:.1%}"),
            ("frechet_reconstructions", "{:.2f}"), ("frechet_samples", "{:.2f}"),
            ("frechet_real_vs_real", "{:.2f}"),
        )  # fmt: skip
        cells = (
            f"`{card.id}`",
            str(card.latent_dim),
            *(_figure(card, *figure) for figure in figures),
            card.license,
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _figure(card: ModelCard, name: str, form: str) -> str:
    """A cell: the figure, and how far it swings over trainings where that is known."""
    if name not in card.metrics:
        return "–"
    told, swings = form.format(card.metrics[name]), form.format(seed_std(card, name) or 0.0)
    return told if swings == form.format(0) else f"{told} ± {swings}"


def datasets(arguments: argparse.Namespace) -> None:
    from latent_core.datasets import dataset

    if arguments.ship:
        dataset.write_shipped_dataset(arguments.ship, arguments.data_dir)
    for dataset_id in lc.list_datasets():
        data = lc.load_dataset(dataset_id)
        shape = data.image_shape if data.precomputed is None else data.precomputed.read().shape[1:]
        print(f"{dataset_id:12}  {len(data):7,} × {shape}  {data.title}")


def encode(arguments: argparse.Namespace) -> None:
    from latent_core.io.export import codes_csv, codes_npz, metadata_columns

    out, model = _output_path(arguments.out, ".npz", ".csv"), lc.load_model(arguments.model)
    known = {}
    if arguments.images:
        names, posterior = _encode_files(model, arguments.images)
    else:
        data = lc.load_dataset(model.card.dataset)
        encodings = lc.encode(model, data, progress=reporter())
        posterior = lc.Posterior(mean=encodings.mean, log_var=encodings.log_var)
        named = data.precomputed.names if data.precomputed else ()
        names = list(named) or [str(index) for index in range(len(data))]
        known = metadata_columns(data, np.arange(len(data)))
    csv = out.suffix == ".csv"
    out.write_bytes(codes_csv(names, posterior, known) if csv else codes_npz(names, posterior))


def _encode_files(model: LatentModel, paths: list[Path]) -> tuple[list[str], Posterior]:
    from latent_core.io.uploads import RejectedFile, UploadLimits
    from latent_core.workspace import load_uploads

    images, names = [], []
    for item in load_uploads(
        model, [(str(path), _read(path)) for path in paths], UploadLimits.from_env()
    ):
        if isinstance(item, RejectedFile):
            print(f"{item.name}: {item.reason}", file=sys.stderr)
        else:
            names.append(item[0].name)
            images.append(item[1].image)
    if not images:
        raise InvalidInputError(
            "None of these files could be read as a picture; give at least one."
        )
    return names, model.encode(np.stack(images))


def decode(arguments: argparse.Namespace) -> None:
    from latent_core.io.code_files import read_codes
    from latent_core.io.sprite_sheet import pack_sprite_sheet

    out, model = _output_path(arguments.out, ".png"), lc.load_model(arguments.model)
    codes = read_codes(arguments.codes.name, _read(arguments.codes), model.card.latent_dim)
    images = np.rint(model.decode(codes) * 255).astype(np.uint8)
    out.write_bytes(pack_sprite_sheet(images, min(len(images), 32)))


def project(arguments: argparse.Namespace) -> None:
    out, spec = _output_path(arguments.out, ".npz"), _spec(arguments)
    model, report = lc.load_model(arguments.model), reporter()
    encodings = lc.encode(model, lc.load_dataset(model.card.dataset), progress=report)
    made = lc.project(encodings, spec, progress=report)
    np.savez(out, points=made.points)
    print(f"trustworthiness {made.trustworthiness:.4f} at k = {made.n_neighbors}")


def _spec(arguments: argparse.Namespace) -> ProjectionMethod:
    from latent_core.projection import method_from_dict

    fields = {
        "method": arguments.method,
        "n_components": arguments.n_components,
        "random_state": arguments.random_state,
    }
    for pair in arguments.set:
        name, sign, value = pair.partition("=")
        if not sign:
            raise InvalidInputError(f"--set takes NAME=VALUE, not {pair!r}.")
        try:
            fields[name] = json.loads(value)
        except json.JSONDecodeError:
            fields[name] = value
    return method_from_dict(fields)


def train(arguments: argparse.Namespace) -> None:
    from latent_core.cache.store import default_folder
    from latent_core.datasets.training_data import load_training_data
    from latent_core.training.config import stages_from_card
    from latent_core.training.trainer import checkpoint_files, train

    card = lc.load_card(arguments.model)
    stages_from_card(card)
    pictures = load_training_data(card, arguments.data_dir, download=arguments.download)
    state = default_folder() / "training" / f"{card.id}.safetensors"
    if arguments.restart:
        for kept in checkpoint_files(state):
            kept.unlink(missing_ok=True)
    losses = train(card, *pictures, checkpoint=state, progress=reporter())
    print(f"{card.id}: last loss {losses[-1]:.5f}" if losses else f"{card.id}: was finished")


def evaluate(arguments: argparse.Namespace) -> None:
    from latent_core.evaluation.evaluate import write_metrics
    from latent_core.workspace import pixel_probes

    model = lc.load_model(arguments.model)
    data = lc.load_dataset(model.card.dataset)
    report = reporter()
    encodings = lc.encode(model, data, progress=report)
    errors = None
    if model.card.decodes:
        errors = lc.reconstruction_errors(model, data, encodings, progress=report)
    pixels = pixel_probes(data, progress=report)
    metrics = lc.evaluate(model, data, encodings, errors, pixel_probes=pixels, progress=report)
    if arguments.write:
        write_metrics(model, metrics)
    print(json.dumps(metrics, indent=2, ensure_ascii=False))


def replicate(arguments: argparse.Namespace) -> None:
    from latent_core.datasets.training_data import load_training_data
    from latent_core.replicates import train_replicates, write_replicates

    card = lc.load_card(arguments.model)
    pictures = load_training_data(card, arguments.data_dir)
    data = lc.load_dataset(card.dataset)
    told = train_replicates(card, pictures, data, arguments.times, progress=reporter())
    if arguments.write:
        write_replicates(card, told)
    print(json.dumps(told, indent=2))


def add_torchvision(arguments: argparse.Namespace) -> None:
    from latent_core.models.torchvision_card import write_torchvision_card

    data = lc.load_dataset(arguments.dataset)
    card = write_torchvision_card(arguments.name, data, download=arguments.download)
    print(f"{card.folder}/card.json: {card.latent_dim} features")
    try:
        card.checked_weights()
    except LatentError as missing:  # the card is there all the same
        print(missing, file=sys.stderr)


def export_onnx(arguments: argparse.Namespace) -> None:
    from latent_core.models.onnx_export import embed_external_data, export_decoder

    path = export_decoder(lc.load_model(arguments.model))
    print(f"{path}: {len(embed_external_data(path)) / 2**20:.2f} MiB with its weights")


def precompute(arguments: argparse.Namespace) -> None:
    from latent_core import workspace

    model = lc.load_model(arguments.model)
    data = lc.load_dataset(model.card.dataset)
    specs: list[ProjectionMethod] = [
        method(n_components=n) for method in (lc.PCA, lc.TSNE) for n in (2, 3)
    ]
    specs = [
        s for s in specs if not (isinstance(s, lc.PCA) and s.n_components > model.card.latent_dim)
    ]
    folder = workspace.precompute(model, data, specs, reporter())
    total = sum(path.stat().st_size for path in folder.iterdir())
    print(f"{folder}: {total / 2**20:.1f} MiB")


def upgrade_cards(arguments: argparse.Namespace) -> None:
    from latent_core import card_files

    for folder in (card_files.models_dir(), card_files.data_dir()):
        for card_id in card_files.list_ids(folder):
            if card_files.upgrade_card_file(folder / card_id / "card.json"):
                print(f"{folder / card_id}/card.json: upgraded")


def cache(arguments: argparse.Namespace) -> None:
    from latent_core.workspace import default_store

    store = default_store()
    if arguments.action == "clear":
        store.clear()
    if arguments.action == "verify":
        print(store.verify())
    print(f"{store.folder}: {store.size() / 2**20:.1f} MiB in {len(store.entries())} entries")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidInputError(
            f"{path} cannot be read ({error.strerror}); name a readable file."
        ) from error


def _output_path(path: Path, *endings: str) -> Path:
    if path.suffix not in endings:
        raise InvalidInputError(f"--out must end in {' or '.join(endings)}, not {path.name!r}.")
    if not path.parent.is_dir():
        raise InvalidInputError(f"The folder {path.parent} does not exist; make it first.")
    return path
