"""The desk was down over a day: the sheet comes to the window by keys, and the round goes on."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from a_round import TODAY, Patient, a_morning, a_patient, doses_before, mg
from factories import TestDesk
from hatch import ENTER, Hatch, last, treatment
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from ward import Ward

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered

TAB = Qt.Key.Key_Tab
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    """Half past eight in the morning."""
    made = a_morning(tmp_path / "desk")
    yield made
    made.door.close()


def sparrow(desk: TestDesk) -> Patient:
    """Given on Sunday, and on Monday by the sheet: at the desk that day is blank."""
    held = a_patient(desk, since=TODAY - timedelta(days=2))
    doses_before(desk, held, 1, until=YESTERDAY)
    return held


def at_the_paper(ward: Ward) -> Hatch:
    """She opens the dose that is stopped, and turns to *Given on paper…*."""
    hatch = Hatch(ward)
    hatch.page.list.rows.setFocus()
    hatch.press(ENTER)
    to(hatch, hatch.dose._paper)
    hatch.press(ENTER)
    assert hatch.page.panels.currentWidget() is hatch.page.panels.paper
    return hatch


def to(hatch: Hatch, there: QWidget) -> None:
    """Tab until the keyboard is there."""
    for _ in range(40):
        if there.hasFocus():
            return
        hatch.press(TAB)
    raise AssertionError("no Tab leads there")


def typed(hatch: Hatch, *lines: str) -> None:
    for line in lines:
        hatch.ward.type(line)
        hatch.press(ENTER)


@pytest.mark.hazard("H-004")
@pytest.mark.hazard("H-007")
def test_a_dose_of_the_day_that_is_not_known_is_entered_by_keys_and_the_next_is_given(ward: Ward) -> None:
    """*A day not known*, though it stands on the sheet in her hand: she telephones at six, or waits until ten."""
    held = sparrow(ward.desk)
    hatch = at_the_paper(ward)
    panel = hatch.page.panels.paper
    assert [choice.label for choice in panel.which.spec.choices] == [
        "Mon 31 May, morning: 30 mg",
        "Tue 1 Jun, morning: 30 mg",
    ]
    assert all(field.value() is None for field in (panel.which, panel.outcome.outcome, *panel.fields.values()))
    hatch.press("1", "t")
    typed(hatch, "08:15", "K. Osei")
    hatch.press("p", "n", "s")
    typed(hatch, "T. Marsh")
    assert panel.save.hasFocus()
    hatch.press(ENTER)
    dose = treatment(ward.desk, held).given_at(Ordered.METHADONE, YESTERDAY, "morning")
    assert dose is not None
    assert (dose.outcome, dose.at, dose.on_paper, dose.by.name, dose.witness) == (
        Outcome.TAKEN,
        datetime(2010, 5, 31, 8, 15, tzinfo=LONDON),
        "K. Osei",
        "R. Adeyemi",
        "T. Marsh",
    )
    assert hatch.page.panels.currentWidget() is hatch.dose
    assert hatch.dose.now.row.due == held.due()
    assert hatch.dose.now.stops == ()
    said = hatch.dose.bar.sentence()
    assert said == "Entered from the paper: Mon 31 May, morning: 30 mg, taken, by K. Osei."
    assert [row.due.day for row in hatch.page.rows()] == [TODAY], "the list is that of this round"
    hatch.press("p", "n", "n", ENTER, "t", ENTER)
    assert (last(ward.desk, held).day, last(ward.desk, held).on_paper) == (TODAY, "")


def test_this_mornings_dose_is_entered_from_the_paper_and_stands_written(ward: Ward) -> None:
    """Given at 08:15 by the sheet and typed at eleven: due in the list until noon, it is given again."""
    held = a_patient(ward.desk)
    ward.desk.clock.advance(hours=1)
    hatch = at_the_paper(ward)
    panel = hatch.page.panels.paper
    assert panel.which.value() == "1", "there is no other"
    hatch.press("a")
    typed(hatch, "10", "sick", "08:15", "R. Adeyemi")
    hatch.press("i", "n", "n")
    hatch.ward.control(Qt.Key.Key_S)
    ward.settle()
    dose = last(ward.desk, held)
    assert (dose.outcome, dose.mg, dose.on_paper) == (Outcome.PART_TAKEN, mg(10), "R. Adeyemi")
    assert hatch.page.panels.currentWidget() is hatch.page.panels.written
    assert "By: R. Adeyemi, Nurse, on paper" in hatch.page.panels.written.stands.text()
    assert "Entered from the paper" in hatch.page.panels.written.bar.sentence()


@pytest.mark.parametrize(
    ("outcome", "time", "name", "witness", "field"),
    [
        (("t",), "31 May 23:00", "K. Osei", "", "time"),
        (("t",), "now", "...", "", "name"),
        (("t",), "now", "K. Osei", "k. osei", "witness"),
        (("a", "30", "sick"), "now", "K. Osei", "", "taken"),
    ],
)
def test_a_refusal_takes_the_keyboard_to_its_question(
    ward: Ward, outcome: tuple[str, ...], time: str, name: str, witness: str, field: str
) -> None:
    """A sentence at the top of a page of nine questions, and she looks for which of them it means."""
    held = sparrow(ward.desk)
    hatch = at_the_paper(ward)
    panel = hatch.page.panels.paper
    hatch.press("2", outcome[0])
    typed(hatch, *outcome[1:], time, name)
    hatch.press("p", "n", "n")
    typed(hatch, witness)
    assert panel.save.hasFocus()
    hatch.press(ENTER)
    asked = panel.outcome.taken if field == "taken" else panel.fields[field]
    assert asked.error()
    assert any(each.hasFocus() for each in asked.input.targets())
    assert panel.bar.sentence() == "", "it stands at its question, and nowhere else"
    assert len(treatment(ward.desk, held).doses) == 1
    assert panel.which.value() == "2", "what was typed stands"


def test_nothing_is_entered_while_a_question_is_open(ward: Ward) -> None:
    """Saved without a word of who gave it, it stands there as if she had."""
    held = sparrow(ward.desk)
    hatch = at_the_paper(ward)
    panel = hatch.page.panels.paper
    for answer, asked in (
        ("1", panel.which),
        ("r", panel.outcome.outcome),
        (None, panel.outcome.words),
    ):
        panel.save.setFocus()
        hatch.press(ENTER)
        assert any(each.hasFocus() for each in asked.input.targets())
        if answer:
            hatch.press(answer)
    typed(hatch, "unwell", "08:15")
    panel.save.setFocus()
    hatch.press(ENTER)
    assert any(each.hasFocus() for each in panel.fields["name"].input.targets())
    assert panel.fields["identified"].isHidden(), "of a dose that left no cupboard nobody was identified"
    assert len(treatment(ward.desk, held).doses) == 1


@pytest.mark.hazard("H-001")
def test_a_scanner_answers_nothing_of_a_paper(ward: Ward) -> None:
    """The next man holds out his card: *taken, photograph, no* is typed into the paper of this one."""
    held = sparrow(ward.desk)
    a_patient(ward.desk, "Haddad", "A5521QP", cell="C1-03")
    hatch = Hatch(ward)
    hatch.page.open_row(next(id_ for id_ in hatch.page._rows if id_.startswith(held.patient_id)))
    ward.settle()
    hatch.dose._paper.click()
    ward.settle()
    panel = hatch.page.panels.paper
    hatch.press("1")
    before = panel._stood()
    hatch.scan("A5521QP")
    assert panel._stood() == before
    assert "nothing was answered by it" in panel.bar.sentence()
    assert hatch.in_hand() == "Sparrow"


def test_where_nothing_is_open_no_paper_is_offered_and_escape_goes_back_to_the_dose(ward: Ward) -> None:
    """A cup in his hand, and the page offers another; or she thinks again, and has lost whose dose it was."""
    sparrow(ward.desk)
    hatch = at_the_paper(ward)
    hatch.press(Qt.Key.Key_Escape)
    assert hatch.page.panels.currentWidget() is hatch.dose
    assert hatch.dose._paper.isVisible()
    a_patient(ward.desk, "Haddad", "A5521QP", cell="C1-03")
    hatch.page.refresh()
    ward.settle()
    hatch.page.open_row(next(id_ for id_, row in hatch.page._rows.items() if row.surname == "Haddad"))
    ward.settle()
    assert hatch.dose._paper.isVisible(), "this morning's may have been given by the sheet"
    hatch.press("p", "n", "n", ENTER)
    assert not hatch.dose._paper.isVisible()
