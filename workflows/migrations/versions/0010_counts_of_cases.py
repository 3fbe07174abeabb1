"""Keep how the instants that a case's data hold were counted"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A new column, empty for the cases that run: what they counted before cannot be told."""
    counts = sa.Column("counts", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'"))
    op.add_column("cases", counts)


def downgrade() -> None:
    """Forget them."""
    op.drop_column("cases", "counts")
