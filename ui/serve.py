"""``python -m ui.serve``: check the address, print it, and start the app there."""

from __future__ import annotations

import argparse
import errno
import os
import socket
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from latent_core.errors import InvalidInputError, LatentError
from ui.classroom.network import ALL_ADDRESSES, network_address
from ui.classroom.qr import terminal_code

APP = Path(__file__).resolve().parent.parent / "app.py"
MAX_PORT = 65_535
FOR_NETWORK = (
    "All computers of the network can use it, without a login. Folders of this computer cannot be "
    "opened in it, and what a visitor uploads is shown to that visitor only."
)
N_ALTERNATIVES = 20
"""Ports above a taken one that are tried, to propose one that is free."""


def main(argv: Sequence[str] | None = None) -> int:
    """Start the app in this process; gives the exit code where it cannot be started."""
    parser = argparse.ArgumentParser("python -m ui.serve", description="Start the app.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default="8501")
    options = parser.parse_args(argv)
    try:
        port = parse_port(options.port)
        check_free(options.host, port)
    except LatentError as error:
        print(error, file=sys.stderr)
        return 2
    _start(options.host, port)
    return 0


def _start(host: str, port: int) -> None:
    """Replace this process by the app's server."""
    name = reachable_name(host)
    print(f"Latent Space Explorer: http://{name}:{port}", flush=True)
    if host in ALL_ADDRESSES:
        _print_for_network(f"http://{name}:{port}")
    os.chdir(APP.parent)
    address = ["--server.address", host, "--server.port", str(port)]
    address += ["--browser.serverAddress", name]  # else Streamlit asks another server for it
    command = [sys.executable, "-m", "streamlit", "run", APP.name, *address]
    os.execv(sys.executable, command)  # noqa: S606 - no shell: the address is passed as it is


def _print_for_network(address: str) -> None:
    """Print the QR code of the address, and what other computers can and cannot do."""
    try:
        print(terminal_code(address))
    except UnicodeEncodeError:  # a terminal without block characters
        print("This terminal cannot show the QR code; the page has it under Share.")
    print(FOR_NETWORK, flush=True)


def reachable_name(host: str) -> str:
    """A name by which other machines may reach a server that listens at `host`."""
    if host not in ALL_ADDRESSES:
        return host
    return network_address() or socket.gethostname()


def parse_port(text: str) -> int:
    """The port number that `text` names.

    Raises
    ------
    InvalidInputError
        It is no whole number from 1 to 65535.
    """
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= MAX_PORT):
        raise InvalidInputError(
            f"PORT must be a whole number from 1 to {MAX_PORT}, not {text[:40]!r}; "
            "for example: make run PORT=8601"
        )
    return int(text)


def check_free(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on.

    Raises
    ------
    InvalidInputError
        Another program uses the port, or this machine has no such address.
    """
    error = _listening_error(host, port)
    if error is None:
        return
    if error.errno != errno.EADDRINUSE:
        raise InvalidInputError(
            f"HOST={host} PORT={port} cannot be listened on ({error.strerror or error}); "
            "choose an address of this machine, for example: make run HOST=127.0.0.1"
        )
    others = range(port + 1, min(port + N_ALTERNATIVES, MAX_PORT) + 1)
    free = next((other for other in others if _listening_error(host, other) is None), None)
    hint = f"start on another: make run PORT={free}" if free else "choose another with PORT="
    raise InvalidInputError(
        f"Port {port} at {host} is in use, perhaps by this app; stop that program, or {hint}"
    )


def _listening_error(host: str, port: int) -> OSError | None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with closing(socket.socket(family, kind, protocol)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        return error
    return None


if __name__ == "__main__":
    sys.exit(main())
