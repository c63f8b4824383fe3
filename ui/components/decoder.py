"""The decoder in the browser: its payload, and the route that decodes on the server instead."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import numpy as np
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from latent_core.aliases import ENVIRONMENT
from latent_core.analysis.support import NEAR_DATA, SPARSE, Support, support_of_encodings
from latent_core.cache.memo import memoize
from latent_core.environment import env_number
from latent_core.errors import InvalidCardError, InvalidInputError, LatentError
from latent_core.models.card import ModelCard
from latent_core.models.catalog import load_card, load_model
from latent_core.models.onnx_export import decoder_with_weights
from latent_core.models.onnx_realism import decoder_with_realism, realism_with_weights
from latent_core.models.realism import ImageRealism, load_realism
from latent_core.projection import Projection
from latent_core.projection.inverse import (
    SOFTENING,
    Inverse,
    LinearInverse,
    fit_inverse,
    map_support,
)
from latent_core.types import Encodings, Floats, to_uint8
from ui.components.assets import base_path, publish, runtime_urls
from ui.components.quantize import quantize

WIDE_CODES = 1024
"""Codes of more dimensions are sent to the browser only in part."""
MAX_CODES = 64
"""Most codes in one request to the server."""
BODY_TIMEOUT_S = 10
"""How long the server waits for the codes of a request."""
_RUNTIME = {
    "script": "ort.wasm.min.mjs",
    "glue": "ort-wasm-simd-threaded.mjs",
    "wasm": "ort-wasm-simd-threaded.wasm",
}
DECODER_LIMIT = "LATENT_BROWSER_DECODER_MAX_MB"
"""Environment variable: larger decoders stay on the server."""
_NO_STORE = {"Cache-Control": "no-store"}


def decoder_data(card: ModelCard) -> dict[str, Any]:
    """What the browser needs to decode with a model: ``DecoderSpec`` in ``decoder.js``."""
    realism = image_realism(card)
    onnx, reason = _browser_decoder(card, realism)
    return {
        "model": card.id,
        "shape": list(card.image_shape),
        "dim": card.latent_dim,
        "onnx": onnx,
        "server_reason": reason,
        "runtime": {part: runtime_urls()[name] for part, name in _RUNTIME.items()},
        "server_url": f"{base_path()}/live/decode/{card.id}",
        "realism": None
        if realism is None
        else {"like": realism.like_limit, "unlike": realism.unlike_limit},
    }


def image_realism(card: ModelCard) -> ImageRealism | None:
    """The realism network of a model's own data set; None where none rates this model's images."""
    realism = load_realism(card.dataset)
    return realism if realism is not None and realism.rates(card) else None


def _browser_decoder(
    card: ModelCard, realism: ImageRealism | None
) -> tuple[dict[str, Any] | None, str]:
    """URL and size of the ONNX decoder; or None and the reason why the server decodes."""
    if card.architecture.get("fixed_batch"):
        return None, "it was exported for a fixed number of images"
    key = card.decoder_sha256 + ("" if realism is None else realism.graph_sha256)
    try:
        decoder = memoize("onnx", key, partial(_rating_decoder, card, realism))
    except InvalidCardError as error:
        return None, str(error)
    if decoder is None:
        return None, "this model has no decoder.onnx"
    limit, size = _max_megabytes(), len(decoder) / 2**20
    if size > limit:
        return None, f"its decoder has {size:.1f} MB, over the limit of {limit:g} MB"
    return {"url": publish(decoder), "bytes": len(decoder)}, ""


def _rating_decoder(card: ModelCard, realism: ImageRealism | None) -> bytes | None:
    """The ONNX decoder, which also outputs the realism of its images where there is a network."""
    decoder = decoder_with_weights(card)
    if decoder is None or realism is None:
        return decoder
    return decoder_with_realism(decoder, realism_with_weights(realism))


def _max_megabytes() -> float:
    """The largest decoder that is sent to the browser."""
    former = tuple(old for old, new in ENVIRONMENT.items() if new == DECODER_LIMIT)
    return env_number(DECODER_LIMIT, 16, former=former)


def space_data(encodings: Encodings) -> dict[str, Any]:
    """The data's codes and their kNN distances: ``SpaceSpec`` in ``support.js``.

    Of codes with more than `WIDE_CODES` dimensions, only those that support is measured in.
    """
    support = support_of_encodings(encodings)
    data = support_data(support)
    if not is_wide(encodings):
        table = quantized_table(encodings.fingerprint, encodings.mean)
        return {"codes": table, "code_dims": []} | data
    dims: list[int] = data["active_dims"]
    table = quantized_table(f"active {encodings.fingerprint}", encodings.mean[:, dims])
    return {"codes": table, "code_dims": dims} | data | {"active_dims": []}


def is_wide(encodings: Encodings) -> bool:
    """Whether the codes have too many dimensions to send them all to the browser."""
    return encodings.latent_dim > WIDE_CODES


def support_data(support: Support) -> dict[str, Any]:
    """What the browser needs to compute support, besides the data's codes."""
    dims, norms = support.active_dims, support.prior_norm_quantiles
    return {
        "active_dims": [] if dims is None else np.flatnonzero(dims).tolist(),
        "distance_quantiles": support.reference_distances.tolist(),
        "prior_norm_quantiles": [] if norms is None else norms.tolist(),
        "near_limit": NEAR_DATA,
        "sparse_limit": SPARSE,
    }


def inverse_data(projection: Projection) -> dict[str, Any]:
    """The inverse of a map: ``InverseSpec`` in ``projection.js``."""
    inverse = map_inverse(projection)
    if isinstance(inverse, LinearInverse):
        mean, axes = inverse.mean.tolist(), inverse.axes.tolist()
        return {"kind": "linear", "mean": mean, "axes": axes, "note": inverse.note}
    support = memoize("map support", projection.fingerprint, lambda: map_support(projection))
    return {
        "kind": "neighbors",
        "k": inverse.n_neighbors,
        "softening": SOFTENING,
        "distance_quantiles": support.reference_distances.tolist(),
        "note": inverse.note,
    }


def map_inverse(projection: Projection) -> Inverse:
    """The inverse of a map, fitted once."""
    return memoize("inverse", projection.fingerprint, lambda: fit_inverse(projection))


def quantized_table(name: str, values: Floats) -> dict[str, Any]:
    """The URL of values ``(N, dims)``, quantized to 16 bits."""
    packed, low, high = memoize("table", name, lambda: quantize(values))
    count, dims = values.shape
    return {"url": publish(packed), "count": count, "dims": dims, "lo": low, "hi": high}


async def _decode(request: Request) -> Response:
    """Decode codes ``(N, D)``, little-endian float32, to pixels ``(N, C, H, W)``, uint8.

    After the pixels follows the realism ``(N,)``, little-endian float32, where there is a network.
    """
    try:
        async with asyncio.timeout(BODY_TIMEOUT_S):
            body = await _limited(request)
        pixels = await run_in_threadpool(_pixels, request.path_params["model"], body)
    except ClientDisconnect:  # a page aborts what it no longer needs
        return Response(status_code=400)
    except TimeoutError:
        reason = f"The codes did not arrive within {BODY_TIMEOUT_S} s; send them again."
        return PlainTextResponse(reason, 408, headers=_NO_STORE)
    except LatentError as error:
        return PlainTextResponse(str(error), 400, headers=_NO_STORE)
    return Response(pixels, media_type="application/octet-stream", headers=_NO_STORE)


async def _limited(request: Request) -> bytes:
    limit = 4 * MAX_CODES * load_card(request.path_params["model"]).latent_dim
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            raise InvalidInputError(f"At most {MAX_CODES} codes are decoded at once; send fewer.")
    return bytes(body)


def _pixels(model_id: str, body: bytes) -> bytes:
    model = load_model(model_id)
    width = 4 * model.card.latent_dim
    if not body or len(body) % width or len(body) > MAX_CODES * width:
        raise InvalidInputError(
            f"{len(body)} bytes are not 1 to {MAX_CODES} codes of {model.card.latent_dim} float32; "
            f"send a multiple of {width} bytes."
        )
    codes = np.frombuffer(body, "<f4").reshape(-1, model.card.latent_dim)
    images = model.decode(codes)
    realism = image_realism(model.card)
    scores = b"" if realism is None else realism.score(images).astype("<f4").tobytes()
    return to_uint8(images).tobytes() + scores


def decoder_routes() -> list[Route]:
    """The route that decodes on the server."""
    return [Route(f"{base_path()}/live/decode/{{model}}", _decode, methods=["POST"])]
