"""A dose that was given by the downtime sheet and entered afterwards: it counts as any other, and says what it is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from factories import TestDesk
from on_paper import HANDED, TAKEN, a_blank_day, a_paper, at, stops_of
from treatment import (
    AWAKE,
    DROWSY,
    PHOTOGRAPH,
    TODAY,
    Patient,
    a_schedule,
    an_ordering,
    by,
    due,
    elsewhere,
    given,
    mg,
    now_of,
    on_methadone,
    ordered,
    rows,
    tomorrow,
    treatment,
)

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.stops import Look, StopCode
from pdtdesk.services.oversight.audit import audit_page
from pdtdesk.services.reception import people
from pdtdesk.services.reception.sheets import downtime_sheet
from pdtdesk.services.refusals import Refused
from pdtdesk.services.regime.dose_facts import DoseDue
from pdtdesk.services.regime.from_paper import (
    MOST_OFFERED,
    Asked,
    Paper,
    latest_for,
    open_doses,
    write_from_paper,
)
from pdtdesk.services.regime.giving import open_dose
from pdtdesk.services.regime.handing import Ended, correct_dose, hand_out, settle_doses
from pdtdesk.services.regime.lifting import look_again
from pdtdesk.services.regime.round_sheet import lines_of_round


@pytest.mark.hazard("H-004")
@pytest.mark.hazard("H-007")
def test_a_day_that_was_given_on_paper_is_known_and_stops_nothing(ward: TestDesk) -> None:
    """The desk was down on Thursday, he had his dose by the sheet: on Friday he is stopped for nothing."""
    patient, thursday = a_blank_day(ward)
    assert stops_of(ward, patient) == {StopCode.DAY_NOT_KNOWN}
    after = write_from_paper(by(ward), thursday, a_paper(), TAKEN)
    assert (after.row.state, after.row.outcome) == ("written", Outcome.TAKEN)
    assert stops_of(ward, patient) == set()
    friday = open_dose(by(ward), due(ward, patient))
    assert (friday.missed.days, friday.missed.last_taken) == (0, thursday.day)
    assert friday.facts.last_witnessed_at == at(thursday.day, 8, 15)
    assert "24 hours since" in friday.hours.sentence
    assert now_of(ward, patient).courses[0].days_not_known == 0
    hand_out(by(ward), due(ward, patient), PHOTOGRAPH)


def test_it_stands_at_the_hour_and_under_the_name_on_the_paper_and_says_who_entered_it(ward: TestDesk) -> None:
    """Otherwise it was given at eleven by whoever typed it, with checks that nobody made then."""
    patient, thursday = a_blank_day(ward)
    write_from_paper(by(ward), thursday, a_paper(), TAKEN)
    dose = treatment(ward, patient).given_at(Ordered.METHADONE, thursday.day, "morning")
    assert dose is not None
    assert (dose.at, dose.on_paper, dose.by.name, dose.witness) == (
        at(thursday.day, 8, 15),
        "K. Osei",
        "R. Adeyemi",
        "T. Marsh",
    )
    assert (dose.mg, dose.supervised, bool(dose.begun)) == (mg(20), True, True)
    assert treatment(ward, patient).begun == ()
    with ward.store.reading() as work:
        (line,) = lines_of_round(work, thursday.day, "morning")
    assert (line.on_paper, line.by, line.identified_by) == ("K. Osei", "R. Adeyemi", "photograph")
    assert (line.look, line.handed_at) == ("not drowsy, not intoxicated", at(thursday.day, 8, 15))
    told = [each.line for each in audit_page(by(ward, Role.LEAD))]
    said = [each for each in told if each.what == "entered a dose given on paper"]
    assert [each.detail for each in said] == ["Thu 3 Jun 2010, morning, given by K. Osei Thu 3 Jun 2010 08:15"]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_is_entered_with_what_left_the_cupboard(ward: TestDesk, outcome: Outcome) -> None:
    """A dose that came up again on paper counts as taken; or a refused one as handed out, and the count is wrong."""
    patient, thursday = a_blank_day(ward)
    taken = mg(5) if outcome is Outcome.PART_TAKEN else None
    ended = Ended(outcome, taken, "" if outcome is Outcome.TAKEN else "as the paper says")
    after = write_from_paper(by(ward), thursday, a_paper(), ended)
    dose = after.written
    assert dose is not None
    assert (dose.outcome, dose.on_paper, bool(dose.begun)) == (outcome, "K. Osei", outcome in HANDED)
    assert str(dose.mg) == {Outcome.TAKEN: "20 mg", Outcome.PART_TAKEN: "5 mg"}.get(outcome, "0 mg")
    assert StopCode.DAY_NOT_KNOWN not in stops_of(ward, patient)


def test_what_the_paper_does_not_say_is_not_filled_in(ward: TestDesk) -> None:
    """Otherwise *not drowsy* stands in the record of a man at whom nobody is known to have looked."""
    patient, thursday = a_blank_day(ward)
    write_from_paper(by(ward), thursday, Paper(at(thursday.day, 8, 15), "R. Adeyemi"), TAKEN)
    with ward.store.reading() as work:
        (line,) = lines_of_round(work, thursday.day, "morning")
    assert (line.identified_by, line.look, line.witness, line.on_paper) == ("", "", "", "R. Adeyemi")
    assert treatment(ward, patient).doses[-1].by.name == "R. Adeyemi", "whoever enters it may have given it"


def test_a_dose_of_this_morning_stands_at_its_hour(ward: TestDesk) -> None:
    """Entered at eleven, and at nine tomorrow the hours are counted from eleven: three hours too few."""
    patient = on_methadone(ward)
    ward.clock.at = at(TODAY, 11)
    write_from_paper(by(ward), due(ward, patient), a_paper(given_at=at(TODAY, 8, 45)), TAKEN)
    tomorrow(ward)
    assert open_dose(by(ward), due(ward, patient)).facts.last_witnessed_at == at(TODAY, 8, 45)


@pytest.mark.hazard("H-008")
def test_the_night_after_midnight_is_that_of_the_day_before(ward: TestDesk) -> None:
    """Entered under the new day, yesterday's night stays open, and tonight's is refused him as given."""
    patient = on_methadone(ward, ordering=an_ordering(schedule=a_schedule(slots=("morning", "night"))))
    given(ward, patient)
    night = due(ward, patient, "night")
    ward.clock.at = at(TODAY + timedelta(days=1), 7, 30)
    late = a_paper(given_at=at(TODAY + timedelta(days=1), 0, 20))
    with pytest.raises(Refused, match="belongs to the rounds of Wed 2 Jun 2010"):
        write_from_paper(by(ward), replace(night, day=TODAY + timedelta(days=1)), late, TAKEN)
    after = write_from_paper(by(ward), night, late, TAKEN)
    assert after.written is not None
    assert (after.written.day, after.written.at) == (TODAY, late.given_at)
    assert [row.state for row in rows(ward, patient)] == ["due", "due"]


@pytest.mark.hazard("H-007")
def test_no_stop_refuses_what_has_happened(ward: TestDesk) -> None:
    """He was drowsy, it was given all the same: refused here, the record says that he had nothing."""
    patient, thursday = a_blank_day(ward)
    tomorrow(ward)
    friday = replace(thursday, day=thursday.day + timedelta(days=1))
    after = write_from_paper(by(ward), friday, a_paper(given_at=at(friday.day, 8, 15), look=DROWSY), TAKEN)
    assert after.row.state == "written"
    assert treatment(ward, patient).doses[-1].outcome is Outcome.TAKEN


@pytest.mark.hazard("H-003")
def test_who_was_drowsy_on_paper_is_drowsy_for_everybody_until_somebody_looks(ward: TestDesk) -> None:
    """*Drowsy* stays on a sheet in a drawer, and the evening's nurse hands him the diazepam."""
    patient, thursday = a_blank_day(ward)
    ended = Ended(Outcome.WITHHELD, reason="drowsy")
    write_from_paper(by(ward), thursday, a_paper(look=DROWSY), ended)
    assert StopCode.AFTER_SEDATION in stops_of(ward, patient)
    said = people.open_record(ward.acting(), patient.patient_id).person.current.answers["risk.drowsy"]
    assert [(each.answer.value, each.answer.at) for each in said] == [("yes", at(thursday.day, 8, 15))]
    (plan,) = people.open_record(ward.acting(), patient.patient_id).person.current.plans
    assert any(hold["hard"] for hold in plan.body["may_not_be_given"])


def test_a_look_since_the_paper_stands(ward: TestDesk) -> None:
    """Looked at five minutes ago and awake; the paper of yesterday makes him drowsy again in every list."""
    patient, thursday = a_blank_day(ward)
    look_again(by(ward), due(ward, patient), AWAKE)
    write_from_paper(by(ward), thursday, a_paper(look=Look(drowsy=True, intoxicated=True)), TAKEN)
    said = people.open_record(ward.acting(), patient.patient_id).person.current.answers
    assert {said[key][0].answer.value for key in ("risk.drowsy", "risk.intoxicated")} == {"no"}


@pytest.mark.hazard("H-003")
def test_a_look_on_paper_counts_at_its_instant(ward: TestDesk) -> None:
    """*Not looked at since Wednesday* of a man whom she saw awake on Thursday; or as if she had looked just now."""
    _, thursday = a_blank_day(ward)
    write_from_paper(by(ward), thursday, a_paper(), TAKEN)
    (line,) = downtime_sheet(ward.acting()).due
    assert "not looked at since Thu 3 Jun 2010 08:15" in {each.why for each in line.may_not_be_given}


def test_a_correction_and_a_settlement_keep_that_it_was_on_paper(ward: TestDesk) -> None:
    """Corrected once, and it reads as if the desk had seen him swallow it."""
    patient, thursday = a_blank_day(ward)
    written = write_from_paper(by(ward), thursday, a_paper(), TAKEN).written
    assert written is not None
    part = Ended(Outcome.PART_TAKEN, mg(10), "spat out", written.witness)
    corrected = correct_dose(by(ward), thursday, written.entry_id, part, "misread").written
    assert corrected is not None
    assert (corrected.on_paper, corrected.mg, corrected.at) == ("K. Osei", mg(10), written.at)
    elsewhere(ward, patient, "dose", thursday, outcome="refused", reason="said so")
    after = settle_doses(by(ward, Role.PRESCRIBER), thursday, corrected.entry_id, "asked both").written
    assert after is not None
    assert (after.on_paper, after.by.name) == ("K. Osei", "R. Adeyemi")


@pytest.mark.hazard("H-008")
def test_entered_from_paper_at_two_desks_it_is_red(ward: TestDesk) -> None:
    """One sheet, two desks, and both nurses typed it: silently two doses, or silently one of two."""
    patient, thursday = a_blank_day(ward)
    write_from_paper(by(ward), thursday, a_paper(), TAKEN)
    paper = {"on_paper": {"by": "K. Osei"}, "outcome": "taken"}
    elsewhere(ward, patient, "dose", thursday, **paper)
    now = open_dose(by(ward), thursday)
    assert now.row.state == "conflict"
    assert [each.on_paper for each in now.treatment.accounts_of(Ordered.METHADONE, thursday.day, "morning")] == [
        "K. Osei",
        "K. Osei",
    ]
    assert StopCode.CONFLICT in stops_of(ward, patient)


def test_by_score_what_left_the_cupboard_is_asked(ward: TestDesk) -> None:
    """Twenty is the most; he had ten by his score, and the record says twenty."""
    patient = on_methadone(ward)
    score = an_ordering(Ordered.CHLORDIAZEPOXIDE, a_schedule(), instructions="By CIWA-Ar")
    ordered(ward, patient, score)
    dose = due(ward, patient, medicine=Ordered.CHLORDIAZEPOXIDE)
    paper = a_paper(given_at=at(TODAY, 8, 30))
    with pytest.raises(Refused, match="goes by score") as refused:
        write_from_paper(by(ward), dose, paper, TAKEN)
    assert refused.value.about == Asked.POURED
    after = write_from_paper(by(ward), dose, replace(paper, poured=mg(10)), TAKEN)
    assert after.written is not None
    assert (after.written.ordered_mg, after.written.mg) == (mg(10), mg(10))


def days_of(desk: TestDesk, patient: Patient) -> list[tuple[int, str]]:
    now = open_dose(by(desk), due(desk, patient))
    return [((each.due.day - TODAY).days, each.due.slot) for each in open_doses(now, desk.clock.now())]


def test_open_are_the_days_without_a_record_and_todays_rounds_that_have_begun(ward: TestDesk) -> None:
    """Tonight's dose offered at noon is entered by a slip; a day that is not offered stays not known for ever."""
    patient = on_methadone(ward, ordering=an_ordering(schedule=a_schedule(slots=("morning", "night"))))
    ward.clock.at = at(TODAY, 8, 45)
    assert days_of(ward, patient) == [(0, "morning")]
    given(ward, patient)
    assert days_of(ward, patient) == []
    tomorrow(ward, 2)
    assert days_of(ward, patient) == [(0, "night"), (1, "morning"), (1, "night"), (2, "morning")]
    hand_out_on_paper = replace(due(ward, patient), day=TODAY + timedelta(days=1))
    write_from_paper(by(ward), hand_out_on_paper, a_paper(), TAKEN)
    assert days_of(ward, patient) == [(0, "night"), (1, "night"), (2, "morning")], "an older one stays open too"
    tomorrow(ward, 10)
    assert len(days_of(ward, patient)) == MOST_OFFERED
    assert days_of(ward, patient)[-1] == (12, "morning")
    elsewhere(ward, patient, "dose_begun", due(ward, patient), identified_by="photograph")
    assert days_of(ward, patient)[-1] == (11, "night"), "a cup in somebody's hand is asked for by itself"


def test_a_time_on_the_paper_is_read_as_one_of_its_own_day() -> None:
    """08:15 of yesterday's dose is taken for this morning's, and refused; she types it as today's."""
    now = at(TODAY + timedelta(days=5), 11)
    dose = DoseDue("p", "o", "o", TODAY, "night")
    assert latest_for(dose, now) == at(TODAY + timedelta(days=1), 2)
    assert latest_for(replace(dose, slot="01:00"), now) == at(TODAY, 23, 59)
    assert latest_for(dose, at(TODAY, 23)) == at(TODAY, 23)
    assert day_of(latest_for(dose, now)) == TODAY + timedelta(days=1)


def test_checked_now_is_never_said_of_it(ward: TestDesk) -> None:
    """The checks of a dose in the window are made now: those of the paper were made by the one who gave it."""
    _, thursday = a_blank_day(ward)
    write_from_paper(by(ward), thursday, a_paper(), TAKEN)
    entries = people.open_record(ward.acting(), thursday.patient_id).person.folded.effective
    mine = [each for each in entries if (each.body or {}).get("on_paper")]
    assert {each.kind for each in mine} == {"dose_begun", "dose"}
    assert {each.header.happened_at for each in mine} == {at(thursday.day, 8, 15)}
    assert {each.body["supervised"] for each in mine} == {True}
