"""What else happened to some: the dose outside confirmed by a call, a stop lifted, a new beginning before release.

All of it is told after everything else and by a chance of its own, so that the people and their days stay as they
were. Every entry has the form in which the services write it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pdtdesk.domain.calendar import at_london, day_of
from pdtdesk.domain.ids import uuid7
from pdtdesk.domain.reception.opening_hours import opening_hours
from pdtdesk.domain.reception.reading import Given
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import Missed
from pdtdesk.domain.regime.schedule import DAY
from pdtdesk.policy.reception.pharmacy import next_opening
from pdtdesk.policy.regime.stops import DoseFacts, Look, StopCode, stops
from pdtdesk.policy.working_days import next_working_day
from pdtdesk.services.demonstration.before_release import begin_again
from pdtdesk.services.demonstration.chance import Chance
from pdtdesk.services.demonstration.retold import Retold, Told, medicine_of, retold, schedule_of
from pdtdesk.services.demonstration.stays import Pen

_CALLED = 60
"""Of those who came too long ago for a task to be told of: how many in a hundred had their dose confirmed."""
_SPOKE_WITH = ("the pharmacist on duty", "Ms Ansah, pharmacist", "Mr Whittle, dispenser", "the key worker")
_SPOKEN = timedelta(minutes=10)
"""How long before a dose its stop was lifted."""
_LEFT_OPEN = 2
"""Doses of this morning that still ask for somebody: one is stopped, one was handed out."""
_SIGNED_AT = time(10, 40)
_HEARD_BY = "K. Boyle"
_NOT_KNOWN = frozenset({str(StopCode.DAY_NOT_KNOWN)})
_WHY = (
    "Asked him and the wing: the sheet of that day was lost. Not drowsy, no sign of withdrawal",
    "Says that he had it; the cabinet's count agrees. Seen, awake and steady",
)
_WHY_BY_TELEPHONE = "The sheet of the day before cannot be found; the count agrees, and he is awake and steady"


@dataclass(frozen=True, slots=True)
class _Stopped:
    """A dose that was taken although a day before it was not known: somebody had lifted that."""

    stay: Retold
    dose: NewEntry

    @property
    def at(self) -> datetime:
        """When the stop was lifted."""
        return _happened(self.dose) - _SPOKEN

    @property
    def day(self) -> date:
        """The day of the dose."""
        return date.fromisoformat(str(self.dose.body["day"]))


def write_happenings(pen: Pen, seed: str) -> None:
    """Add to the diary, after the residents are told and before anything is put into the journal."""
    chance = Chance(f"{seed} happenings")
    stays = retold(pen.diary)
    for stay in stays:
        _confirm(pen, stay, chance)
    begin_again(pen, stays, chance)
    _lift(pen, retold(pen.diary), chance)
    _leave_open(pen, retold(pen.diary), Chance(f"{seed} left open"))


def _confirm(pen: Pen, stay: Retold, chance: Chance) -> None:
    """What was told of a prescription outside, heard again from the pharmacy when it opened next.

    A task of confirming that was settled was settled by such a call; one that is open stays open.
    """
    told = Given(stay.answers)
    daily, medicine = told.milligrams("prescribed.daily"), told.text("prescribed.medicine")
    if daily is None or medicine is None or (stay.asked is not None and stay.settled is None):
        return
    likely, late = chance.percent(_CALLED), timedelta(minutes=chance.between(5, 150))
    whom = chance.one_of(_SPOKE_WITH)
    if stay.settled is None and not likely:
        return
    at = _opens(stay) + late
    if at + _SPOKEN > pen.evening:
        return
    seen = told.moment("prescribed.last_witnessed_at")
    body: dict[str, object] = {
        "stay": stay.stay_id,
        "standing": "confirmed",
        "with_whom": f"{whom}, {told.text('prescribed.pharmacy')}",
        "medicine": medicine,
        "daily": str(daily),
        "last_witnessed_at": seen.isoformat() if seen else None,
        "days_missed": int(told.number("prescribed.days_missed") or 0),
        "take_home": told.text("prescribed.take_home") or "",
        "note": "",
        "settles": True,
    }
    if stay.asked is not None and stay.settled is not None:
        body["task"] = stay.asked[1].id
        pen.diary.take_back(*stay.settled)
    entry = NewEntry("reception", "prescription_confirmed", body, pen.nurse, stay.patient_id, happened_at=at)
    pen.diary.write(at + _SPOKEN, entry)


def _opens(stay: Retold) -> datetime:
    """When the pharmacy opened for the first time after the night of the arrival."""
    morning = at_london(day_of(stay.arrived_at) + DAY, time(6, 0))
    told = stay.answers.get("prescribed.pharmacy_hours")
    opening = next_opening(opening_hours(told) if told else None, morning)
    return opening.at or at_london(opening.on, time(9, 0))


def _lift(pen: Pen, stays: Iterable[Retold], chance: Chance) -> None:
    """Each stop for a day that nobody knew of, lifted by the prescriber; one by telephone and signed the next working
    day, one by telephone today and not signed yet."""
    found = sorted((each for stay in stays for each in _stopped(pen, stay)), key=lambda each: each.at)
    today = day_of(pen.evening)
    unsigned = next((each for each in found if each.day == today), None) or _forgotten(pen, stays, chance)
    signed = next((each for each in reversed(found) if next_working_day(each.day) <= today), None)
    for each in found:
        if each not in (signed, unsigned):
            _write_lift(pen, each, chance, chance.one_of(_WHY), by_telephone=False)
    if signed is not None:
        of = _write_lift(pen, signed, chance, _WHY_BY_TELEPHONE, by_telephone=True)
        at = at_london(next_working_day(signed.day), _SIGNED_AT)
        body = {"stay": signed.stay.stay_id, "of": of}
        prescriber, whose = pen.staff["prescriber"], signed.stay.patient_id
        pen.diary.write(at, NewEntry("regime", "authorisation_signed", body, prescriber, whose, happened_at=at))
    if unsigned is not None:
        _write_lift(pen, unsigned, chance, _WHY_BY_TELEPHONE, by_telephone=True)


def _write_lift(pen: Pen, each: _Stopped, chance: Chance, why: str, *, by_telephone: bool) -> str:
    """Write that the stop was lifted; answers with the entry's id."""
    id_, prescriber = uuid7(each.at, chance.bytes), pen.staff["prescriber"]
    body = {
        "stay": each.stay.stay_id,
        "order": each.dose.body["order"],
        "course": each.dose.body["course"],
        "day": each.dose.body["day"],
        "slot": each.dose.body["slot"],
        "codes": sorted(_NOT_KNOWN),
        "over": [],
        "seen": [],
        "reason": why,
        "prescriber": prescriber.name,
        "by_telephone": by_telephone,
        "witness": _HEARD_BY if by_telephone else "",
        "sign_by": next_working_day(each.day).isoformat() if by_telephone else None,
    }
    author = pen.nurse if by_telephone else prescriber
    whose = each.stay.patient_id
    pen.diary.write(each.at, NewEntry("regime", "stop_lifted", body, author, whose, happened_at=each.at, id=id_))
    return id_


def _stopped(pen: Pen, stay: Retold) -> Iterator[_Stopped]:
    """The first dose taken after each day of which nobody knew: that alone stopped it."""
    for order in stay.orders:
        days = _by_day(stay.doses[str(order.id)])
        missed = not_known = 0
        last: date | None = None
        for day, daily in schedule_of(order).days(day_of(pen.evening)):
            rows = [each for _, each in days.get(day, ()) if each.kind == "dose"]
            taken = [each for each in rows if Outcome(each.body["outcome"]).counts]
            if not taken:
                missed, not_known = missed + 1, not_known + (not rows)
                continue
            if not_known:
                facts = DoseFacts(
                    medicine_of(order),
                    daily,
                    day,
                    identified=True,
                    look=Look(drowsy=False, intoxicated=False),
                    missed=Missed(missed, not_known, last),
                )
                if {each.code for each in stops(facts, pen.policy.on(day))} == _NOT_KNOWN:
                    yield _Stopped(stay, min(taken, key=_happened))
            missed = not_known = 0
            last = day


def _forgotten(pen: Pen, stays: Iterable[Retold], chance: Chance) -> _Stopped | None:
    """Somebody whose dose of yesterday is in no record, so that today's had to be asked for by telephone."""
    able = _steady(pen, stays)
    if not able:
        return None
    stay, today, yesterday = chance.one_of(able)
    for each in yesterday:
        pen.diary.take_back(*each)
    return _Stopped(stay, _dose_of(today)[1])


def _leave_open(pen: Pen, stays: Iterable[Retold], chance: Chance) -> None:
    """This morning's dose of two: one is stopped, as nobody wrote down yesterday's and no prescriber was asked; one
    was handed out, and then the power failed: nobody wrote down what became of it."""
    able = _steady(pen, stays)
    if len(able) < _LEFT_OPEN:
        return
    _, today, yesterday = able.pop(chance.below(len(able)))
    for each in (*today, *yesterday):
        pen.diary.take_back(*each)
    _, today, _ = able[chance.below(len(able))]
    pen.diary.take_back(*_dose_of(today))


def _steady(pen: Pen, stays: Iterable[Retold]) -> list[tuple[Retold, list[Told], list[Told]]]:
    """Who was handed and took one dose of methadone on each of the last three days, with what was written today and
    yesterday."""
    today = day_of(pen.evening)
    able: list[tuple[Retold, list[Told], list[Told]]] = []
    for stay in stays:
        for order in stay.orders:
            days = _by_day(stay.doses[str(order.id)])
            rows = [days.get(today - n * DAY, []) for n in range(3)]
            once = all(
                sorted(each.kind for _, each in row) == ["dose", "dose_begun"]
                and _dose_of(row)[1].body["outcome"] == Outcome.TAKEN
                for row in rows
            )
            if once and stay.ended is None and medicine_of(order) is Ordered.METHADONE:
                able.append((stay, rows[0], rows[1]))
    return able


def _dose_of(row: list[Told]) -> Told:
    return next(each for each in row if each[1].kind == "dose")


def _by_day(doses: Iterable[Told]) -> dict[date, list[Told]]:
    found: dict[date, list[Told]] = {}
    for at, each in doses:
        found.setdefault(date.fromisoformat(str(each.body["day"])), []).append((at, each))
    return found


def _happened(entry: NewEntry) -> datetime:
    if entry.happened_at is None:
        raise ValueError("A dose of the demonstration says when it was taken.")
    return entry.happened_at
