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
Shapes = Mapping[str, tuple[int, ...]]
"""Of tensors by their names."""


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
    expected = shapes_of(module.state_dict())
    current = dict(tensors)
    notes: list[str] = []
    while not set(current) & set(expected) and (stripped := without_prefix(current)) is not None:
        current, more = stripped
        notes += more
    check_names(expected, shapes_of(current))
    with reading("The weights cannot be loaded", "check the class", InvalidInputError):
        module.load_state_dict(current, strict=True)
    return tuple(notes)


def shapes_of(tensors: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    return {name: tuple(tensor.shape) for name, tensor in tensors.items()}


def without_prefix(tensors: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]] | None:
    """The tensors without the prefix that a wrapper put before their names, and what was done.

    Returns
    -------
    tuple or None
        None where none of `PREFIXES` is before a name; tensors without it are left out.
    """
    for is_common in (all, any):
        for prefix in PREFIXES:
            if not is_common(name.startswith(prefix) for name in tensors):
                continue
            left = sorted(name for name in tensors if not name.startswith(prefix))
            notes = [f"Left out: {', '.join(left[:_LISTED])}."] if left else []
            kept = {n.removeprefix(prefix): t for n, t in tensors.items() if n.startswith(prefix)}
            return kept, [*notes, f"The names began with {prefix!r}, which was removed."]
    return None


def check_names(
    expected: Shapes, found: Shapes, what: str = "class", remedy: str = "arguments (--arguments)"
) -> None:
    """Raise unless two state dicts have the same names and shapes.

    Raises
    ------
    InvalidInputError
        They differ; the first ones that are missing or unexpected are listed.
    """
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
        raise InvalidInputError(f"The weights don't fit the {what}: {parts}. Check its {remedy}.")
