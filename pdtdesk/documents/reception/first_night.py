"""The first-night sheet: all that whoever has the night must know of one arrival; clinical."""

from collections import Counter
from collections.abc import Mapping, Sequence

from pdtdesk.documents.layout.lines import Span
from pdtdesk.documents.layout.pages import Cell, Pages, Paragraph
from pdtdesk.documents.layout.press import printed
from pdtdesk.documents.reception.words import PRIORITY, WIDTH, due_when, foot, look_first, not_given, particulars
from pdtdesk.domain.calendar import day_of, show_day
from pdtdesk.domain.reception.alerts import Alert
from pdtdesk.services.reception.sheet_facts import (
    AnswerLine,
    FirstNight,
    Named,
    NotAsked,
    PlanPart,
    ScoreLine,
    SectionPart,
)

_LABEL = 88.0
_SHORT = 40
_MOST = 8
_LONG = 160
_AWAITING = "†"
_UNSIGNED = "‡"
_LEGEND = f"A clinician decides. {_AWAITING} awaiting clinical sign-off   {_UNSIGNED} not signed locally   [source]"


def first_night(sheet: FirstNight) -> bytes:
    """The PDF of a first-night sheet; the same facts give the same bytes."""
    head, widths = _head(sheet)
    return printed(
        lambda pages: _compose(pages, sheet),
        head=head,
        head_widths=widths,
        title=f"First-night sheet {sheet.who.prison_number or ''}".strip(),
        foot=f"First-night sheet, clinical in confidence. {foot(sheet.printing)}",
        demonstration=sheet.printing.demonstration,
    )


def _head(sheet: FirstNight) -> tuple[list[Cell], list[float]]:
    who = sheet.who
    number = who.prison_number or "no number yet"
    left: Cell = [
        [Span(who.name, bold=True, scale=1.7)],
        [Span(number, bold=True, scale=1.2), Span(f"   {particulars(who)}{_nhs(who)}")],
    ]
    marks = [Span(alert.words, bold=True, mark=True) for alert in _in_head(sheet)]
    if marks:
        left = [*left, [each for mark in marks for each in (mark, Span("  "))]]
    right: Cell = [
        [Span(who.location or "no cell yet", bold=True, scale=1.7)],
        [Span("First-night sheet", bold=True)],
        [Span(sheet.printing.establishment.name)],
    ]
    return [left, right], [WIDTH - 130, 130]


def _in_head(sheet: FirstNight) -> tuple[Alert, ...]:
    """The dangers that stand at the top of every page; the rest, and what is too long for it, follow below."""
    return tuple(alert for alert in sheet.alerts if alert.tone == "danger" and len(alert.words) < _SHORT)[:_MOST]


def _nhs(who: Named) -> str:
    number = who.nhs_number
    if not number:
        return ""
    return f" · NHS {number[:3]} {number[3:6]} {number[6:]}" if len(number) == 10 else f" · NHS {number}"


def _compose(pages: Pages, sheet: FirstNight) -> None:
    _first(pages, sheet)
    pages.space(3)
    held: Cell = []
    if sheet.may_not_be_given:
        held = [[Span("MAY NOT BE GIVEN", bold=True, mark=True)], *not_given(sheet.may_not_be_given)]
    pages.row([[*held, look_first(sheet.printing)]], [WIDTH], box=True)
    _plan(pages, sheet)
    if sheet.due:
        _block(pages, "Due", [_due(sheet)], over=1.4)
    if sheet.prescriber:
        _block(pages, "Prescriber", [_run(sheet.prescriber)])
    if sheet.scores:
        _block(pages, "Scores", [_score(score) for score in sheet.scores])
    mostly = _mostly(sheet.sections)
    for section in sheet.sections:
        _block(pages, section.heading, _answers(section, mostly))
    if sheet.wishes:
        _block(pages, "Wishes, and what was told", [_run(sheet.wishes)])
    if sheet.not_asked:
        _block(pages, "Not asked, and why", [_left_out(each) for each in sheet.not_asked], over=1.4)
    unless = f" Answers by {mostly} unless another name stands beside them." if mostly else ""
    wrote = "; ".join(sheet.written) or "nobody has saved anything yet"
    _block(pages, "Written by", [f"{wrote}.{unless}"])
    if sheet.plan:
        pages.row([_sources(sheet)], [WIDTH], over=0.5)


def _block(pages: Pages, title: str, paragraphs: Sequence[Paragraph], over: float = 0.5) -> None:
    """A part of the sheet: its title on the left, what stands in it on the right."""
    pages.row([[[Span(title, bold=True)]], paragraphs], [_LABEL, WIDTH - _LABEL], gap=6, over=over)


def _first(pages: Pages, sheet: FirstNight) -> None:
    pages.paragraph([Span("Arrived ", bold=True), Span(sheet.arrived)])
    for caution in sheet.cautions:
        pages.paragraph([Span("!", bold=True, mark=True), Span(f" {caution}", bold=True)])
    alerts: list[Span] = []
    for alert in sheet.alerts:
        if alert in _in_head(sheet):
            continue
        tonight = alert.since.endswith(show_day(day_of(sheet.printing.at)))
        since = "" if tonight else alert.since
        alerts += [Span(alert.words, bold=True), Span(f" {since}   ", scale=0.85)]
    if alerts:
        pages.paragraph(alerts)
    reasons = f"  {'; '.join(sheet.reasons)}" if sheet.reasons else ""
    word = PRIORITY.get(sheet.priority, sheet.priority.upper())
    pages.paragraph([Span("Priority ", bold=True), Span(word, bold=True, mark=True), Span(reasons)])


def _plan(pages: Pages, sheet: FirstNight) -> None:
    if not sheet.plan:
        _block(pages, "Tonight's plan", ["No plan has been made: save the first pass of the triage."], over=1.4)
        return
    pages.space(2)
    _block(pages, "Tonight's plan", [[Span(_LEGEND, scale=0.9)]], over=1.4)
    numbers = _numbers(sheet)
    for part in sheet.plan:
        pages.row(*_plan_row(part, numbers), gap=6)
    if sheet.observation:
        _block(pages, "Observe", [[Span(" ".join(sheet.observation), bold=True)]])


def _plan_row(part: PlanPart, numbers: Mapping[str, int]) -> tuple[list[Cell], list[float]]:
    label = [Span(part.label, bold=True)]
    if part.urgency == "now":
        label = [Span("NOW", bold=True, mark=True), Span(f" {part.label}", bold=True)]
    said = [Span(part.sentence)]
    if part.when and part.when not in part.sentence:
        said.append(Span(f" {part.when}.", bold=True))
    marks = (_AWAITING if part.awaiting else "") + (_UNSIGNED if part.unsigned else "")
    source = ", ".join([*part.facts, *(str(numbers[each]) for each in _passages(part))])
    said += [Span(f" {marks}", bold=True), Span(f" [{source}]" if source else "", scale=0.85)]
    return [[label], [said]], [_LABEL, WIDTH - _LABEL]


def _numbers(sheet: FirstNight) -> Mapping[str, int]:
    """Every passage once, numbered as it is met."""
    met = dict.fromkeys(each for part in sheet.plan for each in _passages(part))
    return {each: number for number, each in enumerate(met, start=1)}


def _passages(part: PlanPart) -> list[str]:
    """The passages of a line that its short names do not say already: `practice, S-02` beside `S-02` says nothing."""
    return [each for each in part.references if each.rpartition(", ")[2] not in part.facts]


def _sources(sheet: FirstNight) -> list[Paragraph]:
    passages = "  ".join(f"[{number}] {each}" for each, number in _numbers(sheet).items())
    said: list[Paragraph] = [[Span(f"Sources  {passages}", scale=0.85)]]
    unsigned = list(dict.fromkeys(words for part in sheet.plan for words in part.unsigned))
    if unsigned:
        said.append([Span(f"{_UNSIGNED} Not signed locally: {'; '.join(unsigned)}", scale=0.85)])
    said.append([Span(f"Guidance it was made on: {sheet.parameters}", scale=0.85)])
    return said


def _due(sheet: FirstNight) -> list[Span]:
    spans: list[Span] = []
    planned = {part.sentence for part in sheet.plan}
    for due in sheet.due:
        spans += [Span(due_when(due, sheet.printing.at), bold=True), Span(f" {due.words}")]
        if due.sentence != due.words and due.sentence not in planned:
            spans.append(Span(f": {due.sentence}"))
        spans.append(Span("   "))
    return spans


def _score(score: ScoreLine) -> list[Span]:
    words = [Span(f"{score.name} {score.total}", bold=True)]
    if score.band:
        words.append(Span(f"  {score.band}", bold=True))
    words.append(Span(f"  taken {score.taken}"))
    if score.before:
        words.append(Span(f"  before: {', '.join(score.before)}"))
    return words


def _answers(section: SectionPart, mostly: str) -> list[Paragraph]:
    """Short answers one after the other; a long one begins its own paragraph. Who gave them ends the section."""
    paragraphs: list[list[AnswerLine]] = [[]]
    for answer in section.answers:
        if len(answer.words) > _LONG:
            paragraphs += [[answer], []]
        else:
            paragraphs[-1].append(answer)
    said = [_run(each) for each in paragraphs if each]
    others = [name for name in section.by if name != mostly]
    if others:
        said[-1].append(Span(f"({'; '.join(section.by)})", scale=0.85))
    return list(said)


def _mostly(sections: Sequence[SectionPart]) -> str:
    """Who gave the answers of most sections, and when: said once, so that only others stand beside theirs."""
    names = Counter(name for section in sections for name in section.by)
    return min(names, key=lambda name: (-names[name], name), default="")


def _run(answers: Sequence[AnswerLine]) -> list[Span]:
    spans: list[Span] = []
    for answer in answers:
        spans += [Span(f"{answer.label} "), Span(answer.words, bold=True), Span("   ")]
    return spans


def _left_out(each: NotAsked) -> list[Span]:
    return [Span(", ".join(each.questions), bold=True), Span(f": {each.why} ({each.by})")]
