"""The figures of treatment on paper: the counts first, the lists after them, in black and white."""

from collections.abc import Sequence

from pdtdesk.documents.layout.charts import lay_lengths
from pdtdesk.documents.layout.lines import Span
from pdtdesk.documents.layout.pages import Cell, Pages
from pdtdesk.documents.layout.press import printed
from pdtdesk.documents.reception.words import WIDTH, people
from pdtdesk.domain.calendar import show_instant
from pdtdesk.services.oversight.figure_blocks import Block
from pdtdesk.services.oversight.figures import Figures

_GAP = 6.0
_LEAST, _MOST = 7, 34
"""Letters by which a column of a list is at least and at most reckoned, against the others."""
_FIRST = 0.3
"""The share of its names in the width of a table of counts."""


def figures(sheet: Figures) -> bytes:
    """The PDF of the figures."""
    who = "with names, clinical in confidence" if sheet.named else "counts alone"
    head: list[Cell] = [
        [[Span("Figures of treatment", bold=True, scale=1.7)], [Span(f"{people(sheet.people)} here · {who}")]],
        [[Span(sheet.establishment.name, bold=True)], [Span(f"as at {show_instant(sheet.at)}", bold=True)]],
    ]
    by = f"Printed {show_instant(sheet.at)} by {sheet.by.name} ({sheet.by.role_title}), {sheet.establishment.name}"
    return printed(
        lambda pages: _compose(pages, sheet),
        head=head,
        head_widths=[WIDTH - 170, 170],
        title="Figures of treatment",
        foot=f"Figures of treatment, {who}. {by}",
        demonstration=sheet.demonstration,
    )


def _compose(pages: Pages, sheet: Figures) -> None:
    for remark in (sheet.hidden, *sheet.remarks):
        if remark:
            pages.paragraph([Span(remark)])
    for block in sheet.blocks:
        _block(pages, block)
        if block.key == "lengths":
            pages.space(4)
            lay_lengths(pages, sheet.lengths, sheet.least)
            pages.space(4)


def _block(pages: Pages, block: Block) -> None:
    pages.heading(block.title, "" if block.figures else f"{len(block.rows)} in all", keep=5.0)
    if block.source:
        mark = [Span("PROPOSAL", bold=True, mark=True), Span("  ")] if block.proposal else []
        pages.paragraph([*mark, Span(f"Counted for {block.source}.", scale=0.9)])
    if block.said:
        pages.paragraph([Span(block.said, scale=0.9)])
    if not block.rows:
        pages.paragraph(block.empty)
        return
    widths = _widths(block)
    pages.table([[Span(head, bold=True, scale=0.9)] for head in block.heads], widths, _GAP)
    for row in block.rows:
        pages.row([_cell(at, words, row) for at, words in enumerate(row)], widths, gap=_GAP, over=0.4)
    pages.end_table()


def _cell(at: int, words: str, row: Sequence[str]) -> Cell:
    """The name of a line stands out, and what shouts for somebody to act."""
    return [[Span(words, bold=at == 0 or row[0] == "All" or words.startswith("NO"))]]


def _widths(block: Block) -> list[float]:
    count = len(block.heads)
    if block.figures and count > 1:
        return [WIDTH * _FIRST, *[WIDTH * (1 - _FIRST) / (count - 1)] * (count - 1)]
    letters = [
        min(max(_LEAST, len(head), *(len(row[at]) for row in block.rows)), _MOST)
        for at, head in enumerate(block.heads)
    ]
    return [WIDTH * each / sum(letters) for each in letters]
