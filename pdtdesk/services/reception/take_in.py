"""Taking in the evening's reception list: each line once, never a silent merge."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from pdtdesk.domain.calendar import day_of, night_of, show_time
from pdtdesk.domain.ids import uuid7
from pdtdesk.domain.names import display_name, match_key
from pdtdesk.domain.reception.arrival_list import ArrivalRow as Line
from pdtdesk.domain.record.entry import NewEntry, Route
from pdtdesk.domain.roles import Permission
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine, PersonRow, Progress, Work
from pdtdesk.services.reception.triage import written_down

SLICE = 8
"""Lines in one unit of work: small, so that the desk answers in between and a stop loses nothing."""


A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LineRefused:
    """A line of the list that was not taken in, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """How a reception list went: how many were taken in, how many had been before, which lines were refused.

    `old` of those taken in arrived more than a day ago: yesterday's file, perhaps. `stopped` is True where somebody
    stopped it; what was taken in by then stays, and the list can be given again.
    """

    taken: int
    already: int
    refused: tuple[LineRefused, ...]
    stopped: bool = False
    old: int = 0


@action(Permission.TAKE_IN_ARRIVALS)
def take_in(acting: Acting, lines: Sequence[tuple[int, Line]], progress: Progress | None = None) -> Taken:
    """Take in the lines of a reception list. Giving the same list again takes nothing in twice."""
    tally = _Tally()
    try:
        for start in range(0, len(lines), SLICE):
            if progress is not None and progress.stopped:
                return Taken(tally.taken, tally.already, tuple(tally.refused), stopped=True, old=tally.old)
            with acting.store.work() as work:
                slice_ = _take_in_slice(acting, work, lines[start : start + SLICE])
            tally.add(slice_)
            if progress is not None:
                progress.report(min(start + SLICE, len(lines)), len(lines))
    finally:  # also when somebody stopped it: who was taken in by then was taken in by somebody
        with acting.store.work() as work:
            said = f"{tally.taken} taken in"
            work.audit(AuditLine(acting.now(), acting.who, "took in a reception list", detail=said))
    return Taken(tally.taken, tally.already, tuple(tally.refused), old=tally.old)


@dataclass(slots=True)
class _Tally:
    """What has been written so far: a slice counts once it is durable."""

    taken: int = 0
    already: int = 0
    refused: list[LineRefused] = field(default_factory=list)
    old: int = 0

    def add(self, other: "_Tally") -> None:
        self.taken += other.taken
        self.already += other.already
        self.refused += other.refused
        self.old += other.old


def _take_in_slice(acting: Acting, work: Work, lines: Sequence[tuple[int, Line]]) -> _Tally:
    tally = _Tally()
    for number, line in lines:
        if work.arrival_known(_key(line)):
            if reason := _another_number(work, line):
                tally.refused.append(LineRefused(number, reason))
            else:
                tally.already += 1
        elif reason := _take_in_one(acting, work, line):
            tally.refused.append(LineRefused(number, reason))
        else:
            tally.taken += 1
            tally.old += acting.now() - line.arrived_at > A_DAY
    return tally


def _another_number(work: Work, line: Line) -> str | None:
    """Whoever was taken in under this name, birth date and arrival bears another number: perhaps another person."""
    if line.prison_number is None or work.numbered(prison_number=line.prison_number, nhs_number=None):
        return None
    alike = work.namesakes(line.surname, line.forenames, line.born)
    held = next((row.prison_number for row in alike if row.prison_number), None)
    who = display_name(line.surname, line.forenames)
    if held is None:
        return (
            f"{who} was taken in before without a number, and has {line.prison_number} on this list. If it is the "
            "same person, write the number into the record (Who and where)."
        )
    return (
        f"{who} of the same birth date and arrival was taken in before with the number {held}, and has "
        f"{line.prison_number} on this list: two people, or a number mistyped. Look at the warrants; if they are "
        "two, give this one its own minute of arrival on the list."
    )


def _key(line: Line) -> str:
    """What makes a line of a list the same line again: the person as named, and the moment of arrival."""
    who = (*match_key(line.surname, line.forenames), line.born.isoformat(), line.arrived_at.isoformat())
    return sha256("\n".join(who).encode()).hexdigest()[:32]


def _take_in_one(acting: Acting, work: Work, line: Line) -> str | None:
    """Append one arrival; or say why not."""
    holders = work.numbered(prison_number=line.prison_number, nhs_number=None) if line.prison_number else ()
    known = next((row for row in holders if _same_person(row, line)), None)
    if holders and known is None:
        holder = holders[0]
        return (
            f"the prison number {line.prison_number} belongs to {display_name(holder.surname, holder.forenames)}, "
            "who has another name or birth date. Check the number on the warrant; if it is one person, correct the "
            "list and give it again."
        )
    entries: list[NewEntry] = []
    if known is None:
        patient_id = uuid7(acting.now(), acting.random_bytes)
        entries.append(NewEntry("reception", "person", _person_body(line), acting.who, patient_id))
    else:
        patient_id = known.patient_id
        if reason := _here_today(work, patient_id, line):
            return reason
        entries += _unsaved(work, patient_id, line)
    entries.append(
        NewEntry(
            "reception",
            "arrival",
            _arrival_body(line, known),
            acting.who,
            patient_id,
            happened_at=line.arrived_at,
            route=Route("here", at=work.establishment().code),
        )
    )
    work.append(entries)
    return None


def _unsaved(work: Work, patient_id: str, line: Line) -> list[NewEntry]:
    """What was answered of the stay before and never saved: nobody opens that page again, so it is written down.

    A list of an earlier day brings no later stay: then the page goes on to be opened.
    """
    person = work.person(patient_id)
    stay = person.current if person else None
    found: list[NewEntry] = []
    if person is None or stay is None or stay.brought_at >= line.arrived_at:
        return found
    for id_ in stay.ids:
        if (draft := work.draft(id_)) is not None:
            found += written_down(draft, person, stay)
            work.drop_draft(id_)
    return found


def _same_person(row: PersonRow, line: Line) -> bool:
    """The same number and the same birth date, or the same number and name: a change of either is common."""
    same_name = match_key(row.surname, row.forenames) == match_key(line.surname, line.forenames)
    return same_name or row.born == line.born


def _person_body(line: Line) -> dict[str, object]:
    return {
        "surname": line.surname,
        "forenames": line.forenames,
        "born": line.born.isoformat(),
        "sex": line.sex.value,
        "prison_number": line.prison_number,
        "nhs_number": None,
    }


def _here_today(work: Work, patient_id: str, line: Line) -> str | None:
    """A list printed again with another hour is not a second arrival: the first, with its triage, would be lost."""
    person = work.person(patient_id)
    stay = person.current if person else None
    if stay is None or not _same_evening(stay.arrived_at, line.arrived_at):
        return None
    return (
        f"{display_name(line.surname, line.forenames)} was taken in already, as of "
        f"{show_time(stay.arrived_at)}; this list says {show_time(line.arrived_at)}. Nothing was changed: correct "
        "the hour in the triage if it is wrong."
    )


def _same_evening(one: datetime, other: datetime) -> bool:
    """The same day, or the same night over midnight."""
    return day_of(one) == day_of(other) or night_of(one) == night_of(other)


def _arrival_body(line: Line, known: PersonRow | None) -> dict[str, object]:
    listed = display_name(line.surname, line.forenames)
    other_name = known is not None and listed != display_name(known.surname, known.forenames)
    return {
        "list_key": _key(line),
        "listed_as": listed if other_name else None,
        "arrived_from": line.arrived_from,
        "legal_status": line.legal_status.value,
        "sentence_length": str(line.sentence_length) if line.sentence_length else None,
        "sentenced_on": line.sentenced_on.isoformat() if line.sentenced_on else None,
        "release_on": line.release_on.isoformat() if line.release_on else None,
    }
