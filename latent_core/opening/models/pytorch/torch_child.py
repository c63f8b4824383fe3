"""Reads a state dict; a program of its own, started by `state_dicts`.

It gets the paths of a PyTorch file and of the safetensors file to write, and prints one line of
JSON.  PyTorch reads with ``weights_only=True``, so that nothing in the file is run.
"""

import json
import sys
from typing import Any

KEYS: tuple[str, ...] = (
    *("state_dict", "model_state_dict", "ema_state_dict", "model", "net", "ema", "model_ema"),
    *("params", "generator", "vae", "autoencoder"),
)
"""Under which training scripts store a state dict; checked in this order."""


def unwrapped(value: Any) -> tuple[Any, list[str]]:
    """The dictionary of tensors inside `value`, and the keys that lead to it."""
    import torch

    path: list[str] = []
    while isinstance(value, dict) and not any(map(torch.is_tensor, value.values())):
        key = next((key for key in KEYS if isinstance(value.get(key), dict)), None)
        if key is None:
            break
        path.append(key)
        value = value[key]
    return value, path


def main(source: str, target: str) -> dict[str, Any]:
    """Convert the file; what was found, or what is wrong."""
    import torch
    from safetensors.torch import save_file

    try:
        value = torch.load(source, map_location="cpu", weights_only=True)
    except Exception as error:  # noqa: BLE001 - whatever torch raises
        return {"error": str(error).splitlines()[0], "blockers": _blockers(source)}
    value, path = unwrapped(value)
    if not isinstance(value, dict):
        return {"error": f"it holds {type(value).__name__!r} and no tensors", "blockers": []}
    tensors = {str(k): v.contiguous().clone() for k, v in value.items() if torch.is_tensor(v)}
    if not tensors:
        return {"error": f"it holds {', '.join(map(str, list(value)[:5]))}", "blockers": []}
    save_file(tensors, target)
    return {"path": path, "others": [str(key) for key in value if str(key) not in tensors][:8]}


def _blockers(source: str) -> list[str]:
    import torch

    try:
        return list(torch.serialization.get_unsafe_globals_in_checkpoint(source))[:8]
    except Exception:  # noqa: BLE001 - a damaged file
        return []


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
