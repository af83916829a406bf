"""Every page of the real window as it stands at 21:40, by day, by night, large and small: read, heard and gone
through by keyboard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from factories import a_desk, an_arrival
from page_audit import audit_page
from pages_of_the_regime import REGIME_PAGES, with_regimes
from pages_of_the_round import (
    at_round,
    corrected,
    lifted,
    looked_again,
    missed,
    on_paper,
    on_the_round,
    orders_to_sign,
    part_taken,
    signed_out,
)
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ward import RESOURCES, Ward
from windows import let_go

from pdtdesk.domain.roles import Role
from pdtdesk.exchange.reception_list import read
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.ui.theme import Theme
from pdtdesk.ui.theme.theme import current_theme
from pdtdesk.ui.tokens import Scheme

USUAL, SMALL = QSize(1440, 900), QSize(1024, 700)
LOOKS: dict[str, tuple[Scheme, float, QSize]] = {
    "by day": (Scheme.LIGHT, 1.0, USUAL),
    "on a small screen": (Scheme.LIGHT, 1.0, SMALL),
    "by night": (Scheme.DARK, 1.0, USUAL),
    "at 200 %": (Scheme.LIGHT, 2.0, USUAL),
}


class Evening:
    """An evening at one desk: the list is in, some have had their first pass; every page can be turned to."""

    def __init__(self, ward: Ward) -> None:
        self.ward = ward
        self.role: Role | None = None

    def as_(self, role: Role) -> None:
        if self.role is role:
            return
        self.nobody()
        self.ward.window.sign_in.show_fresh()
        self.ward.sign_in(role)
        self.role = role

    def nobody(self) -> None:
        if self.ward.station.session is not None:
            self.ward.window.lock("by hand")
            self.ward.settle()
        self.role = None

    def open(self, at: int, on_pass: int = 1) -> None:
        self.as_(Role.NURSE)
        self.pages.show("reception")
        reception = self.ward.reception
        reception.open_stay(reception.rows()[at].stay)
        self.ward.settle()
        reception.triage.show_pass(on_pass)

    @property
    def pages(self):
        return self.ward.window.with_pages()

    @property
    def reception(self):
        return self.ward.reception


def _begin(ward: Ward) -> None:
    """Two first passes saved, one of them of somebody drowsy with a dose outside that nobody has confirmed."""
    ward.sign_in()
    reception = ward.reception
    for at, outside in ((0, "yes"), (1, "no")):
        reception.open_stay(reception.rows()[at].stay)
        ward.settle()
        fields = reception.triage.form.fields
        given = dict.fromkeys(("risk.self_harm_now", "risk.intoxicated", "risk.seizure_ever"), "no")
        given |= {"arrival.identity_checked": "yes", "risk.drowsy": outside, "withdrawal.seen": "opioids"}
        given |= {"prescribed.any": outside, "medicines.cannot_wait": "none"}
        if outside == "yes":
            given |= {"prescribed.medicine": "methadone", "prescribed.daily": "55"}
        for key, value in given.items():
            fields[key].set_value(value)
            fields[key].answered.emit(key, value)
        reception.triage.save()
        ward.settle()
    ward.window.lock("by hand")
    ward.settle()


@pytest.fixture
def evening(qtbot: QtBot, tmp_path: Path) -> Iterator[Evening]:
    """One desk and one window for all pages."""
    desk = a_desk(tmp_path / "desk")
    listed = read((RESOURCES / "demo" / "receptions.csv").read_bytes(), desk.clock.now().date())
    take_in(desk.acting(), listed.rows)
    take_in(desk.acting(), [(90, an_arrival())])
    take_in(desk.acting(), [(91, an_arrival(prison_number=None))])
    on_the_round(desk)
    with_regimes(desk)
    ward = Ward(qtbot, desk)
    _begin(ward)
    yield Evening(ward)
    ward.station.work.close()
    let_go(ward.window.shell)
    assert ward.wrong == []


def _sign_in(evening: Evening) -> None:
    evening.nobody()
    evening.ward.window.show_way_in(founded=True)


def _unfolded(evening: Evening) -> None:
    evening.open(2, 2)
    for card in evening.reception.triage.form.scales.values():
        card.unfold()


def _refused(evening: Evening) -> None:
    evening.as_(Role.NURSE)
    evening.pages.show("reception")
    bad = evening.ward.desk.folder.path.parent / "bad.csv"
    head = (RESOURCES / "demo" / "receptions.csv").read_text(encoding="utf-8").splitlines()[0]
    bad.write_text(f"{head}\nA12345C,Nobody,Here,2010-13-01,male,yesterday,Court,remand,,,\n", encoding="utf-8")
    evening.ward.take_in(bad)
    evening.reception.take_in()


def _same_person(evening: Evening) -> None:
    alike = next(at for at, row in enumerate(evening.reception.rows()) if row.unsure)
    evening.open(alike)


def _who(evening: Evening) -> None:
    evening.open(0)
    evening.reception.triage.who_asked.emit()


def _entry(evening: Evening) -> None:
    evening.open(0)
    evening.reception.turn_timeline()
    evening.ward.settle()
    evening.reception.timeline.list.opened.emit(evening.reception.timeline.list.rows()[0].id)


def _timeline_closed(evening: Evening) -> None:
    evening.reception.turn_timeline()
    evening.open(0, 2)


def _due(evening: Evening) -> None:
    evening.as_(Role.NURSE)
    evening.pages.show("due")


def _confirm(evening: Evening) -> None:
    evening.pages.due.begin_confirming()
    assert evening.pages.due.confirm.isVisible()
    evening.pages.due.confirm.save()


def _source(evening: Evening) -> None:
    evening.open(0)
    evening.reception.ask_first_source()


def _paper(evening: Evening) -> None:
    evening.open(0)
    evening.reception.triage.print_asked.emit()


def _record(evening: Evening) -> None:
    patient = evening.reception.rows()[0].patient_id
    evening.as_(Role.CARAT)
    evening.pages.open_person(patient)
    evening.ward.settle()
    evening.pages.record._on_open()


def _stage(role: Role, stage: str) -> Callable[[Evening], None]:
    def go(evening: Evening) -> None:
        evening.as_(role)
        evening.pages.show(stage)

    return go


def _shown(name: str) -> Callable[[Evening], None]:
    def go(evening: Evening) -> None:
        evening.as_(Role.NURSE)
        evening.pages.show("reception")
        getattr(evening.pages, name)()

    return go


def _figure(evening: Evening) -> None:
    evening.as_(Role.LEAD)
    page = evening.pages.page("sign-off")
    page.choose("cows_repeat_hours")
    for key, value in {"value": "3", "from": "2010-06-01", "document": "Ashmoor formulary", "section": "4.2"}.items():
        page.figure.fields[key].set_value(value)
    page.figure.look.click()


def _saving_figures(evening: Evening) -> None:
    evening.as_(Role.LEAD)
    evening.pages.show("figures")
    evening.ward.settle()
    evening.pages.page("figures").save.click()


def _turning_figures(evening: Evening) -> None:
    _saving_figures(evening)
    evening.pages.page("figures").by_prescriber.click()


def _recovery(evening: Evening) -> None:
    evening.nobody()
    evening.pages.show_recovery("nurse")


def _set_up(evening: Evening) -> None:
    evening.nobody()
    evening.pages.show_set_up()


PAGES: dict[str, Callable[[Evening], None]] = {
    "sign in": _sign_in,
    "arrivals": lambda evening: evening.as_(Role.NURSE),
    "first pass": lambda evening: evening.open(3),
    "second pass, scales unfolded": _unfolded,
    "list with refusals": _refused,
    "same person": _same_person,
    "who and where": _who,
    "entry": _entry,
    "second pass of somebody seen": _timeline_closed,
    "round": at_round(),
    "dose": at_round("due"),
    "dose that is missed": at_round("due", then=missed),
    "dose that is stopped": at_round("stopped"),
    "stop lifted": at_round("stopped", then=lifted),
    "given on paper": at_round("stopped", then=on_paper),
    "looked again": at_round("stopped", then=looked_again),
    "dose handed out": at_round("handed out", then=part_taken),
    "dose written": at_round("written"),
    "dose corrected": at_round("written", then=corrected),
    "two accounts": at_round("conflict"),
    "two accounts, to settle": at_round("conflict", role=Role.PRESCRIBER),
    "telephone orders": at_round(role=Role.PRESCRIBER, then=orders_to_sign),
    "round signed out": at_round(then=signed_out),
    **REGIME_PAGES,
    "due": _due,
    "confirm": _confirm,
    "source": _source,
    "paper": _paper,
    "handbook": _shown("show_help"),
    "shortcuts": _shown("show_shortcuts"),
    "account": _stage(Role.NURSE, "account"),
    "record by reason": _record,
    "prescriber": _stage(Role.PRESCRIBER, "reception"),
    "manager": _stage(Role.MANAGER, "account"),
    "treatment figures, for the manager": _stage(Role.MANAGER, "figures"),
    "audit": _stage(Role.LEAD, "oversight"),
    "treatment figures": _stage(Role.LEAD, "figures"),
    "treatment figures, saved as a file": _saving_figures,
    "treatment figures, by prescriber": _turning_figures,
    "local policy": _stage(Role.LEAD, "sign-off"),
    "local policy, a figure and what it would change": _figure,
    "staff": _stage(Role.ADMIN, "staff"),
    "locked": lambda evening: evening.nobody(),
    "recovery": _recovery,
    "set-up": _set_up,
}


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_of_the_window_can_be_read_heard_and_gone_through(
    evening: Evening, qapp: QApplication, look: str
) -> None:
    """A cut dose, a field without a name, an order that jumps: whatever page it is on, and whoever sits there."""
    scheme, scale, size = LOOKS[look]
    colours = look in ("by day", "by night")  # the others show the same ones
    Theme(current_theme().tokens, scheme, scale).apply(qapp)
    evening.ward.window.shell.resize(size)
    wrong = []
    for name, go in PAGES.items():
        go(evening)
        evening.ward.settle()
        wrong += [f"{name}, {look}: {each}" for each in audit_page(evening.ward.window.shell, colours=colours)]
    assert not wrong, "\n".join(wrong)
