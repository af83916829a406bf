"""The list for custody staff: observe, how often, call whom. Nothing clinical can stand on it."""

from collections.abc import Sequence
from itertools import groupby

from pdtdesk.documents.layout.direction import has_right_to_left
from pdtdesk.documents.layout.lines import Span
from pdtdesk.documents.layout.pages import Cell, Pages, Paragraph
from pdtdesk.documents.layout.press import printed
from pdtdesk.documents.reception.words import WIDTH, foot, list_head, people
from pdtdesk.domain.calendar import day_of, show_day, show_time
from pdtdesk.services.reception.sheet_facts import Custody, CustodyLine, Watch

_PLACE, _OFTEN, _VISITS = 52.0, 84.0, 106.0
_WHO = WIDTH - _PLACE - _OFTEN - _VISITS
_WIDTHS = [_PLACE, _WHO, _OFTEN, _VISITS]
_TOGETHER = 4.0
_BY_HAND = "every ____ min"
FOR_ALL = (
    "For anybody on this landing, call the night nurse at once: hard to wake, breathing slowly or noisily, a fit, "
    "confused, badly shaking, blood, or any word of wanting to die. Do not wait for the next check."
)


def custody(sheet: Custody) -> bytes:
    """The PDF of the list for custody staff."""
    head, widths = list_head(
        sheet.printing,
        "Tonight: observe and call",
        f"For custody staff · {people(len(sheet.lines) + len(sheet.also))}",
    )
    return printed(
        lambda pages: _compose(pages, sheet),
        head=head,
        head_widths=widths,
        title="List for custody staff",
        foot=f"For custody staff. {foot(sheet.printing)}",
        demonstration=sheet.printing.demonstration,
    )


def _compose(pages: Pages, sheet: Custody) -> None:
    blank = "_" * 24
    pages.paragraph(
        [Span("Night nurse ", bold=True), Span(f"{blank}   "), Span("Telephone or radio ", bold=True), Span(blank)]
    )
    pages.space(4)
    pages.row([[[Span(FOR_ALL, bold=True)]]], [WIDTH], box=True)
    pages.space(4)
    if not (sheet.lines or sheet.also):
        pages.paragraph("Nobody has arrived tonight, and healthcare has no visit due.")
        return
    for watch, lines in groupby(sheet.lines, lambda line: line.watch):
        _group(pages, watch, [_cells(line, sheet) for line in lines])
    if sheet.also:
        pages.heading("On these too, at every check")
        asked = [Span(Watch.LOOK_IN.words, bold=True), Span(f" {Watch.LOOK_IN.call}")]
        pages.columns_under(asked, [_short(line) for line in sheet.also], 3)


def _group(pages: Pages, watch: Watch, lines: Sequence[Sequence[Cell]]) -> None:
    """Everybody of whom the same is asked, under what is asked: on each page that the group goes on to."""
    pages.space(3)
    pages.keep(_TOGETHER)
    pages.rule(1.4)
    asked = [Span(watch.words, bold=True, mark=watch is Watch.NOT_ALONE), Span(f"  {watch.call}")]
    pages.table([asked, "How often", "Unlock for healthcare"], [_PLACE + _WHO, _OFTEN, _VISITS])
    for cells in lines:
        pages.row(cells, _WIDTHS, gap=8, over=0.4)
    pages.end_table()


def _short(line: CustodyLine) -> Paragraph:
    """Somebody who came on another evening, in one line: what there is to do stands above them all."""
    place = Span(line.location or "no cell yet", bold=True)
    return [place, Span(f" {line.name} {_number(line)}"), *_besides(line)]


def _cells(line: CustodyLine, sheet: Custody) -> list[Cell]:
    place: Cell = [[Span(line.location or "no cell yet", bold=True)]]
    number = [Span(f"  {_number(line)}"), *_besides(line)]
    name = Span(line.name, bold=True)
    # A line is turned as a whole where a name is written from right to left: then the rest has a line of its own.
    who: Cell = [[name], number] if has_right_to_left(line.name) else [[name, *number]]
    return [place, who, [_often(line)], [_visits(line, sheet)]]


def _number(line: CustodyLine) -> str:
    return line.prison_number or "no number yet"


def _besides(line: CustodyLine) -> list[Span]:
    """What else to see to at the cell."""
    marks = [word for word, there in (("Lower bunk.", line.lower_bunk), ("ACCT open.", line.acct_open)) if there]
    return [Span(f"  {' '.join(marks)}", bold=True)] if marks else []


def _often(line: CustodyLine) -> Paragraph:
    if line.watch.often:
        return [Span(line.watch.often, bold=line.watch is Watch.NOT_ALONE)]
    return [Span(f"every {line.minutes} min", bold=True)] if line.minutes else _BY_HAND


def _visits(line: CustodyLine, sheet: Custody) -> Paragraph:
    now = sheet.printing.at
    said = []
    for at in line.visits:
        day = "" if day_of(at) == day_of(now) else f"{show_day(day_of(at))[:3]} "
        said.append("now" if at <= now else f"{day}{show_time(at)}")
    return [Span(", ".join(dict.fromkeys(said)), bold=True)] if said else "–"
