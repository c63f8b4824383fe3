"""The process that runs ONNX graphs; a program of its own, started by `process`.

It reads messages from standard input and answers each on standard output.  A message is the length
of its header (4 bytes, little-endian), the header in JSON, and the bytes of its arrays.
"""

import json
import math
import os
import sys
from typing import IO, Any

import numpy as np

Message = tuple[dict[str, Any], list[Any]]


def read_message(stream: IO[bytes]) -> Message:
    """The next header, and the arrays after it."""
    size = int.from_bytes(_exactly(stream, 4), "little")
    header = json.loads(_exactly(stream, size))
    arrays = []
    for spec in header["arrays"]:
        dtype = np.dtype(spec["dtype"])
        data = _exactly(stream, dtype.itemsize * math.prod(spec["shape"]))
        arrays.append(np.frombuffer(data, dtype).reshape(spec["shape"]))
    return header, arrays


def _exactly(stream: IO[bytes], size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = stream.read(size - len(parts))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


def write_message(stream: IO[bytes], header: dict[str, Any], arrays: list[Any]) -> None:
    """Write a header and arrays."""
    arrays = [np.ascontiguousarray(array) for array in arrays]
    specs = [{"dtype": array.dtype.str, "shape": list(array.shape)} for array in arrays]
    text = json.dumps(header | {"arrays": specs}).encode()
    stream.write(len(text).to_bytes(4, "little") + text)
    stream.writelines(array.tobytes() for array in arrays)
    stream.flush()


def _session(content: bytes, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(content, options, ["CPUExecutionProvider"])


def _tensors(values: Any) -> list[dict[str, Any]]:
    return [
        {
            "name": value.name,
            "type": value.type,
            "shape": [n if isinstance(n, int) else None for n in value.shape],
        }
        for value in values
    ]


def _answer(sessions: dict[str, Any], header: dict[str, Any], arrays: list[Any]) -> Message:
    name = header["graph"]
    if header["action"] == "load":
        session = sessions[name] = _session(arrays[0].tobytes(), header["threads"])
        return {
            "inputs": _tensors(session.get_inputs()),
            "outputs": _tensors(session.get_outputs()),
        }, []
    values = sessions[name].run(None, dict(zip(header["inputs"], arrays, strict=True)))
    for value in values:
        if not isinstance(value, np.ndarray) or value.dtype.kind not in "biuf":
            return {"error": "an output is no tensor of numbers"}, []
    return {}, values


def _limit_memory(limit: int) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass  # a system without such limits; the limit of time remains


def main() -> None:
    """Answer messages until standard input ends."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no message
    _limit_memory(int(sys.argv[1]))
    sessions: dict[str, Any] = {}
    while True:
        try:
            header, arrays = read_message(requests)
        except EOFError:
            return
        try:
            answer, outputs = _answer(sessions, header, arrays)
        except MemoryError:
            answer, outputs = {"error": "it needs more memory than it may use"}, []
        except Exception as error:  # noqa: BLE001 - whatever ONNX Runtime raises
            answer, outputs = {"error": str(error) or type(error).__name__}, []
        write_message(answers, answer, outputs)


if __name__ == "__main__":
    main()
