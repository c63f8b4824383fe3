"""Animations and contact sheets of the documents, decoded by the models that ship.

``python -m docs.make_pictures`` writes them into ``docs/``.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

import latent_core as lc
from latent_core.analysis import latent_dimensions
from latent_core.analysis.directions.attribute_directions import fit_attribute_directions
from latent_core.interpolation import build_neighbor_graph, geodesic_path
from latent_core.io.gif import encode_gif
from latent_core.io.video import Frames, strip_png, upscale_frames
from latent_core.types import Floats

HERE = Path(__file__).resolve().parent
SIDE = 128
STEPS, HOLD = 14, 5
"""Frames from one image to the next, and frames for which each image is shown."""
MORPHED = {
    "digits-vae-16": (0, 1, 3, 18),
    "fashion-vae-16": (0, 1, 2, 18),
    "furniture-vae-8": (0, 6, 9, 3),
    "faces-vae-32": (2, 9, 24, 31),
}
"""Models, and the indices of the images that the animation passes through."""
RECONSTRUCTING = ("faces-vae-32", "faces-ae-32", "faces-pca-32")
SAMPLING = ("digits-vae-16", "digits-gan-32", "faces-vae-32", "faces-gan-64")
FACTORS = ("age", "sex", "smile", "mouth_open", "glasses", "beard", "yaw", "light_azimuth")
FACE = 1
"""Factors along which a face is moved, and the index of the face."""
COLUMNS = 12
_SEED = 7


def main() -> None:
    available = lc.list_models()
    animations = [
        _interpolations(name, stops) for name, stops in MORPHED.items() if name in available
    ]
    (HERE / "morphs.gif").write_bytes(encode_gif(np.concatenate(animations, axis=2), fps=12))
    reconstructing = [name for name in RECONSTRUCTING if name in available]
    originals = lc.load_dataset("faces").images(slice(COLUMNS))
    rows = [originals, *(_reconstructions(name, originals) for name in reconstructing)]
    (HERE / "reconstructions.png").write_bytes(strip_png(_rows(rows, 64), COLUMNS))
    samples = [_prior_samples(name) for name in SAMPLING if name in available]
    (HERE / "prior_samples.png").write_bytes(strip_png(_rows(samples, 64), COLUMNS))
    (HERE / "attribute_directions.png").write_bytes(
        strip_png(_rows(_attribute_traversals("faces-vae-32"), 64), COLUMNS)
    )


def _interpolations(model_id: str, stops: tuple[int, ...]) -> Frames:
    """Geodesic paths from image to image and back to the first."""
    model = lc.load_model(model_id)
    encodings = lc.encode(model, lc.load_dataset(model.card.dataset))
    graph, codes = build_neighbor_graph(encodings.mean), encodings.mean[list(stops)]
    parts = []
    for start, end in zip(codes, np.roll(codes, -1, axis=0), strict=True):
        path = geodesic_path(start, end, graph)
        parts += [np.repeat(start[None], HOLD, axis=0), path.at(np.linspace(0, 1, STEPS))]
    return upscale_frames(model.decode(np.concatenate(parts).astype(np.float32)), SIDE)


def _reconstructions(model_id: str, images: Floats) -> Floats:
    model = lc.load_model(model_id)
    return model.decode(model.encode(images).mean)


def _attribute_traversals(model_id: str) -> list[Floats]:
    """One face moved along each factor, over the range of the data."""
    model = lc.load_model(model_id)
    data = lc.load_dataset(model.card.dataset)
    encodings = lc.encode(model, data)
    codes = encodings.mean
    directions = fit_attribute_directions(
        codes,
        {name: data.factors[name] for name in FACTORS},
        active_dims=~latent_dimensions(encodings).inactive,
    )
    return [
        model.decode(np.stack([directions.move_to(codes[FACE], name, value) for value in values]))
        for name, *ends in zip(directions.names, directions.low, directions.high, strict=True)
        for values in [np.linspace(*ends, COLUMNS)]
    ]


def _prior_samples(model_id: str) -> Floats:
    """Images of codes from N(0, I), not selected."""
    model = lc.load_model(model_id)
    codes = np.random.default_rng(_SEED).standard_normal((COLUMNS, model.card.latent_dim))
    return model.decode(codes.astype(np.float32))


def _rows(rows: list[Floats], side: int) -> Frames:
    return np.concatenate([upscale_frames(row, side) for row in rows])


if __name__ == "__main__":
    main()
