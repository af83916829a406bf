"""The round's page at a real desk: what is listed, what a failed save leaves, what two accounts show."""

from collections.abc import Callable

import pytest
from a_round import PHOTOGRAPH, TODAY, Patient, a_patient, an_order, doses_before, given, mg
from at_desk import AtDesk
from factories import TestDesk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.fold import treatment_of
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.treatment import Treatment
from pdtdesk.domain.roles import Role
from pdtdesk.services.refusals import Refused
from pdtdesk.services.regime import handing
from pdtdesk.services.regime.handing import Ended, hand_out, record_dose
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.regime.round_page import RoundPage

ENTER = Qt.Key.Key_Return
Sit = Callable[..., RoundPage]


@pytest.fixture
def sit(at: AtDesk) -> Sit:
    """Somebody sits down at the round."""

    def down(role: Role = Role.NURSE) -> RoundPage:
        at.sign_in(role)
        page = at.show(RoundPage(at.station))
        at.settle()
        return page

    return down


def opened(at: AtDesk, page: RoundPage, patient: Patient) -> None:
    page.open_row(next(id_ for id_ in page._rows if id_.startswith(patient.patient_id)))
    settle(at, page)


def settle(at: AtDesk, page: RoundPage) -> None:
    at.settle()
    at.qtbot.waitUntil(page.is_settled)
    at.settle()


def treatment(desk: TestDesk, patient: Patient) -> Treatment:
    with desk.store.reading() as work:
        return treatment_of(work.person(patient.patient_id))


def two_accounts(desk: TestDesk, patient: Patient) -> None:
    given(desk, patient.due())
    with desk.store.work() as work:
        entry = next(each for each in work.person(patient.patient_id).folded.effective if each.kind == "dose")
        body = {**entry.body, "outcome": "refused", "reason": "at the other hatch"}
        work.append([NewEntry("regime", "dose", body, desk.acting(Role.LEAD).who, patient.patient_id)])


def test_the_round_of_the_hour_is_listed_by_place_what_waits_first(desk: TestDesk, at: AtDesk, sit: Sit) -> None:
    """She walks the landing once: what is out of order on the list is walked past."""
    last = a_patient(desk, "Vance", "A1010VV", cell="C3-02")
    a_patient(desk, "Haddad", "A5521QP", cell="A1-03")
    a_patient(desk, "Price", "A0093DD", cell="B2-15", doses=(("evening", mg(20)),))
    stopped = a_patient(desk, "Okafor", "A3311TT", cell="B1-01", since=TODAY.replace(month=5, day=28))
    hand_out(desk.acting(), last.due(), PHOTOGRAPH)
    page = sit()
    rows = page.list.rows.rows()
    assert [row.title for row in rows] == [
        "C3-02  VANCE, Daniel Lee",
        "A1-03  HADDAD, Daniel Lee",
        "B1-01  OKAFOR, Daniel Lee",
    ]
    assert [row.chip.word for row in rows] == ["what became of it?", "due", "stopped"]
    assert rows[1].figure == "methadone 30 mg"
    assert rows[2].detail.startswith("4 days before this one without a record")
    assert page.list.said.text() == "0 written · 2 left · 1 stopped"
    page.list.slot.input.pick("evening")
    assert [row.title for row in page.list.rows.rows()] == ["B2-15  PRICE, Daniel Lee"]
    page.list.slot.input.pick("all")
    assert len(page.list.rows.rows()) == 4
    opened(at, page, stopped)
    assert page.dose.facts.stops()[0].startswith("4 days before")


def test_an_empty_round_says_what_will_stand_there(sit: Sit) -> None:
    """A blank list looks like a round that nobody has loaded."""
    page = sit()
    assert page.list._empty.isVisible()
    page.begin_signing_out()


def test_a_save_that_fails_is_said_and_nothing_is_lost(
    desk: TestDesk, at: AtDesk, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full with the cup in his hand: the answers must stand, and a second Enter must do."""
    sparrow = a_patient(desk)
    page = sit()
    opened(at, page, sparrow)

    def full(*_given: object) -> None:
        raise OSError("disk full")

    real = handing.hand_out
    monkeypatch.setattr(handing, "hand_out", full)
    for key in "pnn":
        at.type(key)
    at.press(ENTER)
    settle(at, page)
    assert "nothing that was saved is lost" in page.dose.bar.sentence()
    assert [field.value() for field in page.dose.checks.fields] == ["photograph", "no", "no"]
    monkeypatch.setattr(handing, "hand_out", real)
    at.press(ENTER)
    settle(at, page)
    real_record = handing.record_dose
    monkeypatch.setattr(handing, "record_dose", full)
    at.type("c")
    at.type("in his cheek")
    at.press(ENTER)
    at.press(ENTER)
    settle(at, page)
    assert page.dose.outcome.words.value() == "in his cheek"
    monkeypatch.setattr(handing, "record_dose", real_record)
    at.press(ENTER)
    settle(at, page)
    assert treatment(desk, sparrow).doses[-1].reason == "in his cheek"


@pytest.mark.hazard("H-008")
def test_somebody_elses_record_of_the_same_dose_is_shown_and_not_written_over(
    desk: TestDesk, at: AtDesk, sit: Sit
) -> None:
    """Two nurses at two hatches: the second must see that he had it."""
    sparrow = a_patient(desk)
    page = sit()
    opened(at, page, sparrow)
    for key in "pnn":
        at.type(key)
    given(desk, sparrow.due())
    at.press(ENTER)
    settle(at, page)
    assert len(treatment(desk, sparrow).doses) == 1
    assert "not given twice" in page.dose.bar.sentence() or page.panels.currentWidget() is page.panels.written


def test_a_written_dose_opens_with_what_stands_and_is_corrected_with_a_reason(
    desk: TestDesk, at: AtDesk, sit: Sit
) -> None:
    """Part taken, and she had pressed T: uncorrected, he gets the whole of it again tomorrow."""
    sparrow = a_patient(desk)
    given(desk, sparrow.due())
    page = sit()
    opened(at, page, sparrow)
    panel = page.panels.written
    assert "Outcome: taken" in panel.stands.text()
    assert "Witness: K. Osei" in panel.stands.text()
    at.press(ENTER)
    assert panel.form.outcome.value() == "taken"
    at.type("a")
    for words in ("12.5", "spat the rest", "seen by K. Osei"):
        at.type(words)
        at.press(ENTER)
    at.press(ENTER)
    settle(at, page)
    dose = treatment(desk, sparrow).doses[-1]
    assert (dose.outcome, dose.mg, dose.reason) == (Outcome.PART_TAKEN, mg("12.5"), "spat the rest")


def test_a_part_that_is_no_part_is_refused_at_the_field(desk: TestDesk, at: AtDesk, sit: Sit) -> None:
    """45 of 30 mg is a slip of the finger that the record must not keep."""
    sparrow = a_patient(desk)
    hand_out(desk.acting(), sparrow.due(), PHOTOGRAPH)
    page = sit()
    opened(at, page, sparrow)
    at.type("a")
    at.press(ENTER)
    page.dose._on_record()
    assert "needed" in page.dose.outcome.taken.error()
    page.dose.outcome.taken.set_value("45")
    page.dose.outcome.words.set_value("spilt")
    page.dose._on_record()
    settle(at, page)
    assert "more than 0 mg, and less than all of it" in page.dose.bar.sentence()
    assert treatment(desk, sparrow).doses == ()


@pytest.mark.hazard("H-008")
@pytest.mark.parametrize("role", [Role.NURSE, Role.PRESCRIBER])
def test_two_accounts_stand_side_by_side_and_who_may_says_which_stands(
    desk: TestDesk, at: AtDesk, sit: Sit, role: Role
) -> None:
    """Taken at one desk, refused at the other: whichever is believed without looking may be the wrong one."""
    sparrow = a_patient(desk)
    two_accounts(desk, sparrow)
    page = sit(role)
    assert page.list.rows.rows()[0].chip.tone.value == "red"
    opened(at, page, sparrow)
    panel = page.panels.accounts
    assert page.panels.currentWidget() is panel
    settles = role is Role.PRESCRIBER
    assert (panel.choice.isVisible(), panel._save.isVisible()) == (settles, settles)
    if not settles:
        assert "Nothing is given from this order" in panel.bar.sentence()
        return
    at.type("2")
    at.type("the other desk saw it")
    at.press(ENTER)
    at.press(ENTER)
    settle(at, page)
    assert treatment(desk, sparrow).dose_conflicts == ()
    assert page.panels.currentWidget() is page.panels.written


def test_two_accounts_that_are_both_true_are_settled_by_one_key(desk: TestDesk, at: AtDesk, sit: Sit) -> None:
    """Both cups were swallowed, and the page knows only which of them was not."""
    sparrow = a_patient(desk)
    two_accounts(desk, sparrow)
    page = sit(Role.PRESCRIBER)
    opened(at, page, sparrow)
    at.type("e")
    at.type("asked both nurses")
    at.press(ENTER)
    at.press(ENTER)
    settle(at, page)
    now = treatment(desk, sparrow)
    assert (now.dose_conflicts, len(now.doses)) == ((), 2)
    assert page.list.rows.rows()[0].chip.word == "taken", "refused at the other hatch, and taken at this one"
    panel = page.panels.written
    assert panel.stands.text().count("Outcome: ") == 2
    at.press(ENTER)
    assert not panel.form.isVisible(), "which of the two is corrected is asked first"
    at.type("2")
    assert panel.form.outcome.value() == "refused"
    at.type("v")
    for words in ("on the floor", "both nurses say so"):
        at.type(words)
        at.press(ENTER)
    at.press(ENTER)
    settle(at, page)
    assert {each.outcome for each in treatment(desk, sparrow).doses} == {Outcome.TAKEN, Outcome.VOMITED}


def test_an_order_that_was_changed_meanwhile_is_not_given_from(desk: TestDesk, at: AtDesk, sit: Sit) -> None:
    """The prescriber halved it while the page stood open: the old dose must not leave the cupboard."""
    sparrow = a_patient(desk)
    page = sit()
    opened(at, page, sparrow)
    an_order(desk, sparrow.patient_id, Ordered.METHADONE, (("morning", mg(15)),), supersedes=(sparrow.order,))
    for key in "pnn":
        at.type(key)
    told: list[str] = []
    page.trouble.connect(told.append)
    at.press(ENTER)
    settle(at, page)
    assert treatment(desk, sparrow).begun == ()
    assert told
    assert [row.figure for row in page.list.rows.rows()] == ["methadone 15 mg"]


def test_the_page_is_put_away_without_a_trace(desk: TestDesk, at: AtDesk, sit: Sit) -> None:
    """What one nurse typed must not be there for the next, nor whose dose she had in hand."""
    sparrow = a_patient(desk)
    page = sit()
    for field in (page.list.witness, page.list.scan):
        field.set_value("MARKER")
    opened(at, page, sparrow)
    at.type("p")
    page.put_away()
    held = [line.text() for line in page.findChildren(QLineEdit)]
    assert not [text for text in held if "MARKER" in text]
    assert page.list.rows.rows() == ()
    assert page.rows() == ()
    assert page.panels.is_empty()


def test_each_dose_that_is_opened_is_audited_and_looking_down_the_list_opens_none(
    desk: TestDesk, at: AtDesk, sit: Sit
) -> None:
    """Who read whose dose is asked years later."""
    sparrow = a_patient(desk)
    page = sit()
    page.list.rows.setFocus()
    at.press(Qt.Key.Key_Down)
    settle(at, page)
    assert "opened a dose" not in [row.line.what for row in at.audited()]
    opened(at, page, sparrow)
    assert "opened a dose" in [row.line.what for row in at.audited()]


def test_a_number_that_is_on_no_round_is_said(desk: TestDesk, at: AtDesk, sit: Sit) -> None:
    """Nothing happening looks like a broken scanner, and the number is typed into the next field."""
    a_patient(desk)
    page = sit()
    told: list[str] = []
    page.trouble.connect(told.append)
    page.list.rows.setFocus()
    for letter in "A9999ZZ":
        at.type(letter)
    at.press(ENTER)
    settle(at, page)
    assert told == ["“A9999ZZ” is not on this round. Look at the number, or choose from the list."]


def test_the_field_for_numbers_goes_from_one_dose_to_another_on_purpose(desk: TestDesk, at: AtDesk, sit: Sit) -> None:
    """F7 and the scanner is how she says that another man stands there; what is in somebody's hand comes first."""
    sparrow = a_patient(desk)
    haddad = a_patient(desk, "Haddad", "A5521QP", cell="A1-01")
    page = sit()
    opened(at, page, sparrow)
    at.type("p")
    page.list.take_scan()
    at.type("a5521qp")
    at.press(ENTER)
    settle(at, page)
    assert page._now.row.due.patient_id == haddad.patient_id
    for key in "pnn":
        at.type(key)
    at.press(ENTER)
    settle(at, page)
    page.list.take_scan()
    at.type("A4127CK")
    at.press(ENTER)
    settle(at, page)
    assert page._now.row.due.patient_id == haddad.patient_id
    assert "First write down what became of" in page.dose.bar.sentence()


def test_the_last_doses_and_the_hours_stand_beside_the_dose(desk: TestDesk, at: AtDesk, sit: Sit) -> None:
    """Tolerance goes by what was seen swallowed, not by what was ordered."""
    since = TODAY.replace(month=5, day=25)
    sparrow = a_patient(desk, since=since)
    doses_before(desk, sparrow, 7)
    page = sit()
    opened(at, page, sparrow)
    assert page.dose.facts.before.text().startswith("yesterday: taken 30 mg 08:40 · Sun 30 May: taken 30 mg 08:40")
    assert page.dose.facts.hours.sentence().startswith("23 hours since the last witnessed dose")
    assert "order signed by H. Castellan" in page.dose.facts.how.text()


def test_a_dose_in_possession_says_so(desk: TestDesk, at: AtDesk, sit: Sit) -> None:
    """In possession is looked at with other eyes than a cup at the hatch."""
    sparrow = a_patient(desk, supervised=False)
    page = sit()
    opened(at, page, sparrow)
    assert page.dose.facts.possession.isVisible()
    assert "works in the kitchen" in page.dose.facts.how.text()


def test_what_another_page_wrote_of_a_patient_is_on_the_list_at_once(desk: TestDesk, at: AtDesk, sit: Sit) -> None:
    """An order signed while the round runs: the man is at the hatch, and on no list."""
    sparrow = a_patient(desk)
    page = sit()
    counted: list[int] = []
    page.counted.connect(counted.append)
    record_dose(desk.acting(), sparrow.due(), Ended(Outcome.REFUSED, reason="feels unwell"))
    at.work.changes.announce(ChangeSet.of([sparrow.patient_id], ["dose"]), None)
    settle(at, page)
    assert page.list.rows.rows()[0].chip.word == "refused"
    assert counted[-1] == 0
    many = [a_patient(desk, f"Man{at_:02}", f"A10{at_:02}AA", cell="D1-01").patient_id for at_ in range(8)]
    at.work.changes.announce(ChangeSet.of(many, ["order"]), None)
    settle(at, page)
    assert len(page.rows()) == 9


def test_refusals_of_the_desk_are_sentences_on_the_page(
    desk: TestDesk, at: AtDesk, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dose that cannot be opened leaves a page that says why, and a list to go on from."""
    sparrow = a_patient(desk)
    page = sit()

    def refuse(*_given: object) -> None:
        raise Refused("That order was changed or stopped meanwhile: the round shows what is ordered now.")

    monkeypatch.setattr("pdtdesk.services.regime.giving.open_dose", refuse)
    told: list[str] = []
    page.trouble.connect(told.append)
    opened(at, page, sparrow)
    assert told == ["That order was changed or stopped meanwhile: the round shows what is ordered now."]
    assert page.panels.is_empty()


def test_what_was_said_of_one_man_does_not_stand_over_the_next(desk: TestDesk, at: AtDesk, sit: Sit) -> None:
    """*Recorded: withheld*, in green, over somebody else: he is taken for the one who was withheld."""
    one, two = a_patient(desk), a_patient(desk, "Wren", "A4128CK", cell="B2-15")
    page = sit()
    turned: list[bool] = []
    page.turned.connect(lambda: turned.append(True))
    opened(at, page, one)
    opened(at, page, two)
    assert len(turned) == 2
