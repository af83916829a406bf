"""The figures as a CSV: block under block, word for word what the page shows to whoever saves it.

UTF-8 with a byte-order mark, so that a spreadsheet shows names and dashes as they are; lines end as in RFC 4180. What
somebody typed is never a formula: a cell that a spreadsheet would reckon with gets an apostrophe before it.
"""

import csv
import io
from collections.abc import Iterator, Sequence

from pdtdesk.domain.calendar import show_instant
from pdtdesk.services.oversight.figures import Figures

_RECKONED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def written(figures: Figures) -> bytes:
    """The file's bytes; the same figures, the same bytes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([safe(cell) for cell in row] for row in _rows(figures))
    return out.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """A cell as words that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_RECKONED) else cell


def _rows(figures: Figures) -> Iterator[Sequence[str]]:
    yield ("Figures of treatment", figures.establishment.name, *(("DEMONSTRATION",) if figures.demonstration else ()))
    yield ("As at", show_instant(figures.at))
    yield ("By", figures.by.name, figures.by.role_title)
    if figures.hidden:
        yield ("Note", figures.hidden)
    for remark in figures.remarks:
        yield ("Note", remark)
    for block in figures.blocks:
        yield ()
        yield (block.title, *(("PROPOSAL",) if block.proposal else ()))
        if block.source:
            yield ("Counted for", block.source)
        if block.said:
            yield ("Note", block.said)
        if not block.rows and block.empty:
            yield (block.empty,)
            continue
        yield block.heads
        yield from block.rows
