"""Accounts and rights in words: systems, what was granted in them, the holdings beside a task that takes them away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from webapp.pages import labels
from webapp.pages.facts import Fact
from webapp.words import reader_language
from workflows.cases.holdings import Holding
from workflows.contracts.models import CatalogueItem
from workflows.desk import Desk

KINDS = ("responsabilite", "acces_ti")


def system_words(code: str) -> str:
    """What a system is called; its code when it is none of ours."""
    return labels.called(labels.SYSTEMS, code)


def right_words(desk: Desk, organisation_id: UUID, codes: Iterable[str]) -> tuple[str, ...]:
    """What rights are called, as the catalogue says."""
    wanted = list(codes)
    if not wanted:
        return ()
    label = CatalogueItem.label_en if reader_language() == "en" else CatalogueItem.label_fr
    own = (CatalogueItem.organisation_id == organisation_id, CatalogueItem.kind.in_(KINDS))
    found = dict(
        desk.session.execute(select(CatalogueItem.code, label).where(*own, CatalogueItem.code.in_(wanted)))
        .tuples()
        .all()
    )
    return tuple(found.get(code) or labels.called(labels.RIGHTS, code) for code in wanted)


def held_facts(desk: Desk, organisation_id: UUID, found: Sequence[Holding]) -> list[Fact]:
    """What someone has, one line a system: the account, whether it works, each right that goes."""
    return [
        Fact(
            one.system,
            system_words(one.system),
            (
                _("%(account)s, en service", account=one.account)
                if one.works
                else _("%(account)s, désactivé", account=one.account),
                *right_words(desk, organisation_id, one.leaving),
            ),
        )
        for one in found
    ]
