"""The evening's reception list as the prison's system prints it: a CSV file in, checked arrivals out.

Good rows are taken even where others are bad; each bad row is named by its line in the file, so that it can be found
in a text editor. A file of which nothing can be read is refused as a whole with a sentence that says what to do.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pdtdesk.domain.names import excerpt, match_key
from pdtdesk.domain.reception.arrival_list import COLUMNS, ArrivalRow, Refusal, check
from pdtdesk.services.ports import Progress

LINES_BETWEEN_PROGRESS = 500

LONGEST_QUOTED_LINES = 20
"""A quoted field over more lines than this is a quotation mark gone astray, which must not swallow the list."""

_Key = str | tuple[str, str, date, datetime]

_NOT_TEXT = (
    (b"\xff\xfe", "is in UTF-16"),
    (b"\xfe\xff", "is in UTF-16"),
    (b"PK\x03\x04", "is a spreadsheet, not a CSV file"),
    (b"\xd0\xcf\x11\xe0", "is an old Excel spreadsheet, not a CSV file"),
    (b"%PDF", "is a PDF, not a CSV file"),
)
_SAVE_AS = "Save it again as CSV in UTF-8 (in Excel: CSV UTF-8), and give that file."


class NotAReceptionList(ValueError):
    """A file of which nothing can be taken in; the message says what it is and what to do."""


class ReadingStopped(Exception):
    """Somebody stopped the reading; nothing of the file has been taken in."""


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a list holds: (line, arrival) and (line, reason) in the order of the file, lines counted from 1."""

    rows: tuple[tuple[int, ArrivalRow], ...]
    refused: tuple[tuple[int, str], ...]


def read(data: bytes, today: date, progress: Progress | None = None) -> ReadList:
    """Everyone on tonight's list, and each line that could not be taken with its reason.

    `today` is the Europe/London day. Raises `NotAReceptionList`, and `ReadingStopped` when `progress` says so.
    """
    lines = _lines(data)
    records = _records(lines)
    columns = _columns(records)
    rows: list[tuple[int, ArrivalRow]] = []
    refused: list[tuple[int, str]] = []
    seen: dict[_Key, int] = {}
    next_report = LINES_BETWEEN_PROGRESS
    for line, fields in records:
        if progress is not None and line >= next_report:
            next_report = line + LINES_BETWEEN_PROGRESS
            progress.report(line, len(lines))
            if progress.stopped:
                raise ReadingStopped(f"Reading was stopped at line {line:,}. Nothing of this list has been taken in.")
        taken = _arrival(fields, columns, today)
        if isinstance(taken, ArrivalRow):
            taken = _only_once(taken, line, seen)
        if isinstance(taken, ArrivalRow):
            rows.append((line, taken))
        elif taken is not None:
            refused.append((line, taken.reason))
    if progress is not None:
        progress.report(len(lines), len(lines))
    return ReadList(tuple(rows), tuple(refused))


def _lines(data: bytes) -> list[str]:
    """The file's lines as text; a byte that is not UTF-8 stays recognisable and costs only its own line."""
    for beginning, what in _NOT_TEXT:
        if data.startswith(beginning):
            raise NotAReceptionList(f"The file {what}. {_SAVE_AS}")
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="surrogateescape")
    # Only these end a line: Python's own splitlines would also cut at characters that may stand in a field.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    header = next((line for line in lines if line.strip()), None)
    if header is None:
        raise NotAReceptionList("The file is empty. Have the list printed again, with its line of column names.")
    if header.count("\0") >= len(header) // 3 > 0:
        raise NotAReceptionList(f"The file seems to be in UTF-16. {_SAVE_AS}")
    if any((character < " " and character != "\t") or _is_stray_byte(character) for character in header):
        raise NotAReceptionList(f"The file does not begin with text in UTF-8. {_SAVE_AS}")
    return lines


_Fields = list[str] | Refusal


def _records(lines: list[str]) -> Iterator[tuple[int, _Fields]]:
    """(number of its first line, fields) of each record; blank lines are passed over.

    A quotation mark that is never closed costs its own line and not the rest of the list.
    """
    at = 0
    while at < len(lines):
        line = lines[at]
        number = at + 1
        at += 1
        if '"' not in line:
            if line.strip():
                yield number, line.split(",")
            continue
        stretch = lines[number - 1 : number - 1 + LONGEST_QUOTED_LINES]
        reader = csv.reader((text + "\n" for text in stretch), strict=True)
        try:
            fields = next(reader)
        except csv.Error:
            yield number, _stray_quotation_mark(line)
            continue
        if any(text.count(",") >= len(COLUMNS) - 1 for text in stretch[1 : reader.line_num - 1]):
            # Whole rows inside a quoted field: they are people, and the mark before them went astray.
            yield number, _stray_quotation_mark(line)
            continue
        at += reader.line_num - 1
        yield number, fields


def _stray_quotation_mark(line: str) -> Refusal:
    return Refusal(
        f"The quotation marks of this line do not pair up, or what they hold is far too long: `{excerpt(line)}`. "
        "Mend them, or take them out."
    )


def _is_stray_byte(character: str) -> bool:
    """A byte that was not UTF-8, as decoding left it."""
    return "\udc80" <= character <= "\udcff"


def _columns(records: Iterator[tuple[int, _Fields]]) -> tuple[str, ...]:
    """The names in the first line, each known and given once, in whatever order they stand."""
    _, fields = next(records)
    if isinstance(fields, Refusal):
        raise NotAReceptionList(f"The line of column names cannot be read. {fields.reason}")
    given = tuple(name.strip().lower() for name in fields)
    if set(given) == set(COLUMNS) and len(given) == len(COLUMNS):
        return given
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if any(separator in field for field in fields) and "surname" not in given:
            raise NotAReceptionList(f"The columns are separated by {name}. Save the list again separated by commas.")
    wrong = []
    missing = [name for name in COLUMNS if name not in given]
    if missing:
        wrong.append(f"missing: {', '.join(missing)}")
    unknown = [f"`{excerpt(name)}`" for name in given if name not in COLUMNS]
    if unknown:
        shown = unknown[: len(COLUMNS)]
        more = f" and {len(unknown) - len(shown)} more" if len(unknown) > len(shown) else ""
        wrong.append(f"unknown: {', '.join(shown)}{more}")
    twice = sorted({name for name in given if name in COLUMNS and given.count(name) > 1})
    if twice:
        wrong.append(f"given twice: {', '.join(twice)}")
    raise NotAReceptionList(
        f"The columns are not those of a reception list ({'; '.join(wrong)}). "
        f"The first line must be {','.join(COLUMNS)}."
    )


def _arrival(fields: _Fields, columns: Sequence[str], today: date) -> ArrivalRow | Refusal | None:
    """The arrival on a line, the reason against it, or None for a row of nothing but commas."""
    if isinstance(fields, Refusal):
        return fields
    if not any(field.strip() for field in fields):
        return None
    for position, field in enumerate(fields):
        if not field.isascii() and any(map(_is_stray_byte, field)):
            column = columns[position] if position < len(columns) else f"column {position + 1}"
            shown = excerpt(field.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
            return Refusal(f"{column}: `{shown}` is not in UTF-8. {_SAVE_AS}")
    if len(fields) != len(columns):
        what = "too few" if len(fields) < len(columns) else "too many: a comma inside a field needs quotation marks"
        return Refusal(f"The line has {len(fields)} columns where there are {len(columns)} ({what}).")
    return check(dict(zip(columns, fields, strict=True)), today)


def _only_once(arrival: ArrivalRow, line: int, seen: dict[_Key, int]) -> ArrivalRow | Refusal:
    """Refuses a second row with the same prison number, or of the same person whatever its number."""
    keys: dict[_Key, str] = {
        (*match_key(arrival.surname, arrival.forenames), arrival.born, arrival.arrived_at): (
            "a person of this name, birth date and arrival"
        )
    }
    if arrival.prison_number is not None:
        keys[arrival.prison_number] = f"prison number {arrival.prison_number}"
    for key, what in keys.items():
        if key in seen:
            return Refusal(
                f"{what} stands on line {seen[key]} and again on line {line}. "
                f"Line {seen[key]} was taken; mend whichever of the two is wrong."
            )
    seen.update(dict.fromkeys(keys, line))
    return arrival
