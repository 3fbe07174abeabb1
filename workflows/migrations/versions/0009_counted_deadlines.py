"""Keep how deadlines were counted, and what holidays are called in English"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0006"
branch_labels = None
depends_on = None

EVERY = """
    UPDATE calendar_exceptions one SET calendar_code = NULL
    WHERE one.calendar_code = 'CAL_ORG' AND one.opens IS NULL AND EXISTS (
        SELECT FROM calendar_exceptions other
        WHERE other.organisation_id = one.organisation_id AND other."on" = one."on" AND other.name = one.name
        AND other.calendar_code = 'CAL_TEL' AND other.opens IS NULL
    )
"""
ONCE = """
    DELETE FROM calendar_exceptions other USING calendar_exceptions one
    WHERE other.calendar_code = 'CAL_TEL' AND other.opens IS NULL
    AND one.calendar_code IS NULL AND one.opens IS NULL
    AND one.organisation_id = other.organisation_id AND one."on" = other."on" AND one.name = other.name
"""


def upgrade() -> None:
    """New columns that may be empty; a day written once for the office and once for the telephone is written once."""
    op.add_column("tasks", sa.Column("counted", postgresql.JSONB(), nullable=True))
    op.add_column("calendar_exceptions", sa.Column("name_en", sa.String(), nullable=True))
    op.execute(EVERY)
    op.execute(ONCE)


def downgrade() -> None:
    """Forget both; a day that stands for every calendar did so before."""
    op.drop_column("calendar_exceptions", "name_en")
    op.drop_column("tasks", "counted")
