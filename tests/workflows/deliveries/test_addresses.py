"""Addresses: which are public, which are not, and which are no address at all."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.deliveries.addresses import Target, addresses_of, is_public, read_url

PRIVATE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.1.1.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "nothing",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_of_the_public_network(address: str) -> None:
    assert is_public(address) is False


@pytest.mark.parametrize("address", ["1.1.1.1", "142.213.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_an_address_of_the_public_network(address: str) -> None:
    assert is_public(address) is True


@given(st.ip_addresses(v=4))
def test_one_of_version_4_stays_what_it_is_however_it_is_wrapped(address: IPv4Address) -> None:
    wrapped = [IPv6Address(0xFFFF << 32 | int(address)), IPv6Address((0x64FF9B << 96) | int(address))]
    for one in wrapped:
        assert is_public(str(one)) == is_public(str(address))
    if not is_public(str(address)):
        assert not is_public(str(IPv6Address((0x2002 << 112) | (int(address) << 80))))


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://exemple.quebec", Target(True, "exemple.quebec", 443, "/")),
        ("http://Exemple.Quebec:8080/a?b=c", Target(False, "exemple.quebec", 8080, "/a?b=c")),
        ("https://[2606:4700::1111]:8443/x", Target(True, "2606:4700::1111", 8443, "/x")),
    ],
)
def test_an_address_is_taken_apart(url: str, target: Target) -> None:
    assert read_url(url) == target


@pytest.mark.parametrize(
    "url",
    [
        "",
        "exemple.quebec",
        "ftp://exemple.quebec",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://nom:secret@exemple.quebec/",
        "https://exemple.quebec\\@127.0.0.1/",
        "https://exemple.quebec/#part",
        "https://exemple.quebec:0/",
        "https://exemple.quebec:70000/",
        "https://exemple.quebec:x/",
        "https://exemple.quebec/a b",
        "https://exemple.quebec/\r\nx: y",
        "https://québec.exemple/",
        "https://[::1/",
        "https://exemple.quebec/" + "a" * 2000,
    ],
)
def test_what_is_no_address_to_send_to(url: str) -> None:
    assert read_url(url) is None


@given(st.text(max_size=60))
def test_anything_is_read_or_is_no_address(text: str) -> None:
    for url in (text, f"https://{text}", f"http://exemple.quebec/{text}"):
        target = read_url(url)
        assert target is None or 0 < target.port < 65536


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "127.1", "017700000001"])
def test_this_machine_is_found_out_under_any_name(host: str) -> None:
    target = read_url(f"https://{host}/")
    assert target is not None
    found = addresses_of(target.host, target.port)
    assert found
    assert not any(is_public(one) for one in found)
