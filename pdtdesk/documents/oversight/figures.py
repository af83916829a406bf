"""The figures of treatment on paper: the counts first, the lists after them, in black and white."""

from collections.abc import Sequence

from pdtdesk.documents.layout.charts import lay_lengths
from pdtdesk.documents.layout.lines import Span
from pdtdesk.documents.layout.pages import Cell, Pages
from pdtdesk.documents.layout.press import printed
from pdtdesk.documents.reception.words import WIDTH, people
from pdtdesk.domain.calendar import show_instant
from pdtdesk.services.oversight.figure_blocks import WHO, Block
from pdtdesk.services.oversight.figures import Figures

_GAP = 6.0
_MOST = 60
"""Letters by which a column of a list is at most reckoned, against the others."""
_FEW = 16
"""So many letters stand in one line: a day has at most fifteen."""
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
        if block.key == "lengths":
            _lengths(pages, block, sheet)
        else:
            _block(pages, block)


def _lengths(pages: Pages, block: Block, sheet: Figures) -> None:
    """The lengths of reductions as a picture, which says all that the table does."""
    made, least = sheet.lengths, sheet.least
    _head(pages, block, f"Ended: {made.ended.words(least)} · going on still: {made.going_on.words(least)}")
    pages.space(4)
    lay_lengths(pages, made, least)


def _head(pages: Pages, block: Block, right: str) -> None:
    pages.heading(block.title, right, keep=9.0)
    if block.source:
        mark = [Span("PROPOSAL", bold=True, mark=True), Span("  ")] if block.proposal else []
        pages.paragraph([*mark, Span(f"Counted for {block.source}.", scale=0.9)])
    if block.said:
        pages.paragraph([Span(block.said, scale=0.9)])


def _block(pages: Pages, block: Block) -> None:
    _head(pages, block, "" if block.figures else f"{len(block.rows)} in all")
    if not block.rows:
        pages.paragraph(block.empty)
        return
    heads, rows = _of_people(block) if block.ids else _of_counts(block)
    widths = _widths(pages, heads, rows) if block.ids else _even(len(heads))
    pages.table([[Span(head, bold=True, scale=0.9)] for head in heads], widths, _GAP)
    for row in rows:
        pages.row(row, widths, gap=_GAP, over=0.4)
    pages.end_table()


def _of_counts(block: Block) -> tuple[Sequence[str], list[list[Cell]]]:
    """The name of a line stands out, and the line of the totals."""
    rows: list[list[Cell]] = [
        [[[Span(words, bold=at == 0 or row[0] == "All")]] for at, words in enumerate(row)] for row in block.rows
    ]
    return block.heads, rows


def _of_people(block: Block) -> tuple[Sequence[str], list[list[Cell]]]:
    """Who, with number and place under the name; what shouts for somebody to act stands out."""
    rows: list[list[Cell]] = [
        [
            [[Span(name, bold=True)], [Span(f"{number} · {place}", scale=0.9)]],
            *([[Span(words, bold=words.startswith("NO"))]] for words in rest),
        ]
        for name, number, place, *rest in block.rows
    ]
    return (block.heads[0], *block.heads[WHO:]), rows


def _even(count: int) -> list[float]:
    return [WIDTH * _FIRST, *[WIDTH * (1 - _FIRST) / (count - 1)] * (count - 1)]


def _widths(pages: Pages, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[float]:
    """No word is broken, and no day, where that can be: what is left goes to the columns that would need more lines,
    by how much is still broken in them; a column that stands on a line has enough."""
    texts = [[head, *(line for row in rows for line in _lines(row[at]))] for at, head in enumerate(heads)]
    least = [max(_width(pages, each) for text in column for each in _whole(text)) + _GAP for column in texts]
    wants = [max(_width(pages, text[:_MOST]) for text in column) + _GAP for column in texts]
    more = [max(want - own, 0.0) for want, own in zip(wants, least, strict=True)]
    left = max(WIDTH - sum(least), 0.0)
    shared = [own + left * part / (sum(more) or 1.0) for own, part in zip(least, more, strict=True)]
    return [each * WIDTH / sum(shared) for each in shared]


def _whole(text: str) -> Sequence[str]:
    """What is not broken into lines: the whole of a few letters, such as a day; else each word."""
    return [text] if len(text) <= _FEW else text.split()


def _width(pages: Pages, text: str) -> float:
    return pages.face.width(pages.face.printable(text), True) * pages.size


def _lines(cell: Cell) -> list[str]:
    return [part if isinstance(part, str) else "".join(span.text for span in part) for part in cell]
