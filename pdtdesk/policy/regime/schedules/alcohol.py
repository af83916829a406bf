"""Alcohol withdrawal: the printed courses of chlordiazepoxide, band by band (D-13), or by score as prescribed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pdtdesk.domain.durations import counted
from pdtdesk.domain.reception.facts import Sex
from pdtdesk.domain.regime.courses import (
    AlcoholBand,
    AlcoholByScore,
    AlcoholFixed,
    CourseStart,
    ForWhom,
    TimesADay,
)
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import DAY, LONGEST, NOUGHT, SLOTS, Doses, NotASchedule, Schedule, day_by_day
from pdtdesk.policy.findings import Finding, Source, Tier
from pdtdesk.policy.parameters import NotSignedLocally, ParametersOnDay, Reading
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.schedules.days import in_day_order
from pdtdesk.policy.regime.schedules.figures import BY_HAND
from pdtdesk.policy.regime.schedules.proposal import Proposal
from pdtdesk.policy.regime.standing import rg

_FOUR = 4
_IN_SLOTS = {1: (3,), 2: (0, 3), 3: (0, 1, 3), 4: (0, 1, 2, 3)}
"""In which of the day's four slots so many doses stand: the night has its dose on every day."""


@dataclass(frozen=True, slots=True)
class Ceilings:
    """What is said of a high dose of chlordiazepoxide; `never` where the source never gives it to such a person."""

    findings: tuple[Finding, ...]
    never: bool = False


def fixed(asked: AlcoholFixed, whom: ForWhom, params: ParametersOnDay) -> Proposal:
    """The days that are printed, and after them those that are signed or entered; no band, no course."""
    medicine = Ordered.CHLORDIAZEPOXIDE
    band, found = _band(asked, params)
    if band is None:
        return Proposal(medicine, None, tuple(found))
    name = _course_name(band, asked.start)
    first = params.course(f"alcohol_{name}")
    high = ceilings(_days_in_slots(asked.first_day, first.value, asked.slots), whom, params)
    words = f"Chlordiazepoxide, {len(first.value)} days as printed: {'; '.join(map(str, first.value))}."
    found += [*high.findings, rg(Code.SCHEDULE_AS_SIGNED, Tier.NOTE, words, [first])]
    later, said = _later(asked, name, len(first.value), params)
    if high.never or later is None:
        return Proposal(medicine, None, (*found, said))
    days = (*first.value, *later)
    found += [said, *_length(len(days), name, params)]
    return Proposal(medicine, _days_in_slots(asked.first_day, days, asked.slots), tuple(found))


def _later(
    asked: AlcoholFixed, name: str, printed: int, params: ParametersOnDay
) -> tuple[tuple[TimesADay, ...] | None, Finding]:
    """The days that the table does not print: entered, else as signed, else none; and what is said of them."""
    source: Reading[tuple[TimesADay, ...]] | NotSignedLocally
    try:
        source = params.course(f"alcohol_{name}_later")
    except NotSignedLocally as refusal:
        source = refusal
    if asked.later is not None:
        said = f"The days after day {printed} were entered by hand: {'; '.join(map(str, asked.later))}."
        return asked.later, rg(Code.SCHEDULE_ENTERED, Tier.MUST_ACKNOWLEDGE, said, [source])
    if isinstance(source, NotSignedLocally):
        said = f"The days after day {printed} are not in what was read, and not signed here. {BY_HAND}"
        return None, rg(Code.SCHEDULE_NOT_SIGNED, Tier.MUST_ACKNOWLEDGE, said, [source])
    said = f"The days after day {printed} as they are signed: {'; '.join(map(str, source.value))}."
    return source.value, rg(Code.SCHEDULE_AS_SIGNED, Tier.NOTE, said, [source])


def by_score(asked: AlcoholByScore, whom: ForWhom, params: ParametersOnDay) -> Proposal:
    """The most of each day in the prescriber's own figures; how much is given follows the score, by her words."""
    if asked.medicine.active not in (Ordered.CHLORDIAZEPOXIDE, Ordered.DIAZEPAM):
        raise NotASchedule(f"Withdrawal from alcohol by score is not planned with {asked.medicine.words}.")
    if not 1 <= asked.days <= LONGEST.days:
        raise NotASchedule("A course by score lasts so many days, 1 or more.")
    if asked.most_at_a_time <= NOUGHT:
        raise NotASchedule("Write the most that may be given at a time, in mg.")
    if not asked.words.strip():
        raise NotASchedule("Write in words at which score how much is given, and when to call the prescriber.")
    day = TimesADay(asked.most_at_a_time, asked.times)
    schedule = _days_in_slots(asked.first_day, (day,) * asked.days, asked.slots)
    said = (
        f"By CIWA-Ar: at most {day}, {day.daily} a day. Each dose is a most, and is given by score: "
        f"{asked.words.strip().rstrip('.')}. The figures are the prescriber's own."
    )
    score = rg(Code.SCHEDULE_BY_SCORE, Tier.MUST_ACKNOWLEDGE, said, [params.rule("alcohol_withdrawal")])
    high = Ceilings(())
    if asked.medicine is Ordered.CHLORDIAZEPOXIDE:
        high = ceilings(schedule, whom, params)
    return Proposal(asked.medicine, schedule, (*high.findings, score))


def ceilings(schedule: Schedule, whom: ForWhom, params: ParametersOnDay) -> Ceilings:
    """Above 30 and above 40 mg at a time, as the text below the table has it, and for whom it has them rarely or
    never. Its *never* is read of the doses above 40; for such a person any dose above 30 is looked at again.
    """
    highest = max((mg for stretch in schedule.stretches for _, mg in stretch.doses), default=NOUGHT)
    watched, severe = (params.milligrams(f"chlordiazepoxide_{each}_above") for each in ("watched", "severe"))
    if highest <= watched.value:
        return Ceilings(())
    rule, strict = params.rule("chlordiazepoxide_watched"), params.rule("chlordiazepoxide_severe")
    found = [_high(f"{highest} at a time is above {watched.value}: {rule.value}.", [watched, rule])]
    frail = [
        words
        for words, there in (("elderly", whom.elderly), ("severe liver impairment", whom.severe_liver_impairment))
        if there
    ]
    above = highest > severe.value
    if above:
        found.append(_high(f"{highest} at a time is above {severe.value}: {strict.value}.", [severe, strict]))
    if whom.sex is Sex.FEMALE and above:
        found.append(
            _high("For a woman such doses are rarely needed: look again at Drank and SADQ.", [severe, strict])
        )
    if frail:
        never = "never given by this source" if above else "looked at again, and a lower start considered"
        said = f"{' and '.join(frail).capitalize()}: {highest} at a time is {never}."
        found.append(_high(said, [severe, strict]))
    not_said = [
        words
        for words, known in (("elderly", whom.elderly), ("severe liver impairment", whom.severe_liver_impairment))
        if known is None
    ]
    if not_said:
        said = f"Not said: {' or '.join(not_said)}. With either, a dose above {severe.value} is never given."
        found.append(_high(said, [severe, strict]))
    return Ceilings(tuple(found), never=bool(frail) and above)


def _high(said: str, sources: list[Source]) -> Finding:
    return rg(Code.SCHEDULE_ALCOHOL_HIGH, Tier.MUST_ACKNOWLEDGE, said, sources)


def _band(asked: AlcoholFixed, params: ParametersOnDay) -> tuple[AlcoholBand | None, list[Finding]]:
    """The band that was chosen, or that units and SADQ both stand in; None where the table prints none."""
    if asked.band is None and asked.units_a_day is None and asked.sadq is None:
        raise NotASchedule(f"Write Drank (units a day) or SADQ: the printed table is read by them. {_HAND}")
    if (asked.units_a_day or 0) < 0 or (asked.sadq or 0) < 0:
        raise NotASchedule("Units a day and SADQ are zero or more.")
    stands: list[tuple[str, set[AlcoholBand]]] = []
    sources: list[Source] = []
    for kind, words, value in (
        ("units", f"{asked.units_a_day} units a day", asked.units_a_day),
        ("sadq", f"SADQ {asked.sadq}", asked.sadq),
    ):
        if value is not None:
            ranges = {band: params.range(f"alcohol_{band}_{kind}") for band in AlcoholBand}
            sources += ranges.values()
            stands.append((words, {band for band, each in ranges.items() if _within(value, each.value)}))
    outside = [words for words, bands in stands if not bands]
    if outside:
        said = f"{' and '.join(outside)}: no band of the printed table holds it, and no course is proposed. {_HAND}"
        return None, [_said(said, sources)]
    common = set(AlcoholBand).intersection(*(bands for _, bands in stands))
    if asked.band is not None:
        if asked.band in common:
            return asked.band, []
        apart = " and ".join(words for words, bands in stands if asked.band not in bands)
        said = f"The band from {asked.band} units on was chosen, and it does not hold {apart}."
        return asked.band, [_said(said, sources)]
    if len(common) != 1:
        together = " and ".join(words for words, _ in stands)
        way = (
            "write both Drank and SADQ"
            if len(stands) == 1
            else "leave empty whichever of Drank and SADQ is not to count"
        )
        said = f"{together} does not name one band alone: {way}. {_HAND}"
        return None, [_said(said, sources)]
    return common.pop(), []


_HAND = "The course can be entered by hand."


def _said(said: str, sources: list[Source]) -> Finding:
    return rg(Code.SCHEDULE_ALCOHOL_BAND, Tier.MUST_ACKNOWLEDGE, said, sources)


def _within(value: Decimal | int, of: tuple[int, ...]) -> bool:
    return of[0] <= value <= of[-1]


def _course_name(band: AlcoholBand, start: CourseStart | None) -> str:
    if band is AlcoholBand.UNITS_50:
        return band.value
    if start is None:
        raise NotASchedule("This band has two starts: choose the lower or the higher at Start.")
    return f"{band}_{start}"


def _days_in_slots(first_day: date, days: tuple[TimesADay, ...], slots: tuple[str, ...]) -> Schedule:
    in_order = in_day_order(slots)
    if len(in_order) != _FOUR:
        raise NotASchedule(f"A course four times a day needs four slots, such as {', '.join(SLOTS)}.")
    written: list[tuple[date, Doses]] = []
    for number, each in enumerate(days):
        doses = tuple((in_order[place], each.dose) for place in _IN_SLOTS[each.times])
        written.append((first_day + number * DAY, doses))
    return day_by_day(written)


def _length(days: int, name: str, params: ParametersOnDay) -> list[Finding]:
    ends = params.days(f"alcohol_{name}_ends")
    if days == ends.value:
        return []
    said = (
        f"The course comes to {counted(days, 'day')}, and is printed as ending on day {ends.value}: look at its last "
        "days."
    )
    return [rg(Code.SCHEDULE_ALCOHOL_LENGTH, Tier.MUST_ACKNOWLEDGE, said, [ends])]
