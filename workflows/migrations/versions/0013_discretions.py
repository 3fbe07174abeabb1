"""Keep a case from the person it is about"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row a case, a person and the case for whose sake it is; read at every door by person."""
    op.create_table(
        "discretions",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_discretions_case_id_cases")),
        sa.ForeignKeyConstraint(["cause_id"], ["cases.id"], name=op.f("fk_discretions_cause_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_discretions_person_id_persons")),
        sa.PrimaryKeyConstraint("case_id", "person_id", "cause_id", name=op.f("pk_discretions")),
    )
    op.create_index(op.f("ix_discretions_person_id"), "discretions", ["person_id"])
    op.create_index(op.f("ix_discretions_cause_id"), "discretions", ["cause_id"])


def downgrade() -> None:
    """Show every case again."""
    op.drop_table("discretions")
