"""One's own account: a password that nobody else knows, and a window that one can read."""

from collections.abc import Iterator

import pytest
from at_desk import AtDesk, sitting_at
from factories import PASSWORD, TestDesk
from PySide6.QtCore import Qt

from pdtdesk.domain.roles import Role
from pdtdesk.ui.desk.account import AccountPage


@pytest.fixture
def at(qtbot, desk: TestDesk) -> Iterator[AtDesk]:
    with sitting_at(qtbot, desk) as made:
        made.sign_in(Role.CARAT)
        yield made


@pytest.fixture
def page(at: AtDesk) -> AccountPage:
    return at.show(AccountPage(at.station))


def change(at: AtDesk, page: AccountPage, *typed: str) -> None:
    page.password.fields["old"].take_focus()
    for words in typed:
        at.type(words)
        at.press(Qt.Key.Key_Return)
    at.settle()


def test_a_worker_changes_the_password_by_keyboard(at: AtDesk, page: AccountPage) -> None:
    change(at, page, PASSWORD, "nine quiet owls", "nine quiet owls")
    assert "holds from now on" in page.password.notice.sentence()
    assert at.ask(lambda door: door.enter("carat", "nine quiet owls").account) == "carat"
    assert "changed own password" in {row.line.what for row in at.audited()}
    assert not any(page.password.value(key) for key in page.password.fields), "no password stays in a field"


def test_the_old_password_must_be_right(at: AtDesk, page: AccountPage) -> None:
    change(at, page, "not this one", "nine quiet owls", "nine quiet owls")
    assert "not the password you have now" in page.password.fields["old"].error()
    assert at.ask(lambda door: door.enter("carat", PASSWORD).account) == "carat"


def test_the_lease_is_told_before_it_ends(at: AtDesk, page: AccountPage) -> None:
    assert "Lease holds" in page._lease.text()
    at.clock.advance(days=12)
    page.opened()
    assert "ends soon" in page._lease.text()
    at.clock.advance(days=3)
    page.opened()
    assert "run out" in page._lease.text()


def test_light_and_size_are_asked_of_the_window(at: AtDesk, page: AccountPage) -> None:
    schemes: list[str] = []
    scales: list[float] = []
    page.scheme_chosen.connect(schemes.append)
    page.text_scale_chosen.connect(scales.append)
    page.look.fields["scheme"].take_focus()
    at.press(Qt.Key.Key_D)
    page.look.fields["text"].take_focus()
    at.press(Qt.Key.Key_5)
    assert (schemes, scales) == (["dark"], [2.0])


def test_a_lead_whose_lease_ran_out_breaks_glass_over_the_desk_with_a_reason(at: AtDesk, page: AccountPage) -> None:
    """At night no administrator is in: without this the prison's lead reads the phone list and no record."""
    assert not page.glass.isVisible(), "a lease that holds needs no glass"
    at.clock.advance(days=60)
    at.sign_in(Role.LEAD)
    page.opened()
    assert page.glass.isVisible()
    page.glass.fields["why"].take_focus()
    at.press(Qt.Key.Key_Return)
    assert "needed" in page.glass.fields["why"].error(), "not without a reason"
    at.type("four men waiting and nobody answers")
    at.press(Qt.Key.Key_Return)
    at.settle()
    assert not page.glass.isVisible()
    assert at.station.acting.glass_over(None).reason == "four men waiting and nobody answers"
    assert any(row.line.what == "broke glass" for row in at.audited())
    at.sign_in(Role.LEAD)
    assert at.station.acting.glass_over(None) is not None, "a lock does not mend it"


def test_nobody_but_a_lead_is_offered_glass_over_the_desk(at: AtDesk, page: AccountPage) -> None:
    at.clock.advance(days=60)
    at.sign_in(Role.CARAT)
    page.opened()
    assert not page.glass.isVisible()
