"""The medicine round in the window, by keys alone: each check asked, each outcome with its reason, the count."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from a_round import TODAY, a_morning, a_patient, doses_before, mg
from factories import TestDesk
from hatch import ENTER, Hatch, last, treatment, written
from PySide6.QtCore import Qt
from ward import Ward

from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.roles import Role
from tests.documents.read_back import squeezed, whole


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    """Half past eight in the morning."""
    made = a_morning(tmp_path / "desk")
    yield made
    made.door.close()


def test_an_uneventful_dose_is_six_keys_and_the_next_one_stands_there(desk: TestDesk, ward: Ward) -> None:
    """Forty doses in an hour: every key more is a minute of the round, and every key less a check not made."""
    sparrow = a_patient(desk, cell="B2-14")
    lind = a_patient(desk, "Lindqvist", "A7710BN", cell="B2-15")
    hatch = Hatch(ward)
    hatch.witness("K. Osei")
    hatch.page.list.rows.setFocus()
    hatch.press(ENTER)
    assert hatch.in_hand() == "Sparrow"
    assert ward.window.shell.banner.facts.number == "A4127CK"
    assert hatch.dose.dose.to_give.text() == "methadone 30 mg"
    assert [field.value() for field in hatch.dose.checks.fields] == [None, None, None], "answered beforehand"
    hatch.keys = 0
    hatch.press("p", "n", "n", ENTER)
    assert treatment(desk, sparrow).begun, "nothing durable says that it was handed out"
    hatch.press("t", ENTER)
    assert hatch.keys == 6
    dose = last(desk, sparrow)
    assert (dose.outcome, dose.mg, dose.witness, dose.by.name) == (Outcome.TAKEN, mg(30), "K. Osei", "R. Adeyemi")
    assert hatch.in_hand() == "Lindqvist"
    assert [field.value() for field in hatch.dose.checks.fields] == [None, None, None], "it came along from the last"
    assert hatch.dose.witness.value() == "K. Osei"
    assert ward.window._counts["round"] == 1
    hatch.press("i", "n", "n", ENTER, "t", ENTER)
    assert written(desk, lind) == [(Outcome.TAKEN, "")]
    assert hatch.in_hand() == ""
    assert ward.window._counts["round"] == 0


@pytest.mark.hazard("H-003")
@pytest.mark.parametrize("keys", ["py", "pny"])
def test_drowsy_is_written_at_once_and_the_dose_does_not_leave_the_cupboard(
    desk: TestDesk, ward: Ward, keys: str
) -> None:
    """She sees his head fall, says so, and is called away: the next nurse must find it written."""
    sparrow = a_patient(desk)
    hatch = Hatch(ward)
    hatch.page.list.rows.setFocus()
    hatch.press(ENTER, *keys)
    seen = "drowsy" if keys == "py" else "intoxicated"
    with desk.store.reading() as work:
        answers = work.person(sparrow.patient_id).current.answers
    assert answers[f"risk.{seen}"][0].answer.value == "yes"
    stops = hatch.dose.facts.stops()
    assert "no opioid and no sedative" in stops[0]
    assert "prescriber's decision" in stops[1]
    assert not hatch.dose._hand_out.isVisible()
    assert ward.window.shell.banner.facts is not None
    hatch.press("w", ENTER)
    assert written(desk, sparrow) == [(Outcome.WITHHELD, seen)]


@pytest.mark.hazard("H-003")
def test_after_drowsy_somebody_looks_again_and_a_prescriber_decides(desk: TestDesk, ward: Ward) -> None:
    """Awake an hour later is no order: without a prescriber the dose that put him to sleep is given again."""
    sparrow = a_patient(desk)
    hatch = Hatch(ward)
    hatch.page.list.rows.setFocus()
    hatch.press(ENTER, "p", "y")
    assert not hatch.dose._lift.isVisible(), "nobody has looked again"
    hatch.dose._look.click()
    ward.settle()
    hatch.press("n", "n", ENTER)
    assert not hatch.dose.facts.stops()[0].startswith("Drowsy")
    hatch.dose._lift.click()
    ward.settle()
    hatch.press("1", ENTER)
    for value in ("H. Castellan", "0820", "K. Osei", "Given after all, seen awake twice"):
        hatch.press(value, ENTER)
    hatch.press(ENTER)
    assert hatch.dose.facts.stops() == ()
    (lifted,) = treatment(desk, sparrow).lifted
    assert (lifted.by_telephone, lifted.prescriber, lifted.witness) == (True, "H. Castellan", "K. Osei")
    hatch.press("p", "n", "n", ENTER, "t", ENTER)
    assert written(desk, sparrow) == [(Outcome.TAKEN, "")]


def test_a_prescriber_signs_what_was_said_on_the_telephone(desk: TestDesk, ward: Ward) -> None:
    """A telephone order that nobody signs by the next working day is an order that nobody gave."""
    sparrow = a_patient(desk, since=TODAY.replace(month=5, day=30))
    hatch = Hatch(ward)
    hatch.page.list.rows.setFocus()
    hatch.press(ENTER)
    assert "without a record" in hatch.dose.facts.stops()[0]
    hatch.dose._lift.click()
    ward.settle()
    hatch.press(*(str(at) for at in range(1, len(hatch.page.panels.lift.codes.spec.choices) + 1)), ENTER)
    for value in ("H. Castellan", "0820", "K. Osei", "was at court, dose given there"):
        hatch.press(value, ENTER)
    hatch.press(ENTER)
    assert hatch.dose.facts.stops() == ()
    ward.window.lock("by hand")
    ward.settle()
    Hatch.__init__(hatch, ward, Role.PRESCRIBER)
    hatch.page.to_sign_button.click()
    ward.settle()
    assert hatch.page.panels.to_sign.table.ids() == (treatment(desk, sparrow).lifted[0].entry_id,)
    hatch.press(ENTER)
    assert treatment(desk, sparrow).lifted[0].signed is not None
    assert hatch.page.panels.to_sign.table.ids() == ()


@pytest.mark.hazard("H-008")
def test_what_was_handed_out_before_a_lock_asks_what_became_of_it(desk: TestDesk, ward: Ward) -> None:
    """The alarm goes with the cup in his hand: an hour later nobody may assume that he drank it."""
    haddad = a_patient(desk, "Haddad", "A5521QP", cell="A1-01")
    sparrow = a_patient(desk, cell="B2-14")
    hatch = Hatch(ward)
    hatch.scan("A4127CK")
    hatch.press("p", "n", "n", ENTER)
    ward.window.lock("by hand")
    ward.settle()
    Hatch.__init__(hatch, ward)
    top = hatch.page.list.rows.rows()[0]
    assert (top.chip.word, top.chip.tone.value) == ("what became of it?", "amber")
    hatch.page.list.rows.setFocus()
    hatch.press(ENTER)
    assert hatch.in_hand() == "Sparrow"
    assert not any(field.isVisible() for field in hatch.dose.checks.fields), "checks that were made are asked again"
    hatch.press("t", ENTER)
    assert written(desk, sparrow) == [(Outcome.TAKEN, "")]
    assert written(desk, haddad) == []
    assert hatch.in_hand() == "Haddad"


def test_what_was_answered_and_not_handed_out_is_nobodys_after_a_lock(desk: TestDesk, ward: Ward) -> None:
    """The next nurse would hand out on the first one's look."""
    a_patient(desk)
    hatch = Hatch(ward)
    hatch.witness("K. Osei")
    hatch.scan("A4127CK")
    hatch.press("p", "n")
    ward.window.lock("by hand")
    ward.settle()
    assert ward.page() == "sign-in"
    Hatch.__init__(hatch, ward, Role.LEAD)
    hatch.scan("A4127CK")
    assert [field.value() for field in hatch.dose.checks.fields] == [None, None, None]
    assert not hatch.dose.witness.value()


@pytest.mark.hazard("H-003")
def test_a_lock_in_the_moment_after_drowsy_still_writes_it(desk: TestDesk, ward: Ward) -> None:
    """Seen, pressed, and locked in one breath: what was seen must not be lost with the page."""
    sparrow = a_patient(desk)
    hatch = Hatch(ward)
    hatch.scan("A4127CK")
    hatch.press("p")
    ward.type("y")
    ward.window.lock("by hand")
    ward.settle()
    with desk.store.reading() as work:
        assert work.person(sparrow.patient_id).current.answers["risk.drowsy"][0].answer.value == "yes"


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        (("r", "feels unwell", ENTER, ENTER), (Outcome.REFUSED, "feels unwell")),
        (("m", "c", ENTER), (Outcome.MISSED, "court")),
        (("m", "u", ENTER), (Outcome.MISSED, "not_unlocked")),
        (("w", "s", ENTER), (Outcome.WITHHELD, "no_stock")),
        (("w", "i", "prescriber told", ENTER, ENTER), (Outcome.WITHHELD, "prescriber told")),
    ],
)
def test_a_dose_that_is_not_handed_out_has_its_reason_by_keys(
    desk: TestDesk, ward: Ward, keys: tuple[object, ...], found: tuple[Outcome, str]
) -> None:
    """He is at court: with no quick way to say so the box stays empty, and tomorrow nobody knows."""
    sparrow = a_patient(desk)
    hatch = Hatch(ward)
    hatch.page.list.rows.setFocus()
    hatch.press(ENTER, *keys)
    assert written(desk, sparrow) == [found]


@pytest.mark.parametrize(
    ("keys", "found", "taken"),
    [
        (("a", "20", ENTER, "sick", ENTER, ENTER), (Outcome.PART_TAKEN, "sick"), 20),
        (("v", "on the landing", ENTER, ENTER), (Outcome.VOMITED, "on the landing"), 0),
        (("c", "in his cheek", ENTER, ENTER), (Outcome.CONCEALED, "in his cheek"), 0),
        (("r", "changed his mind", ENTER, ENTER), (Outcome.REFUSED, "changed his mind"), 0),
    ],
)
def test_what_became_of_a_dose_in_hand_has_its_reason_by_keys(
    desk: TestDesk, ward: Ward, keys: tuple[object, ...], found: tuple[Outcome, str], taken: int
) -> None:
    """Half of it on the floor: written as taken, tomorrow's dose is too much."""
    sparrow = a_patient(desk)
    hatch = Hatch(ward)
    hatch.page.list.rows.setFocus()
    hatch.press(ENTER, "p", "n", "n", ENTER, *keys)
    assert written(desk, sparrow) == [found]
    assert last(desk, sparrow).mg == mg(taken)


def test_a_medicine_that_makes_nobody_drowsy_asks_who_it_is_alone(desk: TestDesk, ward: Ward) -> None:
    """A question that has no meaning is answered without looking, and then so is the one that has."""
    sparrow = a_patient(desk, medicine=Ordered.LOFEXIDINE)
    hatch = Hatch(ward)
    hatch.page.list.rows.setFocus()
    hatch.press(ENTER, "i", ENTER, "t", ENTER)
    assert written(desk, sparrow) == [(Outcome.TAKEN, "")]


def test_the_round_is_signed_out_by_keys_and_its_record_read_back(desk: TestDesk, ward: Ward) -> None:
    """The count at the end is made with the other hand on the cupboard."""
    doses_before(desk, sparrow := a_patient(desk, since=TODAY.replace(month=5, day=28)), 4)
    hatch = Hatch(ward)
    hatch.page.list.rows.setFocus()
    hatch.press(ENTER, "p", "n", "n", ENTER, "t", ENTER)
    assert written(desk, sparrow) == [(Outcome.TAKEN, "")]
    hatch.press(Qt.Key.Key_F9)
    signing = hatch.page.panels.signing
    (methadone,) = signing.medicines
    assert methadone.fields["opening"].value() is None, "a count was filled in beforehand"
    hatch.press("500", ENTER, ENTER, "0", ENTER, ENTER, "465", ENTER)
    assert "5 mg missing" in methadone.difference.text()
    hatch.press("K. Osei", ENTER, "counted twice", ENTER, ENTER)
    assert ward.page() == "paper", signing.bar.sentence()
    text = whole(ward.window.with_pages().paper._sheet.data)
    for said in ("Administration record", "SPARROW", "taken 30 mg", "5 mg missing: 465 mg counted, 470 mg expected"):
        assert squeezed(said) in text
    hatch.press(Qt.Key.Key_Escape)
    assert ward.page() == "round"
