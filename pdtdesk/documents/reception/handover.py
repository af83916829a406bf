"""The night nurse's hand-over list, the worst first; clinical."""

from pdtdesk.documents.layout.lines import Span
from pdtdesk.documents.layout.pages import Cell, Pages, Paragraph
from pdtdesk.documents.layout.press import printed
from pdtdesk.documents.reception.words import (
    PRIORITY,
    WIDTH,
    due_when,
    foot,
    list_head,
    look_first,
    no_what,
    who_lines,
)
from pdtdesk.domain.calendar import show_instant, show_time
from pdtdesk.services.reception.sheet_facts import Handover, HandoverLine

_WIDTHS = [184.0, 216.0, WIDTH - 400.0]
_TITLES = ("Who · priority, and why", "May not be given · observe", "Due tonight")
_TOGETHER = 5.0


def handover(sheet: Handover) -> bytes:
    """The PDF of the hand-over list."""
    counts = f"{len(sheet.lines)} people · arrivals since {show_instant(sheet.since)}"
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
    for line in sheet.lines:
        pages.keep(_TOGETHER)
        pages.row([[_who(line)]], [WIDTH], over=0.8)
        pages.row(_cells(line, sheet), _WIDTHS, gap=8)
        pages.y += 2


def _who(line: HandoverLine) -> list[Span]:
    """Cell, name, number and priority, over the whole width: what follows has its columns to itself."""
    word = PRIORITY.get(line.priority, line.priority.upper())
    place, name, number = who_lines(line.who)
    marked = Span(word, bold=True, mark=line.priority in ("now", "waiting"))
    return [*place, Span("  "), *name, Span("  "), *number, Span("   "), marked, Span(_passes(line), scale=0.9)]


def _cells(line: HandoverLine, sheet: Handover) -> list[Cell]:
    why: list[Paragraph] = ["; ".join(line.reasons)] if line.reasons else []
    why += [[Span(f"! {caution}", bold=True)] for caution in line.cautions]
    unseen: list[Paragraph] = ["Nobody has looked: nothing is known to be safe."] if not line.passes else []
    observe: list[Paragraph] = [" ".join(line.observation)] if line.observation else []
    watch: list[Paragraph] = [*no_what(line.may_not_be_given), *observe, *unseen]
    due: list[Paragraph] = [
        [Span(due_when(due, sheet.printing.at), bold=True), Span(f"  {due.words}")] for due in line.due
    ]
    return [why or ["–"], watch or ["–"], due or ["–"]]


def _passes(line: HandoverLine) -> str:
    if line.passes >= 2:
        return ""
    return "  first pass alone" if line.passes else "  no triage saved"
