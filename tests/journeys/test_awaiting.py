"""Everybody of the invented prison who waits for a regime: choice, course, a week of doses, a review, a change."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from factories import CHEAP, SetClock, TestDesk, chance
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from treatment import PHOTOGRAPH, by
from ward import RESOURCES, Ward
from windows import let_go

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.standing import ClassStanding
from pdtdesk.services.demonstration.evening import DEFAULT_TODAY
from pdtdesk.services.regime import giving, handing, record
from pdtdesk.services.regime.handing import Ended
from pdtdesk.services.regime.standing import RegimeNow
from pdtdesk.store.demonstration import make_demonstration
from pdtdesk.store.door import DeskDoor
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.secret import FolderSecrets
from pdtdesk.ui.regime.page import RegimePage
from pdtdesk.ui.theme import Theme, load_fonts
from pdtdesk.ui.tokens import load_tokens

WEEK = 7
BEGUN = {"start": "20", "rise": "5", "target": "40"}


@pytest.fixture
def prison(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Ward]:
    """The window on the demonstration desk, the prescriber at it on the morning after."""
    folder, clock = DeskFolder(tmp_path / "desk"), SetClock(DEFAULT_TODAY)
    make_demonstration(folder, DEFAULT_TODAY, cost=CHEAP)
    door = DeskDoor(folder, FolderSecrets(folder), clock=clock, random_bytes=chance(5), cost=CHEAP)
    store = door.enter("prescriber", "demonstration").store
    with store.reading() as work:
        members = {Role(member.role): member.id for member in work.members()}
    clock.at = datetime(2010, 6, 2, 7, 30, tzinfo=LONDON)
    load_fonts(RESOURCES / "theme")
    Theme(load_tokens(RESOURCES / "theme")).apply(qapp)
    ward = Ward(qtbot, TestDesk(folder, clock, door, store, "", members))
    sit_down(ward)
    yield ward
    ward.station.work.close()
    let_go(ward.window.shell)
    door.close()
    assert ward.wrong == []


def sit_down(ward: Ward) -> None:
    station = ward.station

    def enter(door: DeskDoor) -> None:
        station.session = station.begin_session(door.enter("prescriber", "demonstration"))

    station.work.ask(ward.window, enter, lambda _: None)
    ward.settle()
    station.account = "prescriber"
    station.signals.begun.emit()
    ward.settle()
    ward.window.with_pages().show("regime")
    ward.settle()


def opened(ward: Ward, patient: str) -> tuple[RegimePage, RegimeNow]:
    page = ward.window.with_pages().regime
    page.open_person(patient)
    ward.settle()
    assert page._now is not None
    return page, page._now


def put(fields: dict, **given: str) -> None:
    """Answers as fields give them, all at once."""
    for key, value in given.items():
        fields[key].set_value(value)
        fields[key].answered.emit(key, value)


def decide(ward: Ward, patient: str) -> RegimeClass:
    """What is missing is asked, then the first class that guidance offers; else the one it can be argued for."""
    page, now = opened(ward, patient)
    if now.facts.dependence is None:
        page.begin_facts()
        page.facts.fields["opioids.dependence"].set_value("dependent")
        page.facts.save()
        ward.settle()
        page, now = opened(ward, patient)
    declared = RegimeClass.MAINTENANCE
    departs = now.assessment.of(declared).standing is not ClassStanding.OFFERED
    page.begin_plan(declared)
    ward.settle()
    put(page.plan.course.fields["titration"], medicine="methadone", **BEGUN)
    ward.settle()
    said = {"told": "what it is for", "agreed": "yes", "read": "yes"}
    put(page.plan.choice.fields, **said, **({"reason": "assessed, in the file"} if departs else {}))
    if page.plan._planned.stops:
        put(page.plan.choice.fields, lift="seen, spoken with the pharmacy")
    page.plan.sign()
    ward.settle()
    assert "Signed: maintenance" in ward.sentence(), page.plan.notice.sentence()
    return declared


def a_week(ward: Ward, patient: str) -> int:
    """Seven rounds: looked at, handed out, taken; answers with how many doses."""
    nurse = by(ward.desk, signed=True)
    given = 0
    for _ in range(WEEK):
        for row in giving.rows_of_person(nurse, patient, ward.desk.clock.now().date()):
            if row.state == "due" and row.due.slot == "morning":
                handing.hand_out(nurse, row.due, PHOTOGRAPH)
                handing.record_dose(nurse, row.due, Ended(Outcome.TAKEN))
                given += 1
        ward.desk.clock.advance(days=1)
    ward.desk.clock.advance(days=-WEEK)
    return given


@pytest.mark.hazard("H-006")
def test_everybody_who_waits_is_chosen_for_given_reviewed_and_changed(prison: Ward) -> None:
    """If one of them cannot be taken through, he is the one without an order in the morning."""
    ward = prison
    page = ward.window.with_pages().regime
    waiting = [row.patient_id for row in page.rows() if row.standing == "awaiting"]
    assert len(waiting) >= 10
    for patient in waiting:
        decide(ward, patient)
    assert not [row for row in page.rows() if row.patient_id in waiting and row.standing != "in force"]
    for patient in waiting:
        assert a_week(ward, patient) == WEEK, patient
    ward.desk.clock.advance(days=WEEK)
    for patient in waiting:
        review_and_change(ward, patient)
    for patient in waiting:
        now = record.open_regime(by(ward.desk, Role.PRESCRIBER, signed=True), patient)
        assert len(now.treatment.reviews) == 1
        assert str(now.treatment.orders[-1].schedule.daily_on(now.today)) == "45 mg"
        assert not now.treatment.conflicting
        assert len({order.course for order in now.treatment.orders if order.medicine.is_substitute}) == 1


def review_and_change(ward: Ward, patient: str) -> None:
    page, _ = opened(ward, patient)
    page.begin_review()
    ward.settle()
    assert len(page.review.chart.facts.days) >= WEEK
    due = (ward.desk.clock.now() + timedelta(days=84)).date().isoformat()
    put(
        page.review.fields,
        outcome="change_schedule",
        reason="not held by forty",
        took_part="the man, the nurse",
        sleep="wakes sweating",
        next_due=due,
    )
    page.review.save()
    ward.settle()
    assert page._stack.currentWidget() is page.plan, page.review.notice.sentence()
    put({"kind": page.plan.course.kind}, kind="maintenance")
    put(page.plan.course.fields["maintenance"], medicine="methadone", dose="45")
    ward.settle()
    put(page.plan.choice.fields, told="five more", agreed="yes", read="yes")
    if page.plan._planned.stops:
        put(page.plan.choice.fields, lift="as before")
    page.plan._sign.setFocus()
    ward.press(Qt.Key.Key_Return)
    ward.settle()
    assert "Signed: methadone" in ward.sentence(), page.plan.notice.sentence()
