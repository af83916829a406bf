"""The night nurse's hand-over list, the worst first; clinical."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from pdtdesk.documents.layout.lines import Span
from pdtdesk.documents.layout.pages import Cell, Pages
from pdtdesk.documents.layout.press import printed
from pdtdesk.documents.reception.words import (
    PRIORITY,
    UNSEEN,
    WIDTH,
    due_when,
    foot,
    list_head,
    look_first,
    no_what,
    people,
    this_year,
    who_lines,
)
from pdtdesk.domain.calendar import show_instant, show_time
from pdtdesk.services.reception.sheet_facts import Handover, HandoverLine, Named

_DUE = 116.0
_WIDTHS = [WIDTH - _DUE, _DUE]
_TITLES = ("Who · priority, and why · may not be given · observe", "Due tonight")
_SIDE_BY_SIDE = 2


def handover(sheet: Handover) -> bytes:
    """The PDF of the hand-over list."""
    counts = f"{people(len(sheet.lines))} · arrivals since {show_instant(sheet.since)}"
    head, widths = list_head(sheet.printing, "Hand-over, night", f"{counts} · due until {show_time(sheet.until)}")
    return printed(
        lambda pages: _compose(pages, sheet),
        head=head,
        head_widths=widths,
        title="Hand-over list",
        foot=f"Hand-over list, clinical in confidence. {foot(sheet.printing)}",
        demonstration=sheet.printing.demonstration,
    )


def _compose(pages: Pages, sheet: Handover) -> None:
    if not sheet.lines:
        pages.paragraph("Nobody has arrived and nothing is due tonight.")
        return
    pages.row([[look_first(sheet.printing)]], [WIDTH], box=True)
    pages.space(4)
    pages.table(_TITLES, _WIDTHS)
    for unseen, lines in groupby(sheet.lines, _is_bare):
        if unseen:
            _bare(pages, [line.who for line in lines])
            continue
        for line in lines:
            who, watch = _who(line), _watch(line, sheet.printing.at)
            said: Cell = [[*who, Span("  "), *watch]] if pages.tight else [who, watch]
            if line.due:
                pages.row([said, _due(line, sheet)], _WIDTHS, gap=8, over=0.8)
            else:
                pages.row([said], [WIDTH], over=0.8)
            pages.y += 2


def _is_bare(line: HandoverLine) -> bool:
    """Nobody has looked, and there is nothing else to say."""
    said = (line.reasons, line.cautions, line.due, line.observation, line.may_not_be_given, line.alerts)
    return not (line.passes or any(said))


def _bare(pages: Pages, unseen: Sequence[Named]) -> None:
    """Who is still to be looked at, in few lines: what holds of all of them stands above them once."""
    badge = [Span(PRIORITY["waiting"], bold=True, mark=True), Span(f"  {UNSEEN}", bold=True)]
    pages.rule(0.8)
    pages.columns_under(badge, [_named(who) for who in unseen], _SIDE_BY_SIDE)
    pages.y += 2


def _named(who: Named) -> list[Span]:
    place, name, number = who_lines(who)
    return [*place, Span("  "), *name, Span("  "), *number]


def _who(line: HandoverLine) -> list[Span]:
    """Cell, name, number and priority, and why."""
    word = PRIORITY.get(line.priority, line.priority.upper())
    marked = Span(word, bold=True, mark=line.priority in ("now", "waiting"))
    why = f"  {'; '.join(line.reasons)}." if line.reasons else ""
    return [*_named(line.who), Span("   "), marked, Span(_passes(line), scale=0.9), Span(why)]


def _watch(line: HandoverLine, now: datetime) -> list[Span]:
    """What may not be given and what is looked at, in one run of words: the list of a whole night is one page."""
    said = [] if line.passes else [Span(f"{UNSEEN}  ", bold=True)]
    said += [Span(f"{alert}.  ", bold=True) for alert in line.alerts]
    said += [Span(f"! {caution}  ", bold=True) for caution in line.cautions]
    said += [Span("Officers ask before locking up.  ", bold=True)] if line.officers_ask else []
    said += [span for held in no_what(line.may_not_be_given, now) for span in (*held, Span("  "))]
    ended = f" Settled: {'; '.join(line.settled)}." if line.settled else ""
    return [*said, Span(this_year(" ".join(line.observation), now)), Span(ended)]


def _due(line: HandoverLine, sheet: Handover) -> Cell:
    return [[Span(due_when(due, sheet.printing.at), bold=True), Span(f"  {due.words}")] for due in line.due]


def _passes(line: HandoverLine) -> str:
    if line.passes >= 2:
        return ""
    return "  first pass alone" if line.passes else "  no triage saved"
