"""Say of each role which case gave it, against which entries, whether it is an interim, and when its end was told"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0016b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is held already was given by no case, and is no interim."""
    none = {"server_default": sa.text("false"), "nullable": False}
    op.add_column("role_assignments", sa.Column("interim", sa.Boolean(), **none))
    entries = postgresql.ARRAY(sa.TEXT())
    op.add_column("role_assignments", sa.Column("entries", entries, server_default=sa.text("'{}'"), nullable=False))
    op.add_column("role_assignments", sa.Column("case_id", sa.Uuid(), nullable=True))
    op.add_column("role_assignments", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("substitutions", sa.Column("case_id", sa.Uuid(), nullable=True))
    ending = sa.text("state = 'ACTIVE'")
    op.create_index("ix_role_assignments_ending", "role_assignments", ["valid_until"], postgresql_where=ending)


def downgrade() -> None:
    """Forget them."""
    op.drop_index("ix_role_assignments_ending", table_name="role_assignments")
    op.drop_column("substitutions", "case_id")
    for column in ("reminded_at", "case_id", "entries", "interim"):
        op.drop_column("role_assignments", column)
