"""How regimes read on the screen: standings as words and tones, who is listed how, what a source is called."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from pdtdesk.domain.calendar import day_of, show_day, show_near, show_time
from pdtdesk.domain.names import display_name
from pdtdesk.domain.regime.asking import Asked
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.policy.findings import Finding, Tier
from pdtdesk.policy.origin import Authority, Status
from pdtdesk.policy.regime.standing import ClassStanding
from pdtdesk.services.ports import TreatedRow
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.findings import PanelLine
from pdtdesk.ui.widgets.words import ChipFacts

_STANDINGS = {
    ClassStanding.OFFERED: ChipFacts(ClassStanding.OFFERED.words, Tone.BLUE),
    ClassStanding.NEEDS_REASON: ChipFacts(ClassStanding.NEEDS_REASON.words, Tone.AMBER),
    ClassStanding.EXCEPTIONAL: ChipFacts(ClassStanding.EXCEPTIONAL.words, Tone.AMBER),
    ClassStanding.NOT_INDICATED: ChipFacts(ClassStanding.NOT_INDICATED.words, Tone.GREY),
    None: ChipFacts("assess first", Tone.GREY),
}
_LISTED = {"conflict": 0, "awaiting": 1, "in force": 3, "ended": 4}
_LATE = 2
_REASONS = 3
_PRIORITIES = ("now", "waiting", "tonight", "soon", "routine")
_NEVER = datetime.max.replace(tzinfo=UTC)


def standing_chip(standing: ClassStanding | None) -> ChipFacts:
    """The word on a class card."""
    return _STANDINGS[standing]


def standing_words(standing: ClassStanding | None) -> str:
    """The same in a sentence: `needs a reason`."""
    return _STANDINGS[standing].word


def source_words(found: Finding) -> str:
    """What a finding's source is called beside it: its fact, and what about it is not settled."""
    facts = ", ".join(each for each in found.facts if each != "product") or "the product's own"
    parts = [facts]
    if found.authority is Authority.PROPOSAL:
        parts.append("PROPOSAL")
    if found.status is Status.AWAITING:
        parts.append("awaiting sign-off")
    if found.unsigned:
        parts.append("not signed locally")
    return " · ".join(parts)


_CHIPS = {
    Tier.OUT_OF_SCOPE: ("Out of scope", Tone.RED),
    Tier.MUST_CORRECT: ("Correct this", Tone.RED),
    Tier.MUST_ACKNOWLEDGE: ("Read this", Tone.AMBER),
    Tier.NOTE: ("Note", Tone.BLUE),
}


def finding_line(found: Finding) -> PanelLine:
    """A finding as a panel shows it, with its source as a link."""
    chip, tone = _CHIPS[found.tier]
    return PanelLine(chip, tone, found.sentence, source_words(found), "", str(found.code))


def by_need(rows: Iterable[TreatedRow], today: date) -> list[TreatedRow]:
    """Who is looked at first: two accounts; who waits for a regime, by tonight's priority and then who has waited
    longest; reviews to be held, by their day; then the rest by the day of theirs, and by name."""

    def need(row: TreatedRow) -> tuple[int, int, datetime, date, str]:
        late = row.standing == "in force" and bool(_to_hold(row, today))
        first, since = 0, _NEVER
        if row.standing == "awaiting":
            first = _PRIORITIES.index(row.priority) if row.priority in _PRIORITIES else 0
            since = row.arrived_at or _NEVER
        listed = _LATE if late else _LISTED.get(row.standing, _LISTED["in force"])
        return (listed, first, since, _review_day(row) or date.max, row.surname.casefold())

    return sorted(rows, key=need)


def is_due(row: TreatedRow, today: date) -> bool:
    """Whether somebody has to be seen to now."""
    return row.standing in ("conflict", "awaiting") or (row.standing == "in force" and bool(_to_hold(row, today)))


def cells(row: TreatedRow, today: date) -> tuple[str, ...]:
    """One line of the list: what is to do, who, where, which regime since when, next review."""
    review = _review_day(row)
    return (
        _to_do(row, today),
        f"{display_name(row.surname, row.forenames)}\n{row.prison_number or 'no number'}",
        row.location or "–",
        _regime(row, today),
        show_near(review, today) if review else "–",
    )


def _to_hold(row: TreatedRow, today: date) -> tuple[Asked, ...]:
    """The reviews that are to be held today, or should have been."""
    return tuple(each for each in row.asked if each.on <= today)


def _review_day(row: TreatedRow) -> date | None:
    """The earliest day for which a review is planned."""
    return min((each.on for each in row.asked), default=None)


def _to_do(row: TreatedRow, today: date) -> str:
    if row.standing == "conflict":
        return "✕ Two accounts: settle"
    if row.standing == "awaiting":
        return _awaits(row, today)
    if row.until is not None and row.since is not None and row.until < row.since:
        return "Withdrawn before it began"
    if row.standing == "ended":
        return "Ended"
    asks = _to_hold(row, today)
    if not asks:
        return "In force" if row.since is None or row.since <= today else "Signed, to begin"
    why = ", ".join(dict.fromkeys(each.why for each in asks if each.why))
    if any(each.due_on < today for each in asks):
        return f"! Review overdue: {why}" if why else "! Review overdue"
    return f"! Review: {why}" if why else "! Review today"


def _awaits(row: TreatedRow, today: date) -> str:
    """That somebody waits, how urgent tonight's triage found them, and since when they are here."""
    said = f"! Awaiting a regime{': ' if row.priority else ''}{row.priority}"
    if row.arrived_at is None:
        return said
    came = day_of(row.arrived_at)
    on = "" if came == today else f"{show_near(came, today)} "
    return f"{said}\nhere since {on}{show_time(row.arrived_at)}"


def _none_yet(row: TreatedRow) -> str:
    """The first reasons of the priority, where a regime would stand."""
    more = len(row.reasons) - _REASONS
    said = " · ".join((*row.reasons[:_REASONS], *([f"and {more} more"] if more > 0 else [])))
    return f"none yet: {said}" if said else "none yet"


def _regime(row: TreatedRow, today: date) -> str:
    if row.declared is None:
        return _none_yet(row)
    words = RegimeClass(row.declared).words.capitalize()
    medicine = f", {row.medicine}" if row.medicine else ""
    since = f"\n{begun_words(row.since, today)}" if row.since else ""
    return f"{words}{medicine}{since}{_ends(row)}"


def _ends(row: TreatedRow) -> str:
    """That it ends, where it does: nobody is left to look for it on another page."""
    if row.until is None:
        return ""
    return f"\n{'ended' if row.standing == 'ended' else 'ends'} after {show_day(row.until)}"


def begun_words(since: date, today: date) -> str:
    """Since when a regime or an order holds, or from when it will."""
    return f"{'since' if since <= today else 'from'} {show_near(since, today)}"


def ends_after(until: date | None) -> str:
    """That a regime or an order ends on a day that is decided, to follow its name; empty where it goes on."""
    return f", ends after {show_day(until)}" if until is not None else ""


def day_words(day: date | None) -> str:
    """A day in full, or that there is none."""
    return show_day(day) if day is not None else "no day"
