"""The figures as a CSV: block under block, word for word what the page shows to whoever saves it.

UTF-8 with a byte-order mark, so that a spreadsheet shows names and dashes as they are; lines end as in RFC 4180, and
every cell stands in quotation marks. What somebody typed is never a formula: what a spreadsheet would reckon with
gets an apostrophe before it, at the beginning of a cell and wherever a spreadsheet that separates by another sign
than the comma would begin one.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence

from pdtdesk.domain.calendar import show_instant
from pdtdesk.services.oversight.figures import Figures

_RECKONED = frozenset("=+-@＝＋－＠")
_BEGINS = re.compile(r"(?<=[;\t\r\n])")
"""Where a spreadsheet may begin a cell inside one of ours."""


def written(figures: Figures) -> bytes:
    """The file's bytes; the same figures, the same bytes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([safe(cell) for cell in row] for row in _rows(figures))
    return out.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """A cell as words that no spreadsheet takes for a formula."""
    return "".join(f"'{part}" if _first_sign(part) in _RECKONED else part for part in _BEGINS.split(cell))


def _first_sign(part: str) -> str:
    """The first sign that is seen of a text, quotation marks apart: white space of any kind is not."""
    return next((sign for sign in part if sign != '"' and unicodedata.category(sign)[0] not in "ZC"), "")


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
