"""Organisations, units, persons and the roles they hold."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from workflows.database import Base, keep_loaded, new_id


class Organisation(Base):
    """A public body that uses the product, with its settings (see ``people.settings`` for keys and defaults)."""

    __tablename__ = "organisations"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    timezone: Mapped[str] = mapped_column(default="America/Toronto")
    demo: Mapped[bool] = mapped_column(default=False)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Subdivision(Base):
    """A billing subdivision of the cellular contract."""

    __tablename__ = "subdivisions"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    code: Mapped[str]
    name: Mapped[str]


class Unit(Base):
    """An administrative unit; units form a tree, and each may have a head."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    code: Mapped[str]
    name: Mapped[str]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    head_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", use_alter=True))
    active: Mapped[bool] = mapped_column(default=True)


class Person(Base):
    """Someone known to an organisation. ``employed_from``/``employed_until`` are half-open instants."""

    __tablename__ = "persons"
    __table_args__ = (
        UniqueConstraint("organisation_id", "code"),
        UniqueConstraint("organisation_id", "matricule"),
        Index(None, "superior_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    code: Mapped[str]
    matricule: Mapped[str | None]
    first_name: Mapped[str]
    last_name: Mapped[str]
    usual_name: Mapped[str | None]
    """The name that the person goes by, shown in the place of the others."""
    email: Mapped[str | None]
    post: Mapped[str] = mapped_column(default="")
    position_no: Mapped[str | None]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    superior_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    """The superior, when it is not the head of the unit; oneself for who has nobody above."""
    central: Mapped[bool] = mapped_column(default=False)
    """On the central provider's side (MCN): no superior here, neither starts nor benefits from a derogation."""
    employed_from: Mapped[datetime | None]
    employed_until: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(default="fr")
    theme: Mapped[str] = mapped_column(default="auto")
    password_hash: Mapped[str | None]

    @hybrid_property
    def name(self) -> str:
        """What people call someone: the usual name when there is one, else first and last name."""
        return self.usual_name or self.full_name

    @name.inplace.expression
    @classmethod
    def _name(cls) -> ColumnElement[str]:
        return func.coalesce(cls.usual_name, cls.first_name + " " + cls.last_name)

    @property
    def full_name(self) -> str:
        """First and last name, as the register has them."""
        return f"{self.first_name} {self.last_name}"


class RoleAssignment(Base):
    """A role held by a person, within a scope, over a half-open period ``[valid_from, valid_until)``.

    ``case_id``: the case that changed it last; ``reminded_at``: when its end was told to be near.
    """

    __tablename__ = "role_assignments"
    __table_args__ = (
        Index(None, "person_id"),
        Index(None, "organisation_id", "role"),
        Index("ix_role_assignments_ending", "valid_until", postgresql_where=text("state = 'ACTIVE'")),
        CheckConstraint("scope in ('ORG','SUB','SEC','MODULE','SELF')", name="scope"),
        CheckConstraint("valid_until is null or valid_until > valid_from", name="period"),
        CheckConstraint("state in ('PROPOSEE','ACCEPTEE','ACTIVE','SUSPENDUE','TERMINEE')", name="state"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    role: Mapped[str]
    scope: Mapped[str] = mapped_column(default="ORG")
    scope_code: Mapped[str | None]
    """Code of the subdivision (SUB), of the unit with all those below it (SEC), or of the module (MODULE)."""
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    named_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    instrument: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="ACTIVE")
    interim: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Held until a successor is named (CARD-02): it gives way by itself."""
    entries: Mapped[list[str]] = mapped_column(ARRAY(TEXT), default=list, server_default=text("'{}'"))
    """The delegation entries that a role of DERO was given against (CARD-07)."""
    case_id: Mapped[UUID | None]
    reminded_at: Mapped[datetime | None]


class Substitution(Base):
    """A written replacement of one person by another, for named roles and delegation entries (CARD-13, CARD-14)."""

    __tablename__ = "substitutions"
    __table_args__ = (
        UniqueConstraint("organisation_id", "code"),
        CheckConstraint("valid_until > valid_from", name="period"),
        CheckConstraint("titulaire_id <> substitute_id", name="two_persons"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    code: Mapped[str]
    titulaire_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    substitute_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    roles: Mapped[list[str]] = mapped_column(ARRAY(TEXT), default=list)
    entries: Mapped[list[str]] = mapped_column(ARRAY(TEXT), default=list)
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    instrument: Mapped[str]
    reason_class: Mapped[str] = mapped_column(default="AUTRE")
    case_id: Mapped[UUID | None]


class Absence(Base):
    """A time over which a person is away, ``[valid_from, valid_until)``; why is nobody's business, and is not kept."""

    __tablename__ = "absences"
    __table_args__ = (
        UniqueConstraint("person_id", "valid_from"),
        CheckConstraint("valid_until > valid_from", name="period"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    recorded_at: Mapped[datetime]


class DelegationPlan(Base):
    """The organisation's own plan of who may bind it, in one version, in force over ``[valid_from, valid_until)``.

    ``source`` is the file that was published, ``sha256`` its hash with that of its table; ``gap_reason`` is what the
    head of the body wrote for a time without any plan before this one (CARD-12).
    """

    __tablename__ = "delegation_plans"
    __table_args__ = (UniqueConstraint("organisation_id", "version"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    version: Mapped[str]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    adopted_on: Mapped[date | None]
    instrument: Mapped[str | None]
    source: Mapped[str | None]
    sha256: Mapped[str | None]
    gap_reason: Mapped[str | None]
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))


class DelegationEntry(Base):
    """One row of a plan: who, a level N1 to N4, act types, ceilings in cents before taxes, sectors, a period.

    Who is a person, or « titulaire de la fonction »: whoever heads the unit ``head_of_id`` at the moment.

    A ceiling of None means that signing alone (or jointly) is not allowed. ``sectors`` holds unit codes, each
    standing for itself only; None is the whole body.
    """

    __tablename__ = "delegation_entries"
    __table_args__ = (
        UniqueConstraint("plan_id", "code"),
        CheckConstraint("level between 1 and 4", name="level"),
        CheckConstraint("num_nonnulls(person_id, head_of_id) = 1", name="holder"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("delegation_plans.id"))
    code: Mapped[str]
    function: Mapped[str]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    head_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    level: Mapped[int]
    types: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    ceiling_alone_cents: Mapped[int | None]
    ceiling_joint_cents: Mapped[int | None]
    sectors: Mapped[list[str] | None] = mapped_column(ARRAY(TEXT))
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    substitutable: Mapped[bool] = mapped_column(default=True)


keep_loaded(Organisation)
keep_loaded(Person)
