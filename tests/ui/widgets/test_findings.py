"""What is proposed stands beside the page: whole, in order, and each line with its source."""

from field_bench import shown_words
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.findings import FindingsPanel, PanelLine

DROWSY = PanelLine("Stop if drowsy", Tone.RED, "Check <b>before</b> each dose & after.", "K-08", "awaiting", "K-08")


def test_every_finding_opens_its_source_by_keyboard(qtbot: QtBot) -> None:
    panel = FindingsPanel("Tonight's plan", "Proposals appear here as you answer.")
    qtbot.addWidget(panel)
    panel.show()
    panel.show_lines((DROWSY, PanelLine("Due", Tone.BLUE, "Review on day 5.", "S-05")))
    link = next(b for b in panel.findChildren(QPushButton) if b.property("link") == "K-08")
    assert link.text() == "K-08"
    assert "Stop if drowsy" in link.accessibleName()
    assert "awaiting" in link.accessibleName()
    assert "awaiting" in shown_words(panel)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        with qtbot.waitSignal(panel.reference_asked) as asked:
            qtbot.keyClick(link, key)
        assert asked.args == ["K-08"]


def test_a_long_source_never_makes_the_plan_wider_than_its_column(qtbot: QtBot) -> None:
    """A sentence cut in the middle reads "reported, n": the word that is missing is "not"."""
    panel = FindingsPanel("Tonight's plan", "Nothing yet")
    qtbot.addWidget(panel)
    panel.resize(320, 600)
    status = "awaiting clinical sign-off · not signed here"
    panel.show_lines(
        (PanelLine("Confirm", Tone.RED, "Methadone reported, not confirmed.", "S-03, D-16", status, "X"),)
    )
    panel.show()
    qtbot.waitExposed(panel)
    assert panel._scroll.horizontalScrollBar().maximum() == 0


def test_a_sentence_is_shown_as_written_and_never_as_markup(qtbot: QtBot) -> None:
    panel = FindingsPanel("Plan", "Nothing yet")
    qtbot.addWidget(panel)
    panel.show_lines((DROWSY,))
    assert "Check &lt;b&gt;before&lt;/b&gt; each dose &amp; after." in shown_words(panel)


def test_findings_are_replaced_whole_and_say_when_there_are_none(qtbot: QtBot) -> None:
    panel = FindingsPanel("Plan", "Proposals appear here as you answer.")
    qtbot.addWidget(panel)
    assert "Proposals appear" in shown_words(panel)
    panel.show_lines((DROWSY,))
    panel.show_lines(())
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert "drowsy" not in shown_words(panel)
    assert "Proposals appear" in shown_words(panel)
