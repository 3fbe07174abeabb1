"""Load OP-DEMO from its data files: its units, persons, roles, plans, contract, calendars and opening amounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from workflows.accesses.models import Access, AccessState
from workflows.calendars.models import Calendar, CalendarException, CalendarWindow
from workflows.catalog.models import OrganisationDecision
from workflows.contracts.models import CatalogueItem, Contract, OpeningBalance
from workflows.demo.loading import Loading
from workflows.demo.plan import load_plans, load_substitutions
from workflows.people.models import Organisation, Person, RoleAssignment, Subdivision, Unit
from workflows.people.passwords import hash_password

DATA = Path(__file__).parent / "data"
PASSWORD = "parcours-demo"  # noqa: S105 (the demonstration's, printed to whoever tries it)
FOUNDED = date(2025, 1, 1)


def load_demo(session: Session) -> Organisation:
    """Load OP-DEMO into an installation that has none."""
    data = yaml.safe_load((DATA / "organisation.yaml").read_text(encoding="utf-8"))
    loading = Loading(session, data)
    for load in (
        _units,
        _persons,
        _heads,
        _roles,
        load_plans,
        load_substitutions,
        _money,
        _calendars,
        _holidays,
        _tables,
        _accesses,
    ):
        load(loading)
        session.flush()
    return loading.organisation


def _units(loading: Loading) -> None:
    own = loading.organisation.id
    for code, name in loading.data["subdivisions"].items():
        loading.session.add(Subdivision(organisation_id=own, code=code, name=name))
    for code, (name, above, _) in loading.data["units"].items():
        unit = Unit(organisation_id=own, code=code, name=name, parent_id=loading.units[above].id if above else None)
        loading.session.add(unit)
        loading.session.flush()
        loading.units[code] = unit


def _persons(loading: Loading) -> None:
    password = hash_password(PASSWORD)
    for code, first, last, unit, post, _, _ in loading.data["persons"]:
        matricule = loading.data["matricules"].get(code) or f"1002{code[1:]}"
        starts = loading.data["arriving"].get(code, FOUNDED)
        person = Person(
            organisation_id=loading.organisation.id,
            code=code,
            matricule=matricule,
            first_name=first,
            last_name=last,
            email=f"{code.lower()}@op-demo.example",
            post=post,
            unit_id=loading.units[unit].id if unit in loading.units else None,
            central=unit not in loading.units,
            employed_from=loading.moment(starts),
            password_hash=password,
        )
        loading.session.add(person)
        loading.persons[code] = person


def _heads(loading: Loading) -> None:
    for code, (_, _, head) in loading.data["units"].items():
        loading.units[code].head_id = loading.persons[head].id if head else None
    for code, _, _, _, _, superior, _ in loading.data["persons"]:
        if superior:
            loading.persons[code].superior_id = loading.persons[superior].id


def _roles(loading: Loading) -> None:
    for code, *_, roles in loading.data["persons"]:
        for written in roles:
            role, scope, scope_code = written.split() if " " in written else (written, "ORG", None)
            loading.session.add(
                RoleAssignment(
                    organisation_id=loading.organisation.id,
                    person_id=loading.persons[code].id,
                    role=role,
                    scope=scope,
                    scope_code=scope_code,
                    valid_from=loading.moment(FOUNDED),
                )
            )


def _money(loading: Loading) -> None:
    own = loading.organisation.id
    for code, said in loading.data["contracts"].items():
        start, end = (loading.moment(one) for one in said["valid"])
        contract = Contract(
            organisation_id=own, code=code, title=said["title"], valid_from=start, valid_until=end, ranks=said["ranks"]
        )
        loading.session.add(contract)
    opening = loading.data["opening"]
    for unit, cents in opening["cents"].items():
        balance = OpeningBalance(
            organisation_id=own, unit_id=loading.units[unit].id, fiscal_year=opening["year"], cents=cents
        )
        loading.session.add(balance)
    for kind, items in loading.data["catalogue"].items():
        for code, said in items.items():
            details = {key: value for key, value in said.items() if key not in ("fr", "en")}
            item = CatalogueItem(
                organisation_id=own, kind=kind, code=code, label_fr=said["fr"], label_en=said["en"], details=details
            )
            loading.session.add(item)


def _calendars(loading: Loading) -> None:
    for code, said in loading.data["calendars"].items():
        calendar = Calendar(organisation_id=loading.organisation.id, code=code, always=said == "always")
        loading.session.add(calendar)
        loading.session.flush()
        if not calendar.always:
            loading.session.add_all(_windows(calendar, said if isinstance(said, dict) else {"hours": said}))


def _windows(calendar: Calendar, said: dict[str, Any]) -> Iterator[CalendarWindow]:
    """The openings from Monday to Friday, those of some weekdays being their own, until the calendar ends."""
    for weekday in range(5):
        for opens, closes in said.get("weekdays", {}).get(weekday, said["hours"]):
            yield CalendarWindow(
                calendar_id=calendar.id,
                weekday=weekday,
                opens=time.fromisoformat(opens),
                closes=time.fromisoformat(closes),
                valid_until=said.get("until"),
            )


def _holidays(loading: Loading) -> None:
    for on, (name, name_en) in loading.data["holidays"].items():
        closed = CalendarException(organisation_id=loading.organisation.id, on=on, name=name, name_en=name_en)
        loading.session.add(closed)


def _tables(loading: Loading) -> None:
    for version, said in loading.data["plans"].items():
        start, end = (loading.moment(one) for one in said["valid"])
        table = OrganisationDecision(
            organisation_id=loading.organisation.id,
            key="TD_SIGNATURE",
            version=version,
            valid_from=start,
            valid_until=end,
            dmn=(DATA / said["table"]).read_text(encoding="utf-8"),
        )
        loading.session.add(table)


def _accesses(loading: Loading) -> None:
    """What each person has in the systems; what goes with a line is only whose data says so."""
    for code, person in loading.persons.items():
        if code in loading.data["accesses"]["without"]:
            continue
        more = loading.data["accesses"]["more"].get(code, {})
        for system, granted in {**loading.data["accesses"]["everyone"], **more}.items():
            codes = list(granted) if isinstance(granted, list) else []
            row = Access(organisation_id=loading.organisation.id, person_id=person.id, system=system)
            row.account = granted if isinstance(granted, str) else f"{system[:1]}-{person.matricule}"
            row.granted, row.live, row.state = codes, codes, AccessState.ENABLED
            row.changed_at = loading.moment(FOUNDED)
            loading.session.add(row)
