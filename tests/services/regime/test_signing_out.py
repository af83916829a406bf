"""Signing out the round: the cupboard against the record, with a witness, and nothing made to agree."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from a_round import PHOTOGRAPH, TODAY, Patient, a_morning, a_patient, given, mg
from factories import TestDesk

from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.roles import Role
from pdtdesk.services.refusals import Changed, Refused
from pdtdesk.services.regime.handing import Ended, correct_dose, hand_out, record_dose
from pdtdesk.services.regime.round_sheet import RoundSheet
from pdtdesk.services.regime.signing_out import SigningOut, Stock, round_facts, sign_out


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    """Half past eight in the morning."""
    made = a_morning(tmp_path / "desk")
    yield made
    made.door.close()


def facts(desk: TestDesk) -> RoundSheet:
    return round_facts(desk.acting(), TODAY, "morning")


def counted(desk: TestDesk, closing: str, *, wasted: str = "0", wasted_for: str = "", **more: object) -> SigningOut:
    stock = Stock(Ordered.METHADONE, mg(500), mg(0), mg(wasted), wasted_for, mg(closing))
    signing = SigningOut(TODAY, "morning", (stock,), "K. Osei", facts(desk).doses)
    return replace(signing, **more)


@pytest.fixture
def sparrow(desk: TestDesk) -> Patient:
    return a_patient(desk)


def test_what_was_given_is_counted_from_the_record(desk: TestDesk, sparrow: Patient) -> None:
    """Counted by hand from memory at the end of forty doses, the balance would say what one hopes."""
    lind = a_patient(desk, "Lindqvist", "A7710BN", doses=(("morning", mg(40)),))
    price = a_patient(desk, "Price", "A0093DD", doses=(("08:30", mg(25)),))
    given(desk, sparrow.due())
    given(desk, lind.due(), Outcome.PART_TAKEN, "could not finish", taken=mg(15))
    given(desk, price.due(slot="08:30"), Outcome.VOMITED, "on the landing")
    (methadone,) = facts(desk).counted
    assert (methadone.given, methadone.left_over) == (mg(70), mg(25))
    (sheet,) = sign_out(desk.acting(), counted(desk, "405", wasted="25", wasted_for="rest of a part taken")).signed
    assert sheet.balances[0].difference == 0
    assert sheet.balances[0].words == "agrees: 405 mg"


def test_a_difference_is_said_in_words_and_signed_as_it_is(desk: TestDesk, sparrow: Patient) -> None:
    """Five milligrams that nobody explains are found by nobody once the sheet agrees with itself."""
    given(desk, sparrow.due())
    with pytest.raises(Refused, match="differs from the record"):
        sign_out(desk.acting(), counted(desk, "465"))
    signed = sign_out(desk.acting(), counted(desk, "465", remark="Counted twice; pharmacy told.")).signed[0]
    assert signed.balances[0].words == "5 mg missing: 465 mg counted, 470 mg expected"
    assert signed.remark == "Counted twice; pharmacy told."
    more = sign_out(desk.acting(), counted(desk, "475", remark="Told.", why="counted again")).signed[0]
    assert more.balances[0].words == "5 mg too much: 475 mg counted, 470 mg expected"


def test_more_given_than_there_was_is_said_and_not_hidden(desk: TestDesk, sparrow: Patient) -> None:
    """A bottle that nobody booked in must not make the count impossible to write."""
    given(desk, sparrow.due())
    stock = Stock(Ordered.METHADONE, mg(10), mg(0), mg(0), "", mg(5))
    signing = replace(counted(desk, "0", remark="Delivery not booked in."), stock=(stock,))
    assert sign_out(desk.acting(), signing).signed[0].balances[0].words == (
        "25 mg too much: 5 mg counted, −20 mg expected"
    )


def test_a_round_is_not_signed_out_while_a_dose_waits_for_its_outcome(desk: TestDesk, sparrow: Patient) -> None:
    """The bottle is in somebody's hand: whether it was swallowed decides what the count should be."""
    hand_out(desk.acting(), sparrow.due(), PHOTOGRAPH)
    assert [line.who.name for line in facts(desk).waiting] == ["SPARROW, Daniel Lee"]
    with pytest.raises(Refused, match="SPARROW, Daniel Lee, methadone"):
        sign_out(desk.acting(), counted(desk, "500"))


def test_the_count_is_witnessed_by_somebody_else(desk: TestDesk, sparrow: Patient) -> None:
    """One pair of eyes on a controlled drug is none."""
    given(desk, sparrow.due())
    for witness, said in (("  ", "witnessed"), ("r. adeyemi", "somebody else")):
        with pytest.raises(Refused, match=said):
            sign_out(desk.acting(), counted(desk, "470", witness=witness))


def test_wasted_without_a_reason_is_refused(desk: TestDesk, sparrow: Patient) -> None:
    """Wastage is where a bottle goes."""
    given(desk, sparrow.due())
    with pytest.raises(Refused, match="10 mg of methadone was wasted"):
        sign_out(desk.acting(), counted(desk, "460", wasted="10"))


def test_a_second_signing_out_takes_the_place_of_the_first_with_a_reason(desk: TestDesk, sparrow: Patient) -> None:
    """A late dose after the count: the sheet must be made again, and the first one must not be forgotten."""
    given(desk, sparrow.due())
    sign_out(desk.acting(), counted(desk, "470"))
    late = a_patient(desk, "Lindqvist", "A7710BN")
    given(desk, late.due())
    with pytest.raises(Refused, match="signed out anew"):
        sign_out(desk.acting(), counted(desk, "440"))
    (second,) = sign_out(desk.acting(), counted(desk, "440", why="one late from court")).signed
    assert (second.why, second.balances[0].given) == ("one late from court", mg(60))


def test_what_was_corrected_since_the_page_was_read_is_counted_again(desk: TestDesk, sparrow: Patient) -> None:
    """She counts against thirty given; a colleague has just corrected it to refused."""
    given(desk, sparrow.due())
    read_before = counted(desk, "470")
    held = facts(desk).lines[0].dose
    correct_dose(desk.acting(), sparrow.due(), held, Ended(Outcome.CONCEALED, reason="found in the cheek"), "seen")
    with pytest.raises(Changed, match="meanwhile"):
        sign_out(desk.acting(), read_before)
    line = facts(desk).lines[0]
    assert (line.outcome, line.identified_by, line.left_over) == (Outcome.CONCEALED, "photograph", mg(30))


def test_every_medicine_of_the_round_is_counted_and_none_twice(desk: TestDesk, sparrow: Patient) -> None:
    """The one that is left out is the one that is missing."""
    given(desk, sparrow.due())
    none = counted(desk, "470")
    with pytest.raises(Refused, match="Methadone has not been counted"):
        sign_out(desk.acting(), replace(none, stock=()))
    with pytest.raises(Refused, match="twice"):
        sign_out(desk.acting(), replace(none, stock=none.stock * 2))


def test_a_medicine_that_nobody_was_given_may_be_counted_too(desk: TestDesk, sparrow: Patient) -> None:
    """The cupboard holds diazepam also on a morning when nobody has any."""
    given(desk, sparrow.due())
    diazepam = Stock(Ordered.DIAZEPAM, mg(100), mg(20), mg(0), "", mg(120))
    signing = counted(desk, "470")
    signed = sign_out(desk.acting(), replace(signing, stock=(*signing.stock, diazepam))).signed[0]
    assert [each.medicine for each in signed.balances] == [Ordered.METHADONE, Ordered.DIAZEPAM]


def test_the_next_round_is_told_how_the_last_one_was_left(desk: TestDesk, sparrow: Patient) -> None:
    """Between the rounds is where a bottle goes: what was left is shown, and never filled in."""
    given(desk, sparrow.due())
    sign_out(desk.acting(), counted(desk, "470"))
    a_patient(desk, "Lindqvist", "A7710BN", doses=(("evening", mg(20)),))
    (evening,) = round_facts(desk.acting(), TODAY, "evening").counted
    assert (evening.closed, evening.closed_at) == (mg(470), desk.clock.now())


def test_what_is_not_written_stands_on_the_sheet_as_not_written(desk: TestDesk, sparrow: Patient) -> None:
    """A man whom nobody went to must not look like one who took nothing."""
    given(desk, sparrow.due())
    a_patient(desk, "Lindqvist", "A7710BN")
    sheet = facts(desk)
    assert [line.who.name for line in sheet.not_written] == ["LINDQVIST, Daniel Lee"]
    assert sign_out(desk.acting(), counted(desk, "470")).not_written == sheet.not_written


def test_refused_before_it_was_handed_out_leaves_the_cupboard_as_it_is(desk: TestDesk, sparrow: Patient) -> None:
    """Otherwise each refusal would look like wastage that nobody wrote."""
    record_dose(desk.acting(), sparrow.due(), Ended(Outcome.REFUSED, reason="feels unwell"))
    (methadone,) = facts(desk).counted
    assert (methadone.given, methadone.left_over) == (mg(0), mg(0))


@pytest.mark.usefixtures("sparrow")
def test_the_round_is_named_and_has_come(desk: TestDesk) -> None:
    """A sheet of a day that has not come, or of no round at all, is nobody's record."""
    with pytest.raises(Refused, match="morning, noon, evening or night"):
        round_facts(desk.acting(), TODAY, "08:30")
    with pytest.raises(Refused, match="has not come yet"):
        sign_out(desk.acting(), counted(desk, "500", day=TODAY.replace(day=2)))


def test_reading_and_signing_out_are_audited(desk: TestDesk, sparrow: Patient) -> None:
    """Forty names and doses in one list: who read it is known."""
    given(desk, sparrow.due())
    sign_out(desk.acting(Role.LEAD), counted(desk, "470"))
    with desk.store.reading() as work:
        lines = [row.line.what for row in work.audit_page(None, 20, None)]
    assert lines[0] == "signed out a medicine round"
    assert "read the administration record" in lines


def test_two_accounts_of_one_dose_are_marked_on_the_sheet(desk: TestDesk, sparrow: Patient) -> None:
    """Taken at one desk, refused at the other: the count is not right until somebody has chosen."""
    given(desk, sparrow.due())
    with desk.store.work() as work:
        person = work.person(sparrow.patient_id)
        entry = next(each for each in person.folded.effective if each.kind == "dose")
        body = {**entry.body, "outcome": "refused", "reason": "at the other hatch"}
        work.append([NewEntry("regime", "dose", body, desk.acting().who, sparrow.patient_id)])
    assert [line.conflict for line in facts(desk).lines] == [True, True]
