"""State dicts of strangers, converted to safetensors in a process of their own, and their classes.

A class by its import path runs code: only for who types it on the command line.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from latent_core.errors import InvalidInputError
from latent_core.files import write_file
from latent_core.io.limits import safe_display_name
from latent_core.untrusted import reading

ENDINGS = (".pt", ".pth", ".ckpt", ".bin", ".safetensors")
PREFIXES = ("module.", "_orig_mod.", "model.", "net.", "vae.", "autoencoder.")
SECONDS = 120
_LISTED = 3


def read_state_dict(name: str, content: bytes) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The tensors of a PyTorch or safetensors file by name, and what was noticed, in sentences.

    Raises
    ------
    InvalidInputError
        It holds other objects than tensors, which are named, or is damaged.
    """
    from safetensors.torch import load

    shown = safe_display_name(name)
    if name.lower().endswith(".safetensors"):
        with reading(f"{shown} cannot be read", "save it again", InvalidInputError):
            return load(content), ()
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "source"), Path(folder, "target")
        write_file(source, content)
        found = _convert(source, target, shown)
        if "error" in found:
            raise InvalidInputError(_refusal(shown, found))
        tensors = load(target.read_bytes())
    notes = [f"The weights were under {' → '.join(map(repr, found['path']))}."] * bool(
        found["path"]
    )
    if found["others"]:
        notes.append(f"Left out, since they are no tensors: {', '.join(found['others'])}.")
    return tensors, tuple(notes)


def _convert(source: Path, target: Path, shown: str) -> dict[str, Any]:
    program = str(Path(__file__).with_name("torch_child.py"))
    command = [sys.executable, "-P", program, str(source), str(target)]
    try:
        done = subprocess.run(  # noqa: S603 - no shell
            command, capture_output=True, timeout=SECONDS, check=True
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise InvalidInputError(
            f"{shown} could not be read within {SECONDS} s, or needs too much memory; save only "
            "its state dict."
        ) from error
    return found


def _refusal(shown: str, found: Mapping[str, Any]) -> str:
    if found["blockers"]:
        names = ", ".join(found["blockers"][:_LISTED])
        return (
            f"{shown} holds Python objects besides weights ({names}), which could run code, so it "
            "is not opened. Save its weights alone: safetensors.torch.save_file("
            'model.state_dict(), "weights.safetensors").'
        )
    return f"{shown} cannot be read ({found['error'][:160]}); save its state dict again."


def load_class(path: str, arguments: Mapping[str, Any]) -> Any:
    """An instance of the class at ``package.module:Class``.

    Raises
    ------
    InvalidInputError
        There is no such class, or it cannot be made with these arguments.
    """
    module_name, _, class_name = path.partition(":")
    if not module_name or not class_name:
        raise InvalidInputError(f"Give the class as package.module:Class, not {path[:80]!r}.")
    if str(Path.cwd()) not in sys.path:
        sys.path.insert(0, str(Path.cwd()))
    with reading(f"{path} cannot be made", "correct --class or --arguments", InvalidInputError):
        return getattr(importlib.import_module(module_name), class_name)(**arguments)


def load_weights(module: Any, tensors: Mapping[str, Any]) -> tuple[str, ...]:
    """Load tensors into a module, without the prefixes that wrappers put before their names.

    Returns
    -------
    tuple of str
        What was noticed, in sentences.

    Raises
    ------
    InvalidInputError
        Names or shapes differ; the first ones that are missing or unexpected are listed.
    """
    expected = {name: tuple(tensor.shape) for name, tensor in module.state_dict().items()}
    current, notes = dict(tensors), []
    while not set(current) & set(expected):
        prefix = next((p for p in PREFIXES if all(n.startswith(p) for n in current)), None)
        if prefix is None:
            prefix = next((p for p in PREFIXES if any(n.startswith(p) for n in current)), None)
            if prefix is None:
                break
            left = sorted(name for name in current if not name.startswith(prefix))
            notes.append(f"Left out: {', '.join(left[:_LISTED])}.")
        current = {n.removeprefix(prefix): t for n, t in current.items() if n.startswith(prefix)}
        notes.append(f"The names began with {prefix!r}, which was removed.")
    _check_names(expected, {name: tuple(tensor.shape) for name, tensor in current.items()})
    with reading("The weights cannot be loaded", "check the class", InvalidInputError):
        module.load_state_dict(current, strict=True)
    return tuple(notes)


def _check_names(
    expected: Mapping[str, tuple[int, ...]], found: Mapping[str, tuple[int, ...]]
) -> None:
    missing = [f"{n} {expected[n]}" for n in expected if n not in found]
    unexpected = [f"{n} {found[n]}" for n in found if n not in expected]
    other = [
        f"{n} {found[n]} instead of {expected[n]}"
        for n in expected
        if n in found and found[n] != expected[n]
    ]
    wrong = {"missing": missing, "unexpected": unexpected, "of another shape": other}
    if any(wrong.values()):
        parts = "; ".join(
            f"{len(names)} {kind}: {', '.join(names[:_LISTED])}"
            for kind, names in wrong.items()
            if names
        )
        raise InvalidInputError(
            f"The weights don't fit the class: {parts}. Check its arguments (--arguments)."
        )
