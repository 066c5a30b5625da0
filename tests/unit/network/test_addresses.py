from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.network.addresses import allowed_addresses, is_public
from dashboard.network.refusals import Unfetched

if TYPE_CHECKING:
    import ipaddress

INSIDE = [
    "0.0.0.0",  # noqa: S104 - nothing listens
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.0.9",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.7",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.5",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "news.example",
    "",
]


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"],
)
def test_what_is_outside_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_a_wrapped_address_is_what_it_wraps(address: ipaddress.IPv4Address) -> None:
    assert is_public(f"::ffff:{address}") == is_public(str(address))
    assert is_public(f"64:ff9b::{address}") == is_public(str(address))
    if is_public(str(address)):
        assert address.is_global
        assert not address.is_multicast


def test_one_bad_address_among_good_ones_is_enough() -> None:
    with pytest.raises(Unfetched) as why:
        allowed_addresses("news.example", 80, lambda _host, _port: ["1.1.1.1", "10.0.0.1"])
    assert why.value.code == "net_private"
    assert "10.0.0.1" in str(why.value)


def test_this_machine_only_when_code_says_so() -> None:
    def here(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    assert allowed_addresses("a.example", 80, here, loopback=True) == ("127.0.0.1",)
    with pytest.raises(Unfetched):
        allowed_addresses("a.example", 80, here)
    with pytest.raises(Unfetched):  # nor is a neighbour this machine
        allowed_addresses("a.example", 80, lambda _host, _port: ["192.168.0.2"], loopback=True)


def test_no_address_is_no_host() -> None:
    def none(_host: str, _port: int) -> list[str]:
        raise OSError("no such name")

    for resolve in (none, lambda _host, _port: []):
        with pytest.raises(Unfetched) as why:
            allowed_addresses("a.example", 80, resolve)
        assert why.value.code == "net_unknown"
        assert why.value.passing
