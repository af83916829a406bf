"""The downtime sheet: who is here, what is due, what is ordered, to work by when the desk is down; clinical."""

from pdtdesk.documents.layout.lines import Span
from pdtdesk.documents.layout.pages import Cell, Pages, Paragraph
from pdtdesk.documents.layout.press import printed
from pdtdesk.documents.reception.orders import orders
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
    who_lines,
)
from pdtdesk.domain.calendar import show_instant
from pdtdesk.services.reception.sheet_facts import Downtime, Due, DueLine

_WIDTHS = [126.0, 133.0, 134.0, WIDTH - 393.0]
_TITLES = ("Who", "Beware · may not be given", "Due tonight", "Due tomorrow")
_COLUMNS = 3
_SIZES = (9.0, 8.5)


def downtime(sheet: Downtime) -> bytes:
    """The PDF of the downtime sheet: what is due, what is ordered, and then everybody who is here by name."""
    until = show_instant(sheet.tomorrow_until)
    due = f"{len(sheet.due)} with something due until {until}"
    under = f"{people(len(sheet.here))} here · {due} · {len(sheet.ordered)} with medicines"
    head, widths = list_head(sheet.printing, "Downtime sheet", under)
    return printed(
        lambda pages: _compose(pages, sheet),
        head=head,
        head_widths=widths,
        title="Downtime sheet",
        foot=f"Clinical in confidence. Write on it; enter it when the desk runs again. {foot(sheet.printing)}",
        demonstration=sheet.printing.demonstration,
        sizes=_SIZES,
    )


def _compose(pages: Pages, sheet: Downtime) -> None:
    if sheet.due or sheet.ordered:
        pages.row([[look_first(sheet.printing)]], [WIDTH], box=True)
        pages.space(4)
    if sheet.due:
        pages.table(_TITLES, _WIDTHS)
    else:
        pages.paragraph("Nothing is due tonight or tomorrow.")
    for line in sheet.due:
        pages.row(_cells(line, sheet), _WIDTHS, gap=8, over=0.6)
        pages.y += 2
    pages.end_table()
    if sheet.ordered:
        blocks = [([*who_lines(each.line.who), *_beware(each.line, sheet)], each) for each in sheet.ordered]
        orders(pages, blocks, sheet.printing.at)
    else:
        pages.paragraph("No medicine is ordered for today or tomorrow.")
    pages.heading("Who is here", "by name · number · cell")
    pages.columns(
        [
            [
                Span(who.name, bold=True, scale=0.85),
                Span(f" {who.prison_number or 'no number'} {who.location or 'no cell'}", scale=0.85),
            ]
            for who in sheet.here
        ],
        _COLUMNS,
    )


def _cells(line: DueLine, sheet: Downtime) -> list[Cell]:
    return [
        who_lines(line.who),
        _beware(line, sheet) or ["Nothing recorded"],
        _due(line.tonight, sheet),
        _due(line.tomorrow, sheet),
    ]


def _beware(line: DueLine, sheet: Downtime) -> list[Paragraph]:
    beware: list[Paragraph] = []
    if line.passes == 0:
        beware.append([Span(PRIORITY["waiting"], bold=True, mark=True), Span(f"  {UNSEEN}", bold=True)])
    beware += [[Span(words, bold=True)] for words in (line.watch, *line.alerts) if words]
    return [*beware, *no_what(line.may_not_be_given, sheet.printing.at)]


def _due(due: tuple[Due, ...], sheet: Downtime) -> list[Paragraph]:
    said: list[Paragraph] = [
        [Span(due_when(each, sheet.printing.at), bold=True), Span(f"  {each.words}")] for each in due
    ]
    return said or ["–"]
