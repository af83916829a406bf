"""What the rules say of one person: findings a clinician would say aloud, and the lines of tonight's plan.

A finding proposes and explains; it never blocks. What nobody may do is a `Hold`, which says how it ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pdtdesk.policy.origin import Authority, Reference, Status, weakest
from pdtdesk.policy.parameters import NotSignedLocally, Reading
from pdtdesk.policy.units import Value

NOT_SIGNED = "not signed locally"


class Tier(StrEnum):
    """What a finding asks of whoever reads it; the order is the order in which they are shown."""

    OUT_OF_SCOPE = "out_of_scope"
    MUST_CORRECT = "must_correct"
    MUST_ACKNOWLEDGE = "must_acknowledge"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for what is shown first."""
        return _TIERS[self]


_TIERS = {tier: place for place, tier in enumerate(Tier)}


class Urgency(StrEnum):
    """How soon somebody must act; also the word for a person's priority in the list of arrivals."""

    NOW = "now"
    TONIGHT = "tonight"
    SOON = "soon"
    ROUTINE = "routine"

    @property
    def rank(self) -> int:
        """0 for the most urgent."""
        return _URGENCIES[self]


_URGENCIES = {urgency: place for place, urgency in enumerate(Urgency)}


class TaskKind(StrEnum):
    """What is left to do after reception, by the name under which the worklist keeps it."""

    REASSESS_SEDATION = "reassess_sedation"
    ACCT_DECISION = "acct_decision"
    PRESCRIBER_TONIGHT = "prescriber_tonight"
    MIDWIFE_TODAY = "midwife_today"
    OBSERVE = "observe"
    REPEAT_COWS = "repeat_cows"
    REPEAT_CIWA_AR = "repeat_ciwa_ar"
    CONFIRM_DOSE = "confirm_dose"
    CONFIRM_MEDICINES = "confirm_medicines"
    FIRST_WEEK_WATCH = "first_week_watch"
    AUDIT = "audit"
    SDS = "sds"
    CARAT_REFERRAL = "carat_referral"
    HEPATITIS_B_OFFER = "hepatitis_b_offer"
    STABILISATION_REVIEW = "stabilisation_review"
    PSYCHOSOCIAL_PACKAGE = "psychosocial_package"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the rules have to say of one person, with the passage it rests on and the values it used."""

    code: str
    tier: Tier
    sentence: str
    values: tuple[tuple[str, str], ...]
    references: tuple[Reference, ...]
    authority: Authority
    status: Status
    facts: tuple[str, ...]
    urgency: Urgency = Urgency.ROUTINE
    unsigned: tuple[str, ...] = ()  # figures asked for that no clinical lead has signed, in words


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of tonight's plan: a word for the badge, what to do and why, and when if it has a time."""

    label: str
    sentence: str
    tier: Tier
    urgency: Urgency
    references: tuple[Reference, ...]
    status: Status
    facts: tuple[str, ...]
    code: str
    due_on: date | None = None
    due_at: datetime | None = None
    task_kind: TaskKind | None = None
    unsigned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """Something that stays on the worklist until it is done: due on a day by the rule, planned for a working day."""

    kind: TaskKind
    sentence: str
    due_on: date
    planned_on: date
    due_at: datetime | None
    code: str
    references: tuple[Reference, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class Hold:
    """What may not be given, why, and how that ends; a hard one is lifted by nobody."""

    what: str
    why: str
    ends_by: str
    hard: bool
    code: str


@dataclass(frozen=True, slots=True)
class PriorityReason:
    """Why a person stands where they do in the list of arrivals, in a few words."""

    urgency: Urgency
    words: str
    code: str


@dataclass(frozen=True, slots=True)
class Tonight:
    """All that reception proposes for one arrival, most urgent first; a clinician decides."""

    findings: tuple[Finding, ...]
    priority: Urgency
    priority_reasons: tuple[PriorityReason, ...]
    plan: tuple[PlanLine, ...]
    may_not_be_given: tuple[Hold, ...]
    observation: tuple[str, ...]
    tasks: tuple[Task, ...]
    parameters: str  # the fingerprint of the guidance it was made on

    @property
    def hard_stop(self) -> bool:
        """Whether something may not be given that nobody can lift."""
        return any(hold.hard for hold in self.may_not_be_given)


Source = Reading[Value] | NotSignedLocally


def finding(
    code: str,
    tier: Tier,
    sentence: str,
    sources: Sequence[Source],
    urgency: Urgency = Urgency.ROUTINE,
    values: Sequence[tuple[str, object]] = (),
) -> Finding:
    """A finding whose references, authority, status and values come from what it read.

    `sources` are readings, and refusals of figures that nobody has signed; the first gives the authority.
    """
    readings = [source for source in sources if isinstance(source, Reading)]
    unsigned = [source for source in sources if isinstance(source, NotSignedLocally)]
    used = [(r.id, r.shown) for r in readings if r.unit != "rule"]
    used += [(refusal.parameter_id, NOT_SIGNED) for refusal in unsigned]
    references: list[Reference] = []
    for reference in [r.reference for r in readings] + [u.reference for u in unsigned]:
        if reference not in references:
            references.append(reference)
    return Finding(
        code=code,
        tier=tier,
        sentence=sentence,
        values=tuple(used) + tuple((name, str(value)) for name, value in values),
        references=tuple(references),
        authority=readings[0].authority if readings else Authority.PRODUCT,
        status=weakest(tuple(r.sign_off.status for r in readings)),
        facts=tuple(dict.fromkeys([r.fact for r in readings] + [u.fact for u in unsigned])),
        urgency=urgency,
        unsigned=tuple(refusal.description for refusal in unsigned),
    )


def plain(found: Finding) -> dict[str, object]:
    """A finding as words only, as it is stored with a decision and printed by `--json`."""
    references = [{"document": r.document, "section": r.section} for r in found.references]
    return {
        "code": found.code,
        "tier": str(found.tier),
        "sentence": found.sentence,
        "values": dict(found.values),
        "reference": references[0] if references else None,
        "references": references,
        "authority": str(found.authority),
        "status": str(found.status),
        "facts": list(found.facts),
        "urgency": str(found.urgency),
        "unsigned": list(found.unsigned),
    }
