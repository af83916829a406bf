"""Small parts that several sheets share: who, when, what may not be given."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from pdtdesk.documents.layout.lines import Span
from pdtdesk.documents.layout.pages import A4, MARGIN, Cell
from pdtdesk.domain.calendar import day_of, show_day, show_instant, show_near, show_time
from pdtdesk.services.reception.sheet_facts import Due, Named, NotGiven, Printing

WIDTH = A4[0] - 2 * MARGIN
PRIORITY = {"now": "NOW", "waiting": "NOT SEEN YET", "tonight": "TONIGHT", "soon": "SOON", "routine": "ROUTINE"}
UNSEEN = "Nobody has looked: nothing is known to be safe."
_LOOK_FIRST = (
    "Before every opioid or sedative dose: look now, whatever was answered earlier. Drowsy, intoxicated or not "
    "looked at: it is not given."
)
_SEX = {"male": "man", "female": "woman"}


def look_first(printing: Printing) -> list[Span]:
    """What no sheet may leave unsaid: its lines tell what was seen when they were written, and not at the dose."""
    return [Span(f"{_LOOK_FIRST} [{printing.sedation_rule}]", bold=True)]


def foot(printing: Printing) -> str:
    """Who printed it, where and when."""
    by = printing.by
    return f"Printed {show_instant(printing.at)} by {by.name} ({by.role_title}), {printing.establishment.name}"


def list_head(printing: Printing, title: str, under: str) -> tuple[list[Cell], list[float]]:
    """The head of a list: what it is, of which prison, as at which moment."""
    cells: list[Cell] = [
        [[Span(title, bold=True, scale=1.7)], [Span(under)]],
        [[Span(printing.establishment.name, bold=True)], [Span(f"as at {show_instant(printing.at)}", bold=True)]],
    ]
    return cells, [WIDTH - 150, 150]


def who_lines(who: Named) -> list[list[Span]]:
    """Cell, name and number, as a list shows them under each other."""
    first = [Span(who.location or "no cell yet", bold=True, scale=1.15)]
    number = [Span(who.prison_number or "no number yet")]
    if who.born:
        number.append(Span(f" b. {short_birth(who.born)}", scale=0.85))
    return [first, [Span(who.name, bold=True)], number]


def people(count: int) -> str:
    """So many people, in words."""
    return "1 person" if count == 1 else f"{count} people"


def particulars(who: Named) -> str:
    """Age, birth date and sex in a line."""
    age = f"{who.age} y" if who.age is not None else ""
    born = f"b. {short_birth(who.born)}" if who.born else "birth date not known"
    return " · ".join(part for part in (age, born, _SEX.get(who.sex or "", who.sex or "")) if part)


def short_birth(day: date) -> str:
    """A birth date without its weekday, which nobody needs: `14 Mar 1982`."""
    return show_day(day).split(" ", 1)[1]


def not_given(holds: Sequence[NotGiven]) -> list[list[Span]]:
    """What may not be given, why and how it ends, a paragraph for each reason."""
    return [
        [
            Span(f"No {' and no '.join(hold.what)}: ", bold=True),
            Span(f"{hold.why}. Ends by {hold.ends_by}."),
            Span(" Nobody lifts this." if hold.hard else "", bold=True),
        ]
        for hold in holds
    ]


def no_what(holds: Sequence[NotGiven], now: datetime) -> list[list[Span]]:
    """What may not be given, in the few words of a list: one line for the same medicines, with every reason."""
    whys: dict[str, list[str]] = {}
    for hold in holds:
        whys.setdefault(", ".join(hold.what), []).append(hold.why)
    return [
        [Span(f"No {what}", bold=True), Span(this_year(f" ({'; '.join(why)})", now))] for what, why in whys.items()
    ]


def this_year(words: str, now: datetime) -> str:
    """The same words, with the year left out of days of this one: it stands at the head of a list."""
    return re.sub(rf"(?<= [A-Z][a-z]{{2}}) {day_of(now).year}\b", "", words)


def due_when(due: Due, now: datetime) -> str:
    """When something is due: the hour tonight, the day with it otherwise."""
    today = day_of(now)
    if due.at is not None:
        day = day_of(due.at)
        when = show_time(due.at) if day == today else f"{show_near(day, today)} {show_time(due.at)}"
    elif due.on is not None:
        when = "today" if due.on == today else show_near(due.on, today)
    else:
        when = "no day set"
    return f"{when}, late" if due.late else when
