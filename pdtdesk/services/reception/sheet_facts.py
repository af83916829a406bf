"""What stands on each printed sheet, gathered and frozen before anything is drawn."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.alerts import Alert
from pdtdesk.domain.staff import Author, Establishment


@dataclass(frozen=True, slots=True)
class Printing:
    """Where, when and by whom a sheet was printed; `demonstration` marks it as invented, large, on every page.

    `sedation_rule` names what "look before every dose" rests on, and says so while nobody has signed it.
    """

    establishment: Establishment
    at: datetime
    by: Author
    sedation_rule: str
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """Whose line or sheet it is: what stands on the door and the wristband."""

    name: str
    prison_number: str | None
    location: str | None
    born: date | None = None
    age: int | None = None
    sex: str | None = None
    nhs_number: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Where in which source a line is found; the document by its short name."""

    document: str
    section: str


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A line of tonight's plan: what, why, by when, on what passage, and what about it nobody has signed yet.

    `facts` are the short names of its passages; `awaiting` means that a clinical lead has yet to sign the line;
    `unsigned` are the figures it would need that nobody has signed here, in words.
    """

    label: str
    sentence: str
    urgency: str
    when: str
    references: tuple[Passage, ...]
    facts: tuple[str, ...]
    awaiting: bool
    unsigned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotGiven:
    """What may not be given, why, and how that ends; a hard one is lifted by nobody."""

    what: tuple[str, ...]
    why: str
    ends_by: str
    hard: bool


@dataclass(frozen=True, slots=True)
class Due:
    """Something due for a person: by the hour where there is one, else in the course of a day."""

    words: str
    sentence: str
    at: datetime | None
    on: date | None
    late: bool = False


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A scale as it was last taken, its band where one is agreed, and earlier totals for the trend."""

    name: str
    total: str
    band: str
    taken: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question, or a row of questions, with what was answered."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class SectionPart:
    """A part of the triage with its answers, and who gave them when."""

    heading: str
    answers: tuple[AnswerLine, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Questions that were not asked, all for one reason, by one person."""

    questions: tuple[str, ...]
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class FirstNight:
    """All that whoever has the night must know of one arrival, on one sheet; clinical.

    `cautions` are sentences about the record itself: nothing saved yet, an unsaved draft, two accounts unsettled.
    """

    printing: Printing
    who: Named
    arrived: str
    alerts: tuple[Alert, ...]
    cautions: tuple[str, ...]
    priority: str
    reasons: tuple[str, ...]
    may_not_be_given: tuple[NotGiven, ...]
    plan: tuple[PlanPart, ...]
    observation: tuple[str, ...]
    due: tuple[Due, ...]
    prescriber: SectionPart
    scores: tuple[ScoreLine, ...]
    sections: tuple[SectionPart, ...]
    wishes: SectionPart
    not_asked: tuple[NotAsked, ...]
    written: tuple[str, ...]
    parameters: str


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One person on the night nurse's list; `passes` 0 means that nobody has triaged them yet.

    `alerts` are the dangers that the banner shows, and medicines that cannot wait, by name. `officers_ask`: officers
    are told that nothing has been decided yet. `settled` is how each thing of the night ended, where it has.
    """

    who: Named
    priority: str
    reasons: tuple[str, ...]
    passes: int
    may_not_be_given: tuple[NotGiven, ...]
    observation: tuple[str, ...]
    due: tuple[Due, ...]
    cautions: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    officers_ask: bool = False
    settled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handover:
    """The night nurse's list, the worst first; clinical.

    Arrivals, others with something due by `until`, and whomever officers are asked to watch closely, however long
    ago they came.
    """

    printing: Printing
    since: datetime
    until: datetime
    lines: tuple[HandoverLine, ...]


class Watch(StrEnum):
    """What custody staff are asked to do for one person, and nothing of why; the strongest first.

    The words are all there are.
    """

    NOT_ALONE = "not_alone"
    WAKE = "wake"
    ASK = "ask"
    LOOK_IN = "look_in"
    ORDINARY = "ordinary"

    @property
    def words(self) -> str:
        """The instruction as it stands on the list."""
        return _WATCH[self]

    @property
    def often(self) -> str:
        """How often, where the instruction itself says so."""
        return _OFTEN[self]

    @property
    def call(self) -> str:
        """Whom to call, and when."""
        return _CALL[self]


_WATCH = {
    Watch.NOT_ALONE: "Do not leave alone.",
    Watch.WAKE: "Look in. Each time see the person breathe, and wake them until they answer.",
    Watch.LOOK_IN: "Look in. Each time see the person move or answer.",
    Watch.ASK: "Healthcare has not decided yet. Ask before locking up.",
    Watch.ORDINARY: "As for everybody on this landing.",
}
_OFTEN = {Watch.NOT_ALONE: "All the time", Watch.ORDINARY: "Ordinary checks"}
_OFTEN |= dict.fromkeys((Watch.WAKE, Watch.LOOK_IN, Watch.ASK), "")
_CALL = {
    Watch.NOT_ALONE: "Call the night nurse and the officer in charge at once if anything changes.",
    Watch.WAKE: "Call the night nurse at once if not awake and answering.",
    Watch.LOOK_IN: "Call the night nurse at once if unwell or in doubt.",
    Watch.ASK: "Call the night nurse now.",
    Watch.ORDINARY: "Call the night nurse if unwell.",
}


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """One person on the list for custody staff. There is no field here that could hold a medicine or a diagnosis.

    `minutes` is a signed interval for looking in, or None where the nurse writes it by hand; `visits` are the
    instants at which healthcare comes to the cell, so that somebody is there to unlock.
    """

    name: str
    prison_number: str | None
    location: str | None
    watch: Watch
    minutes: int | None
    lower_bunk: bool
    acct_open: bool
    visits: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Custody:
    """The list for custody staff: observe, how often, call whom."""

    printing: Printing
    since: datetime
    lines: tuple[CustodyLine, ...]
    also: tuple[CustodyLine, ...] = ()


@dataclass(frozen=True, slots=True)
class DueLine:
    """What is due for one person, on the downtime sheet; `watch` is what officers do beyond looking in, and `alerts`
    are as on the hand-over list."""

    who: Named
    may_not_be_given: tuple[NotGiven, ...]
    tonight: tuple[Due, ...]
    tomorrow: tuple[Due, ...]
    passes: int | None = None
    watch: str = ""
    alerts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One ordered dose. `state` is `open`, `written`, `more than once`, `handed out` or `conflict`; `said` what is
    written of it."""

    slot: str
    mg: Milligrams
    state: str = "open"
    said: str = ""


@dataclass(frozen=True, slots=True)
class DayLine:
    """The doses of one order on one day; `holds` says whether it is in force on it."""

    day: date
    holds: bool
    slots: tuple[SlotLine, ...]


@dataclass(frozen=True, slots=True)
class StopLine:
    """What stops one dose, and by what that ends."""

    dose: str
    words: tuple[str, ...]
    ends_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderedLine:
    """One signed order, by which doses are given while the desk does not run.

    `instructions` stand in an order by score, of which the mg are the most; `term` says when it begins or ends, where
    that is near; `next` is the first dose of which nothing is written, empty where there is none. `cautions` say that
    two accounts contend.
    """

    medicine: str
    supervised: bool
    signed: str
    instructions: str
    term: str
    days: tuple[DayLine, ...]
    witnessed: str
    next: str
    stops: tuple[StopLine, ...] = ()
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrdersOf:
    """The medicines of one person; `besides` is what was handed out or written under none of these orders."""

    line: DueLine
    orders: tuple[OrderedLine, ...]
    besides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Downtime:
    """Who is here, what is due tonight and tomorrow, and every medicine that is ordered for these days, for the hours
    in which the desk does not run; clinical."""

    printing: Printing
    tonight_until: datetime
    tomorrow_until: datetime
    due: tuple[DueLine, ...]
    here: tuple[Named, ...]
    ordered: tuple[OrdersOf, ...] = ()
