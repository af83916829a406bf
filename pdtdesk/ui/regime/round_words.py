"""How a medicine round reads on the screen: rows and chips, what was last given, a dose as it was written."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from pdtdesk.domain.calendar import day_of, in_london, show_day, show_instant, show_near, show_time
from pdtdesk.domain.names import same_name
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.rounds import part_of
from pdtdesk.domain.regime.schedule import DAY
from pdtdesk.domain.regime.treatment import Begun, Dose
from pdtdesk.policy.regime.stops import Stop, StopCode, stops
from pdtdesk.services.acting import Acting
from pdtdesk.services.regime.dose_facts import DoseDue
from pdtdesk.services.regime.giving import DoseNow, RoundRow
from pdtdesk.services.regime.looks import look_of
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.rows import Row
from pdtdesk.ui.widgets.words import ChipFacts

ALL_DAY = "all"
LARGE = 1.5
"""From this size of words on the whole page goes to the dose in hand: the list folds away until it is let go."""
OPEN = frozenset({"due", "handed out"})
"""Doses to which Enter goes on by itself: a stop is turned to by hand."""
_FIRST = {"handed out": 0, "conflict": 1}
_WORDS_OF_A_STOP = 60
LAST_SHOWN = 3
_STOPS = {
    StopCode.AFTER_SEDATION: "After sedation",
    StopCode.CONFLICT: "Two accounts",
    StopCode.NOT_READ: "Newer record",
    StopCode.DAY_AHEAD: "A day ahead",
    StopCode.MORE_TODAY: "Taken today already",
    StopCode.TWO_IN_A_ROUND: "Two in a round",
    StopCode.TAKEN_OUTSIDE: "Taken outside today",
    StopCode.TOO_SOON: "Too soon",
    StopCode.AFTER_OPIOID: "After another opioid",
    StopCode.TWO_SUBSTITUTES: "Two substitutes",
    StopCode.ON_NALTREXONE: "Naltrexone",
    StopCode.ALLERGY: "Allergy",
    StopCode.ABOVE_CEILING: "Above the ceiling",
    StopCode.DAY_NOT_KNOWN: "A day not known",
    StopCode.MISSED_DAYS: "Missed days",
    StopCode.NEW_INDUCTION: "New induction",
    StopCode.STEP_NOT_TAKEN: "A step not taken",
}


def row_id(due: DoseDue) -> str:
    """Which row of the list a dose is."""
    return f"{due.patient_id} {due.course} {due.day.isoformat()} {due.slot}"


def in_part(rows: Iterable[RoundRow], part: str) -> list[RoundRow]:
    """The doses of one part of the day, or of all of it: handed out and two accounts first, then by place. What was
    handed out on an earlier day, and never recorded, stands in every round."""
    rows = list(rows)
    today = max((row.due.day for row in rows), default=None)
    mine = [row for row in rows if row.due.day != today or part in (ALL_DAY, part_of(row.due.slot))]
    return sorted(mine, key=lambda row: _FIRST.get(row.state, 2))


def round_row(row: RoundRow) -> Row:
    """One dose in the list."""
    place = row.location or "no cell"
    parts = [_shortened(row.stop)] if row.state == "stopped" else []
    parts += [row.due.slot] if row.supervised else [row.due.slot, "in possession"]
    return Row(
        id=row_id(row.due),
        title=f"{place}  {row.name}",
        figure=row.dose,
        detail=" · ".join(parts),
        chip=state_chip(row),
    )


def state_chip(row: RoundRow) -> ChipFacts:
    """How a dose stands, in a word."""
    match row.state:
        case "conflict":
            return ChipFacts("two accounts", Tone.RED)
        case "handed out":
            return ChipFacts("what became of it?", Tone.AMBER)
        case "stopped":
            return ChipFacts("stopped", Tone.RED)
        case "written" if row.stop:
            return ChipFacts(row.stop, Tone.RED)
        case "written" if row.outcome is not None:
            return ChipFacts(row.outcome.words, Tone.GREEN if row.outcome is Outcome.TAKEN else Tone.AMBER)
        case _:
            return ChipFacts("due", Tone.GREY)


def counts(rows: Sequence[RoundRow]) -> str:
    """How far the round has come: `12 given · 25 left · 3 stopped`."""
    return f"{sum(row.state == 'written' for row in rows)} written · {still_left(rows)}"


def still_left(rows: Sequence[RoundRow]) -> str:
    """What of the round is still to be done: `25 left · 3 stopped`."""
    written, left = sum(row.state == "written" for row in rows), sum(row.state in OPEN for row in rows)
    stopped = len(rows) - written - left
    return f"{left} left · {stopped} stopped" if stopped else f"{left} left"


def stop_name(code: str) -> str:
    """A stop in two words, for a button."""
    try:
        return _STOPS.get(StopCode(code), code)
    except ValueError:
        return code


def how_ordered(now: DoseNow) -> str:
    """When and how it is taken, and who signed it when."""
    taken = "supervised" if now.order.supervised else f"in possession: {now.order.possession}"
    signed = f"order signed by {now.order.by.name}, {show_instant(in_london(now.order.at))}"
    if not now.order.body:
        signed = "its order does not stand in this record: write down what became of it all the same"
    return " · ".join((f"{now.row.due.slot}, {show_day(now.row.due.day)}", taken, signed))


def lifted_words(now: DoseNow) -> list[str]:
    """What a prescriber lifted for this dose, who, how, and whether it is signed."""
    due, said = now.row.due, []
    for each in now.treatment.lifted:
        if (each.order, each.day, each.slot) == (due.order, due.day, due.slot):
            what = ", ".join(stop_name(code).lower() for code in sorted(each.codes))
            how = f"by telephone, heard by {each.witness}" if each.by_telephone else "at the desk"
            signed = "" if each.signed or not each.by_telephone else "; not signed yet"
            when = show_instant(in_london(each.at))
            said.append(f"Lifted for this dose ({what}): {each.prescriber}, {how}, {when}{signed}. {each.reason}")
    return said


def handed_words(begun: Begun) -> str:
    """When and by whom a dose was handed out, and the question that it leaves."""
    by = str(begun.body.get("identified_by", ""))
    known = f", identified by {by}" if by else ""
    giver = f"{begun.on_paper}, on paper" if begun.on_paper else begun.by.name
    return f"Handed out {show_instant(begun.at)} by {giver}{known}. What became of it?"


def last_doses(now: DoseNow, most: int = LAST_SHOWN) -> str:
    """The last doses of this medicine before this one, the newest first; how many days nothing
    was taken since, and apart from these how many nobody knows of."""
    due = now.row.due
    before = [
        each
        for each in now.treatment.doses_of(now.order.medicine)
        if (each.day, each.slot) != (due.day, due.slot) and each.day <= due.day
    ]
    said = [_short(each, due.day) for each in reversed(before[-most:])]
    not_known = now.missed.not_known
    runs = ((now.missed.days - not_known, "not taken"), (not_known, "not known"))
    if told := [f"{'1 day' if days == 1 else f'{days} days'} {how}" for days, how in runs if days]:
        said.append(f"{' and '.join(told)} before today")
    return " · ".join(said) if said else "No dose of this medicine is written yet in this stay."


def _short(dose: Dose, today: date) -> str:
    day = "today" if dose.day == today else "yesterday" if dose.day == today - DAY else show_near(dose.day, today)
    when = show_time(dose.at) if day_of(dose.at) == dose.day else ""
    part = f" {dose.mg}" if dose.outcome.counts else ""
    return " ".join(word for word in (f"{day}: {dose.outcome.words}{part}", when) if word)


def seen_words(now: DoseNow, at: datetime) -> str:
    """What was last seen of somebody, in words: `drowsy and intoxicated`; empty where nothing was."""
    look = look_of(now.person, now.stay, at)
    seen = [word for word, yes in (("drowsy", look.drowsy), ("intoxicated", look.intoxicated)) if yes]
    return " and ".join(seen)


def stops_shown(now: DoseNow, acting: Acting) -> tuple[Stop, ...]:
    """What stops a dose, with what was seen and nobody has looked at since before all others."""
    if not any(each.code is StopCode.AFTER_SEDATION for each in now.stops):
        return now.stops
    at = acting.now()
    look = look_of(now.person, now.stay, at)
    seen = {StopCode.DROWSY: look.drowsy, StopCode.INTOXICATED: look.intoxicated}
    hard = [
        each for each in stops(replace(now.facts, look=look), acting.policy.on(day_of(at))) if seen.get(each.code)
    ]
    return (*hard, *now.stops)


def stops_to_lift(now: DoseNow, acting: Acting) -> tuple[Stop, ...]:
    """What a prescriber may lift now: after somebody was found drowsy only once a look has found them awake."""
    look = look_of(now.person, now.stay, acting.now())
    awake = look.drowsy is False and look.intoxicated is False
    return tuple(each for each in now.stops if not each.hard and (awake or each.code is not StopCode.AFTER_SEDATION))


def account_lines(dose: Dose) -> tuple[tuple[str, str], ...]:
    """What was written of a dose, line by line: (what, in words)."""
    return (
        ("Medicine", dose.medicine.words),
        ("Outcome", dose.outcome.words),
        ("Ordered", str(dose.ordered_mg)),
        ("Taken", str(dose.mg)),
        ("Reason", dose.reason.replace("_", " ") or "–"),
        ("When", show_instant(dose.at)),
        ("By", _given_by(dose)),
        ("Witness", dose.witness or "–"),
        ("Supervised", "yes" if dose.supervised else "no, in possession"),
    )


def _given_by(dose: Dose) -> str:
    """Who wrote it; of a dose on paper who gave it by the paper, and who entered that."""
    wrote = f"{dose.by.name}, {dose.by.role_title}"
    if same_name(dose.on_paper, dose.by.name):
        return f"{wrote}, on paper"
    return f"{dose.on_paper}, on paper; entered by {wrote}" if dose.on_paper else wrote


def _shortened(words: str) -> str:
    first = words.split(":")[0].split(".")[0]
    return first if len(first) <= _WORDS_OF_A_STOP else f"{first[: _WORDS_OF_A_STOP - 2].rstrip()} …"
