"""What stops a dose: two things that nobody lifts, and others that a prescriber lifts with a reason.

*Drowsy* and *not this patient* end only by looking again, or by identifying the person again (K-08). The rest are
lifted by a prescriber who is present, or by a telephone call that somebody witnessed and that the prescriber signs by
the next working day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from pdtdesk.domain.calendar import hours_after, show_instant, show_time, whole_hours_between
from pdtdesk.domain.durations import counted
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import Missed, StepNotTaken
from pdtdesk.domain.regime.schedule import NOUGHT
from pdtdesk.policy.findings import Finding, Source, Tier, finding
from pdtdesk.policy.parameters import NotSignedLocally, ParametersOnDay
from pdtdesk.policy.regime.if_signed import days_or_strictest, if_signed
from pdtdesk.policy.regime.schedules.hours import AFTER_OPIOID


class StopCode(StrEnum):
    """One reason for which a dose is not given as it stands."""

    NOT_IDENTIFIED = "RD-NOT-THIS-PATIENT"
    NOT_LOOKED = "RD-NOT-LOOKED"
    DROWSY = "RD-DROWSY"
    INTOXICATED = "RD-INTOXICATED"
    AFTER_SEDATION = "RD-AFTER-SEDATION"
    ALREADY_WRITTEN = "RD-ALREADY-WRITTEN"
    HANDED_OUT = "RD-HANDED-OUT"
    CONFLICT = "RD-CONFLICT"
    NOT_READ = "RD-NOT-READ"
    DAY_AHEAD = "RD-DAY-AHEAD"
    MORE_TODAY = "RD-MORE-TODAY"
    TWO_IN_A_ROUND = "RD-TWO-IN-A-ROUND"
    TWO_SUBSTITUTES = "RD-TWO-SUBSTITUTES"
    ON_NALTREXONE = "RD-ON-NALTREXONE"
    AFTER_OPIOID = "RD-AFTER-OPIOID"
    TAKEN_OUTSIDE = "RD-TAKEN-OUTSIDE"
    TOO_SOON = "RD-TOO-SOON"
    ALLERGY = "RD-ALLERGY"
    ABOVE_CEILING = "RD-ABOVE-CEILING"
    DAY_NOT_KNOWN = "RD-DAY-NOT-KNOWN"
    MISSED_DAYS = "RD-MISSED-DAYS"
    NEW_INDUCTION = "RD-NEW-INDUCTION"
    STEP_NOT_TAKEN = "RD-STEP-NOT-TAKEN"


HARD = frozenset(
    {
        StopCode.NOT_IDENTIFIED,
        StopCode.NOT_LOOKED,
        StopCode.DROWSY,
        StopCode.INTOXICATED,
        StopCode.ALREADY_WRITTEN,
        StopCode.HANDED_OUT,
    }
)
"""What no authorisation lifts: it ends by looking, by identifying, or by writing down what became of a dose."""

OF_THE_ORDER = frozenset(
    {
        StopCode.TWO_SUBSTITUTES,
        StopCode.ON_NALTREXONE,
        StopCode.AFTER_OPIOID,
        StopCode.TAKEN_OUTSIDE,
        StopCode.ALLERGY,
        StopCode.ABOVE_CEILING,
    }
)
"""What a prescriber lifts for all doses of an order by signing it in sight of the stop; the rest is of one dose."""

OF_A_BREAK = frozenset({StopCode.MISSED_DAYS, StopCode.NEW_INDUCTION})
"""What a prescriber lifts by signing an order in sight of the days missed before it: days missed since count anew."""


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody saw just now: None where nobody has answered."""

    drowsy: bool | None = None
    intoxicated: bool | None = None


@dataclass(frozen=True, slots=True)
class Outside:
    """One dose that somebody was seen to take outside or on the way here; `mg` is None where nobody said how much,
    `at` where nobody said when, or two accounts of it differ."""

    medicine: str
    at: datetime | None
    place: str
    mg: Milligrams | None = None


@dataclass(frozen=True, slots=True)
class DoseFacts:
    """All that the stops read of one dose that is about to be given; `mg` is all that is ordered for its day.

    `identified` is None until somebody has checked. `look` is the sedation check of this dose. `sedated_unanswered`
    says that somebody was found drowsy or intoxicated and no prescriber has decided on this medicine since.
    `written` and `handed_out` say what the record has of this very dose; `not_read` that an order or a dose stands
    in the words of a newer desk, and `ahead` that a dose of a day still to come is written. `this_dose` is what this
    slot gives, `taken_today` what was taken of the medicine in the other slots of the day, of whatever order, and
    `others_today` which other opioid substitutes were, `this_round_at` when a dose of another slot was given in the
    round of this hour; `outside_today` are the substitutes that were taken outside on that day, and `day_before_at`
    is when something of the medicine was last taken on an earlier day. `step` is the step below this dose, where the
    course rises over it and it was not taken.
    `other_substitutes` are opioid substitutes beside this one that are ordered; `blocked_by_naltrexone` that
    naltrexone is ordered or prescribed. `naltrexone_at` is when naltrexone was last taken, and `opioid_at` when
    another opioid was (`opioid` names it), None where something of this medicine has been taken since; `at` is when
    this dose would be. `unconfirmed` says that a dose outside was told and not confirmed; `most_taken` the highest
    day of the medicine that was taken here. `lifted` are the codes that a prescriber has lifted for this dose, or
    had in sight when the order was signed.
    """

    medicine: Ordered
    mg: Milligrams
    day: date
    identified: bool | None = None
    look: Look = field(default_factory=Look)
    sedated_unanswered: bool = False
    written: bool = False
    handed_out: bool = False
    this_dose: Milligrams = NOUGHT
    taken_today: Milligrams = NOUGHT
    others_today: tuple[str, ...] = ()
    this_round_at: datetime | None = None
    outside_today: tuple[Outside, ...] = ()
    day_before_at: datetime | None = None
    conflicting: bool = False
    not_read: bool = False
    ahead: bool = False
    other_substitutes: tuple[str, ...] = ()
    blocked_by_naltrexone: bool = False
    naltrexone_at: datetime | None = None
    opioid_at: datetime | None = None
    opioid: str = ""
    at: datetime | None = None
    allergies: tuple[str, ...] = ()
    missed: Missed = field(default_factory=lambda: Missed(0, 0, None))
    step: StepNotTaken | None = None
    last_witnessed_at: datetime | None = None
    unconfirmed: bool = False
    most_taken: Milligrams = NOUGHT
    lifted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: what it is in a few words, how it ends, and whether nobody lifts it."""

    code: StopCode
    words: str
    ends_by: str
    finding: Finding

    @property
    def hard(self) -> bool:
        """Whether no authorisation lifts it."""
        return self.code in HARD


_CEILINGS = {
    Ordered.METHADONE: "unconfirmed_methadone_most",
    Ordered.BUPRENORPHINE: "unconfirmed_buprenorphine_most",
}
_MOST = {Ordered.METHADONE: "methadone_most", Ordered.BUPRENORPHINE: "buprenorphine_most"}
_BY_PRESCRIBER = "a prescriber, present or by a witnessed telephone call, with the reason"


def stops(facts: DoseFacts, params: ParametersOnDay) -> tuple[Stop, ...]:
    """What stops this dose now, those that nobody lifts first; what has been lifted for it is not among them."""
    found = [*_never_lifted(facts, params), *_of_the_order(facts, params), *_since_ordered(facts, params)]
    found += _after_a_break(facts, params)
    return tuple(each for each in found if each.hard or each.code not in facts.lifted)


def ordering_stops(facts: DoseFacts, params: ParametersOnDay) -> tuple[Stop, ...]:
    """What a prescriber must have seen before an order is signed."""
    return (*_of_the_order(facts, params), *_after_a_break(facts, params))


def _never_lifted(facts: DoseFacts, params: ParametersOnDay) -> Iterator[Stop]:
    if not facts.identified:
        said = "Not identified" if facts.identified is None else "Not this patient"
        yield _stop(
            StopCode.NOT_IDENTIFIED,
            f"{said}: photograph, or two identifiers, before anything is given.",
            "identifying the person again",
            [params.rule("identified")],
        )
    if facts.written:
        yield _stop(
            StopCode.ALREADY_WRITTEN,
            "This dose is written down already: it is not given twice.",
            "correcting the record, where it is wrong",
            [params.rule("one_record")],
        )
    if facts.handed_out:
        yield _stop(
            StopCode.HANDED_OUT,
            "A dose was handed out, and nobody wrote down what became of it: ask, and write that down first.",
            "writing down what became of it",
            [params.rule("one_record")],
        )
    if facts.medicine.makes_drowsy:
        yield from _sedation(facts, params)


def _sedation(facts: DoseFacts, params: ParametersOnDay) -> Iterator[Stop]:
    rule = params.rule("sedation_stop")
    ends = "looking again and recording it; the dose then follows a prescriber's order"
    look = facts.look
    if look.drowsy:
        yield _stop(StopCode.DROWSY, "Drowsy, or hard to rouse: no opioid and no sedative.", ends, [rule])
    if look.intoxicated:
        yield _stop(StopCode.INTOXICATED, "Intoxicated: no opioid and no sedative.", ends, [rule])
    if look.drowsy is None or look.intoxicated is None:
        yield _stop(StopCode.NOT_LOOKED, "Nobody has looked before this dose.", "looking, and recording it", [rule])


def _of_the_order(facts: DoseFacts, params: ParametersOnDay) -> Iterator[Stop]:
    if facts.medicine.is_opioid and facts.blocked_by_naltrexone:
        said = "On naltrexone: an opioid does not act, and then acts all at once."
        yield _stop(StopCode.ON_NALTREXONE, said, _BY_PRESCRIBER, [params.rule("naltrexone_block")])
    elif facts.medicine.is_opioid and facts.naltrexone_at is not None:
        said = (
            f"Naltrexone was last taken {show_instant(facts.naltrexone_at)}: while it blocks an opioid does not act, "
            "and after it tolerance is lost."
        )
        yield _stop(StopCode.ON_NALTREXONE, said, _BY_PRESCRIBER, [params.rule("naltrexone_block")])
    if facts.medicine is Ordered.NALTREXONE and facts.other_substitutes:
        said = f"Naltrexone beside {', '.join(facts.other_substitutes)}: it takes an opioid away all at once."
        yield _stop(StopCode.ON_NALTREXONE, said, _BY_PRESCRIBER, [params.rule("naltrexone_block")])
    if facts.medicine.is_substitute and facts.other_substitutes:
        said = f"Two opioid substitutes at once: {', '.join(facts.other_substitutes)} beside {facts.medicine.words}."
        yield _stop(StopCode.TWO_SUBSTITUTES, said, _BY_PRESCRIBER, [params.rule("two_substitutes")])
    yield from _after_opioid(facts, params)
    yield from _taken_outside(facts, params)
    if same := allergies_to(facts):
        said = f"Allergy written down: {', '.join(same)}."
        yield _stop(StopCode.ALLERGY, said, _BY_PRESCRIBER, [params.rule("allergy")])
    yield from _above_a_ceiling(facts, params)


def _after_opioid(facts: DoseFacts, params: ParametersOnDay) -> Iterator[Stop]:
    """Buprenorphine or naltrexone too soon after another opioid that was taken, whatever is ordered (D-22)."""
    asked = AFTER_OPIOID.get(facts.medicine.active)
    if asked is None or facts.opioid_at is None or facts.at is None:
        return
    hours = whole_hours_between(facts.opioid_at, facts.at)
    ago = counted(hours, "hour")
    said = f"{facts.opioid.capitalize()} was last taken {show_instant(facts.opioid_at)}, {ago} before this"
    source: Source
    try:
        least = source = params.hours(asked)
        if facts.at >= hours_after(facts.opioid_at, least.value):
            return
        said = f"{said}: less than the {least.shown} that are signed."
    except NotSignedLocally as unsigned:
        source, said = unsigned, f"{said}, and no interval is signed here."
    yield _stop(StopCode.AFTER_OPIOID, f"{said} Withdrawal may come on at once.", _BY_PRESCRIBER, [source])


def outside_words(dose: Outside) -> str:
    """A dose outside: what, how much, when and where, as far as it was told."""
    amount = dose.mg or "of which nobody knows how much"
    when = show_instant(dose.at) if dose.at else "at an hour that nobody knows, or that is told in two ways"
    return f"{dose.medicine} {amount}, {when}, {dose.place}"


def _taken_outside(facts: DoseFacts, params: ParametersOnDay) -> Iterator[Stop]:
    """The substitute of the day was taken already, in police cells or at the pharmacy: this would be a second one."""
    if facts.medicine.is_substitute and facts.outside_today:
        taken = "; ".join(outside_words(each) for each in facts.outside_today)
        said = f"Taken today already, before this: {taken}. With this dose it would be two in a day."
        yield _stop(StopCode.TAKEN_OUTSIDE, said, _BY_PRESCRIBER, [params.rule("one_record")])


def _above_a_ceiling(facts: DoseFacts, params: ParametersOnDay) -> Iterator[Stop]:
    """Above the most a day; or, while a dose outside is not confirmed, above the local ceiling and above all that was
    taken here."""
    name = facts.medicine.active
    most = if_signed(params.milligrams, _MOST[name]) if name in _MOST else None
    if most is not None and facts.mg > most.value:
        said = f"{facts.mg} a day is above {most.value}, the most."
        yield _stop(StopCode.ABOVE_CEILING, said, _BY_PRESCRIBER, [most])
        return
    most = if_signed(params.milligrams, _CEILINGS[name]) if facts.unconfirmed and name in _CEILINGS else None
    if most is not None and facts.mg > max(most.value, facts.most_taken):
        said = f"{facts.mg} is above the local ceiling of {most.value} while the dose outside is not confirmed."
        yield _stop(StopCode.ABOVE_CEILING, said, _BY_PRESCRIBER, [most])


def _since_ordered(facts: DoseFacts, params: ParametersOnDay) -> Iterator[Stop]:
    if facts.sedated_unanswered and facts.medicine.makes_drowsy:
        said = "Found drowsy or intoxicated since the order was signed: the dose follows a prescriber's decision."
        yield _stop(StopCode.AFTER_SEDATION, said, _BY_PRESCRIBER, [params.rule("sedation_stop")])
    if facts.conflicting:
        said = "Two accounts of this order, or of a dose of it, stand: nothing is given from it without a choice."
        yield _stop(StopCode.CONFLICT, said, _BY_PRESCRIBER, [params.rule("one_record")])
    if facts.not_read:
        said = "An order or a dose was written at a newer desk, and cannot be read here: look there what was given."
        yield _stop(StopCode.NOT_READ, said, _BY_PRESCRIBER, [params.rule("one_record")])
    if facts.ahead:
        said = (
            "A dose is written for a day that has not come yet: a clock is wrong, and it may be today's. Ask the "
            "desk that wrote it."
        )
        yield _stop(StopCode.DAY_AHEAD, said, _BY_PRESCRIBER, [params.rule("one_record")])
    if facts.others_today:
        taken = ", ".join(facts.others_today).capitalize()
        said = f"{taken} was taken today already: two opioid substitutes in a day."
        yield _stop(StopCode.MORE_TODAY, said, _BY_PRESCRIBER, [params.rule("two_substitutes")])
    elif facts.taken_today > NOUGHT and facts.taken_today.amount + facts.this_dose.amount > facts.mg.amount:
        said = (
            f"{facts.taken_today} was taken today already: with {facts.this_dose} more it is above the "
            f"{facts.mg} that are ordered for the day."
        )
        yield _stop(StopCode.MORE_TODAY, said, _BY_PRESCRIBER, [params.rule("one_record")])
    if facts.medicine.makes_drowsy and facts.this_round_at is not None:
        said = f"A dose of today was given at {show_time(facts.this_round_at)}, in this round: two of a day together."
        yield _stop(StopCode.TWO_IN_A_ROUND, said, _BY_PRESCRIBER, [params.rule("one_record")])
    yield from _too_soon(facts, params)
    missed = facts.missed
    if missed.not_known:
        of = "" if missed.not_known == missed.days else f" of {counted(missed.days, 'day')}"
        nobody = f"{counted(missed.not_known, 'day')}{of}"
        said = f"{nobody} before this one without a record: not known, and not assumed to be taken or missed."
        yield _stop(StopCode.DAY_NOT_KNOWN, said, _BY_PRESCRIBER, [params.rule("day_without_a_row")])
    if facts.medicine.is_substitute and (step := facts.step) is not None:
        reached = f"the most since was {step.reached}" if step.reached > NOUGHT else "nothing was taken since"
        said = (
            f"{facts.mg} comes after a day of {step.step}, and that was not taken: {reached}. Order the course anew "
            "from today."
        )
        yield _stop(StopCode.STEP_NOT_TAKEN, said, _BY_PRESCRIBER, [params.rule("signed_order")])


def _too_soon(facts: DoseFacts, params: ParametersOnDay) -> Iterator[Stop]:
    """Two doses of two days within hours of each other: one late at night, and one early in the morning."""
    if not facts.medicine.is_substitute or facts.day_before_at is None or facts.at is None:
        return
    least = if_signed(params.hours, "hours_between_days")
    if least is None or facts.at >= hours_after(facts.day_before_at, least.value):
        return
    ago = counted(whole_hours_between(facts.day_before_at, facts.at), "hour")
    said = (
        f"The last dose was taken {show_instant(facts.day_before_at)}, {ago} ago: less than the {least.shown} that "
        "are signed between the doses of two days."
    )
    yield _stop(StopCode.TOO_SOON, said, _BY_PRESCRIBER, [least])


def _after_a_break(facts: DoseFacts, params: ParametersOnDay) -> Iterator[Stop]:
    """Days not taken past a threshold; where nothing has been taken here yet, the tolerance from outside goes."""
    missed, days = facts.missed, counted(facts.missed.days, "day")
    if not facts.medicine.is_substitute:
        return
    induction, read = days_or_strictest(params, "missed_days_new_induction")
    if induction is not None and missed.days >= induction:
        said = f"{days} not taken: a new induction from {counted(induction, 'day')}."
        yield _stop(StopCode.NEW_INDUCTION, said, _BY_PRESCRIBER, [read])
        return
    if facts.medicine is not Ordered.METHADONE:
        return
    reassess, read = days_or_strictest(params, "missed_days_reassess")
    if reassess is not None and missed.days >= reassess:
        most = params.milligrams("methadone_restart_most")
        said = f"{days} not taken: reassess before any dose, and do not restart above {most.value}."
        yield _stop(StopCode.MISSED_DAYS, said, _BY_PRESCRIBER, [read, most])


def allergies_to(facts: DoseFacts) -> list[str]:
    """The allergies written down that name the medicine."""
    names = facts.medicine.words.split("-")
    return [each for each in facts.allergies if any(name in each.casefold() for name in names)]


def _stop(code: StopCode, words: str, ends_by: str, sources: Iterable[Source]) -> Stop:
    return Stop(code, words, ends_by, finding(code, Tier.MUST_ACKNOWLEDGE, words, list(sources)))
