"""Every page of the desk, by day, by night and with the words twice as large: names, order, nothing cut."""

from collections.abc import Callable, Iterator

import pytest
from at_desk import A_PAGE, AtDesk, sitting_at
from factories import TestDesk
from page_audit import audit_page

from pdtdesk.domain.roles import Role
from pdtdesk.services.desk.session import break_glass
from pdtdesk.ui.desk.account import AccountPage
from pdtdesk.ui.desk.recovery import RecoveryPage
from pdtdesk.ui.desk.set_up import SetUpPage
from pdtdesk.ui.desk.sign_in import SignInPage
from pdtdesk.ui.desk.staff import StaffPage
from pdtdesk.ui.handbook import HandbookPage, ShortcutsPage
from pdtdesk.ui.oversight.audit import AuditPage
from pdtdesk.ui.paper import PaperPage
from pdtdesk.ui.shell import Page
from pdtdesk.ui.tokens import Scheme, Tone


@pytest.fixture
def at(qtbot, desk: TestDesk) -> Iterator[AtDesk]:
    with sitting_at(qtbot, desk, demonstration=True) as made:
        yield made


def _sign_in(at: AtDesk) -> Page:
    page = at.show(SignInPage(at.station))
    page.form.submit()
    page.form.say("Several wrong passwords were given for nurse. Wait 5 seconds, then try again.", Tone.AMBER)
    return page


def _set_up(at: AtDesk) -> Page:
    page = at.show(SetUpPage(at.station))
    page.form.submit()
    return page


def _code(at: AtDesk) -> Page:
    page = at.show(SetUpPage(at.station))
    page._on_found("7K2QM-00000-11111-22222-33333-44444-55555")
    return page


def _staff(at: AtDesk) -> Page:
    at.sign_in(Role.ADMIN)
    page = at.show(StaffPage(at.station))
    page.table.selectRow(0)
    return page


def _account(at: AtDesk) -> Page:
    at.sign_in(Role.NURSE)
    return at.show(AccountPage(at.station))


def _audit(at: AtDesk) -> Page:
    at.sign_in(Role.LEAD)
    acting = at.station.acting
    at.ask(lambda _door: break_glass(acting, None, "the lease ran out in the night"))
    return at.show(AuditPage(at.station))


def _paper(at: AtDesk) -> Page:
    page = at.show(PaperPage(at.station, printers=lambda: ("Ward laser", "Reception inkjet")))
    page.show_paper(A_PAGE, "First-night sheet")
    return page


PAGES: dict[str, Callable[[AtDesk], Page]] = {
    "sign in": _sign_in,
    "set up": _set_up,
    "recovery code": _code,
    "recovery": lambda at: at.show(RecoveryPage(at.station)),
    "staff": _staff,
    "account": _account,
    "audit": _audit,
    "paper": _paper,
    "handbook": lambda at: at.show(HandbookPage(at.station)),
    "shortcuts": lambda at: at.show(ShortcutsPage()),
}


@pytest.mark.parametrize("name", list(PAGES))
def test_every_page_can_be_read_and_gone_through(at: AtDesk, dress: Callable[..., object], name: str) -> None:
    page = PAGES[name](at)
    found = []
    for scheme, scale, size in (
        (Scheme.LIGHT, 1.0, (1440, 900)),
        (Scheme.DARK, 1.0, (1024, 700)),
        (Scheme.LIGHT, 2.0, (1440, 900)),
    ):
        dress(scheme, scale)
        at.shell.resize(*size)
        at.settle()
        found += [f"{scheme} {scale:.0%}: {said}" for said in audit_page(page)]
    assert not found, "\n".join(found)
