"""The tables of the desk's database, as the newest migration leaves them.

Instants are text in UTC with microseconds, so that they sort; days are ISO text.
"""

from datetime import UTC, date, datetime

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

METADATA = MetaData()

ENTRY = Table(
    "entry",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("establishment", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("patient_id", Text),
    Column("kind", Text, nullable=False),
    Column("happened_at", Text, nullable=False),
    Column("desk_id", Text, nullable=False),
    Column("desk_seq", Integer, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("salt", LargeBinary),
    Column("body", LargeBinary),
    Index("entry_identity", "establishment", "id", unique=True),
    Index("entry_chain", "desk_id", "desk_seq", unique=True),
    Index("entry_person", "patient_id", "happened_at", "id"),
    Index("entry_id", "id"),
)

DESK = Table(
    "desk",
    METADATA,
    Column("desk_id", Text, primary_key=True),
    Column("establishment", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("own", Integer, nullable=False),
)

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("position", Integer, ForeignKey("entry.position"), primary_key=True),
    Column("state", Text, nullable=False),
)

RECEIPT = Table(
    "receipt",
    METADATA,
    Column("position", Integer, ForeignKey("entry.position"), primary_key=True),
    Column("answer", Text, nullable=False),
    Column("at", Text, nullable=False),
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("desk_id", Text, nullable=False),
    Column("patient_id", Text),
    Column("line", LargeBinary, nullable=False),
    Column("hash", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Index("audit_person", "patient_id", "seq"),
)

DRAFT = Table(
    "draft",
    METADATA,
    Column("stay", Text, primary_key=True),
    Column("patient_id", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("updated_at", Text, nullable=False),
)

PERSON = Table(
    "person",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("patient_id", Text, nullable=False, unique=True),
    Column("group_id", Text, nullable=False),
    Column("joined", Integer, nullable=False),
    Column("surname", Text, nullable=False),
    Column("forenames", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("born", Text),
    Column("sex", Text),
    Column("prison_number", Text),
    Column("nhs_number", Text),
    Column("location", Text),
    Column("state", Text, nullable=False),
    Index("person_group", "group_id"),
    Index("person_prison_number", "prison_number"),
    Index("person_nhs_number", "nhs_number"),
    Index("person_folded", "folded", "born"),
    Index("person_state", "state"),
)

ARRIVAL = Table(
    "arrival",
    METADATA,
    Column("stay", Text, primary_key=True),
    Column("patient_id", Text, nullable=False),
    Column("arrived_at", Text, nullable=False),
    Column("arrived_from", Text, nullable=False),
    Column("location", Text),
    Column("priority", Text, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("passes", Integer, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("list_key", Text),
    Index("arrival_list_key", "list_key"),
    Index("arrival_worklist", "passes", "arrived_at"),
    Index("arrival_person", "patient_id"),
)

TASK = Table(
    "task",
    METADATA,
    Column("entry_id", Text, primary_key=True),
    Column("patient_id", Text, nullable=False),
    Column("stay", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("due_at", Text),
    Column("due_on", Text),
    Column("settled_by", Text),
    Index("task_open", "settled_by", "due_at"),
    Index("task_person", "patient_id"),
)

MEMBER = Table(
    "member",
    METADATA,
    Column("member_id", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("registration", Text),
    Column("active", Integer, nullable=False),
    Column("lease_until", Text),
)

TOLD_APART = Table(
    "told_apart",
    METADATA,
    Column("patient_id", Text, nullable=False),
    Column("other", Text, nullable=False),
    PrimaryKeyConstraint("patient_id", "other"),
)

TREATED = Table(
    "treated",
    METADATA,
    Column("patient_id", Text, primary_key=True),
    Column("stay", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("declared", Text),
    Column("medicine", Text),
    Column("since", Text),
    Column("until", Text),
    Column("review_on", Text),
    Column("asking", Text),
)

ORDERED = Table(
    "ordered",
    METADATA,
    Column("entry_id", Text, primary_key=True),
    Column("patient_id", Text, nullable=False),
    Column("medicine", Text, nullable=False),
    Column("first_day", Text, nullable=False),
    Column("last_day", Text),
    Index("ordered_person", "patient_id"),
    Index("ordered_days", "first_day", "last_day"),
)

PROJECTIONS = (TASK, ARRIVAL, PERSON, MEMBER, TOLD_APART, TREATED, ORDERED)
"""What is folded from the journal, and can be folded again at any time."""

SEARCH = "person_search"
"""The full-text index beside PERSON; its rowid is PERSON.number."""


def stored(instant: datetime) -> str:
    """An instant as the database keeps it."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def instant(text: str) -> datetime:
    """An instant from what the database keeps."""
    return datetime.fromisoformat(text)


def day(text: str | None) -> date | None:
    """A day from what the database keeps."""
    return None if text is None else date.fromisoformat(text)
