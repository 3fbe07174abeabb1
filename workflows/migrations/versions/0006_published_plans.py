"""Keep what was published as a plan, the function that an entry stands for, and written authorisations"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import workflows.database

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PLAN = ("source", "sha256", "gap_reason")


def upgrade() -> None:
    """New columns that may be empty, and a new table: what runs is not held up."""
    moment = workflows.database.Moment(timezone=True)
    op.create_table(
        "instruments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", moment, nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_instruments_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_instruments_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruments")),
    )
    for name in PLAN:
        op.add_column("delegation_plans", sa.Column(name, sa.String(), nullable=True))
    op.add_column("delegation_plans", sa.Column("published_at", moment, nullable=True))
    _person("delegation_plans", "published_by_id")
    op.alter_column("delegation_entries", "person_id", nullable=True)
    op.add_column("delegation_entries", sa.Column("head_of_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_delegation_entries_head_of_id_units"), "delegation_entries", "units", ["head_of_id"], ["id"]
    )
    op.create_check_constraint(
        op.f("ck_delegation_entries_holder"), "delegation_entries", "num_nonnulls(person_id, head_of_id) = 1"
    )
    op.add_column("substitutions", sa.Column("instrument_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_substitutions_instrument_id_instruments"), "substitutions", "instruments", ["instrument_id"], ["id"]
    )
    op.add_column("substitutions", sa.Column("recorded_at", moment, nullable=True))
    _person("substitutions", "recorded_by_id")
    _period("valid_until >= valid_from")


def _person(table: str, column: str) -> None:
    op.add_column(table, sa.Column(column, sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f(f"fk_{table}_{column}_persons"), table, "persons", [column], ["id"])


def _period(condition: str) -> None:
    name = op.f("ck_substitutions_period")
    op.drop_constraint(name, "substitutions", type_="check")
    op.create_check_constraint(name, "substitutions", condition)


def downgrade() -> None:
    """Forget what was published, and what only this could say."""
    op.execute("DELETE FROM substitutions WHERE valid_until = valid_from")
    op.execute("DELETE FROM delegation_entries WHERE person_id IS NULL")
    _period("valid_until > valid_from")
    for name in ("instrument_id", "recorded_at", "recorded_by_id"):
        op.drop_column("substitutions", name)
    op.drop_constraint(op.f("ck_delegation_entries_holder"), "delegation_entries", type_="check")
    op.drop_column("delegation_entries", "head_of_id")
    op.alter_column("delegation_entries", "person_id", nullable=False)
    for name in (*PLAN, "published_at", "published_by_id"):
        op.drop_column("delegation_plans", name)
    op.drop_table("instruments")
