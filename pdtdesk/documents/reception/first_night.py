"""The first-night sheet: all that whoever has the night must know of one arrival; clinical."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from pdtdesk.documents.layout.direction import has_right_to_left
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
    Passage,
    PlanPart,
    ScoreLine,
    SectionPart,
)

_LABEL = 88.0
_SHORT = 40
_MOST = 8
_LONG = 160
_SMALL = 0.85
_NO_SOURCE = re.compile(r"[:;] no source gives a figure: .*")
"""What no source gives is said by `_UNSIGNED` and need not stand with the passage once more."""
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
    if len(sheet.who.name) > _LONG:
        return ()  # a head has so many lines and no more
    return tuple(alert for alert in sheet.alerts if alert.tone == "danger" and len(alert.words) < _SHORT)[:_MOST]


def _nhs(who: Named) -> str:
    number = who.nhs_number
    if not number:
        return ""
    return f" · NHS {number[:3]} {number[3:6]} {number[6:]}" if len(number) == 10 else f" · NHS {number}"


def _compose(pages: Pages, sheet: FirstNight) -> None:
    _first(pages, sheet)
    pages.space(3)
    held = not_given(sheet.may_not_be_given)
    if held:
        held[0] = [Span("MAY NOT BE GIVEN", bold=True, mark=True), Span("   "), *held[0]]
    pages.row([[*held, look_first(sheet.printing)]], [WIDTH], box=True)
    _plan(pages, sheet)
    if sheet.due:
        _block(pages, "Due", [_due(sheet)], over=1.4)
    mostly = _mostly(sheet.sections)
    _said(
        pages,
        [
            (sheet.prescriber.heading, _answers(sheet.prescriber, mostly)),
            ("Scores", [_score(score) for score in sheet.scores]),
            *((section.heading, _answers(section, mostly)) for section in sheet.sections),
            (sheet.wishes.heading, _answers(sheet.wishes, mostly)),
        ],
    )
    if sheet.not_asked:
        _block(pages, "Not asked, and why", [_left_out(each) for each in sheet.not_asked], over=1.4)
    unless = f" Answers by {mostly} unless another name stands beside them." if mostly else ""
    wrote = "; ".join(sheet.written) or "nobody has saved anything yet"
    made = f" Guidance the plan was made on: {sheet.parameters}." if sheet.plan else ""
    _block(pages, "Written by", [f"{wrote}.{unless}{made}"])
    if sheet.plan:
        pages.row([[_sources(sheet)]], [WIDTH], over=0.5)


def _block(pages: Pages, title: str, paragraphs: Sequence[Paragraph], over: float = 0.5) -> None:
    """A part of the sheet: its title on the left, what stands in it on the right."""
    _row(pages, [Span(title, bold=True)], paragraphs, over)


def _row(pages: Pages, label: Sequence[Span], paragraphs: Sequence[Paragraph], over: float = 0.0) -> None:
    if pages.tight:
        pages.row([[_run_in(label, paragraphs)]], [WIDTH], over=over)
    else:
        pages.row([[label], paragraphs], [_LABEL, WIDTH - _LABEL], gap=6, over=over)


def _said(pages: Pages, blocks: Sequence[tuple[str, Sequence[Paragraph]]]) -> None:
    """What was answered, part by part; one after the other where the page is full."""
    there = [(title, paragraphs) for title, paragraphs in blocks if paragraphs]
    if not pages.tight:
        for title, paragraphs in there:
            _block(pages, title, paragraphs)
        return
    run: list[Span] = []
    for title, paragraphs in there:
        said = _run_in([Span(title, bold=True, mark=True)], paragraphs)
        # A line is turned as a whole where words go from right to left: nothing stands beside it.
        if any(has_right_to_left(span.text) for span in said):
            _run_out(pages, run)
            _run_out(pages, said)
        else:
            run += said
    _run_out(pages, run)


def _run_out(pages: Pages, run: list[Span]) -> None:
    if run:
        pages.row([[list(run)]], [WIDTH], over=0.5)
        run.clear()


def _run_in(title: Sequence[Span], paragraphs: Sequence[Paragraph]) -> list[Span]:
    """Title and text in one run."""
    spans = [[Span(each)] if isinstance(each, str) else each for each in paragraphs]
    return [*title, Span("   "), *(part for each in spans for part in (*each, Span("  ")))]


def _first(pages: Pages, sheet: FirstNight) -> None:
    arrived = [Span("Arrived ", bold=True), Span(f"{sheet.arrived}   ")]
    if not pages.tight:
        pages.paragraph(arrived)
    for caution in sheet.cautions:
        pages.paragraph([Span("!", bold=True, mark=True), Span(f" {caution}", bold=True)])
    alerts = arrived if pages.tight else []
    for alert in sheet.alerts:
        if alert in _in_head(sheet):
            continue
        tonight = alert.since.endswith(show_day(day_of(sheet.printing.at)))
        since = "" if tonight else alert.since
        alerts += [Span(alert.words, bold=True), Span(f" {since}   ", scale=_SMALL)]
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
    for (label, urgency), parts in groupby(sheet.plan, lambda part: (part.label, part.urgency)):
        now = [Span("NOW", bold=True, mark=True), Span(" ")] if urgency == "now" else []
        said = [span for part in parts for span in _planned(part, numbers)]
        _row(pages, [*now, Span(label, bold=True)], [said])
    if sheet.observation:
        _block(pages, "Observe", [[Span(" ".join(sheet.observation), bold=True)]])


def _planned(part: PlanPart, numbers: Mapping[Passage, int]) -> list[Span]:
    said = [Span(part.sentence)]
    if part.when and part.when not in part.sentence:
        said.append(Span(f" {part.when}.", bold=True))
    marks = (_AWAITING if part.awaiting else "") + (_UNSIGNED if part.unsigned else "")
    source = ", ".join([*part.facts, *(str(numbers[each]) for each in _passages(part))])
    return [*said, Span(f" {marks}", bold=True), Span(f" [{source}]  " if source else "  ", scale=_SMALL)]


def _numbers(sheet: FirstNight) -> Mapping[Passage, int]:
    """Every passage once, numbered as they stand under the sheet: document by document, as these are met."""
    met = dict.fromkeys(each for part in sheet.plan for each in _passages(part))
    documents = list(dict.fromkeys(each.document for each in met))
    ordered = sorted(met, key=lambda each: documents.index(each.document))
    return {each: number for number, each in enumerate(ordered, start=1)}


def _passages(part: PlanPart) -> list[Passage]:
    """The passages of a line that its short names do not say already: `practice, S-02` beside `S-02` says nothing."""
    return [each for each in part.references if each.section not in part.facts]


def _sources(sheet: FirstNight) -> list[Span]:
    spans = [Span("Sources", bold=True, scale=_SMALL)]
    for document, passages in groupby(_numbers(sheet).items(), lambda item: item[0].document):
        sections = "; ".join(f"[{number}] {_NO_SOURCE.sub('', each.section)}" for each, number in passages)
        spans += [Span(f"  {_capital(document)} ", bold=True, scale=_SMALL), Span(sections, scale=_SMALL)]
    unsigned = list(dict.fromkeys(words for part in sheet.plan for words in part.unsigned))
    if unsigned:
        spans.append(Span(f"  {_UNSIGNED} Not signed locally: ", bold=True, scale=_SMALL))
        spans.append(Span("; ".join(unsigned), scale=_SMALL))
    return spans


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


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
    if others and said:
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
