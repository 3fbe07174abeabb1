"""Find the case that bears the number of an order, however many cases there are"""

from __future__ import annotations

from alembic import op

revision = "0016b"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An index over the few answers that bear one."""
    op.execute(
        "create index ix_case_answers_order on case_answers ((answers ->> 'no_commande')) "
        "where (answers ->> 'no_commande') is not null"
    )


def downgrade() -> None:
    """Look at every answer again."""
    op.drop_index("ix_case_answers_order", table_name="case_answers")
