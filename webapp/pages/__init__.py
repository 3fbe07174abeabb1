"""Pages for people: every address in one table; each works from plain HTML, scripts only make it smoother."""

from __future__ import annotations

from typing import cast

from flask import Flask, redirect, url_for
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug import Response

from webapp.locale import init_locale
from webapp.pages import (
    acting,
    calendars,
    cancelling,
    case,
    deadlines,
    entrance,
    inbox,
    notices,
    orders,
    requests,
    roles,
    signatories,
    simulation,
    starting,
    task,
    verification,
)
from webapp.pages.door import blueprint
from webapp.pages.filters import init_filters

__all__ = ["blueprint", "init_pages"]
DAY = 24 * 3600


def home() -> Response:
    """The first page: one's inbox."""
    return redirect(url_for("pages.inbox"))


ADDRESSES = (
    ("GET", "/", "home", home),
    ("GET", "/connexion", "sign_in", entrance.show_sign_in),
    ("POST", "/connexion", "do_sign_in", entrance.do_sign_in),
    ("POST", "/deconnexion", "sign_out", entrance.do_sign_out),
    ("GET", "/preferences", "preferences", entrance.show_preferences),
    ("POST", "/preferences", "keep_preferences", entrance.keep_preferences),
    ("GET", "/corbeille", "inbox", inbox.show_inbox),
    ("GET", "/corbeille/nouvelles", "news", inbox.news),
    ("POST", "/corbeille/<task_id>/prise-en-charge", "claim_from_list", inbox.claim_from_list),
    ("GET", "/taches/<task_id>", "task", task.show_task),
    ("POST", "/taches/<task_id>", "answer_task", task.answer_task),
    ("POST", "/taches/<task_id>/brouillon", "keep_draft", task.keep_draft),
    ("POST", "/taches/<task_id>/lignes", "change_rows", task.change_rows),
    ("POST", "/taches/<task_id>/prise-en-charge", "claim", task.claim),
    ("POST", "/taches/<task_id>/remise", "release", task.release),
    ("POST", "/taches/<task_id>/commentaires", "comment", task.comment),
    ("GET", "/taches/<task_id>/suite", "done", requests.show_done),
    ("GET", "/dossiers/<ref>", "case", case.show_case),
    ("GET", "/dossiers/<ref>/<part>", "case_part", case.show_case),
    ("POST", "/dossiers/<ref>/reprise", "retry_case", case.retry),
    ("GET", "/dossiers/<ref>/annulation", "cancel", cancelling.show_cancel),
    ("POST", "/dossiers/<ref>/annulation", "do_cancel", cancelling.do_cancel),
    ("GET", "/dossiers/<ref>/actions/<code>", "action", acting.show_action),
    ("POST", "/dossiers/<ref>/actions/<code>", "do_action", acting.do_action),
    ("GET", "/dossiers/<ref>/dessin.bpmn", "drawing", case.drawing),
    ("GET", "/dossiers/<ref>/preuve.zip", "evidence", case.evidence),
    ("POST", "/dossiers/<ref>/fichiers", "attach", case.attach),
    ("GET", "/fichiers/<file_id>", "download", case.download),
    ("GET", "/commencer", "start", starting.show_start),
    ("GET", "/commencer/<key>", "ask_start", starting.ask_start),
    ("POST", "/commencer/<key>", "do_start", starting.do_start),
    ("GET", "/demandes", "requests", requests.show_requests),
    ("GET", "/commandes", "orders", orders.show_orders),
    ("GET", "/roles", "roles", roles.show_roles),
    ("POST", "/roles", "change_role", roles.change_role),
    ("GET", "/signataires", "signatories", signatories.show_signatories),
    ("GET", "/calendriers", "calendars", calendars.show_calendars),
    ("POST", "/calendriers", "change_holidays", calendars.change_holidays),
    ("GET", "/echeances", "deadlines", deadlines.show_deadlines),
    ("POST", "/echeances", "change_deadlines", deadlines.change_deadlines),
    ("GET", "/recherche", "search", requests.search),
    ("GET", "/avis", "notices", notices.show_notices),
    ("POST", "/avis/<notice_id>", "mark_read", notices.mark_read),
    ("GET", "/aide", "help", notices.show_help),
    ("GET", "/verification", "verify", verification.show_verify),
    ("POST", "/verification", "do_verify", verification.do_verify),
    ("GET", "/verification/<sha256>", "verify_link", verification.verify_link),
    ("POST", "/simulation/horloge", "move_clock", simulation.move_clock),
    ("GET", "/simulation/prestataire", "provider", simulation.show_provider),
    ("POST", "/simulation/prestataire", "answer_order", simulation.answer_order),
)
for verb, address, name, view in ADDRESSES:
    blueprint.add_url_rule(address, name, view, methods=[verb])


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    """What pages need of the application that opens their door: languages, words in templates, files kept a day."""
    app = cast(Flask, state.app)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = DAY
    init_locale(app)
    init_filters(app)


def init_pages(app: Flask) -> None:
    """Open the door of pages."""
    app.register_blueprint(blueprint)
