"""What was typed of a man under two records, or under a stay that another has followed: kept, and whose it was."""

from datetime import timedelta

import pytest
from factories import EVENING, TestDesk, a_draft, an_answer, an_arrival, an_author

from pdtdesk.domain.reception.scales import SCALES
from pdtdesk.domain.roles import Role
from pdtdesk.services.oversight.audit import audit_page
from pdtdesk.services.reception import corrections, joining, people, triage
from pdtdesk.services.reception.take_in import take_in
from tests.services.reception.two_records import ASLEEP, stops, tells_of_it, twice


def test_what_was_begun_under_the_first_arrival_is_written_down_there(desk: TestDesk) -> None:
    """Half a triage of a man lay in a draft that no page shows; and the newer hand's "awake" would have won."""
    (one, patient), (other, again) = twice(desk)
    triage.keep_draft(desk.acting(), a_draft(one, patient, {"risk.drowsy": "yes", "risk.seizure_ever": "yes"}))
    triage.keep_draft(desk.acting(), a_draft(other, again, {"risk.drowsy": "no", "risk.pregnant": "no"}))
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
    opened = people.open_record(desk.acting(), patient)
    assert {key: each.value for key, each in opened.draft.answers.items()} == {
        "risk.drowsy": "no",
        "risk.pregnant": "no",
    }
    stay = opened.person.current
    assert stay.answers["risk.seizure_ever"][0].answer.value == "yes"
    facts = triage.facts(opened.person, stay, opened.draft, now=desk.clock.now())
    assert facts.risks.drowsy_now
    triage.save(desk.acting(), opened.draft, 1)
    assert people.open_record(desk.acting(), patient).draft is None
    assert any("drowsy now" in why for why in stops(desk, patient))


@pytest.mark.hazard("H-001")
def test_what_was_typed_of_two_joined_records_is_nobodys_once_they_are_parted(desk: TestDesk) -> None:
    """One man's penicillin and methadone lay in the other's draft, ready to be saved there."""
    (one, patient), (other, again) = twice(desk)
    triage.keep_draft(desk.acting(), a_draft(one, patient, {"risk.allergies": "penicillin"}))
    triage.keep_draft(desk.acting(), a_draft(other, again, {"risk.drowsy": "no"}))
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
    person = people.open_record(desk.acting(), patient).person
    link = next(entry for entry in person.folded.heads if entry.kind == "joined")
    corrections.mark_in_error(desk.acting(), link.id, "two brothers")
    assert [people.open_record(desk.acting(), each).draft for each in (patient, again)] == [None, None]
    mine, other_man = (people.open_record(desk.acting(), each).person.current for each in (patient, again))
    assert mine.answers["risk.allergies"][0].answer.value == "penicillin"
    assert "risk.allergies" not in other_man.answers
    said = [line.line for line in audit_page(desk.acting(Role.LEAD)) if line.line.what == "let a draft go"]
    assert [line.detail for line in said] == ["1 unsaved answers, as the records were parted"]


def test_what_was_typed_of_a_stay_that_is_one_mans_alone_outlives_the_parting(desk: TestDesk) -> None:
    """Two records joined over a week: tonight's answers are of him who came tonight, and need no asking again."""
    first = an_arrival(arrived_at=EVENING - timedelta(days=7))
    again = an_arrival(arrived_at=EVENING - timedelta(hours=1), prison_number=None, surname="Sparow")
    take_in(desk.acting(), [(2, first), (3, again)])
    with desk.store.reading() as work:
        one, other = sorted(work.arrivals(EVENING - timedelta(days=8)), key=lambda row: row.arrived_at)
    joining.join(desk.acting(), one.patient_id, other.patient_id, "photograph and birthplace")
    triage.keep_draft(desk.acting(), a_draft(other.stay, other.patient_id, {"risk.drowsy": "no"}))
    person = people.open_record(desk.acting(), other.patient_id).person
    assert [len(stay.ids) for stay in person.stays] == [1, 1]
    link = next(entry for entry in person.folded.heads if entry.kind == "joined")
    corrections.mark_in_error(desk.acting(), link.id, "two brothers")
    assert people.open_record(desk.acting(), other.patient_id).draft.answers["risk.drowsy"].value == "no"


@pytest.mark.hazard("H-001")
@pytest.mark.hazard("H-002")
def test_of_two_drafts_the_graver_and_all_that_either_names(desk: TestDesk) -> None:
    """Insulin to the first nurse and none to the second: the newer hand took it away without a trace."""
    (one, patient), (other, again) = twice(desk)
    grave = {"medicines.cannot_wait": "insulin", "withdrawal.seen": "alcohol", "risk.self_harm_now": "unknown"}
    mild = {"medicines.cannot_wait": "none", "withdrawal.seen": "none", "risk.self_harm_now": "no"}
    by_first = {key: an_answer(value, by=an_author(Role.PRESCRIBER)) for key, value in grave.items()}
    triage.keep_draft(desk.acting(Role.PRESCRIBER), a_draft(one, patient, by_first, unread={"risk.allergies": "?"}))
    desk.clock.advance(minutes=5)
    newer = {**mild, "risk.allergies": "none"}
    triage.keep_draft(desk.acting(), a_draft(other, again, newer))
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
    opened = people.open_record(desk.acting(), patient)
    assert opened.draft.unread == {}
    triage.save(desk.acting(), opened.draft, 1)
    person = people.open_record(desk.acting(), patient).person
    given = person.current.answers
    assert {key: {(each.answer.value, each.answer.by.role) for each in given[key]} for key in grave} == {
        key: {(grave[key], "prescriber"), (mild[key], "nurse")} for key in grave
    }
    facts = triage.facts(person, person.current, now=desk.clock.now())
    assert facts.medicines_that_cannot_wait == ("insulin",)
    assert facts.risks.withdrawal_seen == ("alcohol",)
    assert facts.risks.self_harm_now is None


def test_of_two_drafts_silence_wins_over_nobody(desk: TestDesk) -> None:
    """The newer hand pressed F4 where the older had heard of penicillin and of methadone."""
    (one, patient), (other, again) = twice(desk)
    heard = {"risk.allergies": "penicillin", "prescribed.medicine": "methadone", "prescribed.daily": "60"}
    triage.keep_draft(desk.acting(), a_draft(one, patient, heard))
    desk.clock.advance(minutes=5)
    silent = {key: an_answer(None, not_asked="declined") for key in heard}
    triage.keep_draft(desk.acting(), a_draft(other, again, {**silent, "risk.drowsy": "no"}))
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
    triage.save(desk.acting(), people.open_record(desk.acting(), patient).draft, 1)
    person = people.open_record(desk.acting(), patient).person
    given = person.current.answers
    assert {key: [each.answer.value for each in given[key]] for key in heard} == {
        key: [value] for key, value in heard.items()
    }
    facts = triage.facts(person, person.current, now=desk.clock.now())
    assert [each.medicine for each in facts.community_prescriptions] == ["methadone"]


@pytest.mark.hazard("H-003")
def test_nobody_has_seen_what_another_draft_had_on_its_screen(desk: TestDesk) -> None:
    """The first nurse's "not asked" had the yes before it; the second one's "no" took its sight, and both yes."""
    (one, patient), (other, again) = twice(desk)
    saved = triage.save(desk.acting(), a_draft(one, patient, ASLEEP), 1).person.current.answers
    keys = ("risk.drowsy", "risk.self_harm_now")
    over = {key: saved[key][0].entries for key in keys}
    silent = {key: an_answer(None, not_asked="declined") for key in keys}
    triage.keep_draft(desk.acting(), a_draft(one, patient, silent, over=over))
    desk.clock.advance(minutes=5)
    triage.keep_draft(desk.acting(), a_draft(other, again, dict.fromkeys(keys, "no")))
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
    triage.save(desk.acting(), people.open_record(desk.acting(), patient).draft, 1)
    tells_of_it(desk, patient)


@pytest.mark.hazard("H-002")
def test_a_list_of_yesterday_leaves_tonights_draft_where_it_is(desk: TestDesk) -> None:
    """Written down without a plan, tonight's "drowsy" would be in the record and on no sheet."""
    take_in(desk.acting(), [(2, an_arrival())])
    with desk.store.reading() as work:
        (row,) = work.arrivals(EVENING - timedelta(days=1))
    triage.keep_draft(desk.acting(), a_draft(row.stay, row.patient_id, {"risk.drowsy": "yes"}))
    late = an_arrival(arrived_at=EVENING - timedelta(days=1, hours=3))
    assert take_in(desk.acting(), [(2, late)]).taken == 1
    opened = people.open_record(desk.acting(), row.patient_id)
    assert opened.draft.answers["risk.drowsy"].value == "yes"


def test_two_scores_of_one_evening_are_not_mixed(desk: TestDesk) -> None:
    """Items of two nurses made a total that nobody had scored, signed by the second of them."""
    (one, patient), (other, again) = twice(desk)
    items = [f"ciwa_ar.{item.key}" for item in SCALES["ciwa_ar"].items]
    whole = {key: (4, an_answer("4", by=an_author(Role.PRESCRIBER))) for key in items}
    triage.keep_draft(desk.acting(), a_draft(one, patient, {}, items=whole))
    desk.clock.advance(minutes=5)
    half = {key: (0, an_answer("0")) for key in items[:5]}
    triage.keep_draft(desk.acting(), a_draft(other, again, {}, items=half))
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
    triage.save(desk.acting(), people.open_record(desk.acting(), patient).draft, 1)
    scores = people.open_record(desk.acting(), patient).person.current.scores
    assert [(each.total, each.by.role) for each in scores] == [(40, "prescriber"), (None, "nurse")]


def test_what_was_kept_under_the_first_arrival_after_the_join_is_on_the_page(desk: TestDesk) -> None:
    """Typed while the join was being written, under the arrival that was on the screen: saving drops every draft."""
    (one, patient), (_, again) = twice(desk)
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
    triage.keep_draft(desk.acting(), a_draft(one, patient, {"risk.allergies": "penicillin"}))
    opened = people.open_record(desk.acting(), patient)
    assert opened.draft.answers["risk.allergies"].value == "penicillin"
    saved = triage.save(desk.acting(), opened.draft, 1)
    assert saved.person.current.answers["risk.allergies"][0].answer.value == "penicillin"
