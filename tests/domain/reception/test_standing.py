"""The answers that the rules judge by: of two accounts the graver, of a look only tonight's, and the list's."""

from datetime import datetime, timedelta

import pytest

from pdtdesk.domain.reception.answers import Answer
from pdtdesk.domain.reception.fold import person_of
from pdtdesk.domain.reception.person import PersonRecord
from pdtdesk.domain.reception.standing import (
    confirmed,
    graver,
    history,
    listed,
    looked_at,
    takes_nothing,
    values,
    worn_out_looks,
)
from pdtdesk.domain.record.entry import Entry
from tests.domain.reception.records import ADMITTED, LEAD, PREGNANT, answered, the_arrival, the_person
from tests.domain.record.entries import EVENING, NURSE, an_entry, an_error

DROWSY = "risk.drowsy"
A_YEAR = 365 * 24 * 60


def read(*entries: Entry) -> PersonRecord:
    person = person_of(entries)
    assert person is not None
    return person


def looked(id_: str, seen: str | None, *over: str, minute: int = 0) -> Entry:
    at = (EVENING + timedelta(minutes=minute)).isoformat()
    return answered(id_, seen, *over, key=DROWSY, minute=minute, at=at)


def typed(value: str | None, at: datetime = EVENING) -> Answer:
    return Answer(NURSE, at, value, None if value else "no_time")


def before(id_: str, value: str | None, key: str = PREGNANT) -> Entry:
    """What was said in the stay of last year."""
    given = {"value": value} if value else {"not_asked": "refused"}
    return an_entry(id_, body={"stay": "old", "answers": {key: given}}, minute=10 - A_YEAR)


LAST_YEAR = the_arrival("old", minute=-A_YEAR)


def test_the_list_answers_what_it_says_in_the_words_of_the_ward() -> None:
    """Otherwise a nurse types again what the list brought, or reads P30W for a sentence."""
    (stay,) = read(the_person(), the_arrival(legal_status="sentenced", sentence_length="P30W")).stays
    assert listed(stay) == {
        "arrival.arrived_from": "Court",
        "arrival.legal_status": "sentenced",
        "arrival.sentence_length": "30 weeks",
        "arrival.arrived_at": "2010-06-01T21:40",
    }
    (other,) = read(the_person(), the_arrival(sentence_length="a long while")).stays
    assert listed(other)["arrival.sentence_length"] == "a long while"


def test_history_is_the_latest_answer_of_earlier_stays_and_confirmed_by_name() -> None:
    """Otherwise what he declined to say last time hides the allergy he named, or tonight's answer counts as old."""
    allergy = before("a", "latex", "risk.allergies")
    refused = before("b", None)
    seen = an_entry("c", kind="confirmed", body={"stay": "s", "of": "a", "keys": ["risk.allergies", "risk.liver"]})
    person = read(*ADMITTED, LAST_YEAR, allergy, refused, answered("d", "yes"), seen)
    old, now = person.stays
    assert {key: held.answer.value for key, held in history(person, now).items()} == {"risk.allergies": "latex"}
    assert history(person, old) == {}
    assert confirmed(person, now) == {"risk.allergies": "latex"}
    assert person.history.keys() == {"risk.allergies", PREGNANT}
    assert values(person, now)["risk.allergies"] == "latex"


@pytest.mark.hazard("H-003")
def test_while_two_accounts_differ_the_one_that_can_hurt_is_acted_upon() -> None:
    """Otherwise two nurses who saw him half an hour apart make him somebody whom nobody has looked at."""
    both = [looked("a", "no"), looked("b", "yes", minute=1)]
    person = read(*ADMITTED, *both, answered("c", "opened", key="risk.acct"), answered("d", "none", key="risk.acct"))
    assert values(person, person.stays[0])[DROWSY] == "yes"
    assert values(person, person.stays[0])["risk.acct"] == "opened"
    told = [answered(id_, value, key="arrival.arrived_from") for id_, value in (("e", "Court"), ("f", "Police"))]
    contended = read(*ADMITTED, *told)
    assert "arrival.arrived_from" not in values(contended, contended.stays[0]), "neither is the graver: ask again"


@pytest.mark.parametrize(
    ("key", "said", "acted_upon"),
    [
        ("risk.allergies", ["penicillin, latex", "none", None], "penicillin, latex"),
        ("medicines.cannot_wait", ["insulin", "insulin; warfarin"], "insulin; warfarin"),
        ("withdrawal.seen", ["none", "alcohol"], "alcohol"),
        ("risk.allergies", ["none", "nkda"], None),
        ("tests.pregnancy", ["negative", "positive"], "positive"),
        ("wishes.wants", ["maintenance", "nothing"], None),
    ],
)
def test_all_that_either_names_is_kept(key: str, said: list[str | None], acted_upon: str | None) -> None:
    """Otherwise the penicillin that one of two nurses heard of is left off the banner."""
    assert graver(key, said) == acted_upon


@pytest.mark.parametrize(
    ("key", "said", "earlier", "leaves_it"),
    [
        (PREGNANT, None, "no", True),
        (PREGNANT, None, None, False),
        (PREGNANT, "unknown", "yes", True),
        (PREGNANT, "unknown", "no", False),
        (PREGNANT, "no", "yes", False),
        (DROWSY, None, "yes", True),
        (DROWSY, None, "no", False),
    ],
)
def test_a_question_not_asked_again_takes_nothing_away(
    key: str, said: str | None, earlier: str | None, leaves_it: bool
) -> None:
    """Otherwise *no time tonight* unsays a pregnancy, or a look that was not made says awake."""
    assert takes_nothing(key, said, earlier) is leaves_it


@pytest.mark.hazard("H-003")
def test_what_is_typed_goes_before_what_stands_but_a_look_not_made_unsays_no_drowsiness() -> None:
    """Otherwise the page proposes a dose to somebody who was asleep an hour ago and was not looked at since."""
    asleep, awake = read(*ADMITTED, looked("a", "yes")), read(*ADMITTED, looked("a", "no"))
    (stay,) = asleep.stays
    assert values(asleep, stay, {DROWSY: typed("no")})[DROWSY] == "no"
    assert values(asleep, stay, {DROWSY: typed(None)})[DROWSY] == "yes"
    assert DROWSY not in values(awake, awake.stays[0], {DROWSY: typed(None)})
    assert PREGNANT not in values(awake, awake.stays[0], {PREGNANT: typed(None)})


@pytest.mark.hazard("H-003")
def test_awake_last_night_says_nothing_of_tonight_and_drowsy_does_not_wear_out() -> None:
    """Otherwise somebody is given methadone on a look of yesterday evening."""
    tomorrow = EVENING + timedelta(days=1)
    (awake,) = read(*ADMITTED, looked("a", "no")).stays
    assert worn_out_looks(awake, EVENING + timedelta(hours=10)) == {}
    assert worn_out_looks(awake, tomorrow).keys() == {DROWSY}
    (asleep,) = read(*ADMITTED, looked("a", "yes")).stays
    assert worn_out_looks(asleep, tomorrow) == {}
    assert worn_out_looks(awake, tomorrow, {DROWSY: typed("no", tomorrow)}) == {}
    assert worn_out_looks(asleep, tomorrow, {DROWSY: typed("no")}).keys() == {DROWSY}
    (two,) = read(*ADMITTED, looked("a", "no"), looked("b", "yes")).stays
    assert worn_out_looks(two, tomorrow) == {}


@pytest.mark.hazard("H-003")
def test_a_look_from_before_one_that_was_an_error_answers_nothing_and_a_later_one_does() -> None:
    """Otherwise, when *drowsy* is taken back, the *awake* of an hour before it stands again by itself."""
    early, wrong = looked("a", "no", minute=-60), looked("b", "yes", "a", minute=-30)
    (stay,) = read(*ADMITTED, early, wrong, an_error("m", "b")).stays
    assert stay.voided == {DROWSY: EVENING}
    assert worn_out_looks(stay, EVENING).keys() == {DROWSY}
    later = looked("c", "no", "a", minute=5)
    (again,) = read(*ADMITTED, early, wrong, an_error("m", "b"), later).stays
    assert worn_out_looks(again, EVENING + timedelta(minutes=5)) == {}


def test_of_two_looks_taken_back_the_later_mark_counts() -> None:
    """Otherwise a look between the two marks counts as made after both."""
    marks = [an_error("m", "a", minute=10), an_error("n", "b", minute=20)]
    (stay,) = read(*ADMITTED, looked("a", "no"), looked("b", "yes"), *marks).stays
    assert stay.voided == {DROWSY: EVENING + timedelta(minutes=20)}
    told = an_error("o", "c", minute=30)
    (other,) = read(*ADMITTED, answered("c", "yes"), told).stays
    assert other.voided == {}, "a pregnancy is told, not seen"


@pytest.mark.hazard("H-003")
def test_the_next_look_is_counted_from_the_last_that_saw_something() -> None:
    """Otherwise the half hour until he is looked at again begins anew with every line that is written."""
    (stay,) = read(*ADMITTED, looked("a", "yes", minute=-90), looked("b", "yes", minute=-40)).stays
    assert looked_at(stay, {}) == {DROWSY: EVENING - timedelta(minutes=40)}
    assert looked_at(stay, {DROWSY: typed("yes"), "risk.intoxicated": typed("no")}) == {DROWSY: EVENING}


def test_an_answer_that_a_later_eye_confirmed_says_whose() -> None:
    """Otherwise nobody knows whether the history of last year was looked at tonight, or by whom."""
    eyes = [
        an_entry(id_, kind="confirmed", body={"stay": "s", "of": "a", "keys": [PREGNANT]}, minute=at, by=by)
        for id_, at, by in (("c", 5, NURSE), ("d", 20, LEAD))
    ]
    person = read(*ADMITTED, LAST_YEAR, before("a", "no"), *eyes)
    (held,) = person.stays[0].answers[PREGNANT]
    assert held.confirmed == (LEAD, EVENING + timedelta(minutes=20))
