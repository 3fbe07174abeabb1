"""Keep each request to a system's connector, and what came of it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row a request; its id is the idempotency key."""
    op.create_table(
        "connector_calls",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("access_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("live", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('DEMANDEE','FAITE','ECHEC')", name=op.f("ck_connector_calls_state")),
        sa.ForeignKeyConstraint(["access_id"], ["accesses.id"], name=op.f("fk_connector_calls_access_id_accesses")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connector_calls")),
    )
    op.create_index(op.f("ix_connector_calls_case_id"), "connector_calls", ["case_id"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("connector_calls")
