"""The way in, by keyboard alone, at a desk that is really encrypted."""

from collections.abc import Iterator

import pytest
from at_desk import AtDesk, sitting_at
from factories import NAMES, PASSWORD, TestDesk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from pdtdesk.domain.roles import Role
from pdtdesk.services.desk import staff
from pdtdesk.ui.desk.sessions import let_out
from pdtdesk.ui.desk.sign_in import SignInPage
from pdtdesk.ui.station import Station


@pytest.fixture
def at(qtbot, desk: TestDesk) -> Iterator[AtDesk]:
    with sitting_at(qtbot, desk) as made:
        yield made


@pytest.fixture
def page(at: AtDesk) -> SignInPage:
    return at.show(SignInPage(at.station))


def give(at: AtDesk, page: SignInPage, account: str, password: str) -> None:
    page.form.fields["account"].take_focus()
    at.focus().selectAll()
    at.type(account)
    at.press(Qt.Key.Key_Return)
    at.type(password)
    at.press(Qt.Key.Key_Return)
    at.settle()


def test_a_nurse_signs_in_without_touching_the_mouse(at: AtDesk, page: SignInPage) -> None:
    give(at, page, "nurse", PASSWORD)
    assert at.begun == ["nurse"]
    assert at.station.acting.who.name == NAMES[Role.NURSE]
    assert page.form.value("password") == "", "the password must not stay on a screen that others will see"
    assert not at.wrong


def test_a_user_name_in_capitals_is_the_same_person(at: AtDesk, page: SignInPage) -> None:
    give(at, page, "NURSE", PASSWORD)
    assert at.begun == ["nurse"]


def test_a_wrong_password_says_so_and_the_next_try_begins_in_the_password(at: AtDesk, page: SignInPage) -> None:
    give(at, page, "nurse", "something else")
    assert "do not open this desk" in page.form.notice.sentence()
    assert at.station.session is None
    assert at.focus() is page.form.fields["password"].input.target()
    assert page.form.value("account") == "nurse"
    at.type(PASSWORD)
    at.press(Qt.Key.Key_Return)
    at.settle()
    assert at.begun == ["nurse"]
    assert page.form.notice.sentence() == ""


def test_an_empty_field_is_asked_for_and_the_desk_is_not_tried(at: AtDesk, page: SignInPage) -> None:
    at.press(Qt.Key.Key_Return)
    at.press(Qt.Key.Key_Return)
    at.settle()
    assert "Type your user name" in page.form.fields["account"].error()
    assert at.ask(lambda door: door.seconds_to_wait("nurse")) == 0


def test_after_three_wrong_passwords_the_fourth_waits_and_others_need_not(at: AtDesk, page: SignInPage) -> None:
    for _ in range(3):
        give(at, page, "nurse", "wrong again")
    assert "Wait 5 seconds" in page.form.notice.sentence()
    at.clock.advance(seconds=3)
    page.look_at_wait()
    assert "Wait 2 seconds" in page.form.notice.sentence()
    give(at, page, "nurse", PASSWORD)
    assert at.begun == [], "the right password came too soon and must not open the desk"
    give(at, page, "lead", PASSWORD)
    assert at.begun == ["lead"]


def test_when_the_wait_is_over_it_says_so_by_itself(at: AtDesk, page: SignInPage) -> None:
    for _ in range(3):
        give(at, page, "nurse", "wrong again")
    at.clock.advance(seconds=5)
    page.look_at_wait()
    at.settle()
    assert "try again now" in page.form.notice.sentence()
    give(at, page, "nurse", PASSWORD)
    assert at.begun == ["nurse"]


def test_while_the_password_is_checked_the_window_says_so_and_takes_no_second_try(
    at: AtDesk, page: SignInPage
) -> None:
    page.form.fields["account"].set_value("nurse")
    page.form.fields["password"].set_value(PASSWORD)
    page.form.submit()
    assert page.form.is_busy()
    assert "checked slowly" in page.form.busy.text()
    page.form.submit()
    at.settle()
    assert at.begun == ["nurse"], "pressed twice, opened once"
    assert not page.form.is_busy()


def test_after_a_lock_the_one_who_was_there_types_a_password_alone(at: AtDesk, page: SignInPage) -> None:
    give(at, page, "nurse", PASSWORD)
    let_out(at.station, at.shell, "by hand")
    page.show_locked(at.station.account, NAMES[Role.NURSE])
    at.show(page)
    assert at.station.session is None
    assert "Locked" in page.form.title.text()
    assert at.focus() is page.form.fields["password"].input.target()
    at.type(PASSWORD)
    at.press(Qt.Key.Key_Return)
    at.settle()
    assert at.begun == ["nurse", "nurse"]
    said = [row.line.what for row in at.audited()]
    assert [what for what in said if what in ("signed in", "locked")] == ["signed in", "locked", "signed in"]


def test_after_a_lock_another_signs_in_and_acts_as_themselves(at: AtDesk, page: SignInPage) -> None:
    give(at, page, "nurse", PASSWORD)
    before = at.station.acting
    let_out(at.station, at.shell, "by hand")
    page.show_locked(at.station.account, NAMES[Role.NURSE])
    give(at, page, "prescriber", PASSWORD)
    assert at.station.acting.who.name == NAMES[Role.PRESCRIBER]
    assert before.who.name == NAMES[Role.NURSE], "what was asked before stays bound to whoever asked it"


def test_a_one_day_password_is_changed_before_anything_is_shown(at: AtDesk, page: SignInPage) -> None:
    at.sign_in(Role.ADMIN)
    admin = at.station.acting
    at.ask(lambda door: staff.reset_password(admin, door.keys, "nurse", "for a day only"))
    at.station.session = None
    give(at, page, "nurse", "for a day only")
    assert at.begun == []
    assert at.station.session is None, "nobody acts at the desk with a password that somebody else knows"
    assert page.change.isVisible()
    at.type("for a day only")
    at.press(Qt.Key.Key_Return)
    at.type("for a day only")
    at.press(Qt.Key.Key_Return)
    at.settle()
    assert "have now" in page.change.fields["password"].error()
    page.change.fields["password"].take_focus()
    for field in ("password", "again"):
        page.change.fields[field].set_value(None)
    at.type("nine quiet owls")
    at.press(Qt.Key.Key_Return)
    at.type("nine quiet owls")
    at.press(Qt.Key.Key_Return)
    at.settle()
    assert at.begun == ["nurse"]
    assert at.ask(lambda door: door.enter("nurse", "nine quiet owls").must_change) is False


def test_whoever_will_not_change_it_leaves_and_the_audit_says_so(at: AtDesk, page: SignInPage) -> None:
    at.sign_in(Role.ADMIN)
    admin = at.station.acting
    at.ask(lambda door: staff.reset_password(admin, door.keys, "nurse", "for a day only"))
    at.station.session = None
    give(at, page, "nurse", "for a day only")
    next(each for each in page.findChildren(QPushButton) if each.text() == "Sign in as somebody else").click()
    at.settle()
    assert page.form.isVisible()
    assert at.begun == []
    assert at.audited()[0].line.what == "locked"


def test_a_locked_keyring_is_a_sentence_with_the_way_round_it_in_hand(at: AtDesk, page: SignInPage) -> None:
    from pdtdesk.store.keys.errors import KeyringLocked

    def locked(*_given: object) -> object:
        raise KeyringLocked

    asked: list[str] = []
    page.recovery_asked.connect(asked.append)
    at.door._secrets.read = locked
    give(at, page, "nurse", PASSWORD)
    assert "keyring is locked" in page.form.notice.sentence()
    assert at.focus() is page.recover
    at.press(Qt.Key.Key_Space)
    assert asked == ["nurse"]


def test_a_desk_that_is_not_whole_is_said_before_anybody_types(qtbot, desk: TestDesk) -> None:
    whole = desk.folder.desk.read_bytes()
    desk.folder.desk.unlink()
    with sitting_at(qtbot, desk) as at:
        page = at.show(SignInPage(at.station))
        qtbot.waitUntil(lambda: page.form.notice.sentence() != "")
        assert "There is no desk" in page.form.notice.sentence()
    desk.folder.desk.write_bytes(whole)


@pytest.mark.parametrize("demonstration", [True, False])
def test_a_demonstration_says_what_it_is_and_a_real_desk_tells_no_passwords(
    qtbot, desk: TestDesk, demonstration: bool
) -> None:
    with sitting_at(qtbot, desk, demonstration=demonstration) as at:
        page = at.show(SignInPage(at.station))
        assert page.demonstration.isVisible() is demonstration


def test_a_lock_that_finds_nobody_signed_in_writes_nothing(at: AtDesk) -> None:
    station: Station = at.station
    ended: list[bool] = []
    station.signals.ended.connect(lambda: ended.append(True))
    let_out(station, at.shell, "by hand")
    at.settle()
    assert ended == []
