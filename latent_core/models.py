"""Models: a card and weights that encode images and decode codes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from latent_core import cards
from latent_core.cards import ModelCard
from latent_core.errors import BadCard, BadInput, LatentError, UnknownName
from latent_core.invert import MANY, invert
from latent_core.values import Floats, Posterior, Progress, as_codes, as_images, no_progress

BATCH_SIZE = 256
"""Images per forward pass: on two cores the throughput is flat from here on."""
BACKBONE_BATCH_SIZE = 32
"""The same for torchvision's networks, whose pictures are fifty times as large."""

T = TypeVar("T")


class LatentModel(Protocol):
    """What every model offers; its card says what it is."""

    @property
    def card(self) -> ModelCard:
        """Shape, family, preparation, provenance and metrics."""

    @property
    def eye(self) -> TorchModel | None:
        """Who looks on when its codes are searched for."""

    def guess(self, images: Floats) -> Floats | None:
        """Codes ``(N, D)`` that a search may begin from."""

    def encode(self, images: Floats, *, progress: Progress = no_progress) -> Posterior:
        """The codes of images ``(N, C, H, W)`` in [0, 1]."""

    def decode(self, codes: Floats) -> Floats:
        """The images ``(N, C, H, W)`` in [0, 1] of codes ``(N, D)``."""

    def run(self, work: Callable[[Any], T]) -> T:
        """What `work` makes of the network, on the thread that networks run on."""


@cache
def _network_thread() -> ThreadPoolExecutor:
    """The one thread that runs networks: torch is ten times slower in a fresh one.

    A large encoding hands over batch after batch, so a click gets its turn in between.
    """
    return ThreadPoolExecutor(1, thread_name_prefix="network")


class TorchModel:
    """A network with weights, as a `LatentModel`.

    Parameters
    ----------
    card
        Its card.
    net
        The network, in evaluation mode; None where codes are given.
    batch_size
        Images or codes per forward pass; the result does not depend on it beyond rounding.
    """

    def __init__(self, card: ModelCard, net: Any, batch_size: int = BATCH_SIZE) -> None:
        self.card = card
        self.net = net
        self._batch_size = batch_size

    @property
    def eye(self) -> TorchModel | None:
        """The judge of its data, which looks on when codes are searched for lack of an encoder."""
        judge = judge_of(self.card.dataset) if self.card.searches else None
        return judge if judge and judge.card.image_shape == self.card.image_shape else None

    def guess(self, images: Floats) -> Floats | None:
        """What the VAE that a generator is anchored to takes for the codes of images.

        Parameters
        ----------
        images
            As in `encode`.

        Returns
        -------
        ndarray or None
            ``(N, D)``; None where there is none.
        """
        if not self.card.training.get("anchor"):
            return None
        try:
            known = load_model(str(self.card.training["start"])).encode(images).mean
        except LatentError:
            return None  # its weights aren't here
        codes: Floats = self.run(lambda net: net.place(_tensor(known)).detach().numpy())
        return codes

    def encode(self, images: Floats, *, progress: Progress = no_progress) -> Posterior:
        """The codes of images; of a generator, which has no encoder, searched for by `invert`.

        Parameters
        ----------
        images
            ``(N, C, H, W)`` float32 in [0, 1], of the card's shape.
        progress
            Told during a search, which takes a while; may raise `Cancelled`.

        Returns
        -------
        Posterior
            ``(N, D)`` means, and log-variances for a VAE.

        Raises
        ------
        BadInput
            Wrong shape, range or type, or not finite.
        """
        if self.card.given:
            raise BadInput(
                f"The codes of {self.card.id!r} are given, not computed: it takes no pictures; "
                "choose a model that does."
            )
        checked = as_images(images, self.card.image_shape)
        if not self.card.encodes:
            return Posterior(mean=invert(self, checked, MANY, progress=progress).codes)
        batches = self._run(self._encode_batch, checked)
        means = [mean for mean, _ in batches]
        log_vars = [log_var for _, log_var in batches if log_var is not None]
        dim = self.card.latent_dim
        return Posterior(
            mean=_join(means, (dim,)), log_var=_join(log_vars, (dim,)) if log_vars else None
        )

    def decode(self, codes: Floats) -> Floats:
        """The images of codes.

        Parameters
        ----------
        codes
            ``(N, D)``, finite.

        Returns
        -------
        ndarray
            ``(N, C, H, W)`` float32 in [0, 1].

        Raises
        ------
        BadInput
            Wrong shape or type, or not finite.
        """
        if not self.card.decodes:
            what = "has given codes" if self.card.given else "is a classifier"
            raise BadInput(
                f"{self.card.id!r} {what}: nothing leads from them back to a picture; choose a "
                "model that decodes."
            )
        checked = as_codes(codes, self.card.latent_dim)
        return _join(self._run(self._decode_batch, checked), self.card.image_shape)

    def classify(self, images: Floats) -> NDArray[np.int64]:
        """The class ``(N,)`` that a classifier takes each image for.

        Raises
        ------
        BadInput
            It is no classifier; wrong shape, range or type.
        """
        found: NDArray[np.int64] = self._scores(images).argmax(axis=1)
        return found

    def answer(self, images: Floats) -> NDArray[np.bool_]:
        """What a classifier says ``(N, Q)`` to each of its card's questions about each image.

        Raises
        ------
        BadInput
            As in `classify`.
        """
        said: NDArray[np.bool_] = self._scores(images) > 0
        return said

    def _scores(self, images: Floats) -> Floats:
        if not self.card.classifies:
            raise BadInput(f"{self.card.id!r} is no classifier; choose one that is.")
        checked = as_images(images, self.card.image_shape)
        classes = int(self.card.architecture["classes"])
        return _join(self._run(self._score_batch, checked), (classes,))

    def _score_batch(self, images: Floats) -> Floats:
        import torch

        with torch.inference_mode():
            scores: Floats = self.net.scores(_tensor(images)).numpy()
        return scores

    def run(self, work: Callable[[Any], T]) -> T:
        """What `work` makes of the network, on the thread that networks run on."""
        return _network_thread().submit(work, self.net).result()

    def _run(self, forward: Callable[[Floats], T], array: Floats) -> list[T]:
        starts = range(0, len(array), self._batch_size)
        submit = _network_thread().submit
        return [submit(forward, array[i : i + self._batch_size]).result() for i in starts]

    def _encode_batch(self, images: Floats) -> tuple[Floats, Floats | None]:
        import torch

        with torch.inference_mode():
            mean, log_var = self.net.encode(_tensor(images))
        return mean.numpy(), None if log_var is None else log_var.numpy()

    def _decode_batch(self, codes: Floats) -> Floats:
        import torch

        with torch.inference_mode():
            decoded: Floats = self.net.decode(_tensor(codes)).numpy()
        return decoded


def _tensor(array: Floats) -> Any:
    """A tensor over `array` itself where torch may have it, else over a copy."""
    import torch

    return torch.from_numpy(array if array.flags.writeable else array.copy())


def _join(parts: list[Floats], shape: tuple[int, ...]) -> Floats:
    return np.concatenate(parts) if parts else np.zeros((0, *shape), np.float32)


def list_models() -> list[str]:
    """The ids of all models, sorted."""
    return cards.list_ids(cards.models_dir())


def load_card(model_id: str) -> ModelCard:
    """The card of `model_id`.

    Raises
    ------
    UnknownName, BadCard
        There is no such model; its card is incomplete.
    """
    known = list_models()
    if model_id not in known:
        raise UnknownName("model", model_id, known)
    return cards.read_model_card(model_id)


def load_model(model_id: str) -> TorchModel:
    """The model `model_id`, loaded once per process while its weights stay the same.

    Raises
    ------
    UnknownName
        There is no such model.
    BadCard
        Its card is incomplete, or its weights are missing, damaged or of another shape.
    """
    card = load_card(model_id)
    files = (card.weights, card.folder / "card.json")
    stamps = tuple(path.stat().st_mtime_ns if path.is_file() else 0 for path in files)
    return _load(model_id, str(card.folder), stamps)


def judge_of(dataset_id: str) -> TorchModel | None:
    """The classifier that was trained on this data set's training pictures, or None."""
    for model_id in list_models():
        try:
            card = load_card(model_id)
        except LatentError:
            continue  # told where models are chosen
        if card.classifies and card.dataset == dataset_id:
            return load_model(model_id)
    return None


@lru_cache(maxsize=8)
def _load(model_id: str, folder: str, stamps: tuple[int, ...]) -> TorchModel:
    """Load and check a model; `folder` and `stamps` say when it must be done again."""
    return model_of(cards.read_model_card(model_id))


def model_of(card: ModelCard) -> TorchModel:
    """The model of a card, which may lie in any folder.

    Raises
    ------
    BadCard
        Its weights are missing, damaged or of another shape.
    """
    from latent_core.architectures import build

    if card.given:
        return TorchModel(card, None)
    weights = card.checked_weights()
    options = dict(card.architecture)
    net = build(str(options.pop("name", "")), card.image_shape, card.latent_dim, **options)
    try:
        net.load_state_dict(_read_weights(weights))
    except (ValueError, RuntimeError) as error:
        first = str(error).strip().splitlines()[-1].strip()
        raise BadCard(f"The weights of {card.id!r} don't fit its architecture: {first}") from error
    net.eval().requires_grad_(False)
    if not card.is_backbone:
        return TorchModel(card, net)
    digest = card.weights_sha256 or cards.sha256_file(weights)  # results are kept under it
    return TorchModel(replace(card, weights_sha256=digest), net, BACKBONE_BATCH_SIZE)


def _read_weights(path: Path) -> dict[str, Any]:
    """The tensors of a file; of one that torchvision fetched, nothing but tensors is read."""
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        if path.suffix == ".safetensors":
            return load_file(path)
        loaded: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        return loaded
    except (SafetensorError, UnpicklingError, EOFError) as error:
        raise BadCard(
            f"{path.name} is damaged or holds more than weights; fetch it again."
        ) from error
