"""The address that other computers reach: only where the page's own is no use to them."""

from __future__ import annotations

import ipaddress

import pytest

from ui.classroom import network
from ui.classroom.network import is_local, reachable_url

ALL = "0.0.0.0"  # noqa: S104 - nothing is bound


def test_the_network_address_is_an_ipv4_address_that_others_can_use():
    found = network.network_address()
    assert found is None or not ipaddress.IPv4Address(found).is_loopback


def test_a_computer_in_no_network_has_no_address(monkeypatch):
    def fail(*_args):
        raise OSError

    monkeypatch.setattr(network, "_ELSEWHERE", ("not an address", 9))
    monkeypatch.setattr(network.socket, "gethostbyname", fail)
    assert network.network_address() is None
    monkeypatch.setattr(network.socket, "gethostbyname", lambda _: "127.0.1.1")
    assert network.network_address() is None


@pytest.mark.parametrize("host", ["localhost", "app.localhost", "127.0.0.1", "::1", ALL])
def test_names_of_this_computer_are_local(host):
    assert is_local(host)


@pytest.mark.parametrize("host", ["192.168.7.20", "school.example", ""])
def test_other_names_are_not(host):
    assert not is_local(host)


@pytest.mark.parametrize(
    ("url", "bound", "expected"),
    [
        ("http://localhost:8501/learn", ALL, "http://192.168.7.20:8501/learn"),
        ("http://[::1]/learn", "::", "http://192.168.7.20/learn"),
        ("http://localhost:8501/learn", "127.0.0.1", "http://localhost:8501/learn"),
        ("https://school.example/app/", ALL, "https://school.example/app/"),
    ],
)
def test_only_a_local_name_is_replaced_and_only_if_all_addresses_are_served(
    monkeypatch, url, bound, expected
):
    monkeypatch.setattr(network, "network_address", lambda: "192.168.7.20")
    assert reachable_url(url, bound) == expected
    monkeypatch.setattr(network, "network_address", lambda: None)
    assert reachable_url(url, ALL) == url
