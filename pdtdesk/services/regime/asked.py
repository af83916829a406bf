"""Which reviews are asked for, by the calendar, by an event, or by the day that was written down: one answer for the
list of regimes, the sentence line and the figures."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.regime.asking import Asked, Asking
from pdtdesk.policy.parameters import NoGuidanceInForce, ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.reckoned import reckon
from pdtdesk.policy.regime.reviews import Review, reviews

WHY: Mapping[str, str] = {
    Code.REVIEW_SENTENCED: "sentence was passed",
    Code.REVIEW_TRANSFER: "a transfer is planned",
    Code.REVIEW_RELEASE: "release is near",
    Code.REVIEW_POSITIVE_TEST: "a test found what is not ordered",
    Code.REVIEW_MISSED: "doses not taken, or not known",
    Code.REVIEW_NOT_ORDERED: "nothing is ordered",
    Code.REVIEW_PREGNANT: "a pregnancy is known",
}
"""The events that ask for a review, as a list says them."""


def asked(asking: Asking, params: ParametersOnDay) -> tuple[Asked, ...]:
    """Every review of the regime in force on the day of the parameters, the earliest first, those to come too.

    Where no guidance held here was in force, only the day that was written down asks.
    """
    facts = asking.facts(params.day)
    by_rule: tuple[Review, ...] = ()
    with suppress(NoGuidanceInForce):
        by_rule = reviews(facts, reckon(facts.custody, params), params)
    return with_set_day(by_rule, asking.set_for(params.day))


def with_set_day(by_rule: Iterable[Review], set_for: date | None) -> tuple[Asked, ...]:
    """The reviews by the rules, and the day that was written down where it is another; that stands as written.

    What falls on a Sunday or bank holiday is planned for the day before (S-05); an event asks from its own day.
    """
    found = []
    for each in by_rule:
        why = WHY.get(each.finding.code, "")
        found.append(Asked(each.due_on if why else each.planned_on, each.due_on, why, each.finding.sentence))
    if set_for is not None and all(set_for not in (each.on, each.due_on) for each in found):
        said = f"The prescriber had set the review for {show_day(set_for)}."
        found.append(Asked(set_for, set_for, "", said))
    return tuple(sorted(found, key=lambda each: (each.due_on, each.sentence)))


def overdue(found: Iterable[Asked], today: date) -> tuple[Asked, ...]:
    """Those that should have been."""
    return tuple(each for each in found if each.due_on < today)
