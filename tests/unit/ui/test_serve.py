"""Starting the app: a wrong or taken address is one sentence that names the remedy."""

from __future__ import annotations

import socket
import tomllib
from collections.abc import Iterator
from contextlib import closing

import pytest

from latent_core.errors import InvalidInputError
from latent_core.io.limits import MB, UploadLimits
from ui import serve

ALL = "0.0.0.0"  # noqa: S104 - nothing is bound


@pytest.fixture
def taken_port() -> Iterator[int]:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen(1)
        yield other.getsockname()[1]


def test_a_port_is_a_whole_number_in_range() -> None:
    assert serve.parse_port("8501") == 8501
    for text in ("abc", "0", "-1", "65536", "8501.0", "", "9" * 5000, "٣"):
        with pytest.raises(InvalidInputError, match="PORT must be a whole number from 1 to 65535"):
            serve.parse_port(text)


def test_a_taken_port_is_refused_and_a_free_one_is_proposed(taken_port: int) -> None:
    with pytest.raises(InvalidInputError, match=f"Port {taken_port} .* in use.* PORT=") as refused:
        serve.check_free("127.0.0.1", taken_port)
    proposed = int(str(refused.value).rpartition("=")[2])
    serve.check_free("127.0.0.1", proposed)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"HOST=192\.0\.2\.1"):
        serve.check_free("192.0.2.1", 8501)


def test_nothing_is_started_at_a_bad_address(monkeypatch, capsys, taken_port: int) -> None:
    monkeypatch.setattr(serve.os, "execv", lambda *_: pytest.fail("started"))
    assert serve.main(["--port", "abc"]) == 2
    assert serve.main(["--port", str(taken_port)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 2


def test_the_app_is_started_with_the_checked_address(monkeypatch, capsys) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(serve, "check_free", lambda host, port: None)
    monkeypatch.setattr(serve.os, "execv", lambda _, command: started.append(command))
    monkeypatch.setattr(serve.os, "chdir", lambda folder: None)
    serve.main(["--port", "8611"])
    assert started[0][1:5] == ["-m", "streamlit", "run", "app.py"]
    assert started[0][-6:-2] == ["--server.address", "127.0.0.1", "--server.port", "8611"]
    assert started[0][-2:] == ["--browser.serverAddress", "127.0.0.1"]
    assert "http://127.0.0.1:8611" in capsys.readouterr().out


def test_streamlit_refuses_uploads_at_the_size_that_the_library_does() -> None:
    config = tomllib.loads((serve.APP.parent / ".streamlit" / "config.toml").read_text())
    assert config["server"]["maxUploadSize"] == UploadLimits().file_bytes // MB
    assert config["client"]["showErrorLinks"] is False, "messages would be sent to other sites"


def started(monkeypatch, host: str) -> list[str]:
    """The command that starts the server at `host`."""
    commands: list[list[str]] = []
    monkeypatch.setattr(serve, "check_free", lambda host, port: None)
    monkeypatch.setattr(serve, "network_address", lambda: "192.168.7.20")
    monkeypatch.setattr(serve.os, "execv", lambda _, command: commands.append(command))
    monkeypatch.setattr(serve.os, "chdir", lambda folder: None)
    assert serve.main(["--host", host, "--port", "8611"]) == 0
    return commands[0]


def test_at_all_addresses_the_network_address_and_its_qr_code_are_printed(monkeypatch, capsys):
    command = started(monkeypatch, ALL)
    out = capsys.readouterr().out
    assert "http://192.168.7.20:8611" in out
    assert "█" in out or "▀" in out
    assert "Folders of this computer cannot be opened" in out
    assert command[-1] == "192.168.7.20"
    assert ALL in command


def test_on_this_computer_only_one_line_is_printed(monkeypatch, capsys):
    started(monkeypatch, "127.0.0.1")
    assert capsys.readouterr().out == "Latent Space Explorer: http://127.0.0.1:8611\n"


def test_without_a_network_the_server_is_named_by_its_machine(monkeypatch):
    monkeypatch.setattr(serve, "network_address", lambda: None)
    assert serve.reachable_name("::") == socket.gethostname()
    assert serve.reachable_name("127.0.0.1") == "127.0.0.1"
