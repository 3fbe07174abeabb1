"""Tell what a connector was asked, until when an access was granted, and the name that someone goes by"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every request so far asked to enable; columns that may be empty need no rewriting."""
    op.add_column("connector_calls", sa.Column("operation", sa.String(), nullable=False, server_default="ACTIVER"))
    op.alter_column("connector_calls", "operation", server_default=None)
    op.create_check_constraint(
        op.f("ck_connector_calls_operation"), "connector_calls", "operation in ('CREER','REACTIVER','ACTIVER')"
    )
    op.add_column("accesses", sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("persons", sa.Column("usual_name", sa.String(), nullable=True))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("persons", "usual_name")
    op.drop_column("accesses", "ends_at")
    op.drop_constraint(op.f("ck_connector_calls_operation"), "connector_calls", type_="check")
    op.drop_column("connector_calls", "operation")
