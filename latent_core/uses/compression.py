"""Compression: bytes of codes and what their images lose, beside JPEG, WebP, AVIF and PCA."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.datasets.splits import indices_for_test, indices_for_validation
from latent_core.errors import InvalidInputError
from latent_core.models.card import ModelCard
from latent_core.models.onnx_export import decoder_with_weights
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Array, Dataset, Floats
from latent_core.uses.entropy_coding import CodeQuantizer, fit_quantizer, quantize_8_bit
from latent_core.uses.image_codecs import (
    QUALITIES,
    available_codecs,
    compress_images,
    header_bytes,
)
from latent_core.uses.image_quality import psnr, ssim
from latent_core.uses.results import CODE, MIN_IMAGES, PCA, EncodedData, cached

MAX_TEST = 500
"""Images that are compressed: a random subset where there are more."""
MIN_MEASURED = 16
MAX_KNOWN = 5000
"""Other images that histograms and ranges are of: a random subset where there are more."""
MAX_VALUES = 3 * 2**19
"""Pixels times channels of all images compressed: 128 of 3 × 64 × 64."""
STEPS = (2.0, 1.0, 0.5, 0.25, 0.125)
"""Widths of a bin of the entropy-coded codes, as multiples of the codes' standard deviation."""
FLOAT32, BITS_8, ENTROPY = "float32", "8 bits", "entropy-coded"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RateCurve:
    """Bytes and quality of the same images at several settings of one codec.

    Parameters
    ----------
    source
        What is stored: ``"JPEG"``, ``"WebP"``, ``"AVIF"``, or `CODE` or `PCA` of
        `latent_core.uses.results`.
    storage
        `FLOAT32`, `BITS_8` or `ENTROPY` for numbers; empty for image files.
    settings
        ``(T,)`` quality of the codec, width of a bin, or 0; smallest files first.
    rows
        ``(n,)`` indices of the images in the data set, the same ones for every curve.
    n_bytes
        ``(T, n)``, fractions where entropy-coded.
    n_header_bytes
        ``(T,)``, of a file of a black image; 0 for numbers.
    psnr, ssim
        ``(T, n)``, see `latent_core.uses.image_quality`.
    n_known
        Other images that the histograms or ranges are of; 0 for image files.
    """

    source: str
    storage: str
    settings: Floats
    rows: NDArray[np.int64]
    n_bytes: Floats
    n_header_bytes: Floats
    psnr: Floats
    ssim: Floats
    n_known: int = 0

    __repr__ = compact_repr

    def sizes(self, *, with_header: bool = True) -> Floats:
        """``(T, n)`` bytes, at least one."""
        header = 0 if with_header else self.n_header_bytes[:, None]
        sizes: Floats = np.maximum(self.n_bytes - header, 1)
        return sizes


def decoder_bytes(card: ModelCard) -> tuple[int, bool]:
    """The bytes of a model's decoder, and whether the encoder is among them.

    Of the exported ``decoder.onnx`` with its weights; else of the weights file, which has both.
    """
    decoder = decoder_with_weights(card)
    return (card.weights.stat().st_size, True) if decoder is None else (len(decoder), False)


def measure_compression(
    encoded: EncodedData, *, progress: ProgressCallback = null_progress
) -> tuple[RateCurve, ...]:
    """Bytes and quality of test images as codes, as principal components and as image files.

    Ranges, histograms and components are of validation images.  Cached, image files for every
    model of the data.

    Returns
    -------
    tuple
        The code as `FLOAT32`, `BITS_8` and `ENTROPY`; `PCA` as `ENTROPY`; each available codec.

    Raises
    ------
    InvalidInputError
        No decoder, no images, fewer than four, or all are equal.
    """
    data, card = encoded.data, encoded.model.card
    if not encoded.has_images:
        raise InvalidInputError(
            f"{data.title} has {len(data)} {data.sample_noun}s and no {MIN_IMAGES} different "
            "images to compress; choose data with images."
        )
    if not card.decodes:
        raise InvalidInputError(f"{card.id!r} has no decoder; choose an autoencoder.")

    def compute() -> list[RateCurve]:
        return _code_curves(encoded, subprogress(progress, 0, 0.4))

    of = encoded.fingerprints | {"data": data.fingerprint}
    codes = cached("code sizes", RateCurve, compute, of=of, progress=progress, store=encoded.store)
    names = available_codecs() if data.image_shape[0] in (1, 3) else ()
    files: list[RateCurve] = []
    for number, name in enumerate(names):
        low, high = (0.4 + 0.6 * (number + i) / len(names) for i in (0, 1))
        files += _cached_file_curve(encoded, name, subprogress(progress, low, high))
    return (*codes, *files)


def compressed_rows(data: Dataset) -> NDArray[np.int64]:
    """Indices of the images that are compressed."""
    count = max(MIN_MEASURED, min(MAX_TEST, MAX_VALUES // int(np.prod(data.image_shape))))
    return np.sort(np.random.default_rng(0).permutation(indices_for_test(data))[:count])


def known_rows(data: Dataset) -> NDArray[np.int64]:
    """Indices of the images that histograms, ranges and components are of."""
    rows = np.random.default_rng(0).permutation(indices_for_validation(data))
    return np.sort(rows[:MAX_KNOWN])


def _code_curves(encoded: EncodedData, progress: ProgressCallback) -> list[RateCurve]:
    rows, known = compressed_rows(encoded.data), known_rows(encoded.data)
    images, codes = encoded.data.images(rows), encoded.encodings.mean
    decode, dim = encoded.model.decode, codes.shape[1]
    plain: dict[str, tuple[int, Callable[[], Floats]]] = {
        FLOAT32: (4 * dim, lambda: codes[rows]),
        BITS_8: (dim, lambda: quantize_8_bit(codes[rows], codes[known])),
    }
    found = []
    for number, (storage, (n_bytes, restore)) in enumerate(plain.items()):
        progress(0.1 * number, "Reconstructing from codes")
        sizes = np.full(len(rows), n_bytes, np.float32)
        decoded = [(0.0, sizes, 0, decode(restore()))]
        found.append(_curve(CODE, storage, images, rows, decoded, len(known)))
    part = subprogress(progress, 0.2, 0.8)
    found.append(_entropy_curve(CODE, images, rows, (codes[known], codes[rows]), decode, part))
    components = encoded.components(subprogress(progress, 0.8, 0.9))
    scores = components.encode(encoded.data.images(known))[:, :dim]
    own = components.encode(images)[:, :dim]
    part = subprogress(progress, 0.9, 1)
    return [*found, _entropy_curve(PCA, images, rows, (scores, own), components.decode, part)]


def _entropy_curve(
    source: str,
    images: Floats,
    rows: NDArray[np.int64],
    known_and_own: tuple[Floats, Floats],
    decode: Callable[[Floats], Floats],
    progress: ProgressCallback,
) -> RateCurve:
    """The codes of the images, with histograms of the known ones, at every step."""
    known, codes = known_and_own
    scale = float(np.sqrt(known.var(axis=0).mean())) or 1.0
    decoded = []
    for number, step in enumerate(STEPS):
        progress(number / len(STEPS), "Reconstructing from quantized codes")
        quantizer: CodeQuantizer = fit_quantizer(known, step * scale)
        bins = quantizer.quantize(codes)
        n_bytes = quantizer.bits(bins) / 8
        decoded.append((step * scale, n_bytes, 0, decode(quantizer.dequantize(bins))))
    return _curve(source, ENTROPY, images, rows, decoded, len(known))


def _cached_file_curve(
    encoded: EncodedData, codec: str, progress: ProgressCallback
) -> tuple[RateCurve, ...]:
    data, rows = encoded.data, compressed_rows(encoded.data)

    def compute() -> list[RateCurve]:
        pixels = data.images_uint8[rows]
        decoded: list[tuple[float, Array, int, Floats]] = []
        for number, quality in enumerate(QUALITIES[codec]):
            progress(number / len(QUALITIES[codec]), f"Compressing with {codec}")
            sizes, images = compress_images(pixels, codec, quality)
            restored = (images / np.float32(255)).astype(np.float32)
            header = header_bytes(data.image_shape, codec, quality)
            decoded.append((float(quality), sizes, header, restored))
        return [_curve(codec, "", data.images(rows), rows, decoded, 0)]

    import PIL

    of = {"data": data.fingerprint, "codec": codec, "pillow": PIL.__version__}
    kind = "image files"
    return cached(kind, RateCurve, compute, of=of, progress=progress, store=encoded.store)


def _curve(
    source: str,
    storage: str,
    images: Floats,
    rows: NDArray[np.int64],
    decoded: list[tuple[float, Array, int, Floats]],
    n_known: int,
) -> RateCurve:
    """The curve of decoded images, each with its setting, sizes and header size."""
    return RateCurve(
        source=source,
        storage=storage,
        settings=np.array([setting for setting, *_ in decoded], np.float32),
        rows=rows,
        n_bytes=np.stack([sizes for _, sizes, *_ in decoded]).astype(np.float32),
        n_header_bytes=np.array([header for *_, header, _ in decoded], np.float32),
        psnr=np.stack([psnr(images, restored) for *_, restored in decoded]),
        ssim=np.stack([ssim(images, restored) for *_, restored in decoded]),
        n_known=n_known,
    )
