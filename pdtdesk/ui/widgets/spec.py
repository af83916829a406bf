"""What a page says about one question, and the builder of inputs needs nothing more."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pdtdesk.domain.reception.not_asked import NOT_ASKED_REASONS
from pdtdesk.domain.written import LONGEST_TEXT
from pdtdesk.ui.widgets.typed_days import Lean


class Kind(StrEnum):
    """How a question is answered by hand."""

    TEXT = "text"
    SECRET = "secret"  # noqa: S105 - the name of a kind of input, not a password
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DAY = "day"
    MOMENT = "moment"
    YES_NO = "yes_no"
    YES_NO_UNKNOWN = "yes_no_unknown"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    SCORE = "score"


class Asking(StrEnum):
    """What becomes of an earlier answer: confirmed with one key, or shown beside an empty field and asked anew."""

    PREFILL = "prefill"
    ANEW = "anew"


class Look(StrEnum):
    """Where the label stands: above, before (score items, sentences), or unseen in a table whose head says it."""

    STACKED = "stacked"
    INLINE = "inline"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen: the word that is recorded, what is read aloud, and its key."""

    word: str
    label: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """What was answered before: the recorded value, how it is shown, who asked and when (`9 Nov 2009`)."""

    value: str
    shown: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One question as a field.

    `label` is what is asked; `name` is said by a screen reader where the label alone would not do (a cell of a
    table: "Opioids, amount"); `asked` are the words said aloud. Several answers are recorded with spaces between.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    help: str = ""
    asked: str = ""
    placeholder: str = ""
    required: bool = False
    max_length: int = LONGEST_TEXT
    history: Asking | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    lean: Lean = Lean.PAST
    name: str = ""
    look: Look = Look.STACKED
    can_be_not_asked: bool = True
    mnemonic: str = ""
    width: int = 0  # in letters; 0: as the kind needs
    in_a_row: bool = False  # buttons, however many choices there are: one key each


YES_NO = (Choice("yes", "Yes", "Y"), Choice("no", "No", "N"))
YES_NO_UNKNOWN = (*YES_NO, Choice("unknown", "Unknown", "U"))
NOT_ASKED = tuple(
    Choice(word, label[:1].upper() + label[1:], str(number))
    for number, (word, label) in enumerate(NOT_ASKED_REASONS.items(), start=1)
)
SEGMENTS_AT_MOST = 5
SEGMENT_LETTERS_AT_MOST = 60
