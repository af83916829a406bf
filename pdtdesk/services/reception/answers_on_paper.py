"""The answers of a triage as they are read on paper: by section, in the order asked, with who gave them and when."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from pdtdesk.domain.calendar import at_london, day_of, show_day, show_instant, show_time
from pdtdesk.domain.durations import counted
from pdtdesk.domain.reception.answers import HeldAnswer
from pdtdesk.domain.reception.not_asked import why_not
from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.reception.questions import QUESTIONS, Input, Question, Section, of_section
from pdtdesk.domain.reception.standing import confirmed, history, listed
from pdtdesk.domain.staff import Author
from pdtdesk.services.reception.sheet_facts import AnswerLine, NotAsked, SectionPart

_YES_NO = {"yes": "Yes", "no": "No", "unknown": "Not known"}
_COLUMNS = {
    "Last": "last",
    "How often": "",
    "Amount": "",
    "Route": "",
    "Years": "for",
    "Given": "given:",
    "Medicine": "",
    "Dose": "",
    "When, witnessed": "witnessed",
    "Dose and times": "",
    "Tonight": "",
    "Why, and by whom": "because:",
}
_URINE = "tests.urine"
_THE_LIST = "the reception list"
_AT_THE_TOP = ("arrival.arrived_at", "arrival.arrived_from")
_NEVER = ("frequency", "never", "not_used")


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands for one question: its words on paper, the bare value, and by whom."""

    words: str
    value: str
    by: str


def sections(person: PersonRecord, stay: Stay) -> tuple[SectionPart, ...]:
    """Every section in which something was answered; prescriber and wishes stand apart on the sheet."""
    said = {
        key: each
        for key, each in _standing(person, stay).items()
        if key not in _AT_THE_TOP or each.by != _THE_LIST  # the sheet begins with what the list says of them
    }
    parts = []
    for section in Section:
        mine = [q for q in of_section(section) if q.key in said and not q.key.startswith(("prescriber.", "wishes."))]
        answers = tuple(_lines(mine, said))
        if section is Section.PRESCRIBED:
            answers += _calls(person, stay)
        if answers:
            by = tuple(dict.fromkeys(said[q.key].by for q in mine if said[q.key].by))
            parts.append(SectionPart(section.heading, answers, by))
    return tuple(parts)


def chosen(person: PersonRecord, stay: Stay, prefix: str, heading: str) -> SectionPart:
    """The answers whose keys begin alike, in the order asked, and who gave them."""
    said = _standing(person, stay)
    mine = [key for key in QUESTIONS if key.startswith(prefix) and key in said]
    answers = tuple(AnswerLine(QUESTIONS[key].label, said[key].words) for key in mine)
    return SectionPart(heading, answers, tuple(dict.fromkeys(said[key].by for key in mine if said[key].by)))


def not_asked(stay: Stay) -> tuple[NotAsked, ...]:
    """What was not asked, grouped by the reason given and who gave it."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in (*QUESTIONS, *(key for key in stay.answers if key not in QUESTIONS)):
        for held in stay.answers.get(key, ()):
            reason = held.answer.not_asked
            if reason is not None:
                label = QUESTIONS[key].label if key in QUESTIONS else key
                groups[(why_not(reason), _by(held.answer.by, held.answer.at))].append(label)
    return tuple(NotAsked(tuple(labels), why, by) for (why, by), labels in groups.items())


def written(stay: Stay) -> tuple[str, ...]:
    """Everybody who wrote in this triage, with the time of their last entry in it."""
    last: dict[str, datetime] = {}

    def wrote(author: Author, at: datetime) -> None:
        register = f", {author.registration}" if author.registration else ""
        name = f"{author.name} ({author.role_title}{register})"
        last[name] = max(last.get(name, at), at)

    for given in stay.answers.values():
        for held in given:
            wrote(held.answer.by, held.answer.at)
    for score in stay.scores:
        wrote(score.by, score.taken_at)
    for entry in stay.confirmations:
        wrote(entry.author, entry.header.happened_at)
    for plan in stay.plans:
        wrote(plan.by, plan.at)
    return tuple(f"{name}, {show_instant(at)}" for name, at in sorted(last.items(), key=lambda each: each[::-1]))


def in_words(question: Question, value: str) -> str:
    """One answer as it is read: the choice's label, a day or a time as the ward shows it, a figure with its unit."""
    if question.choices:
        labels = {choice.word: choice.label for choice in question.choices}
        words = value.replace(",", " ").split() if question.input is Input.MULTI_CHOICE else [value]
        return ", ".join(labels.get(word, word) for word in words)
    if question.input in (Input.YES_NO, Input.YES_NO_UNKNOWN):
        return _YES_NO.get(value, value)
    with suppress(ValueError):  # a day or time that a newer desk wrote in another form stands as it was written
        if question.input is Input.DAY:
            return show_day(date.fromisoformat(value))
        if question.input is Input.MOMENT:
            at = datetime.fromisoformat(value)
            return show_instant(at if at.tzinfo else at_london(at.date(), at.time()))
    return f"{value} {question.unit}" if question.unit and not value.endswith(question.unit) else value


def _standing(person: PersonRecord, stay: Stay) -> Mapping[str, _Said]:
    """What stands of this stay: from the list, confirmed from history, and answered; two accounts side by side."""
    before = history(person, stay)
    said = {
        key: _Said(in_words(QUESTIONS[key], value), value, _THE_LIST)
        for key, value in listed(stay).items()
        if key in QUESTIONS
    }
    eyes = {key: entry for entry in stay.confirmations for key in (entry.body or {}).get("keys", ())}
    for key, value in confirmed(person, stay).items():
        if key in QUESTIONS:
            at = before[key].answer.at
            by = _by(eyes[key].author, eyes[key].header.happened_at)
            words = f"{in_words(QUESTIONS[key], value)} (of {show_day(day_of(at))}, confirmed)"
            said[key] = _Said(words, value, by)
    for key, given in stay.answers.items():
        if key not in QUESTIONS:
            continue
        valued = [held for held in given if held.answer.value is not None]
        said.pop(key, None)
        if valued:
            said[key] = _answered(QUESTIONS[key], valued)
    return said


def _answered(question: Question, valued: list[HeldAnswer]) -> _Said:
    first = valued[0].answer
    if len(valued) == 1:
        return _Said(in_words(question, first.value or ""), first.value or "", _by(first.by, first.at))
    accounts = " / ".join(
        f"{in_words(question, held.answer.value or '')} ({_by(held.answer.by, held.answer.at)})" for held in valued
    )
    return _Said(f"TWO ACCOUNTS: {accounts}", "", "")


def _lines(questions: list[Question], said: Mapping[str, _Said]) -> Iterator[AnswerLine]:
    """One line for each question, and one for each row of a table; substances not used are told together."""
    rows: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        rows[question.row or question.key].append(question)
    unused = []
    for row, mine in rows.items():
        label = mine[0].label.split(":")[0] if mine[0].row else mine[0].label
        if len(mine) == 1 and _not_used(mine[0], said):
            unused.append(label)
        elif mine[0].row:
            label = "Urine screen" if row == _URINE else label
            yield AnswerLine(label, " · ".join(_in_row(q, said[q.key].words) for q in mine))
        else:
            yield AnswerLine(label, said[mine[0].key].words)
    if unused:
        yield AnswerLine("Not used", ", ".join(unused))


def _in_row(question: Question, words: str) -> str:
    if question.row == _URINE:
        return f"{question.column} {words.lower()}"
    column = _COLUMNS.get(question.column, f"{question.column}:")
    return f"{column} {words}".strip()


def _not_used(question: Question, said: Mapping[str, _Said]) -> bool:
    return question.key.endswith(_NEVER[0]) and said[question.key].value in _NEVER[1:]


def _calls(person: PersonRecord, stay: Stay) -> tuple[AnswerLine, ...]:
    """What a pharmacy or prescriber said when they were called, and what came of it."""
    calls = []
    for entry in person.folded.of_kind("prescription_confirmed"):
        body = entry.body or {}
        if body.get("stay") not in stay.ids:
            continue
        last = body.get("last_witnessed_at")
        heard = [
            str(body.get("standing") or "nobody reached, or not confirmed"),
            f"with {body.get('with_whom')}",
            " ".join(str(body[name]) for name in ("medicine", "daily") if body.get(name)),
            f"last witnessed {show_instant(datetime.fromisoformat(last))}" if last else "",
            f"{counted(body['days_missed'], 'day')} missed" if body.get("days_missed") is not None else "",
            f"take-home {body['take_home']}" if body.get("take_home") else "",
            str(body.get("note") or ""),
            f"written by {_by(entry.author, entry.header.happened_at)}",
        ]
        calls.append(AnswerLine("Asked outside", " · ".join(part for part in heard if part)))
    return tuple(dict.fromkeys(calls))


def _by(author: Author, at: datetime) -> str:
    return f"{author.name} {show_day(day_of(at))[4:-5]} {show_time(at)}"
