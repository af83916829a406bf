"""The list for custody staff: observe, how often, call whom. Nothing clinical can stand on it."""

from pdtdesk.documents.layout.lines import Span
from pdtdesk.documents.layout.pages import Cell, Pages, Paragraph
from pdtdesk.documents.layout.press import printed
from pdtdesk.documents.reception.words import WIDTH, foot, list_head
from pdtdesk.domain.calendar import day_of, show_day, show_time
from pdtdesk.services.reception.sheet_facts import Custody, CustodyLine, Watch

_WIDTHS = [46.0, 126.0, 148.0, 74.0, 58.0, WIDTH - 452.0]
_TITLES = ("Cell", "Name, number", "Observe", "How often", "Unlock for healthcare", "Call")
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
        f"For custody staff · {len(sheet.lines) + len(sheet.also)} people",
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
    pages.table(_TITLES, _WIDTHS)
    for line in sheet.lines:
        pages.row(_cells(line, sheet), _WIDTHS, gap=8, over=0.8)
        pages.y += 3
    pages.end_table()
    if sheet.also:
        pages.heading("On these too, at every check")
        pages.paragraph(f"{Watch.LOOK_IN.words} {Watch.LOOK_IN.call}.")
        pages.columns([_short(line) for line in sheet.also], 3)


def _short(line: CustodyLine) -> Paragraph:
    """Somebody who came on another evening, in one line: what there is to do stands above them all."""
    marks = [word for word, there in (("lower bunk", line.lower_bunk), ("ACCT open", line.acct_open)) if there]
    return [
        Span(line.location or "no cell yet", bold=True),
        Span(f" {line.name} {line.prison_number or 'no number yet'}"),
        Span(f" {', '.join(marks)}" if marks else "", bold=True),
    ]


def _cells(line: CustodyLine, sheet: Custody) -> list[Cell]:
    cell: Cell = [[Span(line.location or "no cell yet", bold=True)]]
    who: Cell = [[Span(line.name, bold=True)], [Span(line.prison_number or "no number yet")]]
    strong = line.watch is not Watch.ORDINARY
    observe: list[Paragraph] = [[Span(line.watch.words, bold=strong, mark=line.watch is Watch.NOT_ALONE)]]
    if line.lower_bunk:
        observe.append([Span("Lower bunk.", bold=True)])
    if line.acct_open:
        observe.append([Span("ACCT open.", bold=True)])
    return [cell, who, observe, [_often(line)], _visits(line, sheet), [line.watch.call]]


def _often(line: CustodyLine) -> Paragraph:
    if line.watch.often:
        return [Span(line.watch.often, bold=line.watch is Watch.NOT_ALONE)]
    return [Span(f"every {line.minutes} min", bold=True)] if line.minutes else _BY_HAND


def _visits(line: CustodyLine, sheet: Custody) -> list[Paragraph]:
    now = sheet.printing.at
    said = []
    for at in line.visits:
        day = "" if day_of(at) == day_of(now) else f"{show_day(day_of(at))[:3]} "
        said.append("now" if at <= now else f"{day}{show_time(at)}")
    return [[Span(words, bold=True)] for words in dict.fromkeys(said)] or ["–"]
