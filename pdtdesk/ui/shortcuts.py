"""Every key of the window in one table: what it does and where. The shortcuts page and the help read it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class Where(StrEnum):
    """Where a key works."""

    EVERYWHERE = "Everywhere"
    PAGE = "On a page that was opened over another"
    PERSON = "With a person in hand"
    TRIAGE = "On the triage page"
    ROUND = "On the medicine round"
    FIELD = "In a field"
    LIST = "In a list"


@dataclass(frozen=True, slots=True)
class Keys:
    """A key, what it does in the words of the ward, and where. `native`: a widget hears it by itself."""

    keys: str
    does: str
    where: Where
    native: bool = False


class Shortcut(Enum):
    """Every shortcut of the window."""

    SEARCH = Keys("Ctrl+K", "Find a person by name, number or cell", Where.EVERYWHERE)
    LOCK = Keys("F12", "Lock the desk", Where.EVERYWHERE)
    HELP = Keys("F1", "Open the handbook", Where.EVERYWHERE)
    SHORTCUTS = Keys("Ctrl+/", "Show this page", Where.EVERYWHERE)
    THEME = Keys("Ctrl+Shift+T", "Light or dark", Where.EVERYWHERE)
    TEXT_LARGER = Keys("Ctrl++", "Larger text", Where.EVERYWHERE)
    TEXT_LARGER_TOO = Keys("Ctrl+=", "Larger text, without Shift", Where.EVERYWHERE)
    TEXT_SMALLER = Keys("Ctrl+-", "Smaller text", Where.EVERYWHERE)
    RAIL = Keys("F2", "Go to the stages on the left", Where.EVERYWHERE)
    PAGE = Keys("F3", "Go to the page", Where.EVERYWHERE)
    SAVE = Keys("Ctrl+S", "Save", Where.EVERYWHERE)
    PRINT = Keys("Ctrl+P", "Print", Where.EVERYWHERE)
    BACK = Keys("Escape", "Back from a sheet, the handbook or a list", Where.PAGE)
    TIMELINE = Keys("F6", "Open or close the timeline", Where.PERSON)
    NEXT_PERSON = Keys("Ctrl+Down", "Next person on the list", Where.PERSON)
    PREVIOUS_PERSON = Keys("Ctrl+Up", "Previous person on the list", Where.PERSON)
    FIRST_PASS = Keys("Ctrl+1", "First pass", Where.TRIAGE)
    SECOND_PASS = Keys("Ctrl+2", "Second pass", Where.TRIAGE)
    NEXT_SECTION = Keys("F8", "Next part of the page", Where.TRIAGE)
    PREVIOUS_SECTION = Keys("Shift+F8", "Previous part of the page", Where.TRIAGE)
    SCAN = Keys("F7", "Scan or type a number", Where.ROUND)
    NEXT_DOSE = Keys("Ctrl+Down", "Next dose on the list", Where.ROUND)
    PREVIOUS_DOSE = Keys("Ctrl+Up", "Dose before on the list", Where.ROUND)
    SIGN_OUT = Keys("F9", "Sign out the round", Where.ROUND)
    LET_GO = Keys("Escape", "Back to the list; what is not recorded is asked anew", Where.ROUND)
    PHOTOGRAPH = Keys("P", "Identified by photograph", Where.ROUND, native=True)
    TWO_IDENTIFIERS = Keys("I", "Identified by two identifiers", Where.ROUND, native=True)
    NOT_THIS_PATIENT = Keys("X", "Not this patient", Where.ROUND, native=True)
    TAKEN = Keys("T", "Taken; after it Enter records", Where.ROUND, native=True)
    PART_TAKEN = Keys("A", "A part was taken", Where.ROUND, native=True)
    REFUSED = Keys("R", "Refused", Where.ROUND, native=True)
    MISSED = Keys("M", "Missed", Where.ROUND, native=True)
    WITHHELD = Keys("W", "Withheld", Where.ROUND, native=True)
    VOMITED = Keys("V", "Vomited", Where.ROUND, native=True)
    CONCEALED = Keys("C", "Concealed", Where.ROUND, native=True)
    NEXT_FIELD = Keys("Return", "Next question; confirms what is tinted", Where.FIELD, native=True)
    PREVIOUS_FIELD = Keys("Shift+Return", "Previous question", Where.FIELD, native=True)
    NEW_LINE = Keys("Ctrl+Return", "New line in long text", Where.FIELD, native=True)
    NOT_ASKED = Keys("F4", "Not asked, why", Where.FIELD, native=True)
    YES = Keys("Y", "Yes", Where.FIELD, native=True)
    NO = Keys("N", "No", Where.FIELD, native=True)
    UNKNOWN = Keys("U", "Unknown", Where.FIELD, native=True)
    TAKE_BACK = Keys("Backspace", "Take the answer back", Where.FIELD, native=True)
    OPEN_ROW = Keys("Return", "Open the person or line", Where.LIST, native=True)

    @property
    def keys(self) -> str:
        """The key as Qt writes it."""
        return self.value.keys

    @property
    def shown(self) -> str:
        """The key as it stands on the page: `Ctrl K`, `Enter`."""
        words = self.value.keys.replace("Return", "Enter")
        return words.replace("++", " plus").replace("+-", " minus").replace("+", " ")

    @property
    def does(self) -> str:
        """What it does."""
        return self.value.does

    @property
    def where(self) -> Where:
        """Where it works."""
        return self.value.where


def clashes(shortcuts: tuple[Shortcut, ...] = tuple(Shortcut)) -> tuple[str, ...]:
    """Keys that would mean two things in one place, as sentences. A key that works everywhere clashes with all."""
    found = []
    for at, one in enumerate(shortcuts):
        for other in shortcuts[at + 1 :]:
            same_place = one.where is other.where or Where.EVERYWHERE in (one.where, other.where)
            if same_place and QKeySequence(one.keys) == QKeySequence(other.keys):
                found.append(f"{one.keys} is both {one.name} and {other.name}")
    return tuple(found)


def bind(shortcut: Shortcut, widget: QWidget, call: Callable[[], object]) -> QShortcut:
    """Let a key do something while `widget` or anything in it has the keyboard (everywhere: in its window)."""
    if shortcut.value.native:
        raise ValueError(f"{shortcut.keys} is heard by the field or list itself and is not bound by a page.")
    made = QShortcut(QKeySequence(shortcut.keys), widget)
    everywhere = shortcut.where is Where.EVERYWHERE
    made.setContext(
        Qt.ShortcutContext.WindowShortcut if everywhere else Qt.ShortcutContext.WidgetWithChildrenShortcut
    )
    made.setAutoRepeat(False)  # a key that is held down is meant once: a save would go on to the next, and the next
    made.activated.connect(call)
    return made
