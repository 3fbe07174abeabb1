"""Store the journal's hashes as bytes, and find a case's facts by their chain alone"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

HASHES = (("journal_entries", "previous_hash"), ("journal_entries", "hash"), ("journal_chains", "hash"))


def upgrade() -> None:
    """Rewrite the hashes in place: what they say does not change."""
    for table, column in HASHES:
        op.alter_column(table, column, type_=sa.LargeBinary(), postgresql_using=f"decode({column}, 'hex')")
    op.drop_index(op.f("ix_journal_entries_case_id_id"), table_name="journal_entries")


def downgrade() -> None:
    """Write them in hexadecimal again."""
    op.create_index(op.f("ix_journal_entries_case_id_id"), "journal_entries", ["case_id", "id"])
    for table, column in HASHES:
        op.alter_column(table, column, type_=sa.String(), postgresql_using=f"encode({column}, 'hex')")
