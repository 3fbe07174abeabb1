"""Remember the sessions that their owners ended"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import workflows.database

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A new table alone: nothing that runs is locked."""
    op.create_table(
        "ended_sessions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("ended_at", workflows.database.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ended_sessions")),
    )
    op.create_index(op.f("ix_ended_sessions_ended_at"), "ended_sessions", ["ended_at"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("ended_sessions")
