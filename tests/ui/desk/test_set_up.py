"""The first run: nothing is written until all is well, and the code is on paper before it goes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from at_desk import AtDesk
from factories import CHEAP, SetClock, chance
from PySide6.QtCore import Qt

from pdtdesk.store.door import DeskDoor
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.secret import FolderSecrets
from pdtdesk.ui.desk.recovery import RecoveryPage
from pdtdesk.ui.desk.set_up import SetUpPage

PASSWORD = "nine quiet owls"


@pytest.fixture
def at(qtbot, tmp_path: Path) -> Iterator[AtDesk]:
    place, clock = DeskFolder(tmp_path / "new"), SetClock()
    door = DeskDoor(place, FolderSecrets(place), clock=clock, random_bytes=chance(3), cost=CHEAP)
    made = AtDesk(qtbot, door, clock, demonstration=True)
    yield made
    made.work.close()
    made.shell.close()
    door.close()


@pytest.fixture
def page(at: AtDesk) -> SetUpPage:
    return at.show(SetUpPage(at.station))


def fill(at: AtDesk, *lines: str) -> None:
    """Answer question after question, each with Enter, from where the keyboard is."""
    for line in lines:
        if line:
            at.type(line)
        at.press(Qt.Key.Key_Return)


def fill_place_and_admin(at: AtDesk, page: SetUpPage, admin: str = "t.brandt") -> None:
    page.place.fields["name"].take_focus()
    fill(at, "HMP Ashmoor", "ash", "Reception 1", admin, "T. Brandt", PASSWORD, PASSWORD)


def test_a_desk_is_set_up_by_keyboard_and_its_first_nurse_can_sign_in(at: AtDesk, page: SetUpPage) -> None:
    finished: list[str] = []
    page.finished.connect(finished.append)
    fill_place_and_admin(at, page)
    fill(at, "r.adeyemi", "R. Adeyemi", "10A1234E", "two brave geese", "two brave geese")
    page.form.submit()
    at.settle()
    assert page.code.isVisible(), page.form.notice.sentence()
    assert len(page.code.groups) == 7
    assert page.may_leave() != ""
    code = page.code.code()
    page.code.fields["group"].take_focus()
    fill(at, "WRONG")
    assert "not the last group" in page.code.fields["group"].error()
    assert page.code.code() == code
    at.focus().selectAll()
    fill(at, code.split("-")[-1].lower())
    assert finished == ["t.brandt"]
    assert page.code.code() == "", "the code must not stay on the screen"
    assert page.may_leave() == ""
    entered = at.ask(lambda door: door.enter("r.adeyemi", "two brave geese"))
    session = at.begin(entered)
    assert session.establishment.code == "ASH"
    assert (session.acting.who.role, session.acting.who.registration) == ("nurse", "10A1234E")


def test_nothing_is_written_while_anything_is_wrong(at: AtDesk, page: SetUpPage) -> None:
    page.form.submit()
    at.settle()
    assert "Nothing was written" in page.form.notice.sentence()
    assert page.place.fields["name"].error()
    assert at.focus() is page.place.fields["name"].input.target(), "the keyboard goes to the first that is wrong"
    assert at.ask(lambda door: door.is_founded()) is False


@pytest.mark.parametrize(
    ("card", "key", "typed", "said"),
    [
        ("place", "code", "ASHM", "three letters"),
        ("admin", "admin.account", "T Brandt", "small letters"),
        ("admin", "admin.again", "nine quiet owlz", "do not agree"),
        ("admin", "admin.password", "owls", "at least 8"),
        ("admin", "admin.name", "‮T. Brandt", "cannot be printed"),
        ("nurse", "nurse.account", "t.brandt", "given twice"),
    ],
)
def test_each_slip_has_its_sentence_under_its_field(
    at: AtDesk, page: SetUpPage, card: str, key: str, typed: str, said: str
) -> None:
    fill_place_and_admin(at, page)
    field = getattr(page, card).fields[key]
    field.input.target().setText(typed)
    page.form.submit()
    at.settle()
    assert said in field.error()
    assert at.ask(lambda door: door.is_founded()) is False


def test_a_nurse_begun_and_not_finished_is_asked_for_whole(at: AtDesk, page: SetUpPage) -> None:
    fill_place_and_admin(at, page)
    page.nurse.fields["nurse.name"].set_value("R. Adeyemi")
    page.form.submit()
    at.settle()
    assert "user name" in page.nurse.fields["nurse.account"].error()
    assert at.ask(lambda door: door.is_founded()) is False


def test_the_sheet_for_the_safe_names_desk_and_code(at: AtDesk, page: SetUpPage) -> None:
    fill_place_and_admin(at, page)
    page.form.submit()
    at.settle()
    leaving: list[str] = []
    at.station.show_paper = lambda *_sheet: leaving.append(page.may_leave())
    page.code.print.click()
    at.settle()
    (sheet,) = at.paper.recovery_sheets
    assert (sheet.code, sheet.desk_name, sheet.establishment.name) == (
        page.code.code(),
        "Reception 1",
        "HMP Ashmoor",
    )
    assert leaving == [""], "the way to the paper must be open"
    assert page.may_leave() != ""


def test_the_printed_code_opens_the_desk_for_one_who_forgot_the_password(at: AtDesk, page: SetUpPage) -> None:
    fill_place_and_admin(at, page)
    page.form.submit()
    at.settle()
    code = page.code.code()
    page.code.show_code("")
    recovery = at.show(RecoveryPage(at.station))
    recovery.show_for("t.brandt")
    recovery.form.fields["code"].take_focus()
    fill(at, "AAAAA", "", "three new words", "three new words")
    at.settle()
    assert "not a recovery code" in recovery.form.fields["code"].error()
    at.focus().selectAll()
    fill(at, code.lower().replace("-", " "), "", "", "")
    at.settle()
    assert at.begun == ["t.brandt"]
    assert any("recovery code" in row.line.what for row in at.audited())
    assert at.ask(lambda door: door.enter("t.brandt", "three new words").account) == "t.brandt"


def test_a_member_whom_nobody_knows_is_said_under_the_user_name(at: AtDesk, page: SetUpPage) -> None:
    fill_place_and_admin(at, page)
    page.form.submit()
    at.settle()
    code = page.code.code()
    page.code.show_code("")
    recovery = at.show(RecoveryPage(at.station))
    fill(at, code, "nobody", "three new words", "three new words")
    at.settle()
    assert "no member of staff" in recovery.form.fields["account"].error()
    assert at.begun == []
