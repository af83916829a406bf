"""The first desk: journal, chain, outbox, audit, drafts and what is folded from the journal.

A migration stands for itself: it names what it makes and reads nothing of today's tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of an empty desk."""
    op.create_table(
        "entry",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("establishment", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("patient_id", sa.Text),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("happened_at", sa.Text, nullable=False),
        sa.Column("desk_id", sa.Text, nullable=False),
        sa.Column("desk_seq", sa.Integer, nullable=False),
        sa.Column("header", sa.LargeBinary, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
        sa.Column("salt", sa.LargeBinary),
        sa.Column("body", sa.LargeBinary),
    )
    op.create_index("entry_identity", "entry", ["establishment", "id"], unique=True)
    op.create_index("entry_chain", "entry", ["desk_id", "desk_seq"], unique=True)
    op.create_index("entry_person", "entry", ["patient_id", "happened_at", "id"])
    op.create_index("entry_id", "entry", ["id"])
    op.create_table(
        "desk",
        sa.Column("desk_id", sa.Text, primary_key=True),
        sa.Column("establishment", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("own", sa.Integer, nullable=False),
    )
    for name, columns in {
        "outbox": [sa.Column("state", sa.Text, nullable=False)],
        "receipt": [sa.Column("answer", sa.Text, nullable=False), sa.Column("at", sa.Text, nullable=False)],
    }.items():
        position = sa.Column("position", sa.Integer, sa.ForeignKey("entry.position"), primary_key=True)
        op.create_table(name, position, *columns)
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("desk_id", sa.Text, nullable=False),
        sa.Column("patient_id", sa.Text),
        sa.Column("line", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
    )
    op.create_index("audit_person", "audit", ["patient_id", "seq"])
    op.create_table(
        "draft",
        sa.Column("stay", sa.Text, primary_key=True),
        sa.Column("patient_id", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
    )
    _projections()


def _projections() -> None:
    op.create_table(
        "person",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("patient_id", sa.Text, nullable=False, unique=True),
        sa.Column("group_id", sa.Text, nullable=False),
        sa.Column("joined", sa.Integer, nullable=False),
        sa.Column("surname", sa.Text, nullable=False),
        sa.Column("forenames", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("born", sa.Text),
        sa.Column("sex", sa.Text),
        sa.Column("prison_number", sa.Text),
        sa.Column("nhs_number", sa.Text),
        sa.Column("location", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_index("person_group", "person", ["group_id"])
    op.create_index("person_prison_number", "person", ["prison_number"])
    op.create_index("person_nhs_number", "person", ["nhs_number"])
    op.create_index("person_folded", "person", ["folded", "born"])
    op.create_index("person_state", "person", ["state"])
    op.execute("CREATE VIRTUAL TABLE person_search USING fts5(words, prefix='1 2 3 4', detail=none, columnsize=0)")
    _of_stays()


def _of_stays() -> None:
    op.create_table(
        "arrival",
        sa.Column("stay", sa.Text, primary_key=True),
        sa.Column("patient_id", sa.Text, nullable=False),
        sa.Column("arrived_at", sa.Text, nullable=False),
        sa.Column("arrived_from", sa.Text, nullable=False),
        sa.Column("location", sa.Text),
        sa.Column("priority", sa.Text, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("passes", sa.Integer, nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("known", sa.Integer, nullable=False),
        sa.Column("list_key", sa.Text),
    )
    op.create_index("arrival_list_key", "arrival", ["list_key"])
    op.create_index("arrival_worklist", "arrival", ["passes", "arrived_at"])
    op.create_index("arrival_person", "arrival", ["patient_id"])
    op.create_table(
        "task",
        sa.Column("entry_id", sa.Text, primary_key=True),
        sa.Column("patient_id", sa.Text, nullable=False),
        sa.Column("stay", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("due_at", sa.Text),
        sa.Column("due_on", sa.Text),
        sa.Column("settled_by", sa.Text),
    )
    op.create_index("task_open", "task", ["settled_by", "due_at"])
    op.create_index("task_person", "task", ["patient_id"])
    op.create_table(
        "member",
        sa.Column("member_id", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("registration", sa.Text),
        sa.Column("active", sa.Integer, nullable=False),
        sa.Column("lease_until", sa.Text),
    )
    op.create_table(
        "told_apart",
        sa.Column("patient_id", sa.Text, nullable=False),
        sa.Column("other", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("patient_id", "other"),
    )


def downgrade() -> None:
    """Take the tables away again; only ever done to an empty desk, in tests."""
    for table in (
        "told_apart",
        "member",
        "task",
        "arrival",
        "person_search",
        "person",
        "draft",
        "audit",
        "receipt",
        "outbox",
        "desk",
        "entry",
    ):
        op.drop_table(table)
