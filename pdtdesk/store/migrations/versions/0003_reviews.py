"""What of a person asks for a review stands in the list of treatment.

A migration stands for itself: it names what it makes and reads nothing of today's tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make room for it; it is filled when the desk is folded again."""
    op.add_column("treated", sa.Column("asking", sa.Text))


def downgrade() -> None:
    """Take it away again; only ever done to an empty desk, in tests."""
    op.drop_column("treated", "asking")
