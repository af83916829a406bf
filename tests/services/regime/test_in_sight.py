"""What was decided holds for what was in sight then: more that is told, or happens, stops anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from factories import TestDesk
from treatment import (
    AGREED,
    PHOTOGRAPH,
    TODAY,
    Patient,
    a_choice,
    a_patient,
    a_schedule,
    an_ordering,
    answered,
    back_from_court,
    both_gave,
    by,
    chosen,
    due,
    elsewhere,
    ended,
    given,
    mg,
    now_of,
    on_methadone,
    ordered,
    read_of,
    rows,
    stopped,
    tomorrow,
    treatment,
)

from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.stops import StopCode
from pdtdesk.services.refusals import Changed, Refused
from pdtdesk.services.regime import choosing
from pdtdesk.services.regime.giving import open_dose
from pdtdesk.services.regime.handing import ALL_TRUE, Ended, correct_dose, hand_out, record_dose, settle_doses
from pdtdesk.services.regime.lifting import Lifting, lift
from pdtdesk.services.regime.ordering import stops_of_order
from pdtdesk.services.regime.standing import RegimeNow
from pdtdesk.services.regime.taking import first_taken

D, P = timedelta(days=1), Role.PRESCRIBER
CELLS = {
    "custody_doses.police.given": "yes",
    "custody_doses.police.at": "2010-06-02T06:50",
    "custody_doses.police.medicine": "methadone",
    "custody_doses.police.dose": "30 mg",
}
SEEN = frozenset({StopCode.TAKEN_OUTSIDE})
TAKEN = {"outcome": "taken", "witness": "K. Osei"}


def told(ward: TestDesk, patient: Patient, said: dict[str, str]) -> None:
    """Five minutes later somebody tells this."""
    ward.clock.at += timedelta(minutes=5)
    answered(ward, patient, **{key.replace(".", "__"): value for key, value in said.items()})


def states(ward: TestDesk, patient: Patient, **given_: object) -> list[str]:
    return [row.state for row in rows(ward, patient, **given_)]


@pytest.mark.hazard("H-006")
@pytest.mark.parametrize("over", [ended, stopped])
def test_what_stops_is_read_where_a_change_is_signed_for_later(
    ward: TestDesk, over: Callable[..., RegimeNow]
) -> None:
    """Twenty today and twenty-five signed for next week: it stops tonight, and nobody hears what that takes away."""
    patient = on_methadone(ward)
    ordered(ward, patient, an_ordering(schedule=a_schedule(TODAY + 7 * D, 25)))
    with pytest.raises(Refused, match="20 mg of methadone a day stop after"):
        over(ward, patient, acknowledged=frozenset())


@pytest.mark.hazard("H-008")
@pytest.mark.parametrize(
    "said",
    [
        {"custody_doses.court.given": "yes", "custody_doses.court.medicine": "paracetamol"},  # no time given
    ],
)
def test_something_more_that_is_told_takes_no_stop_away(ward: TestDesk, said: dict[str, str]) -> None:
    """*Given something at court too*, and the thirty of the cells are forgotten."""
    patient = on_methadone(ward)
    told(ward, patient, CELLS)
    assert states(ward, patient) == ["stopped"]
    told(ward, patient, said)
    assert states(ward, patient) == ["stopped"]


@pytest.mark.hazard("H-008")
@pytest.mark.parametrize("answer", [("given", "no"), ("at", "2010-06-02T07:30"), ("medicine", "methadone mixture")])
def test_two_accounts_of_a_dose_outside_still_stop(ward: TestDesk, answer: tuple[str, str]) -> None:
    """Two desks were told of one dose in two ways, and the round was told of none."""
    patient = on_methadone(ward)
    told(ward, patient, CELLS)
    at = ward.clock.now()
    body = {
        "stay": patient.stay,
        "answers": {f"custody_doses.police.{answer[0]}": {"value": answer[1], "at": at.isoformat()}},
    }
    with ward.store.work() as w:
        w.append([NewEntry("reception", "triage", body, by(ward).who, patient.patient_id, happened_at=at)])
    assert states(ward, patient) == ["stopped"]


@pytest.mark.hazard("H-008")
@pytest.mark.parametrize(
    "words", ["Methadone 1mg/ml", "methadone mixture", "Physeptone", "Subutex", "Suboxone", "Espranor", ""]
)
def test_a_dose_outside_in_the_words_of_the_police_sheet_stops(ward: TestDesk, words: str) -> None:
    """*Methadone 1mg/ml* is no medicine that the desk knows, and twenty are poured on top of it."""
    said = {k: v for k, v in {**CELLS, "custody_doses.police.medicine": words}.items() if v}
    patient = a_patient(ward, said)
    with pytest.raises(Refused):
        chosen(ward, patient)


@pytest.mark.hazard("H-008")
def test_lifted_over_five_opens_no_sixty(ward: TestDesk) -> None:
    """The doctor allowed it over five; the fax says sixty."""
    patient = on_methadone(ward)
    told(ward, patient, {**CELLS, "custody_doses.police.dose": "5 mg"})
    lift(by(ward, P), due(ward, patient), Lifting(SEEN, "five only"))
    told(ward, patient, {**CELLS, "custody_doses.police.dose": "60 mg"})
    assert states(ward, patient) == ["stopped"]


@pytest.mark.hazard("H-008")
def test_lifted_over_five_at_noon_opens_nothing_after_eighty(ward: TestDesk) -> None:
    """Eighty from the other hatch come in, and what was lifted over five holds."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    elsewhere(ward, patient, "dose", replace(dose, slot="noon"), **{**TAKEN, "ordered": "5 mg"})
    lift(by(ward, P), dose, Lifting(frozenset({StopCode.MORE_TODAY}), "five only"))
    elsewhere(ward, patient, "dose", replace(dose, slot="evening"), **{**TAKEN, "ordered": "80 mg"})
    assert next(r.state for r in rows(ward, patient) if r.due == dose) == "stopped"


@pytest.mark.hazard("H-008")
def test_back_from_court_nothing_that_was_told_is_signed_over(ward: TestDesk) -> None:
    """Sixty at court, told after the order was signed over five; on the evening's list it is due."""
    patient = a_patient(
        ward, {**CELLS, "custody_doses.police.dose": "5 mg"}, arrived_at=ward.clock.at - timedelta(hours=14)
    )
    chosen(
        ward,
        patient,
        ordering=an_ordering(schedule=a_schedule(TODAY, 20, slots=("evening",)), lifted=SEEN, reason="five only"),
    )
    ward.clock.at += timedelta(minutes=30)
    told(
        ward,
        patient,
        {
            "custody_doses.court.given": "yes",
            "custody_doses.court.at": "2010-06-02T08:50",
            "custody_doses.court.medicine": "methadone",
            "custody_doses.court.dose": "60 mg",
        },
    )
    assert states(ward, patient) == ["stopped"]
    back_from_court(ward, patient, answers={})
    assert states(ward, patient) == ["stopped"]


@pytest.mark.hazard("H-001")
def test_signed_over_nausea_lifts_no_other_allergy(ward: TestDesk) -> None:
    """*It was nausea*, says the order; *intensive care* is written a year later, and nothing stops."""
    patient = a_patient(ward, {"risk.allergies": "methadone"})
    chosen(ward, patient, ordering=an_ordering(lifted=frozenset({StopCode.ALLERGY}), reason="it was nausea"))
    told(ward, patient, {"risk.allergies": "methadone: throat swelled, intensive care 2009"})
    assert states(ward, patient) == ["stopped"]


@pytest.mark.hazard("H-007")
def test_a_correction_moves_no_dose_to_this_minute(ward: TestDesk) -> None:
    """A witness's name corrected, and the dose of five days ago was swallowed just now."""
    patient = on_methadone(ward)
    given(ward, patient)
    first, (held,) = due(ward, patient), treatment(ward, patient).doses
    for _ in range(4):
        tomorrow(ward)
        given(ward, patient, Outcome.REFUSED)
    tomorrow(ward)
    assert open_dose(by(ward), due(ward, patient)).hours.sentence.startswith("120 hours")
    correct_dose(by(ward), first, held.entry_id, Ended(Outcome.TAKEN, None, "", "J. Roe"), "the witness was another")
    assert open_dose(by(ward), due(ward, patient)).hours.sentence.startswith("120 hours")


@pytest.mark.hazard("H-008")
def test_what_became_of_yesterdays_cup_is_no_dose_of_this_minute(ward: TestDesk) -> None:
    """Written down this morning, yesterday's dose stops today's as too soon."""
    patient = on_methadone(ward)
    hand_out(by(ward), due(ward, patient), PHOTOGRAPH)
    first = due(ward, patient)
    tomorrow(ward)
    record_dose(by(ward), first, Ended(Outcome.TAKEN))
    assert open_dose(by(ward), due(ward, patient)).hours.sentence.startswith("24 hours")
    assert states(ward, patient, acting=by(ward, signed=True)) == ["due"]


@pytest.mark.hazard("H-008")
def test_a_double_by_mistake_is_no_tolerance(ward: TestDesk) -> None:
    """Twenty and twenty by two hatches, and forty a day are within what he bears."""
    said = {"prescribed.any": "yes", "prescribed.medicine": "methadone", "prescribed.daily": "60"}
    patient = a_patient(ward, said, arrived_at=ward.clock.at - timedelta(hours=14))
    acting = by(ward, P, signed=True)
    choosing.choose(acting, patient.patient_id, a_choice(ward, patient, acting=acting))
    settle_doses(acting, both_gave(ward, patient), ALL_TRUE, "both nurses say so")
    tomorrow(ward)
    found = stops_of_order(now_of(ward, patient), Ordered.METHADONE, a_schedule(TODAY + D, 40), acting)
    assert StopCode.ABOVE_CEILING in {each.code for each in found}


@pytest.mark.hazard("H-006")
def test_an_end_that_was_not_in_sight_is_not_signed_over(ward: TestDesk) -> None:
    """Stopped at noon, grey and snoring; the page of the morning signs thirty for tomorrow."""
    patient = on_methadone(ward)
    before = now_of(ward, patient)
    order = an_ordering(schedule=a_schedule(TODAY + D, 30))
    read = read_of(choosing.findings_of_order(before, order, AGREED, by(ward, P)))
    stopped(ward, patient, TODAY, why="found grey and snoring at noon")
    with pytest.raises(Changed):
        choosing.change_order(by(ward, P), patient.patient_id, order, AGREED, choosing.seen_of(before), read)


@pytest.mark.hazard("H-008")
def test_week_one_is_counted_from_the_dose_and_not_from_a_double_by_mistake(ward: TestDesk) -> None:
    """Twenty and twenty on the first day, and seventy within the week are thirty over the start."""
    patient = on_methadone(ward)
    settle_doses(by(ward, P), both_gave(ward, patient), ALL_TRUE, "both nurses say so")
    tomorrow(ward)
    assert first_taken(now_of(ward, patient), Ordered.METHADONE) == (TODAY, mg(20))


@pytest.mark.hazard("H-008")
def test_a_dose_outside_at_an_hour_to_come_is_asked_about(ward: TestDesk) -> None:
    """16:50 typed for 06:50: until ten to five nobody knows of it."""
    patient = a_patient(ward, {**CELLS, "custody_doses.police.at": "2010-06-02T16:50"})
    with pytest.raises(Refused):
        chosen(ward, patient)
