"""Gathering the review letter: one moment of the desk, frozen, and written into the audit as printing."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import groupby

from pdtdesk.domain.calendar import day_of, show_day, show_near
from pdtdesk.domain.reception.questions import QUESTIONS, Section
from pdtdesk.domain.reception.standing import values
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.treatment import Agreed, Declared, Reviewed, Wish
from pdtdesk.domain.roles import Permission
from pdtdesk.policy.parameters import NoGuidanceInForce
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.reducing import tolerance
from pdtdesk.policy.working_days import planned_for_review
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine
from pdtdesk.services.printing import printing_of
from pdtdesk.services.reception.answers_on_paper import chosen, sections
from pdtdesk.services.reception.people import present
from pdtdesk.services.reception.sheet_facts import AnswerLine, Named, Printing, SectionPart
from pdtdesk.services.refusals import Refused
from pdtdesk.services.regime.choosing import open_regimes, standing_of
from pdtdesk.services.regime.drawn import sentence_facts
from pdtdesk.services.regime.in_force import declared_now, ordered_now
from pdtdesk.services.regime.letter_doses import chart_since, courses_shown, definitions, happened_since, order_parts
from pdtdesk.services.regime.letter_facts import (
    DeclaredPart,
    NextReview,
    ReviewLetter,
    ReviewPart,
    Said,
    ThenNow,
    WishPart,
)
from pdtdesk.services.regime.pictures import SentenceFacts, SentenceReview
from pdtdesk.services.regime.reviewing import OUTCOMES
from pdtdesk.services.regime.standing import RegimeNow, regime_now
from pdtdesk.services.regime.then_and_now import left_of, said_of, then_and_now

_ENOUGH = 16
"""Letters of a fingerprint by which a sheet names its guidance; the record holds it whole."""
_AGREED = {
    Agreed.YES: "agreed",
    Agreed.NO: "did not agree",
    Agreed.NOT_ASKED: "was not asked",
}
_BY_CALENDAR = (Code.REVIEW, Code.REVIEW_OVERDUE)
_REDUCING = (RegimeClass.DETOXIFICATION, RegimeClass.GRADUAL_REDUCTION)


@action(Permission.PRINT_CLINICAL)
def review_letter(acting: Acting, patient_id: str, *, demonstration: bool = False) -> ReviewLetter:
    """The letter of the latest review of somebody's regime, else of the decision in force.

    Refuses where nothing was decided or reviewed in this stay.
    """
    now = acting.now()
    with acting.store.work() as work:
        stands = regime_now(present(work, patient_id), now, acting.policy, compared=False)
        if not stands.treatment.regimes and not stands.treatment.reviews:
            raise Refused(
                f"{stands.person.identity.display} has no regime and no review that a letter could tell of: choose a "
                "regime first."
            )
        work.audit(AuditLine(now, acting.who, "printed the review letter", patient_id))
        printing = printing_of(work, acting, demonstration=demonstration)
    return _letter(stands, acting, printing)


def _letter(now: RegimeNow, acting: Acting, printing: Printing) -> ReviewLetter:
    documents, params = acting.policy.documents, acting.policy.on(now.today)
    reviews = _reviews(now)
    review = reviews[-1] if reviews else None
    standing = _standing_regimes(now)
    decided = max(standing, key=lambda each: (each.at, each.since), default=None)
    since = _since(now, review, decided)
    stored = str(decided.body.get("parameters", "")) if decided else ""
    coming = _next(now, review, decided, acting)
    lost = _tolerance(now, review, standing, acting)
    return ReviewLetter(
        printing=printing,
        who=_named(now),
        addressed=_addressed(now, printing),
        cautions=_cautions(now),
        review=_review(now, review) if review else None,
        declared=tuple(_declared(now, each) for each in standing),
        orders=order_parts(now),
        shown=courses_shown(now, params),
        shown_rests_on=definitions(params, documents) if now.courses else None,
        differences=tuple(said_of(each.finding, documents) for each in now.differences),
        sentence=_sentence(now, coming),
        doses=chart_since(now, since),
        since=happened_since(now, since, acting.policy, printing.at),
        decided_on=day_of(decided.at) if decided else None,
        findings=_findings(now, decided, lost, acting),
        wish=_wish(review, decided),
        other_medicines=_other_medicines(now),
        tolerance=lost,
        next_review=coming,
        same_guidance=bool(stored) and stored == now.assessment.parameters,
        parameters=", ".join(
            dict.fromkeys(each[:_ENOUGH] for each in (stored, now.assessment.parameters) if each),
        ),
    )


def _findings(now: RegimeNow, decided: Declared | None, lost: Said | None, acting: Acting) -> tuple[ThenNow, ...]:
    """What was said then and is said now; the loss of tolerance stands in a place of its own."""
    if decided is None:
        return ()
    found = then_and_now(now, decided, acting.policy)
    return tuple(each for each in found if lost is None or each.said.sentence != lost.sentence)


def _sentence(now: RegimeNow, coming: NextReview) -> SentenceFacts:
    """The sentence line, with the day that was written for the next review."""
    facts = sentence_facts(now)
    day = coming.planned
    if day is None or day in {each.day for each in facts.reviews}:
        return facts
    added = SentenceReview(day, f"Next review {show_near(day, now.today)}")
    return replace(facts, reviews=(*facts.reviews, added))


def _standing_regimes(now: RegimeNow) -> tuple[Declared, ...]:
    """The regimes that hold today or are still to come; where nothing holds, the last one."""
    held = (*now.treatment.regime_on(now.today), *open_regimes(now))
    found = sorted(dict.fromkeys(each.entry_id for each in held))
    mine = tuple(each for each in now.treatment.regimes if each.entry_id in found)
    return mine or now.treatment.regimes[-1:]


def _since(now: RegimeNow, review: Reviewed | None, decided: Declared | None) -> date:
    """From when the letter tells of doses: the review before the one it tells of, else the start of that regime."""
    earlier = reviews[-2].on if len(reviews := _reviews(now)) > 1 else date.min
    told = (_reviewed_regime(now, review) if review else None) or decided
    begins = told.since if told else (review.on if review else now.today)
    return min(max(begins, earlier), now.today)


def _reviews(now: RegimeNow) -> tuple[Reviewed, ...]:
    return tuple(sorted(now.treatment.reviews, key=lambda each: (each.on, each.at, each.entry_id)))


def _reviewed_regime(now: RegimeNow, review: Reviewed) -> Declared | None:
    """The regime that a review names; of one that names none, what was in force that day."""
    named = str(review.body.get("regime", ""))
    held = [each for each in now.treatment.regimes if each.entry_id == named]
    found = held or now.treatment.regime_on(review.on)
    return found[-1] if found else None


def _review(now: RegimeNow, review: Reviewed) -> ReviewPart:
    of = _reviewed_regime(now, review)
    return ReviewPart(
        on=review.on,
        of=of.declared.words if of else "",
        outcome=OUTCOMES.get(review.outcome, review.outcome),
        standing=_stands(review.body["standing"]) if "standing" in review.body else "",
        reason=review.reason,
        took_part=review.took_part,
        sleep=str(review.body.get("sleep", "")),
        by=review.by,
    )


def _declared(now: RegimeNow, regime: Declared) -> DeclaredPart:
    steadies = regime.declared is RegimeClass.STABILISATION
    stands = standing_of(now, regime.declared)
    return DeclaredPart(
        declared=regime.declared.words,
        medicine=regime.medicine.words if regime.medicine else "",
        since=regime.since,
        until=regime.until,
        standing="" if steadies else _stands(regime.standing),
        stands="" if steadies else _stands(stands.value if stands else None),
        reason=regime.reason,
        by=regime.by,
        at=regime.at,
    )


def _stands(standing: object) -> str:
    words = {"needs_reason": "needs a reason", "": "to be assessed first"}
    written = str(standing or "")
    return words.get(written, written.replace("_", " "))


def _wish(review: Reviewed | None, decided: Declared | None) -> WishPart:
    """What was wished and agreed at the latest of the two: a decision after the review asks again."""
    if review is None or (decided is not None and decided.at > review.at):
        wish = decided.wish if decided else Wish()
        return WishPart(wish.wished, wish.told, _AGREED[wish.agreed] if wish.agreed else "")
    said = review.body.get("wish") or {}
    agreed = str(said.get("agreed") or "")
    words = _AGREED[Agreed(agreed)] if agreed in tuple(Agreed) else agreed
    return WishPart(str(said.get("wished") or ""), str(said.get("told") or ""), words)


def _next(now: RegimeNow, review: Reviewed | None, decided: Declared | None, acting: Acting) -> NextReview:
    """The day that was written, the newer of the two; where none was, the day by the rules."""
    rule = next((each for each in now.assessment.reviews if each.finding.code in _BY_CALENDAR), None)
    by_rule = said_of(rule.finding, acting.policy.documents) if rule else None
    if not declared_now(now):
        return NextReview(None, None, "no regime is in force")
    due = review.next_due if review else None
    if decided is not None and (review is None or decided.at > review.at):
        due = decided.review_on or due
    if due is None and rule is not None:
        due = rule.due_on
    if due is None:
        ends = review is not None and review.outcome == "stop"
        return NextReview(None, None, "the regime ends" if ends else "no day was written", by_rule=by_rule)
    release = now.assessment.custody.release_on
    remark = f"after release on {show_day(release)}" if release is not None and release < due else ""
    if due < now.today:
        remark = "OVERDUE: that day has passed"
    return NextReview(due, planned_for_review(due), remark=remark, by_rule=by_rule)


def _tolerance(
    now: RegimeNow, review: Reviewed | None, standing: tuple[Declared, ...], acting: Acting
) -> Said | None:
    """Loss of tolerance, wherever anything reduces: the class, what is left of a course, or what ends."""
    left = [left_of(each, now) for each in ordered_now(now) if each.medicine.is_substitute]
    falls = any(each.reduces() or each.free_from() is not None for each in left if each is not None)
    ends = any(each.until is not None for each in standing) or (review is not None and review.outcome == "stop")
    if not (falls or ends or any(each.declared in _REDUCING for each in standing)):
        return None
    with suppress(NoGuidanceInForce):
        return said_of(tolerance(acting.policy.on(now.today)), acting.policy.documents)
    return None


def _other_medicines(now: RegimeNow) -> SectionPart | None:
    """As the triage has them; that somebody does take others need not be said where they are named. An answer to the
    one question alone is said as a sentence, and not as a label with a yes."""
    heading, none = Section.MEDICINES.heading, QUESTIONS["medicines.none"].label
    part = next((each for each in sections(now.person, now.stay) if each.heading == heading), None)
    if part is None:
        return None
    if len(part.answers) == 1 and part.answers[0].label == none:
        takes_none = values(now.person, now.stay).get("medicines.none") == "yes"
        said = none if takes_none else "Takes other medicines: none is named"
        return replace(part, answers=(AnswerLine("", said),))
    return replace(part, answers=tuple(each for each in part.answers if each.label != none))


def _addressed(now: RegimeNow, printing: Printing) -> tuple[str, ...]:
    outside = chosen(now.person, now.stay, "prescribed.prescriber", "").answers
    return (
        f"The healthcare file, {printing.establishment.name}",
        *(f"Community prescriber: {each.words}" for each in outside),
    )


def _cautions(now: RegimeNow) -> tuple[str, ...]:
    """Sentences about the record itself: what is contradicted, and what this letter cannot tell."""
    treated, said = now.treatment, []
    if treated.conflicting:
        said.append(
            "Two regimes or orders contradict each other: both are printed; a prescriber settles which holds."
        )
    if treated.dose_conflicts:
        days = ", ".join(show_day(day) for day, _ in groupby(each.day for each in treated.dose_conflicts))
        said.append(f"Two accounts of one dose stand side by side: {days}.")
    if treated.begun:
        days = ", ".join(show_day(day) for day, _ in groupby(each.day for each in treated.begun))
        said.append(f"Handed out, and nobody has written what became of it: {days}.")
    for count, what in (
        (treated.unread, "in the words of a newer desk: it is not in this letter"),
        (len(now.person.folded.waiting), "here without what it follows: that may change this letter"),
    ):
        if count:
            said.append(f"{count} of the entries is {what}." if count == 1 else _plural(count, what))
    return tuple(said)


def _plural(count: int, what: str) -> str:
    return f"{count} of the entries are {what.replace('it is', 'they are').replace('it follows', 'they follow')}."


def _named(now: RegimeNow) -> Named:
    who = now.person.identity
    return Named(
        name=who.display,
        prison_number=who.prison_number,
        location=now.stay.location,
        born=who.born,
        age=who.age_on(now.today),
        sex=who.sex,
        nhs_number=who.nhs_number,
    )
