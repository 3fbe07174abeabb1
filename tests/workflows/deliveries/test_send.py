"""Sending: signed, to the address that was checked, within its time, following nobody and reading little."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from standardwebhooks import Webhook, WebhookVerificationError

from tests.workflows.deliveries.receiver import Answer, Receiver, drip, hang, huge, receiving, status
from workflows.clock import wall_now
from workflows.deliveries.addresses import Resolve
from workflows.deliveries.send import Letter, Outcome, send
from workflows.people.integrations import new_secret

SECRET = new_secret()
BODY = '{"specversion":"1.0","type":"derogation.signee.v1","data":{"motif":"été"}}'


def a_letter(url: str, *, private: bool = True) -> Letter:
    """A message to an address."""
    return Letter(url, "0192-abc", BODY, SECRET, private)


def names(*addresses: str) -> Resolve:
    """A directory in which every name stands for these addresses."""

    def resolve(host: str, port: int) -> Sequence[str]:
        return addresses

    return resolve


def test_the_receiver_verifies_the_signature_with_its_own_library(receiver: Receiver) -> None:
    assert send(a_letter(receiver.url), wall_now()) == Outcome(204)
    (got,) = receiver.received
    assert Webhook(SECRET).verify(got.body, got.headers)["type"] == "derogation.signee.v1"
    assert (got.path, got.headers["content-type"]) == ("/hook?from=parcours", "application/cloudevents+json")
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(got.body, got.headers)


def test_a_signature_is_of_its_moment(receiver: Receiver) -> None:
    send(a_letter(receiver.url), wall_now() - timedelta(seconds=301))
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(receiver.received[0].body, receiver.received[0].headers)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirection_is_not_followed(receiver: Receiver, code: int) -> None:
    with receiving() as elsewhere:
        receiver.answers = [status(code, location=elsewhere.url)]
        assert send(a_letter(receiver.url), wall_now()) == Outcome(code, "refused")
        assert elsewhere.received == []


@pytest.mark.parametrize("code", [400, 404, 410, 429, 500, 503])
def test_what_is_not_2xx_is_not_delivered(receiver: Receiver, code: int) -> None:
    receiver.answers = [status(code)]
    assert send(a_letter(receiver.url), wall_now()) == Outcome(code, "refused")


@pytest.mark.parametrize("answer", [hang, drip])
def test_a_receiver_that_takes_too_long_is_left(receiver: Receiver, answer: Answer) -> None:
    receiver.answers = [answer]
    began = time.monotonic()
    assert send(a_letter(receiver.url), wall_now(), timeout=0.4) == Outcome(None, "timeout")
    assert time.monotonic() - began < 5


def test_a_huge_answer_is_not_read(receiver: Receiver) -> None:
    receiver.answers = [huge]
    assert send(a_letter(receiver.url), wall_now()) == Outcome(200)
    assert receiver.written < 100_000_000


def test_nobody_there_is_a_failure_like_another() -> None:
    with receiving() as gone:
        url = gone.url
    assert send(a_letter(url), wall_now()) == Outcome(None, "unreachable")
    assert send(a_letter("http://nom.exemple/"), wall_now(), resolve=names()) == Outcome(None, "unresolved")


def test_a_name_that_has_come_to_lead_inside_is_refused_at_sending(receiver: Receiver) -> None:
    url = f"https://exemple.quebec:{receiver.port}/"
    for addresses in (("127.0.0.1",), ("1.1.1.1", "127.0.0.1"), ("::ffff:127.0.0.1",)):
        assert send(a_letter(url, private=False), wall_now(), resolve=names(*addresses)) == Outcome(None, "private")
    assert receiver.received == []


def test_without_leave_a_message_goes_over_tls_only() -> None:
    letter = a_letter("http://exemple.quebec/", private=False)
    assert send(letter, wall_now(), resolve=names("1.1.1.1")) == Outcome(None, "insecure")


def test_the_line_goes_to_the_address_that_was_checked_under_its_own_name(receiver: Receiver) -> None:
    url = f"http://exemple.quebec:{receiver.port}/hook"
    assert send(a_letter(url), wall_now(), resolve=names("127.0.0.1")) == Outcome(204)
    assert receiver.received[0].headers["host"] == f"exemple.quebec:{receiver.port}"


def test_the_next_address_of_a_name_is_tried(receiver: Receiver) -> None:
    url = f"http://exemple.quebec:{receiver.port}/hook"
    assert send(a_letter(url), wall_now(), resolve=names("127.0.0.9", "127.0.0.1")) == Outcome(204)


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A receiver over TLS whose certificate, for exemple.quebec, this machine trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "exemple.quebec")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("exemple.quebec")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = tmp_path / "receiver.pem"
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with receiving(context) as listening:
        yield listening


def test_over_tls_the_certificate_must_be_the_one_of_the_name(secure: Receiver) -> None:
    here = names("127.0.0.1")
    good, bad = (f"https://{host}:{secure.port}/hook" for host in ("exemple.quebec", "autre.quebec"))
    assert send(a_letter(good), wall_now(), resolve=here) == Outcome(204)
    assert send(a_letter(bad), wall_now(), resolve=here) == Outcome(None, "tls")
    assert len(secure.received) == 1
