"""Entries for the tests of folding: valid by default, without keys, at whatever hour a desk's clock showed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from pdtdesk.domain.record.entry import Entry, Header, Json
from pdtdesk.domain.record.fold import Folded
from pdtdesk.domain.staff import Author
from pdtdesk.protocol.canonical import body_bytes, body_hash, header_bytes, read_body, read_header

EVENING = datetime(2010, 6, 1, 21, 40, tzinfo=ZoneInfo("Europe/London"))
NURSE = Author("member-nurse", "R. Adeyemi", "nurse")
PATIENT = "patient-one"
SALT = bytes(16)


def an_entry(
    id_: str,
    *supersedes: str,
    kind: str = "triage",
    body: Json | None = None,
    minute: int = 0,
    patient: str | None = PATIENT,
    by: Author = NURSE,
) -> Entry:
    """One entry, as it is read back from its bytes."""
    data = body_bytes(body or {})
    header = Header(
        id=id_,
        establishment="ASH",
        patient_id=patient,
        stage="reception",
        kind=kind,
        schema=1,
        author=by,
        happened_at=EVENING + timedelta(minutes=minute),
        recorded_at=EVENING,
        desk_id="desk-one",
        desk_seq=1,
        prev=None,
        supersedes=supersedes,
        route=None,
        body_hash=body_hash(SALT, data),
    )
    signed = header_bytes(header)
    return Entry(read_header(signed), read_body(data), signed, b"", data, SALT)


def an_error(id_: str, *marked: str, minute: int = 0) -> Entry:
    """A mark that entries were entered in error."""
    return an_entry(id_, *marked, kind="entered_in_error", body={"why": "wrong person"}, minute=minute)


def ids(entries: object) -> list[str]:
    return [entry.id for entry in entries]


def contending(folded: Folded) -> set[frozenset[str]]:
    return {frozenset(ids(conflict.heads)) for conflict in folded.conflicts}


@st.composite
def histories(draw: st.DrawFn, most: int = 10, marks: bool = True) -> tuple[Entry, ...]:
    """What several desks may have written of one person, in the order in which it was written.

    Each entry may supersede any before it; clocks show any hour.
    """
    written: list[Entry] = []
    for number in range(draw(st.integers(1, most))):
        before = [entry.id for entry in written]
        plain = [entry.id for entry in written if entry.kind != "entered_in_error"]
        minute = draw(st.integers(-30, 30))
        if marks and before and draw(st.integers(0, 3)) == 0:
            written.append(an_error(f"e{number}", draw(st.sampled_from(before)), minute=minute))
            continue
        over = draw(st.lists(st.sampled_from(plain), max_size=3, unique=True)) if plain else []
        body = {"words": draw(st.sampled_from(["yes", "no"]))}
        written.append(an_entry(f"e{number}", *over, body=body, minute=minute))
    return tuple(written)
