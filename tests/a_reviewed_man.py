"""A man on methadone who is given his doses day by day and reviewed, at a real desk: for the letter of the review."""

from collections.abc import Mapping
from datetime import date, timedelta

from factories import TestDesk
from treatment import (
    AGREED,
    MORNING,
    Patient,
    a_patient,
    a_schedule,
    an_ordering,
    answered,
    chosen,
    given,
    mg,
    now_of,
    ordered,
    tomorrow,
)

from pdtdesk.domain.reception.scales import SCALES
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import Schedule, Stretch
from pdtdesk.domain.regime.treatment import Agreed, Wish
from pdtdesk.domain.roles import Role
from pdtdesk.services.reception.corrections import place_in_cell
from pdtdesk.services.reception.triage import save
from pdtdesk.services.regime.choosing import seen_of
from pdtdesk.services.regime.reviewing import Review, record_review
from pdtdesk.services.regime.standing import RegimeNow
from tests.factories import a_draft, an_answer

DAY = timedelta(days=1)
OUTSIDE = {
    "prescribed.any": "yes",
    "prescribed.medicine": "methadone",
    "prescribed.daily": "40",
    "prescribed.prescriber": "Dr A. Finch, Mill Lane surgery, Ashmoor",
    "medicines.none": "no",
    "medicines.1.name": "Salbutamol inhaler",
    "medicines.1.dose": "2 puffs when needed",
    "medicines.1.decision": "continue",
}
REASON = "History of injecting in prison; starting antiretrovirals in July."


def a_man(desk: TestDesk, answers: Mapping[str, str] | None = None, **arrival: object) -> Patient:
    """Taken in with a prescriber outside and an inhaler, in B2-14."""
    patient = a_patient(desk, {**OUTSIDE, **(answers or {})}, **arrival)
    place_in_cell(desk.acting(), patient.patient_id, "B2-14")
    return patient


def a_score(desk: TestDesk, patient: Patient, total: int, scale: str = "cows") -> None:
    """A scale taken today."""
    left, items = total, {}
    for item in SCALES[scale].items:
        items[item.key] = max(score for score in item.scores if score <= left)
        left -= items[item.key]
    said = {f"{scale}.{key}": (points, an_answer("given", at=desk.clock.now())) for key, points in items.items()}
    now = now_of(desk, patient)
    save(desk.acting(), a_draft(now.stay.id, patient.patient_id, {}, items=said), 2)


def days_of_doses(
    desk: TestDesk,
    patient: Patient,
    days: int,
    not_taken: Mapping[int, Outcome] | None = None,
    slots: tuple[str, ...] = ("morning",),
) -> None:
    """So many days, each dose taken unless said otherwise; the clock stands on the morning after them."""
    hour = desk.clock.at.hour
    for at in range(days):
        for slot in slots:
            desk.clock.at = desk.clock.at.replace(hour=hour if slot == slots[0] else 17)
            given(desk, patient, (not_taken or {}).get(at, Outcome.TAKEN), slot)
        tomorrow(desk)
        desk.clock.at = desk.clock.at.replace(hour=hour)


def a_review(now: RegimeNow, **given: object) -> Review:
    """A review after which it goes on as it is."""
    values: dict[str, object] = {
        "outcome": "continue",
        "reason": "Steady since 10 June, no use on top; tests clear.",
        "took_part": "D. Sparrow (there), Dr Castellan, S. Whitmore (CARAT)",
        "sleep": "Wakes at four most nights; better than in June.",
        "wish": Wish("to stay on what holds him", "that nothing is stopped without him", Agreed.YES),
        "next_due": date(2010, 7, 25),
        "seen": seen_of(now),
    }
    return Review(**{**values, **given})


def reviewed(desk: TestDesk, patient: Patient, **given: object) -> RegimeNow:
    """A review, signed by the prescriber."""
    review = a_review(now_of(desk, patient), **given)
    return record_review(desk.acting(Role.PRESCRIBER), patient.patient_id, review)


def an_ordinary_man(desk: TestDesk) -> Patient:
    """Maintenance on remand, three weeks of doses of which three were not taken, two scores, and a review."""
    patient = a_man(desk, sentence_length="P20W")
    first = MORNING.date()
    rising = Schedule(
        (
            Stretch(first, first + 2 * DAY, (("morning", mg(20)),)),
            Stretch(first + 3 * DAY, first + 6 * DAY, (("morning", mg(30)),)),
            Stretch(first + 7 * DAY, None, (("morning", mg(40)),)),
        )
    )
    chosen(desk, patient, ordering=an_ordering(schedule=rising))
    a_score(desk, patient, 12)
    days_of_doses(desk, patient, 12, {4: Outcome.REFUSED, 9: Outcome.MISSED})
    a_score(desk, patient, 4)
    answered(desk, patient, risk__drowsy="yes")
    desk.clock.advance(minutes=30)
    answered(desk, patient, risk__drowsy="no")
    reviewed(desk, patient)
    return patient


def a_departure(desk: TestDesk) -> Patient:
    """Maintenance on a sentence of sixty weeks, for a reason that guidance names, not reviewed yet."""
    patient = a_man(desk, sentence_length="P60W")
    chosen(desk, patient, reason=REASON, review_on=date(2010, 6, 30))
    days_of_doses(desk, patient, 3)
    return patient


def a_long_reduction(first: date, top: int = 60, step: int = 2, every: int = 4) -> Schedule:
    """Down to nought by small steps, twice a day."""
    stretches, day, dose = [], first, top
    while dose > 0:
        halves = (("morning", mg(dose // 2)), ("evening", mg(dose - dose // 2)))
        stretches.append(Stretch(day, day + (every - 1) * DAY, halves))
        day, dose = day + every * DAY, dose - step
    return Schedule((*stretches, Stretch(day, day, (("morning", mg(0)),))))


def the_fullest_man(desk: TestDesk) -> Patient:
    """All at once: a departure, eight other medicines, three courses, two reviews, sedation, long words."""
    more = {}
    for number in range(2, 7):
        more[f"medicines.{number}.name"] = f"Medicine number {number} with a long name as the label has it"
        more[f"medicines.{number}.dose"] = "one in the morning, two at night, with food"
        more[f"medicines.{number}.decision"] = "unconfirmed"
        more[f"medicines.{number}.why"] = "the surgery is closed until Monday"
    patient = a_man(desk, more, sentence_length="P60W", surname="Featherstonehaugh-Cholmondeley")
    first = MORNING.date()
    chosen(desk, patient, reason=REASON * 3, review_on=first + 20 * DAY)
    days_of_doses(desk, patient, 6, {2: Outcome.REFUSED, 3: Outcome.WITHHELD})
    long_words = "what was said takes more than one line of the letter and none of it may be cut off; " * 5
    reviewed(desk, patient, reason=long_words, took_part=long_words[:300])
    answered(desk, patient, risk__intoxicated="yes")
    answered(desk, patient, risk__intoxicated="no")
    a_score(desk, patient, 9)
    schedule = a_long_reduction(now_of(desk, patient).today)
    chosen(
        desk,
        patient,
        declared=RegimeClass.GRADUAL_REDUCTION,
        wish=Wish("to stop, slowly", "what it does to tolerance", Agreed.NO),
        ordering=an_ordering(
            schedule=schedule,
            supervised=False,
            possession="locked cupboard, no history of diversion",
            reason="three days not taken; looked at, and the risk was weighed",
            lifted=_codes(desk, patient, schedule),
        ),
    )
    ordered(desk, patient, an_ordering(Ordered.DIAZEPAM, a_schedule(now_of(desk, patient).today, 5)), wish=AGREED)
    days_of_doses(desk, patient, 8, {1: Outcome.MISSED}, ("morning", "evening"))
    reviewed(desk, patient, outcome="change_schedule", reason=long_words, next_due=date(2010, 8, 30))
    return patient


def _codes(desk: TestDesk, patient: Patient, schedule: Schedule) -> frozenset[str]:
    from pdtdesk.services.regime.ordering import stops_of_order

    acting = desk.acting(Role.PRESCRIBER)
    return frozenset(each.code for each in stops_of_order(now_of(desk, patient), Ordered.METHADONE, schedule, acting))
