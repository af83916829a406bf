"""The lead's page of local policy: every figure listed, signed by keys alone, never before its effect was shown."""

from collections.abc import Iterator
from datetime import date

import pytest
from at_desk import AtDesk, sitting_at
from factories import EVENING, NAMES, TestDesk, a_draft, an_arrival
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pdtdesk.domain.roles import Role
from pdtdesk.services.oversight.signing import Effect, Signing
from pdtdesk.services.reception import triage
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.oversight.sign_off import SignOffPage

INDUCTION = "missed_days_new_induction"


@pytest.fixture
def at(qtbot, desk: TestDesk) -> Iterator[AtDesk]:
    take_in(desk.acting(), [(2, an_arrival())])
    with desk.store.reading() as work:
        (row,) = work.arrivals(EVENING)
    said = {
        "arrival.identity_checked": "yes",
        "risk.drowsy": "no",
        "withdrawal.seen": "opioids",
        "prescribed.any": "yes",
        "prescribed.medicine": "methadone",
        "prescribed.daily": "55",
        "prescribed.days_missed": "6",
    }
    triage.save(desk.acting(), a_draft(row.stay, row.patient_id, said), 1)
    with sitting_at(qtbot, desk) as made:
        made.sign_in(Role.LEAD)
        yield made
        assert made.wrong == []


@pytest.fixture
def page(at: AtDesk) -> SignOffPage:
    return at.show(SignOffPage(at.station))


def typed_in(page: SignOffPage, **given: str) -> None:
    """Typed by hand into the figure's fields."""
    assert page.figure is not None
    values = {"from": "2010-06-01", "document": "Ashmoor formulary 2010", "section": "4.2", **given}
    for key, value in values.items():
        field = page.figure.fields[key]
        field.set_value(value)
        field.answered.emit(field.key, value)


def shown(at: AtDesk, page: SignOffPage, parameter_id: str = INDUCTION, **given: str) -> None:
    """The effect of a figure, shown."""
    page.choose(parameter_id)
    typed_in(page, **given)
    page.figure.look.click()
    at.settle()


def said(page: SignOffPage) -> str:
    return "\n".join(label.text() for label in page.figure.findChildren(QLabel) if not label.isHidden())


def effect_words(page: SignOffPage) -> str:
    return "\n".join(label.text() for label in page.effect.findChildren(QLabel) if not label.isHidden())


def rows(page: SignOffPage) -> dict[str, tuple[str, ...]]:
    model = page.table.model()
    return {
        id_: tuple(str(model.index(at, column).data()) for column in range(model.columnCount()))
        for at, id_ in enumerate(page.table.ids())
    }


def test_what_is_to_be_signed_is_listed_first_and_narrowed_by_kind_stage_and_words(page: SignOffPage) -> None:
    """Otherwise the lead looks through a hundred lines for the fifteen that wait."""
    listed = rows(page)
    assert listed[INDUCTION] == ("Missed days that need a new induction", "none", "without a value", "D-06")
    assert "stabilisation_least" not in listed, "it is quoted, and awaits nothing"
    page.show_field.set_value("empty")
    page.show_field.answered.emit("figures.show", "empty")
    assert all(row[2] == "without a value" for row in rows(page).values())
    page.stage_field.set_value("regime")
    page.stage_field.answered.emit("figures.stage", "regime")
    assert INDUCTION not in rows(page)
    page.choose("stabilisation_least")
    assert page.table.current_id() == "stabilisation_least"
    page.find_field.set_value("new induct")
    page.find_field.typed.emit("figures.find", "new induct")
    assert INDUCTION in rows(page)
    assert len(rows(page)) < 5
    page.find_field.set_value("of nothing at all")
    page.find_field.answered.emit("figures.find", "of nothing at all")
    assert page.empty.isVisibleTo(page)


def test_a_figure_stands_with_its_source_and_the_words_that_another_prisons_is_no_reason(page: SignOffPage) -> None:
    """Otherwise a figure is copied from the next prison, or from the demonstration."""
    page.choose(INDUCTION)
    words = said(page)
    for part in ("no value, as no source gives one", "Source: Professional practice", "any other prison"):
        assert part in words
    page.choose("missed_days_reassess")
    assert "Reading 1: after more than 3 missed days: 4 days (Northern Ireland formulary" in said(page)
    assert page.figure.fields["value"].isHidden(), "a reading is chosen before anything is typed"
    page.choose("order_needed")
    assert "value" not in page.figure.fields, "a rule is signed as it stands"


@pytest.mark.hazard("H-009")
def test_nothing_can_be_signed_before_its_effect_was_shown_and_not_after_a_field_was_changed(
    at: AtDesk, page: SignOffPage
) -> None:
    """Otherwise the lead reads what five days change, and signs three."""
    page.choose(INDUCTION)
    assert page.effect.isHidden()
    shown(at, page, value="5")
    assert page.effect.sign.isVisibleTo(page)
    assert "1 person looked at" in effect_words(page)
    cells = page.effect.people.model()
    assert cells.index(0, 0).data().startswith("SPARROW, Daniel Lee\nA4127CK")
    assert "+ Finding" in cells.index(0, 1).data()
    assert "A new induction is needed from 5 days." in cells.index(0, 1).data()
    typed_in(page, value="3")
    assert page.effect.isHidden()
    assert page.effect.effect is None
    page.effect.sign_asked.emit()
    at.settle()
    assert at.station.policy.overlays == ()


def test_a_signed_figure_acts_in_this_session_at_once_and_every_page_is_told(at: AtDesk, page: SignOffPage) -> None:
    """Otherwise the lead signs, opens a record, and reads that nothing is signed."""
    told: list[ChangeSet] = []
    at.work.changes.announced.connect(lambda changes, _: told.append(changes))
    shown(at, page, value="5")
    assert at.focus() is page.effect.sign
    at.press(Qt.Key.Key_Return)
    at.settle()
    assert at.station.acting.policy.on(EVENING.date()).days(INDUCTION).value == 5
    assert at.station.policy is at.station.acting.policy
    assert at.station.local_policy() == "Local policy of HMP Ashmoor, 1 figure signed, last on Tue 1 Jun 2010"
    assert at.station.guidance() == "Guidance of Tue 1 Jun 2010"
    assert [changes.kinds for changes in told] == [frozenset({"policy"})]
    assert "Signed: Missed days that need a new induction, from Tue 1 Jun 2010" in page.notice.sentence()
    assert rows(page)[INDUCTION][1:3] == ("5 days", "signed")
    page.choose(INDUCTION)
    assert f"signed by {NAMES[Role.LEAD]} on Tue 1 Jun 2010, on Ashmoor formulary 2010, 4.2" in said(page)


def test_a_figure_is_signed_by_keys_alone(at: AtDesk, page: SignOffPage) -> None:
    """Otherwise a lead without a mouse signs nothing."""
    assert at.focus() is page.table
    page.table.selectRow(page.table.ids().index(INDUCTION))
    at.press(Qt.Key.Key_Return)
    for words in ("5", "today", "", "Ashmoor formulary 2010", "4.2"):
        if words:
            at.type(words)
        at.press(Qt.Key.Key_Return)
    assert at.focus() is page.figure.look
    at.press(Qt.Key.Key_Return)
    at.settle()
    at.press(Qt.Key.Key_Return)
    at.settle()
    assert at.station.policy.on(EVENING.date()).days(INDUCTION).value == 5


def test_what_is_missing_or_cannot_be_read_is_said_under_its_field(at: AtDesk, page: SignOffPage) -> None:
    """Otherwise a figure without a source is signed, or a slip is sent and lost."""
    page.choose(INDUCTION)
    page.figure.look.click()
    assert "needed before it can be saved" in page.figure.fields["section"].error()
    assert at.focus() is page.figure.fields["value"].input.target()
    page.choose("cows_bands")
    typed_in(page, choice="another", value="0-4 none; 9-48 severe")
    page.figure.look.click()
    at.settle()
    assert "cannot be taken" in page.figure.fields["value"].error()
    assert page.effect.isHidden()


def test_what_the_desk_refuses_is_said_above_the_page(at: AtDesk, page: SignOffPage) -> None:
    """Otherwise a figure dated back looks signed."""
    shown(at, page, value="5", **{"from": "2010-05-01"})
    assert "is not rewritten" in page.notice.sentence()
    assert page.effect.isHidden()
    assert page.figure.look.isEnabled()


def test_a_reading_of_the_sources_is_signed_as_it_stands(at: AtDesk, page: SignOffPage) -> None:
    """Otherwise the lead types what a formulary says, with a slip in it."""
    shown(at, page, "missed_days_reassess", choice="1")
    effect = page.effect.effect
    assert isinstance(effect, Effect)
    assert isinstance(effect.proposed, Signing)
    assert (effect.proposed.value, effect.proposed.as_it_stands) == (3, True)
    page.effect.sign.click()
    at.settle()
    assert at.station.policy.on(EVENING.date()).days("missed_days_reassess").value == 3


def test_a_signed_figure_is_withdrawn_with_a_reason_after_its_effect_was_shown(at: AtDesk, page: SignOffPage) -> None:
    """Otherwise the only way out of a wrong figure is another one."""
    shown(at, page, value="5")
    page.effect.sign.click()
    at.settle()
    page.choose(INDUCTION)
    page.figure._on_withdraw_asked()
    assert "needed before it can be saved" in page.figure.fields["why"].error()
    why = page.figure.fields["why"]
    why.set_value("the section was replaced")
    page.figure._on_withdraw_asked()
    at.settle()
    assert page.effect.sign.text() == "Withdraw"
    page.effect.sign.click()
    at.settle()
    assert at.station.policy.overlays == ()
    assert at.station.local_policy() == ""
    assert page.notice.sentence().startswith("Withdrawn: ")


def test_which_of_two_is_withdrawn_is_asked(at: AtDesk, page: SignOffPage) -> None:
    """Otherwise the figure of today is withdrawn in place of the one of July."""
    for value, day in (("5", "2010-06-01"), ("4", "2010-07-01")):
        shown(at, page, value=value, **{"from": day})
        page.effect.sign.click()
        at.settle()
    page.choose(INDUCTION)
    page.figure.fields["which"].set_value("2010-07-01")
    page.figure.fields["why"].set_value("not agreed")
    page.figure._on_withdraw_asked()
    at.settle()
    page.effect.sign.click()
    at.settle()
    held = [at.station.policy.on(day).days(INDUCTION).value for day in (EVENING.date(), date(2010, 7, 1))]
    assert held == [5, 5], "what had not begun never will, and the figure before it goes on"


def test_looking_can_be_stopped_and_then_nothing_can_be_signed(at: AtDesk, page: SignOffPage) -> None:
    """Otherwise a look at 650 people holds the lead, or half of it passes for the whole."""
    page.choose(INDUCTION)
    typed_in(page, value="5")
    page.figure.look.click()
    assert page.effect.stop.isVisibleTo(page)
    page.effect.stop.click()
    at.settle()
    assert "Stopped" in effect_words(page)
    assert not page.effect.sign.isVisibleTo(page)
    assert page.table.isEnabled()


def test_a_nurse_is_refused_and_sees_no_figure(at: AtDesk) -> None:
    at.sign_in(Role.NURSE)
    page = at.show(SignOffPage(at.station))
    assert "may not sign figures of local policy" in page.notice.sentence()
    assert page.table.ids() == ()


def test_after_a_lock_nothing_of_it_stays(at: AtDesk, page: SignOffPage) -> None:
    """Whoever comes next reads nobody's name and finds nothing typed."""
    shown(at, page, value="5")
    at.station.session = None
    at.station.signals.ended.emit()
    assert page.figure is None
    assert page.effect.people.ids() == ()
    assert page.table.ids() == ()
