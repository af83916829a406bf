"""What is folded of treatment: who waits for a regime or has one, and what is ordered for whom.

A migration stands for itself: it names what it makes and reads nothing of today's tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the lists of treatment; they are filled when the desk is folded again."""
    op.create_table(
        "treated",
        sa.Column("patient_id", sa.Text, primary_key=True),
        sa.Column("stay", sa.Text, nullable=False),
        sa.Column("standing", sa.Text, nullable=False),
        sa.Column("declared", sa.Text),
        sa.Column("medicine", sa.Text),
        sa.Column("since", sa.Text),
        sa.Column("until", sa.Text),
        sa.Column("review_on", sa.Text),
    )
    op.create_table(
        "ordered",
        sa.Column("entry_id", sa.Text, primary_key=True),
        sa.Column("patient_id", sa.Text, nullable=False),
        sa.Column("medicine", sa.Text, nullable=False),
        sa.Column("first_day", sa.Text, nullable=False),
        sa.Column("last_day", sa.Text),
    )
    op.create_index("ordered_person", "ordered", ["patient_id"])
    op.create_index("ordered_days", "ordered", ["first_day", "last_day"])


def downgrade() -> None:
    """Take them away again; only ever done to an empty desk, in tests."""
    op.drop_table("ordered")
    op.drop_table("treated")
