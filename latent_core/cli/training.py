"""Commands that train and evaluate."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

import latent_core as lc
from latent_core.cli.common import reporter

if TYPE_CHECKING:
    from latent_core.models.model import Model


def train(arguments: argparse.Namespace) -> None:
    from latent_core.cache import default_folder
    from latent_core.datasets.training_data import load_training_data
    from latent_core.training.config import stages_from_card
    from latent_core.training.trainer import checkpoint_files, train

    card = lc.load_card(arguments.model)
    stages_from_card(card)
    training_data = load_training_data(card, arguments.data_dir, download=arguments.download)
    checkpoint = default_folder() / "training" / f"{card.id}.safetensors"
    if arguments.restart:
        for path in checkpoint_files(checkpoint):
            path.unlink(missing_ok=True)
    losses = train(card, *training_data, checkpoint=checkpoint, progress=reporter())
    print(f"{card.id}: final loss {losses[-1]:.5f}" if losses else f"{card.id}: trained already")


def evaluate(arguments: argparse.Namespace) -> None:
    from latent_core.evaluation.evaluate import write_metrics

    for model_id in arguments.models or lc.list_models():
        model = lc.load_model(model_id)
        metrics = _metrics(model)
        if model.output_notice is not None:
            print(model.output_notice, file=sys.stderr)
        if arguments.write:
            write_metrics(model, metrics)
        print(json.dumps({model_id: metrics}, indent=2, ensure_ascii=False), flush=True)


def _metrics(model: Model) -> dict[str, Any]:
    from latent_core.workspace import pixel_probes

    data, report = lc.load_dataset(model.card.dataset), reporter()
    encodings = lc.encode(model, data, progress=report)
    errors = None
    if model.card.decodes:
        errors = lc.reconstruction_errors(model, data, encodings, progress=report)
    pixels = pixel_probes(data, progress=report)
    return lc.evaluate(model, data, encodings, errors, pixel_probes=pixels, progress=report)


def train_evaluation_network(arguments: argparse.Namespace) -> None:
    from latent_core.evaluation.networks.training import train_evaluation_network

    data = lc.load_dataset(arguments.dataset)
    entry = train_evaluation_network(
        data,
        arguments.data_dir,
        epochs=arguments.epochs,
        seed=arguments.seed,
        progress=reporter(),
    )
    print(json.dumps(entry, indent=2))


def train_realism_network(arguments: argparse.Namespace) -> None:
    from latent_core.evaluation.networks.realism_training import (
        RealismTraining,
        train_realism_network,
    )
    from latent_core.models.catalog import load_network

    data, report = lc.load_dataset(arguments.dataset), reporter()
    cards = [lc.load_card(model_id) for model_id in lc.list_models()]
    models = [
        lc.load_model(card.id)
        for card in cards
        if card.dataset == data.id and card.decodes and card.family != "pca"
    ]
    encoded = [(model, lc.encode(model, data, progress=report).mean) for model in models]
    name = arguments.classifier
    config = RealismTraining(
        architecture=arguments.architecture,
        classifier=None if name is None else load_network(name),
        steps=arguments.steps,
        seed=arguments.seed,
        rates=tuple(arguments.rates),
    )
    entry = train_realism_network(data, encoded, config, report)
    print(json.dumps(entry, indent=2))


def replicate(arguments: argparse.Namespace) -> None:
    from latent_core.datasets.training_data import load_training_data
    from latent_core.replicates import train_replicates, write_replicates

    card = lc.load_card(arguments.model)
    training_data = load_training_data(card, arguments.data_dir)
    data = lc.load_dataset(card.dataset)
    results = train_replicates(card, training_data, data, arguments.times, progress=reporter())
    if arguments.write:
        write_replicates(card, results)
    print(json.dumps(results, indent=2))
