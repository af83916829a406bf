"""The recovery sheet: the code that opens a desk whose keyring is lost, printed once and kept in the safe."""

from pdtdesk.documents.layout.lines import Span
from pdtdesk.documents.layout.pages import A4, MARGIN, Cell, Pages
from pdtdesk.documents.layout.press import printed
from pdtdesk.domain.calendar import day_of, show_day
from pdtdesk.services.paper import RecoverySheet

_ACROSS = 4
_WIDTH = A4[0] - 2 * MARGIN
_PARTS = (
    (
        "What it does",
        "With this code anybody at this computer can open the desk and give one member of staff a new password. It "
        "is needed when the computer's keyring is lost, locked or changed, or when a backup is opened at another "
        "computer.",
    ),
    (
        "Where to keep it",
        "In the establishment's safe, in a sealed envelope with the date written across the flap, where the clinical "
        "lead and one other person can reach it at night. Not in the room where the computer stands. Do not copy it, "
        "photograph it, or type it anywhere but into the desk.",
    ),
    (
        "To use it",
        "At the sign-in choose the recovery code, and type all seven groups. Small and capital letters are the same; "
        "the letter O is read as the figure 0, I and L as 1. A code mistyped is told from a wrong one.",
    ),
    (
        "If somebody has seen it, or the envelope is open",
        "The same day an administrator changes the keys of the desk and makes a new code: this sheet then opens "
        "nothing here any more, but still opens backups made before, so put those out of reach. Tell the clinical "
        "lead, put the new sheet into the safe, and destroy this one.",
    ),
    (
        "If it is lost",
        "The desk goes on as before. Make a new code the same day: without one, a lost keyring means a lost desk.",
    ),
)


def recovery(sheet: RecoverySheet) -> bytes:
    """The PDF of the recovery sheet."""
    head: list[Cell] = [
        [[Span("Recovery code of a desk", bold=True, scale=1.7)], [Span(sheet.desk_name, bold=True)]],
        [[Span(f"{sheet.establishment.name} ({sheet.establishment.code})", bold=True)], _made(sheet)],
    ]
    return printed(
        lambda pages: _compose(pages, sheet),
        head=head,
        head_widths=[_WIDTH - 170, 170],
        title=f"Recovery code of {sheet.desk_name}",
        foot=f"Keep in the safe. {sheet.establishment.name}, {sheet.desk_name}, {_made(sheet)}",
        demonstration=sheet.demonstration,
        sizes=(11.0, 10.0, 9.0),
    )


def _made(sheet: RecoverySheet) -> str:
    return f"made {show_day(day_of(sheet.made_at))}"


def _compose(pages: Pages, sheet: RecoverySheet) -> None:
    groups = [group for group in sheet.code.split("-") if group]
    pages.space(6)
    pages.y += 8
    rows = [groups[at : at + _ACROSS] for at in range(0, len(groups), _ACROSS)]
    columns = [[[Span(row[at], bold=True, scale=2.6)] for row in rows if at < len(row)] for at in range(_ACROSS)]
    pages.row(columns, [_WIDTH / _ACROSS] * _ACROSS, box=True)
    pages.paragraph(
        [Span("Read group by group, the upper line first. There is no letter O, I, L or U in it.", scale=0.9)]
    )
    for title, words in _PARTS:
        pages.y += 8
        pages.paragraph([Span(title, bold=True, scale=1.1)])
        pages.paragraph(words)
    pages.y += 24
    blank = "_" * 30
    pages.paragraph(f"Put into the safe by {blank}   on {'_' * 16}")
    pages.y += 14
    pages.paragraph(f"Seen by {blank}")
