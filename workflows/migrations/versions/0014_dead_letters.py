"""Know which operator's task a message that was given up asks for"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column that may be empty: no row is written anew. Those found by it are few."""
    op.add_column("deliveries", sa.Column("task_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_deliveries_task_id_tasks"), "deliveries", "tasks", ["task_id"], ["id"])


def downgrade() -> None:
    """Forget them; the tasks stay."""
    op.drop_constraint(op.f("fk_deliveries_task_id_tasks"), "deliveries", type_="foreignkey")
    op.drop_column("deliveries", "task_id")
