"""A person's treatment in a few words, for tests of what is counted from it: valid by default."""

from datetime import date, timedelta

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import Schedule, Stretch
from pdtdesk.domain.regime.treatment import Declared, Dose, Order, Reviewed, Wish
from tests.domain.record.entries import EVENING, NURSE

FIRST = date(2010, 5, 24)


def day(number: int) -> date:
    """The day that is so many after the first."""
    return FIRST + timedelta(days=number)


def an_order(
    medicine: Ordered = Ordered.METHADONE,
    first: int = 0,
    last: int | None = None,
    mg: str = "40 mg",
    id_: str = "order",
) -> Order:
    """The same dose every morning, from one day to another, both counted."""
    until = None if last is None else day(last)
    schedule = Schedule((Stretch(day(first), until, (("morning", Milligrams.parse(mg)),)),))
    return Order(id_, id_, medicine, schedule, day(first), until, True, "", frozenset(), NURSE, EVENING, {})


def a_dose(
    number: int, outcome: Outcome = Outcome.TAKEN, medicine: Ordered = Ordered.METHADONE, slot: str = "morning"
) -> Dose:
    """What became of the dose of one day."""
    ordered = Milligrams.parse("40 mg")
    taken = ordered if outcome.counts else Milligrams.parse("0 mg")
    id_ = f"dose-{number}-{slot}"
    order = an_order(medicine)
    return Dose(
        id_,
        order.entry_id,
        order.course,
        medicine,
        day(number),
        slot,
        ordered,
        taken,
        outcome,
        "",
        "",
        True,
        EVENING,
        NURSE,
    )


def declared(
    as_: RegimeClass = RegimeClass.MAINTENANCE,
    first: int = 0,
    last: int | None = None,
    medicine: Ordered | None = Ordered.METHADONE,
) -> Declared:
    """A regime from one day to another, both counted."""
    until = None if last is None else day(last)
    return Declared("r", as_, medicine, day(first), until, Wish(), None, "", None, NURSE, EVENING, {})


def a_review(number: int) -> Reviewed:
    """A review that was held on a day."""
    return Reviewed("v", day(number), "continue", "", None, "", NURSE, EVENING, {})
