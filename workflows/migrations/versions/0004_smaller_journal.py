"""Store the journal's hashes as bytes; find a case's facts by their chain, and its steps by their key"""

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
    op.drop_constraint(op.f("pk_case_steps"), "case_steps")
    op.drop_index(op.f("ix_case_steps_case_id_id"), table_name="case_steps")
    op.create_primary_key(op.f("pk_case_steps"), "case_steps", ["case_id", "id"])


def downgrade() -> None:
    """Write them in hexadecimal again."""
    op.drop_constraint(op.f("pk_case_steps"), "case_steps")
    op.create_primary_key(op.f("pk_case_steps"), "case_steps", ["id"])
    op.create_index(op.f("ix_case_steps_case_id_id"), "case_steps", ["case_id", "id"])
    op.create_index(op.f("ix_journal_entries_case_id_id"), "journal_entries", ["case_id", "id"])
    for table, column in HASHES:
        op.alter_column(table, column, type_=sa.String(), postgresql_using=f"encode({column}, 'hex')")
