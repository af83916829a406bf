"""The journal holds what was written: chained, signed, folded, and the same after a rebuild."""

from dataclasses import replace

import pytest
from factories import TestDesk, an_arrival
from sqlalchemy import text

from pdtdesk.domain.record.entry import Entry, NewEntry
from pdtdesk.protocol.canonical import header_bytes, read_header
from pdtdesk.services.reception.people import search
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.store import journal
from pdtdesk.store.projections import refold_people
from tests.domain.record.entries import PATIENT, an_entry, an_error


def test_an_arrival_taken_in_is_on_the_worklist_and_is_found_by_name(desk: TestDesk) -> None:
    """Otherwise the nurse asks for somebody who stands before her and the desk says nobody."""
    taken = take_in(desk.acting(), [(2, an_arrival())])
    assert (taken.taken, taken.already, taken.refused) == (1, 0, ())
    assert [row.surname for row in search(desk.acting(), "spar dan")] == ["Sparrow"]
    assert [row.surname for row in search(desk.acting(), "a4127")] == ["Sparrow"]
    with desk.store.reading() as work:
        (row,) = work.arrivals(desk.clock.now())
    assert (row.surname, row.passes, row.priority, row.known) == ("Sparrow", 0, "waiting", False)


def test_a_list_given_twice_takes_nobody_in_twice(desk: TestDesk) -> None:
    """Otherwise one person has two records, and two doses."""
    take_in(desk.acting(), [(2, an_arrival())])
    again = take_in(desk.acting(), [(2, an_arrival())])
    assert (again.taken, again.already) == (0, 1)
    with desk.store.reading() as work:
        assert work.connection.execute(text("SELECT count(*) FROM entry WHERE kind = 'arrival'")).scalar() == 1


def test_words_of_a_newer_desk_are_kept_and_handed_on_byte_for_byte(desk: TestDesk) -> None:
    """Otherwise an old desk in between changes what was signed, and the next desk refuses it."""
    entry = a_newer_entry()
    with desk.store.engine.begin() as connection:
        journal.hold(connection, entry)
        refold_people(connection, [PATIENT])
        kept = journal.by_id(connection, entry.id)
    assert kept == entry
    assert kept.header.unknown == {"witness": "Z. Newer"}
    assert (kept.header_bytes, kept.body_bytes) == (entry.header_bytes, entry.body_bytes)
    with desk.store.reading() as work:
        (row,) = work.timeline(PATIENT, 10)
    assert (row.kind, row.body["shade"]) == ("telepathy", {"grey": [1, None]})


def test_what_waits_is_seen_waiting_and_takes_its_place_when_its_cause_comes(desk: TestDesk) -> None:
    """Otherwise half a story is told as the whole, or is not told."""
    first = an_entry("a", kind="person", body={"surname": "Wren"})
    second = an_entry("b", "a", kind="person", body={"surname": "Sparrow"}, minute=1)
    assert marks_after(desk, second) == {"b": ("waiting",)}
    with desk.store.reading() as work:
        assert work.row(PATIENT) is None
    assert marks_after(desk, first) == {"b": (), "a": ("superseded",)}
    with desk.store.reading() as work:
        row = work.row(PATIENT)
    assert row is not None
    assert row.surname == "Sparrow"


def test_the_timeline_says_what_was_an_error_and_what_contends(desk: TestDesk) -> None:
    """Otherwise a nurse reads a line that was taken back as though it held."""
    marks_after(desk, an_entry("x"), an_entry("a", "x", body={"n": "1"}), an_entry("b", "x", body={"n": "2"}))
    found = marks_after(desk, an_entry("y"), an_error("m", "y"), an_entry("z"))
    contending = ("in conflict",)
    assert found == {"x": ("superseded",), "a": contending, "b": contending, "y": ("in error",), "m": (), "z": ()}


def test_a_page_of_the_timeline_takes_nothing_for_waiting_whose_cause_is_on_the_next(desk: TestDesk) -> None:
    """Otherwise every long record looks broken at the end of its page."""
    old, new = an_entry("old", minute=-5), an_entry("new", "old")
    marks_after(desk, old, new, an_error("m", "new", minute=3))
    with desk.store.reading() as work:
        page = {row.entry_id: row.marks for row in work.timeline(PATIENT, 2)}
    assert page == {"new": ("in error",), "m": ()}


def test_a_purged_entry_stays_in_the_chain_and_its_line_on_the_timeline(desk: TestDesk) -> None:
    """Otherwise nothing can be purged as the law asks, or the purge tears the record."""
    marks_after(desk, an_entry("a", body={"words": "to be purged"}))
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE entry SET body = NULL, salt = NULL WHERE id = 'a'")
        refold_people(connection, [PATIENT])
    with desk.store.reading() as work:
        (row,) = work.timeline(PATIENT, 10)
        assert work.entry("a").body is None
    assert (row.entry_id, dict(row.body)) == ("a", {})


def test_a_unit_of_work_that_fails_leaves_nothing(desk: TestDesk) -> None:
    """Otherwise an entry stands without its line in the audit, or a list without its entry."""
    author = desk.acting().who
    with desk.store.reading() as work:
        before = journal.count(work.connection)

    def failing() -> None:
        with desk.store.work() as work:
            work.append([NewEntry("reception", "person", {"surname": "Wren", "forenames": "A"}, author, PATIENT)])
            assert work.person(PATIENT) is not None
            raise KeyError("in the middle")

    with pytest.raises(KeyError):
        failing()
    with desk.store.reading() as work:
        assert journal.count(work.connection) == before
        assert work.person(PATIENT) is None
        assert work.search("wren", 5) == ()


def a_newer_entry() -> Entry:
    """An entry of a newer version: fields, a kind and words that are not known here."""
    entry = an_entry("newer", kind="telepathy", body={"shade": {"grey": [1, None]}})
    header = replace(entry.header, schema=9, unknown={"witness": "Z. Newer"})
    signed = header_bytes(header)
    return replace(entry, header=read_header(signed), header_bytes=signed, signature=bytes(64))


def marks_after(desk: TestDesk, *entries: Entry) -> dict[str, tuple[str, ...]]:
    """Entries of another desk come; answers with the marks on the timeline then."""
    with desk.store.engine.begin() as connection:
        numbered = journal.count(connection)
        for at, entry in enumerate(entries):
            journal.hold(connection, replace(entry, header=replace(entry.header, desk_seq=1000 + numbered + at)))
        refold_people(connection, [PATIENT])
    with desk.store.reading() as work:
        return {row.entry_id: row.marks for row in work.timeline(PATIENT, 50)}
