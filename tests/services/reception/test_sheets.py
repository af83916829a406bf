"""What is gathered for paper: as saved, by whoever may print it, and written into the audit."""

from datetime import timedelta

import pytest
from factories import EVENING, TestDesk, an_answer

from pdtdesk.domain.calendar import at_london, night_ends
from pdtdesk.domain.roles import Role
from pdtdesk.services.ports import TaskRow
from pdtdesk.services.reception.sheets import (
    DAY_BEGINS,
    custody_list,
    downtime_sheet,
    first_night_sheet,
    handover_list,
)
from pdtdesk.services.reception.tasks import due as due_of
from pdtdesk.services.reception.tasks import settle
from pdtdesk.services.reception.triage import keep_draft
from pdtdesk.services.refusals import NotAllowed, Refused
from tests.documents.an_evening import CALM, a_day_ago, a_draft_of, sparrow, taken_in, the_evening, triaged


def audited(desk: TestDesk) -> list[tuple[str, str | None]]:
    with desk.store.reading() as work:
        return [(row.line.what, row.line.patient_id) for row in work.audit_page(None, 200, None)]


def due_tasks(desk: TestDesk) -> list[TaskRow]:
    return [row for row in due_of(desk.acting()) if row.what != "confirm_dose"]


def test_an_arrival_not_triaged_has_a_sheet_that_says_so(desk: TestDesk) -> None:
    """Otherwise an empty plan looks like a plan without dangers."""
    row = taken_in(desk)
    sheet = first_night_sheet(desk.acting(), row.patient_id)
    assert sheet.priority == "waiting"
    assert sheet.cautions == ("No triage has been saved yet: nothing here has been asked, and no plan was made.",)


def test_an_unsaved_draft_is_spoken_of_and_not_printed(desk: TestDesk) -> None:
    row = taken_in(desk)
    triaged(desk, row, CALM, 1)
    keep_draft(desk.acting(), a_draft_of(row, {"risk.allergies": "latex"}))
    sheet = first_night_sheet(desk.acting(), row.patient_id)
    assert sheet.cautions[-1] == "Answers since Tue 1 Jun 2010 21:40 are a draft, not saved and not on this sheet."
    assert "latex" not in repr(sheet)


def test_answers_stand_in_the_order_asked_with_what_was_not_asked_at_the_end(desk: TestDesk) -> None:
    sheet = first_night_sheet(desk.acting(), sparrow(desk))
    assert [part.heading for part in sheet.sections] == [
        *("Arrival", "Right now", "What was used", "Doses since arrest", "Prescribed outside"),
        *("Other medicines", "Health and risk", "Tests and observations", "Tonight"),
    ]
    used = {line.label: line.words for line in sheet.sections[2].answers}
    assert used["Opioids (heroin)"] == "last Sun 30 May 2010 · Daily · 0.5 g · Inject · for 8 years"
    assert used["Not used"] == "Amphetamines, Cannabis"
    assert [(each.questions, each.why) for each in sheet.not_asked] == [
        (("Last witnessed dose",), "too intoxicated or drowsy to answer"),
        (("Liver disease",), "no time tonight"),
        (("HIV",), "no private place to ask"),
    ]
    assert [(score.name, score.total, score.band) for score in sheet.scores] == [("COWS", "15", "moderate, 13 to 24")]


def test_two_accounts_of_one_thing_stand_side_by_side(desk: TestDesk) -> None:
    """Otherwise the later desk silently wins, and the drowsy person gets the dose."""
    row = taken_in(desk)
    triaged(desk, row, {**CALM, "risk.heart": "no"}, 1)
    triaged(desk, row, {"risk.heart": an_answer("yes")}, 1)
    sheet = first_night_sheet(desk.acting(), row.patient_id)
    (health,) = (part for part in sheet.sections if part.heading == "Health and risk")
    (line,) = (line for line in health.answers if line.label == "Heart trouble")
    assert line.words.startswith("TWO ACCOUNTS: ")
    assert "No (R. Adeyemi" in line.words
    assert "Yes (R. Adeyemi" in line.words
    assert any("Two accounts" in caution for caution in sheet.cautions)


def test_the_worst_comes_first_and_nobody_unseen_last(desk: TestDesk) -> None:
    the_evening(desk)
    names = [line.who.name.split(",")[0] for line in handover_list(desk.acting(), a_day_ago()).lines]
    assert set(names[:3]) == {"SPARROW", "PRICE", "OKAFOR"}
    assert names[3:] == ["HADDAD", "TRAN", "DUNNE", "LINDQVIST"]


def test_somebody_from_before_with_a_task_tonight_is_on_the_hand_over(desk: TestDesk) -> None:
    """Otherwise the dose of the third night goes unwatched."""
    sparrow(desk)
    later = desk.clock.now() + timedelta(hours=1)
    assert [line.who.prison_number for line in handover_list(desk.acting(), later).lines] == ["A4127CK"]
    due = [due.words for due in handover_list(desk.acting(), later).lines[0].due]
    assert "CIWA-Ar and observations" in due
    assert "Confirm the community dose" not in due  # tomorrow's, when the pharmacy opens


@pytest.mark.parametrize(
    ("hours_later", "days"),
    [(0, 1), (4, 1), (10, 1), (10 + 1 / 3 + 0.01, 2)],
)
def test_the_night_lasts_until_eight(hours_later: float, days: int) -> None:
    """Otherwise what is due at two in the morning is tomorrow's."""
    now = EVENING + timedelta(hours=hours_later)
    assert night_ends(now) == at_london(EVENING.date() + timedelta(days=days), DAY_BEGINS)


def test_printing_is_audited(desk: TestDesk) -> None:
    patient_id = the_evening(desk)
    first_night_sheet(desk.acting(), patient_id)
    handover_list(desk.acting(), a_day_ago())
    custody_list(desk.acting(), a_day_ago())
    downtime_sheet(desk.acting())
    lines = audited(desk)
    assert ("printed the first-night sheet", patient_id) in lines
    assert ("printed on the hand-over list", patient_id) in lines
    assert ("printed on the downtime sheet", patient_id) in lines
    for what in ("printed the hand-over list", "printed the list for custody staff", "printed the downtime sheet"):
        assert (what, None) in lines


@pytest.mark.parametrize("role", [Role.CARAT, Role.MANAGER])
def test_who_sees_nothing_clinical_prints_the_custody_list_alone(desk: TestDesk, role: Role) -> None:
    patient_id = sparrow(desk)
    acting = desk.acting(role)
    assert len(custody_list(acting, a_day_ago()).lines) == 1
    for printing in (
        lambda: first_night_sheet(acting, patient_id),
        lambda: handover_list(acting, a_day_ago()),
        lambda: downtime_sheet(acting),
    ):
        with pytest.raises(NotAllowed, match="print clinical sheets"):
            printing()


def test_a_person_who_is_not_here_has_no_sheet(desk: TestDesk) -> None:
    with pytest.raises(Refused, match="Take the arrival in"):
        first_night_sheet(desk.acting(), "nobody")


def test_a_demonstration_is_marked_where_it_is_asked_for_and_where_its_figures_are(desk: TestDesk) -> None:
    from dataclasses import replace

    row = taken_in(desk)
    plain = desk.acting()
    assert not first_night_sheet(plain, row.patient_id).printing.demonstration
    assert first_night_sheet(plain, row.patient_id, demonstration=True).printing.demonstration
    invented = replace(plain, policy=plain.policy.over("demonstration"))
    assert first_night_sheet(invented, row.patient_id).printing.demonstration


@pytest.mark.hazard("H-003")
def test_no_sheet_is_more_open_than_the_window(desk: TestDesk) -> None:
    """Awake on Tuesday: on Wednesday the page stops every opioid, and the sheet in the dispensary has a dash."""
    row = taken_in(desk)
    triaged(desk, row, {**CALM, "risk.drowsy": "no", "risk.intoxicated": "no"}, 2)
    assert first_night_sheet(desk.acting(), row.patient_id).may_not_be_given == ()
    desk.clock.advance(hours=24)
    acting = desk.acting()
    sheet = first_night_sheet(acting, row.patient_id)
    (line,) = [each for each in handover_list(acting, a_day_ago()).lines if each.who.name == sheet.who.name]
    (due,) = [each for each in downtime_sheet(acting).due if each.who.name == sheet.who.name]
    for stops in (sheet.may_not_be_given, line.may_not_be_given, due.may_not_be_given):
        (stop,) = stops
        assert stop.what == ("opioids", "sedatives")
        assert stop.why == "not looked at since Tue 1 Jun 2010 21:40"
        assert stop.hard


@pytest.mark.hazard("H-002")
def test_the_first_weeks_watch_stays_on_the_list_for_custody_staff(desk: TestDesk) -> None:
    """From the second day the officers would know nothing of him, and absence reads as nothing to watch."""
    row = taken_in(desk)
    triaged(desk, row, {**CALM, "withdrawal.seen": "opioids", "substances.opioids.frequency": "daily"}, 2)
    seen = []
    for _ in range(9):
        sheet = custody_list(desk.acting(), desk.clock.now() - timedelta(hours=24))
        seen.append(bool(sheet.lines or sheet.also))
        with desk.store.reading() as work:
            open_tasks = [task for task in work.tasks() if task.what == "first_week_watch"]
        assert open_tasks
        for task in [each for each in due_tasks(desk) if each.what != "first_week_watch"]:
            settle(desk.acting(), task.entry_id, "done")
        desk.clock.advance(hours=24)
    assert seen == [True] * 8 + [False]
