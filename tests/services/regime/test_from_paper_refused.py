"""What is refused of a dose on paper, and what a fault leaves of it: the whole or nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from factories import TestDesk
from on_paper import TAKEN, a_blank_day, a_paper, at, stops_of
from treatment import (
    DROWSY,
    PHOTOGRAPH,
    TODAY,
    by,
    due,
    mg,
    on_methadone,
    opened_again,
    treatment,
)

from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.stops import StopCode
from pdtdesk.services.reception.corrections import mark_in_error
from pdtdesk.services.refusals import Changed, NotAllowed, Refused
from pdtdesk.services.regime.from_paper import (
    Asked,
    write_from_paper,
)
from pdtdesk.services.regime.giving import open_dose
from pdtdesk.services.regime.handing import Ended, correct_dose, hand_out, record_dose


def on(hour: int, minute: int = 0, days: int = 1) -> datetime:
    return at(TODAY + timedelta(days=days), hour, minute)


@pytest.mark.parametrize(
    ("said", "of", "words"),
    [
        ({"given_by": " "}, Asked.NAME, "name on the paper"),
        ({"given_by": "…"}, Asked.NAME, "name on the paper"),
        ({"witness": "k. osei "}, Asked.WITNESS, "somebody else"),
        ({"identified_by": "his face"}, Asked.IDENTIFIED, "paper does not say"),
        ({"given_at": on(8, 31, days=2)}, Asked.TIME, "has not come yet"),
        ({"given_at": on(8, 15, days=2)}, Asked.TIME, "this is the dose of Thu 3 Jun 2010"),
        ({"given_at": on(0, 15)}, Asked.TIME, "rounds of Wed 2 Jun 2010"),
        ({"poured": mg(10)}, Asked.POURED, "another amount"),
    ],
)
def test_what_cannot_stand_on_that_paper_is_refused_and_says_which_question(
    ward: TestDesk, said: dict[str, object], of: Asked, words: str
) -> None:
    """A slip of the finger puts a dose on another day: one day too many, and one that stays not known."""
    patient, thursday = a_blank_day(ward)
    with pytest.raises(Refused, match=words) as refused:
        write_from_paper(by(ward), thursday, a_paper(**said), TAKEN)
    assert refused.value.about == of
    assert len(treatment(ward, patient).doses) == 1
    assert treatment(ward, patient).begun == ()


@pytest.mark.parametrize(
    "ended",
    [
        Ended(Outcome.REFUSED),
        Ended(Outcome.VOMITED),
        Ended(Outcome.PART_TAKEN, None, "sick"),
        Ended(Outcome.PART_TAKEN, mg(20), "sick"),
        Ended(Outcome.TAKEN, mg(5)),
    ],
)
def test_reasons_and_amounts_are_asked_as_of_any_dose(ward: TestDesk, ended: Ended) -> None:
    """*Refused* without a word, or a part of which nobody says how much, is no record of a dose."""
    patient, thursday = a_blank_day(ward)
    with pytest.raises(Refused) as refused:
        write_from_paper(by(ward), thursday, a_paper(), ended)
    assert refused.value.about == Asked.OUTCOME
    assert len(treatment(ward, patient).doses) == 1
    assert treatment(ward, patient).begun == ()


def test_nothing_is_entered_before_its_order(ward: TestDesk) -> None:
    """A dose that nobody had ordered would stand there as given by a signed order."""
    patient = on_methadone(ward)
    today = due(ward, patient)
    ward.clock.at = at(TODAY, 11)
    with pytest.raises(Refused, match="was signed Wed 2 Jun 2010 08:30") as refused:
        write_from_paper(by(ward), today, a_paper(given_at=at(TODAY, 8, 15)), TAKEN)
    assert refused.value.about == Asked.TIME
    yesterday = replace(today, day=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="begins on Wed 2 Jun 2010") as refused:
        write_from_paper(by(ward), yesterday, a_paper(given_at=on(8, 15, days=-1)), TAKEN)
    assert refused.value.about == Asked.DOSE
    for unknown in (replace(today, order="x"), replace(today, slot="noon")):
        with pytest.raises(Changed):
            write_from_paper(by(ward), unknown, a_paper(given_at=at(TODAY, 9)), TAKEN)


@pytest.mark.hazard("H-008")
def test_a_dose_that_is_written_or_in_somebodys_hand_is_not_entered_over_it(ward: TestDesk) -> None:
    """Typed twice from two copies of the sheet, and he took forty."""
    patient = on_methadone(ward)
    today, paper = due(ward, patient), a_paper(given_at=at(TODAY, 8, 30))
    hand_out(by(ward), today, PHOTOGRAPH)
    with pytest.raises(Changed, match="handed out Wed 2 Jun 2010 08:30 by R"):
        write_from_paper(by(ward), today, paper, TAKEN)
    record_dose(by(ward), today, TAKEN)
    with pytest.raises(Changed, match="has written down this dose already: taken"):
        write_from_paper(by(ward), today, paper, TAKEN)
    assert len(treatment(ward, patient).doses) == 1


def test_only_whoever_gives_medicines_enters_one(ward: TestDesk) -> None:
    """Otherwise a worker without a register writes doses."""
    _, thursday = a_blank_day(ward)
    for role in (Role.CARAT, Role.MANAGER, Role.ADMIN):
        with pytest.raises(NotAllowed):
            write_from_paper(by(ward, role), thursday, a_paper(), TAKEN)


@pytest.mark.hazard("H-008")
@pytest.mark.parametrize("cut", ["dose", "triage"])
def test_a_power_cut_leaves_the_whole_of_it_or_nothing(
    ward: TestDesk, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    """A cup without its outcome, that was never handed out here, stops the round and nobody knows of it."""
    patient, thursday = a_blank_day(ward)
    with ward.store.work() as work:
        of_work = type(work)
    append: Callable[..., object] = of_work.append

    def cut_off(self: object, entries: list[object]) -> object:
        if any(each.kind == cut for each in entries):
            raise OSError("the plug")
        return append(self, entries)

    monkeypatch.setattr(of_work, "append", cut_off)
    with pytest.raises(OSError, match="the plug"):
        write_from_paper(by(ward), thursday, a_paper(look=DROWSY), TAKEN)
    monkeypatch.undo()
    after = opened_again(ward)
    try:
        assert treatment(after, patient).begun == ()
        assert len(treatment(after, patient).doses) == 1
        assert stops_of(after, patient) == {StopCode.DAY_NOT_KNOWN}
    finally:
        after.door.close()


def test_a_refused_one_is_not_corrected_into_a_taken_one(ward: TestDesk) -> None:
    """*Hand it out with its checks*, says the page of a dose of yesterday; and nobody can."""
    _, thursday = a_blank_day(ward)
    written = write_from_paper(by(ward), thursday, a_paper(), Ended(Outcome.REFUSED, reason="unwell")).written
    assert written is not None
    with pytest.raises(Refused, match="enter it from the paper anew"):
        correct_dose(by(ward), thursday, written.entry_id, TAKEN, "misread")
    mark_in_error(by(ward), written.entry_id, "misread the line")
    assert write_from_paper(by(ward), thursday, a_paper(), TAKEN).row.outcome is Outcome.TAKEN


def test_a_dose_marked_as_an_error_still_asks_what_became_of_the_cup_on_paper(ward: TestDesk) -> None:
    """Typed under the wrong man's line: what was poured by that paper does not vanish with the outcome."""
    _, thursday = a_blank_day(ward)
    written = write_from_paper(by(ward), thursday, a_paper(), TAKEN).written
    assert written is not None
    mark_in_error(by(ward), written.entry_id, "misread the line")
    cup = open_dose(by(ward), thursday).begun
    assert cup is not None
    assert cup.on_paper == "K. Osei"
    again = record_dose(by(ward), thursday, Ended(Outcome.VOMITED, reason="as the paper says")).written
    assert again is not None
    assert (again.on_paper, again.at) == ("K. Osei", at(thursday.day, 8, 15))
