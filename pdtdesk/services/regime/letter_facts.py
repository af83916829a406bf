"""What stands in the review letter of a regime, gathered and frozen before anything is drawn."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pdtdesk.domain.staff import Author
from pdtdesk.services.reception.sheet_facts import Named, Passage, Printing, ScoreLine, SectionPart
from pdtdesk.services.regime.pictures import DoseChartFacts, SentenceFacts


class When(StrEnum):
    """Whether something is still said that was said when a regime was decided."""

    STILL = "then and now"
    NEW = "new now"
    OTHERWISE = "other words now"
    NO_LONGER = "no longer said"
    OF_THE_DECISION = "of the decision"


@dataclass(frozen=True, slots=True)
class Said:
    """A finding as it is printed, with its source.

    `speaks` is empty where guidance speaks; of anything else it says what that is: a proposal is never shown as
    guidance. `awaiting` means that a clinical lead has yet to sign what it rests on, `awaiting_then` that it was so
    when the decision was made and has been signed since; `unsigned` are figures that nobody has signed, in words.
    """

    sentence: str
    references: tuple[Passage, ...]
    facts: tuple[str, ...]
    speaks: str = ""
    awaiting: bool = False
    awaiting_then: bool = False
    unsigned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThenNow:
    """A finding then and now; `before` is how it was said then, where it is said in other words now."""

    when: When
    said: Said
    before: str = ""


@dataclass(frozen=True, slots=True)
class WishPart:
    """What the person wished, was told and agreed to, each in words; empty where nobody wrote it down."""

    wished: str
    told: str
    agreed: str


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """A review that was held: what came of it, why, and who took part. `standing` is how the class stood that day."""

    on: date
    of: str
    outcome: str
    standing: str
    reason: str
    took_part: str
    sleep: str
    by: Author


@dataclass(frozen=True, slots=True)
class DeclaredPart:
    """A regime as it was declared. `standing` is how its class stood then, `stands` how it stands now; both empty for
    stabilisation, which comes before every class. `reason` is that of a departure."""

    declared: str
    medicine: str
    since: date
    until: date | None
    standing: str
    stands: str
    reason: str
    by: Author
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderPart:
    """One order in force or still to come: doses of today by slot, how it is taken, and what lies ahead.

    `ahead` are the doses from today on, each from a day: (day, mg a day, slots where there are several); `ends` says
    how it ends against release.
    """

    medicine: str
    since: date
    today: tuple[tuple[str, str], ...]
    taken: str
    ahead: tuple[tuple[str, str, str], ...]
    ends: str
    by: str


@dataclass(frozen=True, slots=True)
class CoursePart:
    """What the doses of one course show, whatever was declared."""

    course: str
    shown: str
    phases: tuple[str, ...]
    length: str
    not_taken: str
    not_known: str


@dataclass(frozen=True, slots=True)
class SincePart:
    """What happened since the review before: days not taken, how those doses ended, when sedation was seen, and how
    often somebody looked and wrote down neither drowsy nor intoxicated."""

    since: date
    runs: tuple[str, ...]
    outcomes: str
    sedated: tuple[str, ...]
    looked_awake: int
    scores: tuple[ScoreLine, ...]


@dataclass(frozen=True, slots=True)
class NextReview:
    """When the regime is looked at next: due, and planned for a day on which somebody is there (S-05).

    `why_none` stands where there is no day; `remark` says that it is overdue, or comes after release; `by_rule` is
    what the rules say of it.
    """

    due: date | None
    planned: date | None
    why_none: str = ""
    remark: str = ""
    by_rule: Said | None = None


@dataclass(frozen=True, slots=True)
class ReviewLetter:
    """The letter of a review, for the person's file and whoever prescribes outside; clinical in confidence.

    Of the latest review where there is one, else of the decision in force. `decided_on` is the day of the decision
    whose findings are compared with today's; `same_guidance` whether both rest on the same figures.
    """

    printing: Printing
    who: Named
    addressed: tuple[str, ...]
    cautions: tuple[str, ...]
    review: ReviewPart | None
    declared: tuple[DeclaredPart, ...]
    orders: tuple[OrderPart, ...]
    shown: tuple[CoursePart, ...]
    shown_rests_on: Said | None
    differences: tuple[Said, ...]
    sentence: SentenceFacts
    doses: DoseChartFacts | None
    since: SincePart
    decided_on: date | None
    findings: tuple[ThenNow, ...]
    wish: WishPart
    other_medicines: SectionPart | None
    tolerance: Said | None
    next_review: NextReview
    same_guidance: bool
    parameters: str
