"""``parcours run``: everything in one command, for trying and for small installations."""

from __future__ import annotations

import os
import socket
import sys
import time
import urllib.error
import urllib.request

import click

from webapp.cli.init import CLOCK, environment, is_new, prepare
from webapp.cli.parts import Parts, web, worker
from webapp.cli.place import Embedded, wait_for
from webapp.cli.said import told
from webapp.cli.serve import HOST, PORT
from webapp.settings import home_of, read_clock
from workflows.migrations import migrate

PATIENCE = 60.0
WELCOME = """
Parcours est prêt : {address}

  Ouvrez une session avec un code et le mot de passe « parcours-demo » :
    U01  Camille Deschênes, employée : « Commencer », demander un cellulaire
    P08  Hugo Ibarra, son supérieur : confirmer le besoin
    P03  Chantal Dubé, représentante cellulaire : analyser la demande
    P09  Isabelle Jean, directrice : signer
    P13  Manon Nadeau, ressources humaines : déclarer une arrivée ou un départ
    P02  Bruno Caron, interlocuteur : « Rôles de mon organisme »
  API : {address}/api/docs (jeton : {tool} token U01)
  Ctrl-C pour arrêter ; les données restent dans {home}.

  Parcours is ready. Sign in with a code above and the password "parcours-demo"; English is in the menu.
"""


@click.command("run")
@HOST
@PORT
@CLOCK
def command(host: str, port: int, clock: str | None) -> None:
    """Tout démarrer : base embarquée sans DATABASE_URL, application, exécutant ; OP-DEMO au premier départ."""
    read_clock(clock or "")
    _port_is_free(host, port)
    given = os.environ.get("DATABASE_URL")
    told("Base de données : démarrage …")
    embedded = None if given else Embedded(home_of())
    try:
        code = _run(given or (embedded.url if embedded else ""), embedded, (host, port), clock)
    finally:
        if embedded is not None:
            embedded.leave()
    sys.exit(code)


def _run(url: str, embedded: Embedded | None, where: tuple[str, int], clock: str | None) -> int:
    wait_for(url)
    migrate(url)
    prepare(url, read_clock(clock or ""), demo=is_new(url))
    parts = Parts(environment(url, clock, demo=True), [web(*where), worker(4)])
    if embedded is not None:
        parts.watch = lambda: _revive(embedded)
    parts.start()
    address = f"http://{where[0]}:{where[1]}"
    if _ready(parts, address):
        click.echo(WELCOME.format(address=address, home=home_of(), tool=sys.argv[0]))
    return parts.stay()


def _revive(embedded: Embedded) -> None:
    if not embedded.is_alive():
        told("Base de données : arrêtée, redémarrage.")
        embedded.revive()


def _ready(parts: Parts, address: str) -> bool:
    """Wait until the application says it is ready."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not parts.asked_to_end.wait(0.2):
        try:
            with urllib.request.urlopen(f"{address}/health/ready", timeout=5) as answer:  # noqa: S310 (own address)
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            continue
    return False


def _port_is_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise click.ClickException(f"Le port {port} de {host} n'est pas libre ({error.strerror}).") from None
