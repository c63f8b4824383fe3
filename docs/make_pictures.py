"""The morphs and contact sheets of the README, decoded by the models that ship.

``python -m docs.make_pictures`` writes them into ``docs/``.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

import latent_core as lc
from latent_core.analysis.attribute_directions import fit_attribute_directions
from latent_core.interpolation import build_neighbor_graph, geodesic_path
from latent_core.io.video import Frames, encode_gif, strip_png, upscale_frames
from latent_core.types import Floats

HERE = Path(__file__).resolve().parent
SIDE = 128
STEPS, HOLD = 14, 5
"""Frames from one picture to the next, and frames that a picture stands."""
MORPHED = {
    "digits-vae-16": (0, 1, 3, 18),
    "fashion-vae-16": (0, 1, 2, 18),
    "furniture-vae-8": (0, 6, 9, 3),
    "faces-vae-32": (2, 9, 24, 31),
}
"""Models, and the pictures of their data that the film goes through, by number."""
REBUILT = ("faces-vae-32", "faces-ae-32", "faces-pca-32")
DREAMING = ("digits-vae-16", "digits-gan-32", "faces-vae-32", "faces-gan-64")
STEERED = ("age", "sex", "smile", "mouth_open", "glasses", "beard", "yaw", "light_azimuth")
FACE = 1
"""Factors along which the README pushes a face, and which one, by number."""
ACROSS = 12
_SEED = 7


def main() -> None:
    there = lc.list_models()
    films = [_morph(name, stops) for name, stops in MORPHED.items() if name in there]
    (HERE / "morphs.gif").write_bytes(encode_gif(np.concatenate(films, axis=2), fps=12))
    rebuilt = [name for name in REBUILT if name in there]
    originals = lc.load_dataset("faces").pixels(slice(ACROSS))
    rows = [originals, *(_rebuilt(name, originals) for name in rebuilt)]
    (HERE / "rebuilt.png").write_bytes(strip_png(_rows(rows, 64), ACROSS))
    dreams = [_dreams(name) for name in DREAMING if name in there]
    (HERE / "dreams.png").write_bytes(strip_png(_rows(dreams, 64), ACROSS))
    (HERE / "steered.png").write_bytes(strip_png(_rows(_steered("faces-vae-32"), 64), ACROSS))


def _morph(model_id: str, stops: tuple[int, ...]) -> Frames:
    """From picture to picture along the data and back to the first."""
    model = lc.load_model(model_id)
    encodings = lc.encode(model, lc.load_dataset(model.card.dataset))
    graph, codes = build_neighbor_graph(encodings.mean), encodings.mean[list(stops)]
    parts = []
    for start, end in zip(codes, np.roll(codes, -1, axis=0), strict=True):
        path = geodesic_path(start, end, graph)
        parts += [np.repeat(start[None], HOLD, axis=0), path.at(np.linspace(0, 1, STEPS))]
    return upscale_frames(model.decode(np.concatenate(parts).astype(np.float32)), SIDE)


def _rebuilt(model_id: str, images: Floats) -> Floats:
    model = lc.load_model(model_id)
    return model.decode(model.encode(images).mean)


def _steered(model_id: str) -> list[Floats]:
    """One face, pushed along each factor as far as the data goes."""
    model = lc.load_model(model_id)
    data = lc.load_dataset(model.card.dataset)
    codes = lc.encode(model, data).mean
    steering = fit_attribute_directions(codes, {name: data.factors[name] for name in STEERED})
    return [
        model.decode(np.stack([steering.move_to(codes[FACE], name, value) for value in values]))
        for name, *ends in zip(steering.names, steering.low, steering.high, strict=True)
        for values in [np.linspace(*ends, ACROSS)]
    ]


def _dreams(model_id: str) -> Floats:
    """Pictures of codes drawn from N(0, I), none chosen."""
    model = lc.load_model(model_id)
    codes = np.random.default_rng(_SEED).standard_normal((ACROSS, model.card.latent_dim))
    return model.decode(codes.astype(np.float32))


def _rows(rows: list[Floats], side: int) -> Frames:
    return np.concatenate([upscale_frames(row, side) for row in rows])


if __name__ == "__main__":
    main()
