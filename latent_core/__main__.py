"""``python -m latent_core``: the library from a shell.

Results go to standard output or to the file named; progress goes to standard error.  Bad
input ends with one sentence and exit code 2.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import latent_core as lc
from latent_core.errors import BadInput, LatentError
from latent_core.values import Progress

if TYPE_CHECKING:
    from latent_core.maps import MapSpec
    from latent_core.models import LatentModel
    from latent_core.values import Posterior


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    arguments = build_parser().parse_args(argv)
    try:
        arguments.run(arguments)
    except LatentError as error:
        print(f"latent_core: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nlatent_core: stopped; what was finished is kept.", file=sys.stderr)
        return 130
    return 0


def build_parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    parser = argparse.ArgumentParser("python -m latent_core", description=(lc.__doc__ or "")[:77])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    models = _add(commands, "models", "list the models, or show one card", _models)
    models.add_argument("model", nargs="?")
    models.add_argument("--table", action="store_true", help="as the table of the README")

    datasets = _add(commands, "datasets", "list the data sets, or make a shipped one", _datasets)
    datasets.add_argument("--ship", metavar="ID", help="make data/ID from the idx test files")
    _data_dir(datasets)

    encode = _add(commands, "encode", "codes of a data set or of picture files", _encode)
    encode.add_argument("model")
    encode.add_argument("pictures", nargs="*", type=Path, help="files; without any, the data set")
    encode.add_argument("--out", type=Path, required=True, help="the .npz or .csv to write")

    decode = _add(commands, "decode", "pictures of codes", _decode)
    decode.add_argument("model")
    decode.add_argument("codes", type=Path, help=".npz, .npy or .csv with codes (N, D)")
    decode.add_argument("--out", type=Path, required=True, help="the .png sheet to write")

    project = _add(commands, "project", "a map of a data set's codes", _project)
    project.add_argument("model")
    project.add_argument("--method", default="tsne", help="pca, tsne, umap, lle or isomap")
    project.add_argument("--dims", type=int, default=2, help="2 or 3")
    project.add_argument("--seed", type=int, default=0)
    project.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="e.g. perplexity=50"
    )
    project.add_argument("--out", type=Path, required=True, help="the .npz to write")

    train = _add(commands, "train", "train a model by the recipe on its card", _train)
    train.add_argument("model")
    train.add_argument("--fresh", action="store_true", help="forget an interrupted training")
    train.add_argument("--download", action="store_true", help="fetch the training set first")
    _data_dir(train)

    evaluate = _add(commands, "evaluate", "measure a model beside PCA", _evaluate)
    evaluate.add_argument("model")
    evaluate.add_argument("--write", action="store_true", help="put the figures on the card")

    again = _add(commands, "again", "train anew from other seeds and see what swings", _again)
    again.add_argument("model")
    again.add_argument("--times", type=int, default=2, help="further trainings (default: 2)")
    again.add_argument("--write", action="store_true", help="put the figures on the card")
    _data_dir(again)

    backbone = _add(commands, "backbone", "a card for a network that torchvision has", _backbone)
    backbone.add_argument("name", help="e.g. resnet18")
    backbone.add_argument("--dataset", required=True)
    backbone.add_argument("--download", action="store_true", help="fetch its weights first")

    export = _add(commands, "export", "make a model's decoder.onnx from its weights", _export)
    export.add_argument("model")

    ship = _add(commands, "ship", "lay encodings and maps beside a model", _ship)
    ship.add_argument("model")

    cache = _add(commands, "cache", "the store of results", _cache)
    cache.add_argument("action", choices=("size", "verify", "clear"))
    return parser


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    words: str,
    run: object,
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    parser.set_defaults(run=run)
    return parser


def _data_dir(parser: argparse.ArgumentParser) -> None:
    words = "folder with the training pictures (default: ./raw)"
    parser.add_argument("--data-dir", type=Path, default=Path("raw"), help=words)


def reporter(stream: object = None) -> Progress:
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


def _models(arguments: argparse.Namespace) -> None:
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
        told = card.metrics
        figures = (
            ("mse", "{:.4f}"), ("mse_ratio_to_pca", "{:.2f}"), ("kl_nats", "{:.1f}"),
            ("linear_accuracy", "{:.1%}"), ("linear_r2", "{:.2f}"), ("accuracy_kept", "{:.1%}"),
            ("frechet_reconstructions", "{:.2f}"), ("frechet_samples", "{:.2f}"),
            ("frechet_real", "{:.2f}"),
        )  # fmt: skip
        cells = (
            f"`{card.id}`",
            str(card.latent_dim),
            *(form.format(told[name]) if name in told else "–" for name, form in figures),
            card.licence,
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _datasets(arguments: argparse.Namespace) -> None:
    from latent_core import datasets

    if arguments.ship:
        datasets.ship(arguments.ship, arguments.data_dir)
    for dataset_id in lc.list_datasets():
        data = lc.load_dataset(dataset_id)
        shape = data.image_shape if data.given is None else data.given.read().shape[1:]
        print(f"{dataset_id:12}  {len(data):7,} × {shape}  {data.title}")


def _encode(arguments: argparse.Namespace) -> None:
    import numpy as np

    from latent_core.export import codes_csv, codes_npz, known_of

    out, model = _fresh(arguments.out, ".npz", ".csv"), lc.load_model(arguments.model)
    known = {}
    if arguments.pictures:
        names, posterior = _encode_files(model, arguments.pictures)
    else:
        data = lc.load_dataset(model.card.dataset)
        encodings = lc.encode(model, data, progress=reporter())
        posterior = lc.Posterior(mean=encodings.mean, log_var=encodings.log_var)
        named = data.given.names if data.given else ()
        names = list(named) or [str(index) for index in range(len(data))]
        known = known_of(data, np.arange(len(data)))
    csv = out.suffix == ".csv"
    out.write_bytes(codes_csv(names, posterior, known) if csv else codes_npz(names, posterior))


def _encode_files(model: LatentModel, paths: list[Path]) -> tuple[list[str], Posterior]:
    import numpy as np

    from latent_core.intake import Caps, Refusal
    from latent_core.workspace import bring

    images, names = [], []
    for item in bring(model, [(str(path), _read(path)) for path in paths], Caps.from_env()):
        if isinstance(item, Refusal):
            print(f"{item.name}: {item.reason}", file=sys.stderr)
        else:
            names.append(item[0].name)
            images.append(item[1].image)
    if not images:
        raise BadInput("None of these files could be read as a picture; give at least one.")
    return names, model.encode(np.stack(images))


def _decode(arguments: argparse.Namespace) -> None:
    import numpy as np

    from latent_core.datasets import pack_sheet
    from latent_core.tables import read_codes

    out, model = _fresh(arguments.out, ".png"), lc.load_model(arguments.model)
    codes = read_codes(arguments.codes.name, _read(arguments.codes), model.card.latent_dim)
    images = np.rint(model.decode(codes) * 255).astype(np.uint8)
    out.write_bytes(pack_sheet(images, min(len(images), 32)))


def _project(arguments: argparse.Namespace) -> None:
    import numpy as np

    out, spec = _fresh(arguments.out, ".npz"), _spec(arguments)
    model, report = lc.load_model(arguments.model), reporter()
    encodings = lc.encode(model, lc.load_dataset(model.card.dataset), progress=report)
    made = lc.project(encodings, spec, progress=report)
    np.savez(out, points=made.points)
    print(f"trustworthiness {made.trustworthiness:.4f} at k = {made.neighbours_k}")


def _spec(arguments: argparse.Namespace) -> MapSpec:
    from latent_core.maps import spec_from_dict

    fields = {"method": arguments.method, "dims": arguments.dims, "seed": arguments.seed}
    for pair in arguments.set:
        name, sign, value = pair.partition("=")
        if not sign:
            raise BadInput(f"--set takes NAME=VALUE, not {pair!r}.")
        try:
            fields[name] = json.loads(value)
        except json.JSONDecodeError:
            fields[name] = value
    return spec_from_dict(fields)


def _train(arguments: argparse.Namespace) -> None:
    from latent_core.lessons import read_lessons
    from latent_core.recipe import recipes_of
    from latent_core.store import default_folder
    from latent_core.train import state_files, train

    card = lc.load_card(arguments.model)
    recipes_of(card)
    pictures = read_lessons(card, arguments.data_dir, download=arguments.download)
    state = default_folder() / "training" / f"{card.id}.safetensors"
    if arguments.fresh:
        for kept in state_files(state):
            kept.unlink(missing_ok=True)
    losses = train(card, *pictures, state_file=state, progress=reporter())
    print(f"{card.id}: last loss {losses[-1]:.5f}" if losses else f"{card.id}: was finished")


def _evaluate(arguments: argparse.Namespace) -> None:
    from latent_core.evaluation import write_metrics
    from latent_core.workspace import pixel_probes

    model = lc.load_model(arguments.model)
    data = lc.load_dataset(model.card.dataset)
    report = reporter()
    encodings = lc.encode(model, data, progress=report)
    errors = None
    if model.card.decodes:
        errors = lc.reconstruction_errors(model, data, encodings, progress=report)
    pixels = pixel_probes(data, progress=report)
    metrics = lc.evaluate(model, data, encodings, errors, pixels=pixels, progress=report)
    if arguments.write:
        write_metrics(model, metrics)
    print(json.dumps(metrics, indent=2, ensure_ascii=False))


def _again(arguments: argparse.Namespace) -> None:
    from latent_core.lessons import read_lessons
    from latent_core.spread import teach_again, write_spread

    card = lc.load_card(arguments.model)
    pictures = read_lessons(card, arguments.data_dir)
    data = lc.load_dataset(card.dataset)
    told = teach_again(card, pictures, data, arguments.times, progress=reporter())
    if arguments.write:
        write_spread(card, told)
    print(json.dumps(told, indent=2))


def _backbone(arguments: argparse.Namespace) -> None:
    from latent_core.backbones import write_backbone_card

    data = lc.load_dataset(arguments.dataset)
    card = write_backbone_card(arguments.name, data, download=arguments.download)
    print(f"{card.folder}/card.json: {card.latent_dim} features")
    try:
        card.checked_weights()
    except LatentError as missing:  # the card is there all the same
        print(missing, file=sys.stderr)


def _export(arguments: argparse.Namespace) -> None:
    from latent_core.decoders import export_decoder, whole_decoder

    path = export_decoder(lc.load_model(arguments.model))
    print(f"{path}: {len(whole_decoder(path)) / 2**20:.2f} MiB with its weights")


def _ship(arguments: argparse.Namespace) -> None:
    from latent_core import workspace

    model = lc.load_model(arguments.model)
    data = lc.load_dataset(model.card.dataset)
    specs = [method(dims=dims) for method in (lc.PCA, lc.TSNE) for dims in (2, 3)]
    specs = [s for s in specs if not (isinstance(s, lc.PCA) and s.dims > model.card.latent_dim)]
    folder = workspace.ship(model, data, specs, reporter())
    total = sum(path.stat().st_size for path in folder.iterdir())
    print(f"{folder}: {total / 2**20:.1f} MiB")


def _cache(arguments: argparse.Namespace) -> None:
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
        raise BadInput(
            f"{path} cannot be read ({error.strerror}); name a readable file."
        ) from error


def _fresh(path: Path, *endings: str) -> Path:
    if path.suffix not in endings:
        raise BadInput(f"--out must end in {' or '.join(endings)}, not {path.name!r}.")
    if not path.parent.is_dir():
        raise BadInput(f"The folder {path.parent} does not exist; make it first.")
    return path


if __name__ == "__main__":
    sys.exit(main())
