"""A regime as it may stand on a page: awaited, in force, planned, reviewed, ended, explained."""

from collections.abc import Callable
from typing import Any

from factories import TestDesk
from treatment import a_patient, chosen

from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.roles import Role

Then = Callable[[Any, Any], None]
AWAITING, MAINTAINED = "Zaleski", "Zeman"


def with_regimes(desk: TestDesk) -> None:
    """One who awaits a regime, and one who is maintained against what is simply offered."""
    a_patient(desk, surname=AWAITING, prison_number="A7001ZZ")
    held = a_patient(desk, surname=MAINTAINED, prison_number="A7002ZZ", sentence_length="P3Y")
    today = desk.clock.now().date()
    chosen(desk, held, reason="two overdoses in March", review_on=today.replace(month=9))


def at_regime(surname: str = "", role: Role = Role.PRESCRIBER, then: Then | None = None) -> Callable[[Any], None]:
    """Turn to the regimes; to somebody's; and on from there."""

    def go(evening: Any) -> None:
        evening.as_(role)
        evening.pages.show("regime")
        evening.ward.settle()
        page = evening.pages.regime
        page._show_list()
        if surname:
            row = next(row for row in page.rows() if row.surname == surname)
            page.open_person(row.patient_id)
            evening.ward.settle()
        if then is not None:
            then(page, evening)

    return go


def facts(page: Any, _: Any) -> None:
    page.begin_facts()


def planned(page: Any, evening: Any) -> None:
    """A course that ends after release, kept beside another, and signed without an answer."""
    page.begin_plan(RegimeClass.GRADUAL_REDUCTION)
    evening.ward.settle()
    for step in ("5", "2"):
        form = page.plan.course
        for key, value in {"medicine": "methadone", "from_dose": "60", "step": step, "interval": "7"}.items():
            form.fields[form.course().word][key].set_value(value)
        form.changed.emit()
        evening.ward.settle()
        page.plan.keep_and_try_another()
    page.plan.sign()


def by_hand(page: Any, evening: Any) -> None:
    page.begin_plan(None)
    evening.ward.settle()
    page.plan.course.kind.set_value("by_hand")
    page.plan.course.kind.answered.emit("kind", "by_hand")
    page.plan.sign()


def reviewed(page: Any, evening: Any) -> None:
    page.begin_review()
    evening.ward.settle()
    page.review.save()


def ended(page: Any, _: Any) -> None:
    page.begin_end()
    page.end.save()


def explained(page: Any, evening: Any) -> None:
    page.turn_timeline()
    evening.ward.settle()
    row = next(row for row in page.timeline.list.rows() if row.title.startswith("Regime decided"))
    page.timeline.list.opened.emit(row.id)
    evening.ward.settle()
    page.turn_timeline()


REGIME_PAGES: dict[str, Callable[[Any], None]] = {
    "regimes": at_regime(),
    "regime awaited": at_regime(AWAITING),
    "regime, for the nurse": at_regime(MAINTAINED, Role.NURSE),
    "what it is decided on": at_regime(AWAITING, then=facts),
    "regime in force": at_regime(MAINTAINED),
    "regime planned, and what if": at_regime(AWAITING, then=planned),
    "order by hand": at_regime(MAINTAINED, then=by_hand),
    "regime reviewed": at_regime(MAINTAINED, then=reviewed),
    "regime ended": at_regime(MAINTAINED, then=ended),
    "decision explained": at_regime(MAINTAINED, then=explained),
}
