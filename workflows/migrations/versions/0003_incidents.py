"""Keep what stopped a case, how often it was tried, and when it is tried again"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import workflows.database

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A new table alone: nothing that runs is locked."""
    moment = workflows.database.Moment(timezone=True)
    op.create_table(
        "incidents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("move", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("params", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("last_at", moment, nullable=False),
        sa.Column("next_at", moment, nullable=True),
        sa.Column("closed_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_incidents_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_index(
        "ix_incidents_open", "incidents", ["case_id"], unique=True, postgresql_where=sa.text("closed_at is null")
    )
    op.create_index("ix_incidents_next", "incidents", ["next_at"], postgresql_where=sa.text("next_at is not null"))


def downgrade() -> None:
    """Forget them."""
    op.drop_table("incidents")
