"""How answers, people and plans are put into words on the page."""

from datetime import date, datetime

from pdtdesk.domain.calendar import in_london, show_day
from pdtdesk.domain.durations import NotADuration, parse_duration
from pdtdesk.domain.reception.alerts import alerts_of
from pdtdesk.domain.reception.answers import HeldAnswer
from pdtdesk.domain.reception.clocks import clocks
from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.reception.questions import Input, Question
from pdtdesk.domain.reception.standing import values
from pdtdesk.policy.findings import PlanLine, Tonight, Urgency
from pdtdesk.policy.origin import Authority, Status
from pdtdesk.services.ports import ArrivalRow
from pdtdesk.ui.record.answers import words_of
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.banner import BannerFacts
from pdtdesk.ui.widgets.findings import PanelLine
from pdtdesk.ui.widgets.rows import Row
from pdtdesk.ui.widgets.spec import Past
from pdtdesk.ui.widgets.words import ChipFacts

TONES = {
    Urgency.NOW: Tone.RED,
    Urgency.TONIGHT: Tone.RED,
    Urgency.SOON: Tone.AMBER,
    Urgency.ROUTINE: Tone.BLUE,
}
_ALERT_TONES = {"danger": Tone.RED, "warning": Tone.AMBER, "neutral": Tone.GREY}
OWN_RULE = "PDT Desk's own rule"
_SEX = {"male": "man", "female": "woman"}


def banner(person: PersonRecord, today: date) -> BannerFacts:
    """The patient over every page: who, where, and the few words that can hurt."""
    identity = person.identity
    age = identity.age_on(today)
    born = f"{age} y · b. {show_day(identity.born)[4:]}" if identity.born and age is not None else "born: not known"
    chips = [ChipFacts(alert.words, _ALERT_TONES[alert.tone]) for alert in alerts_of(person)]
    allergies = tuple(chip for chip in chips if "llerg" in chip.word)
    others = tuple(chip for chip in chips if chip not in allergies)
    before = len(person.stays) - 1
    known = (
        (ChipFacts(f"Known: {before} earlier {'stay' if before == 1 else 'stays'}", Tone.BLUE),) if before > 0 else ()
    )
    stay = person.current
    return BannerFacts(
        name=identity.display,
        number=identity.prison_number or "no number yet",
        born=born,
        sex=_SEX.get(identity.sex or "", ""),
        location=(stay.location if stay and stay.location else "no cell yet"),
        alerts=others + known,
        allergies=allergies,
    )


def arrival_row(row: ArrivalRow) -> Row:
    """One arrival in the list: name, number, and why they stand where they stand."""
    parts = [row.prison_number or "no number"]
    if row.passes:
        parts += row.reasons[:2]
    else:
        parts.append(f"{row.arrived_from or 'arrived'} {in_london(row.arrived_at):%H:%M}")
    if row.known and not row.passes:
        parts.append("known")
    if row.unsure:
        parts.append("same person?")
    if row.draft:
        parts.append("draft kept")
    return Row(
        id=row.stay,
        title=f"{row.surname.upper()}, {row.forenames}" if row.forenames else row.surname.upper(),
        detail=" · ".join(parts),
        chip=_row_chip(row),
    )


def _row_chip(row: ArrivalRow) -> ChipFacts | None:
    if row.passes == 0:
        return ChipFacts("waiting", Tone.GREY)
    urgency = Urgency(row.priority) if row.priority in set(Urgency) else Urgency.ROUTINE
    return ChipFacts(urgency.value, TONES[urgency])


def plan_lines(tonight: Tonight) -> tuple[PanelLine, ...]:
    """Tonight's plan as lines: what may not be given first, alike reasons together; each with its source."""
    alike: dict[tuple[str, str, bool], list[str]] = {}
    for hold in tonight.may_not_be_given:
        alike.setdefault((hold.why, hold.ends_by, hold.hard), []).append(hold.what)
    holds = tuple(
        PanelLine(
            "Not given" if hard else "Not yet", Tone.RED, f"{_capital(' and '.join(what))}: {why}. Ends by {ends_by}."
        )
        for (why, ends_by, hard), what in alike.items()
    )
    return holds + tuple(_line(line) for line in tonight.plan)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _line(line: PlanLine) -> PanelLine:
    status = {Status.AWAITING: "awaiting clinical sign-off", Status.SIGNED: "signed here"}.get(line.status, "")
    unsigned = "not signed here" if line.unsigned else ""
    facts = [OWN_RULE if fact == Authority.PRODUCT else fact for fact in line.facts]
    sources = ", ".join(facts) or ", ".join(str(reference) for reference in line.references)
    return PanelLine(
        chip=line.label,
        tone=TONES[line.urgency],
        sentence=line.sentence,
        reference=sources,
        status=" · ".join(part for part in (status, unsigned) if part),
        link=str(line.code),
    )


def past(question: Question, held: HeldAnswer) -> Past:
    """An earlier answer with who asked it and when."""
    value = held.answer.value or ""
    shown = words_of(question, value)
    if question.column and question.input is Input.DAY:
        shown = f"{date.fromisoformat(value):%b %Y}"  # in a table the month is enough, and has room
    return Past(
        value=value,
        shown=shown,
        who=held.answer.by.name,
        when=show_day(in_london(held.answer.at).date())[4:],
    )


def arrival_summary(stay: Stay) -> str:
    """Arrival and sentence in one line, as the list and the warrant say."""
    said = stay.arrival
    parts = [f"{said.get('arrived_from') or 'Arrived'} {in_london(stay.brought_at):%H:%M}"]
    status = str(said.get("legal_status") or "").replace("_", " ")
    length = said.get("sentence_length")
    if length:
        parts.append(f"{status} {_duration(str(length))}")
    elif status:
        parts.append(status)
    if said.get("release_on"):
        parts.append(f"release {show_day(date.fromisoformat(str(said['release_on'])))}, given by the prison")
    return " · ".join(parts)


def waits(person: PersonRecord, stay: Stay, now: datetime) -> str:
    """How long somebody has waited for what they need, since the arrival; empty where nothing is waited for."""
    return " · ".join(clock.in_words(now) for clock in clocks(stay, values(person, stay)))


def _duration(text: str) -> str:
    try:
        return parse_duration(text).in_words()
    except NotADuration:
        return text
