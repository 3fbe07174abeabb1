"""Keep what each person has in each system, who holds which position, and what opens a case at a later day"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row a person and a system; a message from a case may wait for its day."""
    texts = postgresql.ARRAY(sa.TEXT())
    op.create_table(
        "accesses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("granted", texts, nullable=False),
        sa.Column("live", texts, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state in ('DESACTIVE','ACTIF')", name=op.f("ck_accesses_state")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_accesses_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_accesses_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accesses")),
        sa.UniqueConstraint("person_id", "system", name=op.f("uq_accesses_person_id_system")),
    )
    op.add_column("persons", sa.Column("position_no", sa.String(), nullable=True))
    op.add_column("inbound_messages", sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("inbound_messages", sa.Column("origin_id", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_inbound_opening",
        "inbound_messages",
        ["opens_at"],
        postgresql_where=sa.text("status = 'parked' and opens_at is not null"),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_index("ix_inbound_opening", table_name="inbound_messages")
    op.drop_column("inbound_messages", "origin_id")
    op.drop_column("inbound_messages", "opens_at")
    op.drop_column("persons", "position_no")
    op.drop_table("accesses")
