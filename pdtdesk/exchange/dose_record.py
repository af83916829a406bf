"""The dose record: a CSV with one row for a day, medicine and slot, read whole or refused with its line."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from pdtdesk.domain.calendar import read_day
from pdtdesk.domain.names import excerpt
from pdtdesk.domain.regime.doses import DoseRow, Outcome
from pdtdesk.domain.regime.medicines import Ordered

_NEEDED = ("day", "medicine", "dose_mg", "outcome")
_MORE = ("slot", "reason")
_SLOT = re.compile(r"morning|noon|evening|night|([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_MG = re.compile(r"\d{1,6}(\.\d{1,4})?", re.ASCII)
_REASON_LIMIT = 200


class NotADoseRecord(Exception):
    """A dose record cannot be read; the message names the line and says what to write."""


def read(data: bytes) -> tuple[DoseRow, ...]:
    """The rows of a dose record; raises `NotADoseRecord` at the first line that cannot be read or is a repeat.

    A row without a slot stands for the whole day: beside another of its day and medicine it is a repeat too.
    """
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")  # a line ends as it does on any computer
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data[: wrong.start].count(b"\n") + 1
        raise NotADoseRecord(f"line {line}: this is not UTF-8. Save the file as UTF-8.") from None
    if "\0" in text:
        raise NotADoseRecord(f"line {text[: text.index(chr(0))].count(chr(10)) + 1}: there is a NUL in it.")
    rows: list[DoseRow] = []
    seen: dict[tuple[date, str, str], int] = {}
    of_day: dict[tuple[date, str], DoseRow] = {}
    for number, cells in _lines(text):
        row = _row(number, cells)
        key = (row.day, row.medicine, row.slot)
        if key in seen:
            raise NotADoseRecord(
                f"line {number}: {row.medicine} of {row.day} stands in line {seen[key]} already"
                f"{f' for {row.slot}' if row.slot else ''}. Give each its slot, or take one away."
            )
        first = of_day.setdefault((row.day, row.medicine), row)
        if bool(first.slot) is not bool(row.slot):
            raise NotADoseRecord(
                f"line {number}: {row.medicine} of {row.day} stands in line {seen[(*key[:2], first.slot)]} already, "
                "and one of the two has no slot. Give each its slot, or take one away."
            )
        seen[key] = number
        rows.append(row)
    return tuple(rows)


def _lines(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        head = [name.strip() for name in next(reader, [])]
        if (missing := [name for name in _NEEDED if name not in head]) or len(set(head)) < len(head):
            what = f"the column {missing[0]} is missing" if missing else "a column stands twice"
            header = ",".join(_NEEDED)
            raise NotADoseRecord(f"line 1: {what}. The header is {header}, with slot and reason if need be.")
        if unknown := [name for name in head if name not in (*_NEEDED, *_MORE)]:
            raise NotADoseRecord(f"line 1: there is no column {excerpt(unknown[0])!r} in a dose record.")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(head):
                raise NotADoseRecord(f"line {reader.line_num}: {len(cells)} cells where the header has {len(head)}.")
            yield reader.line_num, dict(zip(head, (cell.strip() for cell in cells), strict=True))
    except csv.Error as wrong:
        raise NotADoseRecord(f"line {reader.line_num}: {wrong}. Look for a stray quotation mark.") from None


def _row(number: int, cells: dict[str, str]) -> DoseRow:
    def refused(column: str, ask: str) -> NotADoseRecord:
        return NotADoseRecord(f"line {number}: {column} {excerpt(cells.get(column, ''))!r} is not {ask}.")

    try:
        day = read_day(cells["day"])
    except ValueError:
        raise refused("day", "a day such as 2010-06-01") from None
    medicine = cells["medicine"].casefold()
    if medicine not in tuple(Ordered):
        near = get_close_matches(medicine, tuple(Ordered), n=2)
        ask = (
            f"a medicine of this desk; perhaps {' or '.join(near)} is meant"
            if near
            else f"one of {', '.join(Ordered)}"
        )
        raise refused("medicine", ask)
    if not _MG.fullmatch(cells["dose_mg"]):
        raise refused("dose_mg", "a number of milligrams, nought or more, such as 30 or 2.5")
    if cells["outcome"] not in tuple(Outcome):
        raise refused("outcome", f"one of {', '.join(Outcome)}")
    slot, reason = cells.get("slot", ""), cells.get("reason", "")
    if slot and not _SLOT.fullmatch(slot):
        raise refused("slot", "morning, noon, evening, night or a time such as 08:30")
    if len(reason) > _REASON_LIMIT or not reason.isprintable():
        raise refused("reason", f"at most {_REASON_LIMIT} letters on one line")
    return DoseRow(day, medicine, Decimal(cells["dose_mg"]), Outcome(cells["outcome"]), slot, reason)
