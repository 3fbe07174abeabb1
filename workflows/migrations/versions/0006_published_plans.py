"""Keep what was published as a plan, and the unit whose head an entry stands for"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import workflows.database

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PLAN = ("source", "sha256", "gap_reason")


def upgrade() -> None:
    """New columns that may be empty: what runs is not held up."""
    moment = workflows.database.Moment(timezone=True)
    for name in PLAN:
        op.add_column("delegation_plans", sa.Column(name, sa.String(), nullable=True))
    op.add_column("delegation_plans", sa.Column("published_at", moment, nullable=True))
    op.add_column("delegation_plans", sa.Column("published_by_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_delegation_plans_published_by_id_persons"), "delegation_plans", "persons", ["published_by_id"], ["id"]
    )
    op.alter_column("delegation_entries", "person_id", nullable=True)
    op.add_column("delegation_entries", sa.Column("head_of_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_delegation_entries_head_of_id_units"), "delegation_entries", "units", ["head_of_id"], ["id"]
    )
    op.create_check_constraint(
        op.f("ck_delegation_entries_holder"), "delegation_entries", "num_nonnulls(person_id, head_of_id) = 1"
    )


def downgrade() -> None:
    """Forget what was published, and what only this could say."""
    op.execute("DELETE FROM delegation_entries WHERE person_id IS NULL")
    op.drop_constraint(op.f("ck_delegation_entries_holder"), "delegation_entries", type_="check")
    op.drop_column("delegation_entries", "head_of_id")
    op.alter_column("delegation_entries", "person_id", nullable=False)
    for name in (*PLAN, "published_at", "published_by_id"):
        op.drop_column("delegation_plans", name)
