"""A look before a dose is a look for every sheet too: paper says when somebody was last looked at."""

from datetime import timedelta

import pytest
from factories import TestDesk, a_draft
from treatment import (
    DROWSY,
    PHOTOGRAPH,
    Patient,
    answered,
    back_from_court,
    by,
    due,
    elsewhere,
    given,
    on_methadone,
    on_methadone_since_yesterday,
    tomorrow,
    treatment,
    written_elsewhere,
)

from pdtdesk.domain.roles import Role
from pdtdesk.policy.reception.codes import Code
from pdtdesk.services.reception import people, triage
from pdtdesk.services.reception.replanning import replan
from pdtdesk.services.reception.sheets import downtime_sheet, first_night_sheet, handover_list
from pdtdesk.services.regime.handing import Checked, hand_out


def on_paper(desk: TestDesk, patient: Patient) -> set[str]:
    """Why opioids may not be given, by each of the three sheets: they say the same."""
    acting, since = desk.acting(), desk.clock.now() - timedelta(days=30)
    first = first_night_sheet(acting, patient.patient_id)
    (line,) = handover_list(acting, since).lines
    (due_line,) = downtime_sheet(acting).due
    said = [{each.why for each in sheet.may_not_be_given} for sheet in (first, line, due_line)]
    assert said[0] == said[1] == said[2]
    return said[0]


def replanned(desk: TestDesk, patient: Patient) -> None:
    with desk.store.work() as work:
        replan(desk.acting(), work, patient.patient_id)


@pytest.mark.hazard("H-003")
def test_paper_says_when_somebody_was_last_looked_at_whoever_looked(ward: TestDesk) -> None:
    """*Not looked at since Wednesday* of a man whom she saw awake an hour ago: nobody believes the next such line."""
    patient = on_methadone(ward)
    given(ward, patient)
    tomorrow(ward)
    assert on_paper(ward, patient) == {"not looked at since Wed 2 Jun 2010 08:30"}
    given(ward, patient)
    assert on_paper(ward, patient) == set()
    ward.clock.advance(hours=1)
    assert on_paper(ward, patient) == set(), "half past nine is the same round"
    ward.clock.advance(hours=12)
    assert on_paper(ward, patient) == {"not looked at since Thu 3 Jun 2010 08:30"}, "what was given then acts since"


@pytest.mark.hazard("H-003")
def test_a_plan_made_before_the_look_says_no_more_than_the_look(ward: TestDesk) -> None:
    """The order was signed at eight, he was looked at at half past: the plan of eight still said that nobody had."""
    patient = on_methadone(ward)
    given(ward, patient)
    tomorrow(ward)
    replanned(ward, patient)
    assert on_paper(ward, patient) == {"not looked at since Wed 2 Jun 2010 08:30"}
    assert "not looked at: drowsy or intoxicated" in handover_list(ward.acting(), ward.clock.now()).lines[0].reasons
    given(ward, patient)
    assert on_paper(ward, patient) == set()
    sheet = first_night_sheet(ward.acting(), patient.patient_id)
    assert not any("not looked at" in reason for reason in sheet.reasons)
    assert not any("until somebody has looked" in part.sentence for part in sheet.plan)


@pytest.mark.hazard("H-003")
def test_the_page_says_as_paper_does_and_the_triage_asks_anew(ward: TestDesk) -> None:
    """The page stopped what the sheet did not; and a look at the hatch would fill in an answer that nobody gave."""
    patient = on_methadone(ward)
    given(ward, patient)
    tomorrow(ward)
    acting, empty = ward.acting(), a_draft(patient.stay, patient.patient_id, {})

    def found() -> tuple[set[str], str]:
        person = people.open_record(acting, patient.patient_id).person
        tonight = triage.propose(acting, person, empty)
        asked = [line.sentence for line in tonight.plan if line.code == Code.FIRST_PASS_OPEN]
        return {each.code for each in tonight.findings}, " ".join(asked)

    codes, asked = found()
    assert Code.SEDATION_NOT_CHECKED in codes
    given(ward, patient)
    codes, still = found()
    assert Code.SEDATION_NOT_CHECKED not in codes
    assert "drowsy" in still
    assert still == asked


@pytest.mark.hazard("H-003")
def test_a_cup_marked_in_error_was_no_look(ward: TestDesk) -> None:
    """She had the wrong man before her: nobody has looked at this one."""
    patient = on_methadone(ward)
    given(ward, patient)
    tomorrow(ward)
    hand_out(by(ward), due(ward, patient), PHOTOGRAPH)
    assert on_paper(ward, patient) == set()
    (cup,) = treatment(ward, patient).begun
    written_elsewhere(ward, patient, "entered_in_error", {"why": "the wrong man"}, Role.PRESCRIBER, cup.entry_id)
    assert on_paper(ward, patient) == {"not looked at since Wed 2 Jun 2010 08:30"}


@pytest.mark.hazard("H-003")
@pytest.mark.parametrize("look", [None, {"drowsy": False}, {"drowsy": False, "intoxicated": None}])
def test_a_dose_without_both_answers_is_no_look(ward: TestDesk, look: dict[str, bool] | None) -> None:
    """A cup of lofexidine asks for no look: that it was handed out says nothing of how awake he was."""
    patient = on_methadone(ward)
    tomorrow(ward)
    elsewhere(ward, patient, "dose_begun", identified_by="photograph", look=look)
    assert on_paper(ward, patient) == {"not looked at since Wed 2 Jun 2010 08:30"}


@pytest.mark.hazard("H-003")
def test_a_look_of_an_hour_still_to_come_is_none(ward: TestDesk) -> None:
    """A clock that is a day ahead would answer for tomorrow night as well."""
    patient = on_methadone(ward)
    tomorrow(ward, 2)
    given_look = {"drowsy": False, "intoxicated": False}
    elsewhere(ward, patient, "dose_begun", identified_by="photograph", look=given_look)
    tomorrow(ward, -1)
    assert on_paper(ward, patient) == {"not looked at since Wed 2 Jun 2010 08:30"}


@pytest.mark.hazard("H-003")
def test_a_look_before_court_says_nothing_of_the_evening_after_it(ward: TestDesk) -> None:
    """Awake at the hatch in the morning; what he took in the van nobody knows, and nobody has looked since."""
    patient = on_methadone_since_yesterday(ward)
    given(ward, patient)
    back_from_court(ward, patient, {"withdrawal.seen": "opioids"})
    assert "not looked at: drowsy or intoxicated" in on_paper(ward, patient)


@pytest.mark.hazard("H-003")
def test_what_was_seen_as_drowsy_stands_whatever_was_looked_at_before_it(ward: TestDesk) -> None:
    """Awake at eight, drowsy at nine: the line that can kill must not go with the one that was mended."""
    patient = on_methadone(ward)
    given(ward, patient)
    tomorrow(ward)
    given(ward, patient)
    ward.clock.advance(hours=1)
    answered(ward, patient, risk__drowsy="yes")
    assert "drowsy now" in on_paper(ward, patient)
    ward.clock.advance(hours=24)
    dose = due(ward, patient)
    hand_out(by(ward), dose, Checked("photograph", DROWSY))
    assert "drowsy now" in on_paper(ward, patient)
