"""What the clinical lead reads: broken glasses first, the rest newest first, and no line lost on the way back."""

from collections.abc import Iterator

import pytest
from at_desk import AtDesk, sitting_at
from factories import TestDesk
from PySide6.QtCore import Qt

from pdtdesk.domain.roles import Role
from pdtdesk.services.desk.session import break_glass
from pdtdesk.services.oversight.audit import PAGE
from pdtdesk.services.ports import AuditLine
from pdtdesk.ui.oversight.audit import BROKEN, AuditPage


@pytest.fixture
def at(qtbot, desk: TestDesk) -> Iterator[AtDesk]:
    with sitting_at(qtbot, desk) as made:
        made.sign_in(Role.LEAD)
        yield made


def words(page: AuditPage) -> list[tuple[str, ...]]:
    model = page.table.model()
    return [
        tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def seen(at: AtDesk, count: int, patient: str | None = None) -> None:
    acting = at.station.acting

    def write(_door: object) -> None:
        with acting.store.work() as work:
            for number in range(count):
                work.audit(AuditLine(at.clock.now(), acting.who, "opened record", patient, detail=f"line {number}"))

    at.ask(write)


def test_a_broken_glass_stands_first_with_its_reason(at: AtDesk) -> None:
    manager = at.station.acting
    at.ask(lambda _door: break_glass(manager, "someone", "found collapsed in B1-07"))
    seen(at, 3)
    page = at.show(AuditPage(at.station))
    assert page.broken.isVisible()
    assert page.broken.mapToGlobal(page.broken.pos()).y() < page.table.mapToGlobal(page.table.pos()).y()
    assert page.broken.model().index(0, 4).data() == "found collapsed in B1-07"
    (line,) = [row for row in words(page) if row[4] == BROKEN]
    assert line[1] == "M. Okonedo, Clinical lead"


def test_what_was_done_by_a_broken_glass_is_no_second_one(at: AtDesk) -> None:
    """One worker who opened one record twice would stand before the lead as three breaches."""
    lead = at.station.acting

    def write(_door: object) -> None:
        broken = break_glass(lead, "someone", "found collapsed in B1-07")
        with broken.store.work() as work:
            for _ in range(2):
                work.audit(
                    AuditLine(at.clock.now(), lead.who, "opened record", "someone", "break_glass", "collapsed")
                )

    at.ask(write)
    page = at.show(AuditPage(at.station))
    assert page.broken_words.text().startswith("Opened by break-glass once")
    assert "3 lines in all" in page.broken_words.text()


def test_where_no_glass_was_broken_the_page_says_so(at: AtDesk) -> None:
    page = at.show(AuditPage(at.station))
    assert "Nothing was opened by break-glass" in page.broken_words.text()
    assert not page.broken.isVisible()
    assert at.focus() is page.table


def test_older_lines_come_when_asked_for_and_none_twice(at: AtDesk) -> None:
    seen(at, PAGE + 30)
    page = at.show(AuditPage(at.station))
    assert len(page.table.ids()) == PAGE
    while page.older.isEnabled():
        page.older.click()
        at.settle()
    ids = [int(each) for each in page.table.ids()]
    assert ids == list(range(ids[0], 0, -1)), "every line from the newest to the first, each once"


def test_only_the_person_in_hand(at: AtDesk) -> None:
    seen(at, 2, "one")
    seen(at, 3, "two")
    page = AuditPage(at.station)
    page.set_person("one", "SPARROW, Daniel")
    at.show(page)
    assert [row[5] for row in words(page)] == ["line 1", "line 0"]
    assert "SPARROW" in page.card.title.text()
    opened: list[str] = []
    page.person_chosen.connect(opened.append)
    page.table.setFocus()
    page.table.selectRow(0)
    at.press(Qt.Key.Key_Return)
    assert opened == ["one"]
    page.everybody.click()
    at.settle()
    assert len(page.table.ids()) > 5


def test_a_nurse_is_refused_and_sees_no_line(at: AtDesk) -> None:
    at.sign_in(Role.NURSE)
    page = at.show(AuditPage(at.station))
    assert "may not read the audit page" in page.notice.sentence()
    assert page.table.ids() == ()


def test_after_a_lock_no_line_stays(at: AtDesk) -> None:
    page = at.show(AuditPage(at.station))
    assert page.table.ids()
    at.station.session = None
    at.station.signals.ended.emit()
    assert page.table.ids() == ()
