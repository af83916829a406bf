"""A sheet leaves the desk on paper, or waits for a printer; never in the clear on the disk by itself."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from at_desk import A_PAGE, AtDesk, sitting_at
from factories import TestDesk
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from pdtdesk.domain.roles import Role
from pdtdesk.ui.paper import PaperPage


@pytest.fixture
def at(qtbot, desk: TestDesk) -> Iterator[AtDesk]:
    with sitting_at(qtbot, desk) as made:
        made.sign_in()
        yield made


def on_paper(to: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(to))
    return printer


def page_with(at: AtDesk, printers: tuple[str, ...], to: Path) -> PaperPage:
    return at.show(PaperPage(at.station, printers=lambda: printers, printer=lambda _name: on_paper(to)))


def test_a_sheet_is_printed_by_one_key_on_the_usual_printer(at: AtDesk, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    page = page_with(at, ("Ward laser", "Other"), out)
    page.show_paper(A_PAGE, "First-night sheet")
    page.first_focus().setFocus()
    at.qtbot.keyClick(at.focus(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    at.qtbot.waitUntil(lambda: "Sent to Ward laser" in page.notice.sentence())
    printed = pypdfium2.PdfDocument(str(out))
    assert len(printed) == 1
    bitmap = printed[0].render(scale=0.25)
    assert min(bytes(bitmap.buffer)) < 40, "the paper must not be blank"
    printed.close()
    assert page.sheets_kept() == 0


def test_without_a_printer_the_sheet_is_kept_and_offered_again(at: AtDesk, tmp_path: Path) -> None:
    page = page_with(at, (), tmp_path / "out.pdf")
    kept: list[int] = []
    page.kept.connect(kept.append)
    page.show_paper(A_PAGE, "Hand-over list")
    assert "No printer" in page.notice.sentence()
    assert not page.print.isEnabled()
    page.close_button.click()
    assert kept[-1] == 1
    page.opened()
    assert page.card.title.text() == "Hand-over list"


def test_a_printer_that_takes_nothing_loses_nothing(at: AtDesk, tmp_path: Path) -> None:
    page = page_with(at, ("Ward laser",), tmp_path / "no such folder" / "out.pdf")
    page.show_paper(A_PAGE, "First-night sheet")
    page.print.click()
    at.qtbot.waitUntil(lambda: "did not take" in page.notice.sentence())
    assert page.sheets_kept() == 1
    page.close_button.click()
    page.opened()
    assert page.card.title.text() == "First-night sheet"


def test_what_waits_is_seen_by_nobody_but_who_made_it(at: AtDesk, tmp_path: Path) -> None:
    page = page_with(at, (), tmp_path / "out.pdf")
    page.show_paper(A_PAGE, "First-night sheet")
    at.station.session = None
    at.station.signals.ended.emit()
    assert not page.view.isVisible(), "nothing clinical stays in sight behind a lock"
    at.sign_in(Role.MANAGER)
    page.opened()
    assert page.sheets_kept() == 0
    assert page.empty.isVisible()
    at.sign_in(Role.NURSE)
    page.opened()
    assert page.card.title.text() == "First-night sheet"


def test_saving_is_on_purpose_and_never_over_another_file(at: AtDesk, tmp_path: Path) -> None:
    page = page_with(at, (), tmp_path / "out.pdf")
    page.show_paper(A_PAGE, "Downtime sheet")
    page.path.set_value(str(tmp_path / "downtime"))
    page.save.click()
    at.settle()
    saved = tmp_path / "downtime.pdf"
    assert saved.read_bytes() == A_PAGE
    assert saved.stat().st_mode & 0o077 == 0, "others at this computer must not read it"
    assert "not encrypted" in page.notice.sentence()
    assert page.sheets_kept() == 0
    page.save.click()
    at.settle()
    assert "already a file" in page.path.error()
    page.path.set_value(str(tmp_path / "no such folder" / "a.pdf"))
    page.save.click()
    at.settle()
    assert "could not be written" in page.path.error()
    page.path.set_value("downtime.pdf")
    page.save.click()
    at.settle()
    assert "from the beginning" in page.path.error()


def test_until_somebody_saves_it_no_file_holds_the_sheet(at: AtDesk, tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))
    page = page_with(at, (), tmp_path / "out.pdf")
    page.show_paper(A_PAGE, "First-night sheet")
    page.close_button.click()
    at.settle()
    for file in set(tmp_path.rglob("*")) | before:
        assert not file.is_file() or b"300 500 re f" not in file.read_bytes()


def test_a_sheet_that_cannot_be_read_is_a_sentence(at: AtDesk, tmp_path: Path) -> None:
    page = page_with(at, ("Ward laser",), tmp_path / "out.pdf")
    page.show_paper(b"no sheet at all", "First-night sheet")
    assert "cannot be shown" in page.notice.sentence()
    assert not page.print.isEnabled()
