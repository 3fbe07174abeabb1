"""Sending one message: signed, to the very address that was checked, within a time, following nobody elsewhere."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from math import floor

from standardwebhooks import Webhook
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from workflows.deliveries.addresses import Resolve, Target, addresses_of, is_public, read_url

TIMEOUT = 10.0
"""Seconds for the whole of an exchange, whatever the receiver does."""
MOST_READ = 4096
"""Bytes of an answer that are read, and ignored."""
MOST_TRIED = 3
"""How many of a name's addresses are tried, within the time."""
CONTENT = "application/cloudevents+json"
GONE = 410


@dataclass(frozen=True, slots=True)
class Letter:
    """A message ready to be sent: where, under which id, what, signed with which secret."""

    url: str
    message_id: str
    body: str
    secret: str
    private: bool = False
    """Whether the organisation allows addresses that are not public."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a sending: the receiver's status, if it gave one, and a code for what went wrong."""

    status: int | None = None
    error: str | None = None


def send(letter: Letter, at: datetime, *, timeout: float = TIMEOUT, resolve: Resolve = addresses_of) -> Outcome:
    """Send a message once, signed at an instant of the wall clock; what went wrong is told, never raised."""
    target = read_url(letter.url)
    if target is None:
        return Outcome(error="address")
    addresses = resolve(target.host, target.port)
    refused = barred(target, addresses, letter.private)
    if refused is None and not addresses:
        refused = "unresolved"
    if refused is not None:
        return Outcome(error=refused)
    return _Exchange(target, addresses, timeout).post(letter.body.encode(), headers_of(letter, at))


def barred(target: Target, addresses: Sequence[str], private: bool) -> str | None:
    """Why nothing may be sent to an address, as a code; one private address among several is enough."""
    if private:
        return None
    if not all(is_public(one) for one in addresses):
        return "private"
    return None if target.secure else "insecure"


def headers_of(letter: Letter, at: datetime) -> Mapping[str, str]:
    """The headers of a message, its signature among them."""
    return {
        "Content-Type": CONTENT,
        "User-Agent": "Parcours",
        "Connection": "close",
        "webhook-id": letter.message_id,
        "webhook-timestamp": str(floor(at.timestamp())),
        "webhook-signature": Webhook(letter.secret).sign(letter.message_id, at, letter.body),
    }


class _Line:
    """A line to the addresses that were checked, whatever the name stands for by now; cut when its time is over."""

    addresses: Sequence[str]
    port: int
    timeout: float | None
    wire: socket.socket | None = None
    over = False

    def _new_conn(self) -> socket.socket:
        failed: OSError = OSError("no address")
        tried = self.addresses[:MOST_TRIED]
        for address in tried:
            try:
                found = socket.create_connection((address, self.port), (self.timeout or TIMEOUT) / len(tried))
            except OSError as error:
                failed = error
                continue
            found.settimeout(self.timeout)
            self.wire = found.dup()
            if self.over:
                found.close()
                break
            return found
        raise failed

    def cut(self) -> None:
        """End the exchange at once, whoever waits for it."""
        self.over = True
        if self.wire is not None:
            with suppress(OSError):
                self.wire.shutdown(socket.SHUT_RDWR)


class _Plain(_Line, HTTPConnection):
    """A line that anybody on the way can read."""


class _Secure(_Line, HTTPSConnection):
    """A line over TLS: the certificate must be the one of the name."""


class _Exchange:
    """One request, its answer, and the clock that runs meanwhile."""

    def __init__(self, target: Target, addresses: Sequence[str], timeout: float) -> None:
        self.target, self.timeout = target, timeout
        self.line: _Plain | _Secure
        if target.secure:
            context = ssl.create_default_context()
            self.line = _Secure(target.host, target.port, timeout=timeout, ssl_context=context)
        else:
            self.line = _Plain(target.host, target.port, timeout=timeout)
        self.line.addresses = addresses

    def post(self, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """Send, and judge the answer by its status alone."""
        watch = threading.Timer(self.timeout, self.line.cut)
        watch.daemon = True
        watch.start()
        try:
            self.line.request("POST", self.target.path, body, headers, preload_content=False)
            answer = self.line.getresponse()
            if self.line.over:
                return Outcome(error="timeout")
            with suppress(HTTPError, HTTPException, OSError):
                answer.read(MOST_READ, decode_content=False)
            return _judged(answer.status)
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            return Outcome(error="timeout" if self.line.over else _named(error))
        finally:
            watch.cancel()
            self.line.close()
            if self.line.wire is not None:
                self.line.wire.close()


def _judged(status: int) -> Outcome:
    return Outcome(status, None if 200 <= status < 300 else "refused")


def _named(error: Exception) -> str:
    """A failure's code: nothing of what the receiver said is kept."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, TimeoutError):
            return "timeout"
        if isinstance(seen, ssl.SSLError):
            return "tls"
        seen = seen.__cause__ or seen.__context__
    return "unreachable"
