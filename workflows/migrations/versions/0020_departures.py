"""Let connectors disable an account, and keep the register of confidentiality incidents"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0015"
branch_labels = None
depends_on = None

NAME = "ck_connector_calls_operation"


def upgrade() -> None:
    """A wider check, and a table of its own."""
    op.drop_constraint(op.f(NAME), "connector_calls", type_="check")
    op.create_check_constraint(
        op.f(NAME), "connector_calls", "operation in ('CREER','REACTIVER','ACTIVER','DESACTIVER')"
    )
    op.create_table(
        "confidentiality_incidents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("goods", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assessment", sa.String(), nullable=True),
        sa.Column("serious", sa.Boolean(), nullable=True),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assessed_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("state in ('OUVERT','EVALUE')", name=op.f("ck_confidentiality_incidents_state")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"]),
        sa.ForeignKeyConstraint(["assessed_by_id"], ["persons.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_confidentiality_incidents_organisation_id_known_at"),
        "confidentiality_incidents",
        ["organisation_id", "known_at"],
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table("confidentiality_incidents")
    op.drop_constraint(op.f(NAME), "connector_calls", type_="check")
    op.create_check_constraint(op.f(NAME), "connector_calls", "operation in ('CREER','REACTIVER','ACTIVER')")
