"""The handbook beside the work: its pages, the passage that a finding rests on, and every key of the window."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QGridLayout, QTextBrowser, QVBoxLayout, QWidget

from pdtdesk.policy.dated import DatedValue, Parameter
from pdtdesk.policy.findings import Finding
from pdtdesk.policy.origin import Authority, Reference, Status
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.units import as_plain
from pdtdesk.ui.shell.page import Page
from pdtdesk.ui.shortcuts import Shortcut, Where, bind
from pdtdesk.ui.station import Station
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, Scrolled, button
from pdtdesk.ui.widgets.columns import ColumnsLayout, Panes
from pdtdesk.ui.widgets.notice import EmptyState, Notice, NoticeBar
from pdtdesk.ui.widgets.rows import Row
from pdtdesk.ui.widgets.words import words
from pdtdesk.ui.widgets.worklist import Worklist

_LINE_HEIGHT = 130.0
_LETTERS = 110
_UNITS_SHOWN = frozenset({"days", "hours", "times a day", "units a day"})


def handbook_folder() -> Path:
    """The handbook beside the code, in a checkout and in an installed tree alike."""
    return Path(__file__).resolve().parents[2] / "resources" / "handbook"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the handbook: its path in the folder (`safety/H-001-wrong-patient.md`), its title, its part."""

    path: str
    title: str
    part: str


def read_chapters(folder: Path) -> tuple[Chapter, ...]:
    """The pages in the order of the list: the index, help, then part by part, each by name."""
    found = []
    for file in sorted(folder.rglob("*.md")):
        path = file.relative_to(folder)
        part = " · ".join(name.replace("-", " ").capitalize() for name in path.parent.parts)
        found.append((len(path.parts), path.as_posix(), Chapter(path.as_posix(), _title_of(file), part)))
    # the contents first, then help for those at the desk, then what engineers and safety officers read
    found.sort(key=lambda each: (each[0], each[1] != "index.md", each[1]))
    return tuple(chapter for *_, chapter in found)


def slug(heading: str) -> str:
    """The anchor of a heading: `Over-sedation (H-003)` is `over-sedation-h-003`."""
    return re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", heading.casefold())).strip("-")


class HandbookPage(Page):
    """Pages of the handbook, and passages of guidance. `closed`: back to where it was opened from."""

    title = "Handbook"
    closed = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None, *, folder: Path | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._folder = folder or handbook_folder()
        self._chapters: tuple[Chapter, ...] | None = None
        theme = current_theme()
        self.contents = Card("Contents", parent=self)
        self.list = Worklist("Pages of the handbook", self.contents)
        self.list.chosen.connect(self._on_chosen)
        self.close_button = button("Close", parent=self.contents)
        self.close_button.clicked.connect(self.closed)
        bind(Shortcut.BACK, self, self.closed.emit)
        self.contents.add(self.list, 1)
        self.contents.add(self.close_button)
        self.card = Card("Handbook", parent=self)
        self.notice = NoticeBar(self.card)
        self.text = QTextBrowser(self.card)
        self.text.setAccessibleName("Text of the handbook")
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(False)
        self.text.anchorClicked.connect(self._on_link)
        self.empty = EmptyState("No pages", "The handbook's pages will stand here.", parent=self.card)
        for thing in (self.notice, self.text, self.empty):
            self.card.add(thing, 0 if thing is self.notice else 1)
        self.panes = Panes(self.card, left=self.contents, parent=self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.space("m"))
        whole.addWidget(self.panes)
        self._show_text(False)

    def first_focus(self) -> QWidget | None:
        """The text, which scrolls with the arrow keys; the list where there is none yet."""
        return self.text if not self.text.isHidden() else self.list

    def opened(self) -> None:
        """Show the first page, unless another was asked for."""
        chapters = self.chapters()
        if chapters and self.text.isHidden():
            self.show_page(chapters[0].path)

    def chapters(self) -> tuple[Chapter, ...]:
        """The pages there are; read once. Decisions and hazards are reached from the first of them: they do not stand
        between a nurse and her help."""
        if self._chapters is None:
            self._chapters = read_chapters(self._folder)
            listed = [each for each in self._chapters if not each.part]
            self.list.show_rows([Row(each.path, each.title) for each in listed])
        return self._chapters

    def show_page(self, path: str, anchor: str = "") -> bool:
        """Open a page by its path in the folder, at a heading where one is named; False when there is none."""
        chapter = next((each for each in self.chapters() if each.path == path), None)
        self.notice.show_notice(None)
        if chapter is None:
            self._say(f"The handbook has no page {path}.", Tone.AMBER)
            return False
        self.text.setMarkdown((self._folder / path).read_text(encoding="utf-8"))
        if not self.list.choose(path, quietly=True):
            self.list.choose_nobody()
        self._set_type()
        self.card.set_title(chapter.part or "Handbook")
        self.card.set_note("")
        self._show_text(True)
        if anchor and not self._go_to(anchor):
            self._say(f"This page has no heading “{anchor}”; it is shown from its beginning.", Tone.GREY)
        return True

    def show_reference(
        self, document: str, section: str, status: str = "", values: tuple[tuple[str, str], ...] = ()
    ) -> None:
        """Open the passage that a finding rests on: its source, how far it binds, and the values that were used."""
        self.notice.show_notice(None)
        self.list.choose_nobody()
        asked = (Reference(document, section),)
        self.text.setHtml(passages_html(self._station.policy, self._station.today(), asked, status, values))
        self.card.set_title("Source of a finding")
        self.card.set_note("")
        self._set_type()
        self._show_text(True)

    def show_finding(self, found: Finding) -> None:
        """Open what a finding rests on: its sentence, every passage, its status, and the values that it used."""
        self.notice.show_notice(None)
        self.list.choose_nobody()
        passages = passages_html(
            self._station.policy, self._station.today(), found.references, str(found.status), found.values
        )
        self.text.setHtml(f"<p><b>{escape(found.sentence)}</b></p>{passages}")
        self.card.set_title(", ".join(found.facts) or "Source of a finding")
        self.card.set_note("Source of a finding")
        self._set_type()
        self._show_text(True)

    def show_help(self, page_id: str) -> None:
        """Open the page about a page of the window (`sign-in.md` for `sign-in`); where there is none, the first."""
        chapters = self.chapters()
        about = next((each.path for each in chapters if Path(each.path).stem == page_id), None)
        if about is not None or chapters:
            self.show_page(about or chapters[0].path)

    def heading_in_sight(self) -> str:
        """The heading that the text was opened at."""
        return self.text.textCursor().block().text()

    def _say(self, sentence: str, tone: Tone) -> None:
        self.notice.show_notice(Notice(sentence, tone, stays=True))

    def _set_type(self) -> None:
        """Room between lines and paragraphs, so that a page is read with ease."""
        theme = current_theme()
        cursor = QTextCursor(self.text.document())
        cursor.beginEditBlock()
        block = self.text.document().begin()
        while block.isValid():
            form = QTextBlockFormat()
            form.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            listed = block.textList() is not None
            form.setBottomMargin(theme.space("xs" if listed else "s"))
            if block.blockFormat().headingLevel():
                form.setTopMargin(theme.space("m"))
            cursor.setPosition(block.position())
            cursor.mergeBlockFormat(form)
            block = block.next()
        cursor.endEditBlock()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self._fit()

    def _fit(self) -> None:
        widest = round(current_theme().text_px() * 0.5 * _LETTERS)
        self.text.setMaximumWidth(widest)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "panes"):
            self._fit()

    def _show_text(self, on: bool) -> None:
        self.text.setVisible(on)
        self.empty.setVisible(not on)

    def _go_to(self, anchor: str) -> bool:
        block = self.text.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and slug(block.text()) == slug(anchor):
                self.text.moveCursor(QTextCursor.MoveOperation.End)  # so that the heading comes to the top
                self.text.setTextCursor(QTextCursor(block))
                self.text.ensureCursorVisible()
                return True
            block = block.next()
        return False

    def _on_chosen(self, path: str) -> None:
        self.show_page(path)

    def _on_link(self, url: QUrl) -> None:
        if url.scheme():
            self._say(f"PDT Desk opens nothing outside itself. The address is {url.toString()}", Tone.GREY)
            return
        here = self.list.current_id() or ""
        if not url.path():
            self.show_page(here, url.fragment())
            return
        target = (self._folder / here).parent.joinpath(url.path()).resolve()
        inside = target.is_relative_to(self._folder.resolve())
        path = target.relative_to(self._folder.resolve()).as_posix() if inside else url.path()
        self.show_page(path, url.fragment())


class ShortcutsPage(Page):
    """Every key of the window, grouped by where it works. `closed`: back to where it was opened from."""

    title = "Shortcuts"
    closed = Signal()

    def __init__(self, _station: Station | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.scrolled = Scrolled(self)
        self.scrolled.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scrolled.setAccessibleName("Shortcuts: scroll with the arrow keys")
        holder = QWidget(self.scrolled)
        columns = ColumnsLayout(holder, letters=52, most=2, across=theme.space("m"), down=theme.space("m"))
        self.lines: list[tuple[str, str]] = []
        for where in Where:
            columns.addWidget(self._card(where, holder))
        self.scrolled.add(holder)
        self.scrolled.end()
        self.close_button = button("Close", parent=self)
        self.close_button.clicked.connect(self.closed)
        bind(Shortcut.BACK, self, self.closed.emit)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.space("m"))
        whole.addWidget(self.scrolled, 1)
        whole.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignLeft)

    def first_focus(self) -> QWidget | None:
        """The table, which scrolls."""
        return self.scrolled

    def _card(self, where: Where, parent: QWidget) -> Card:
        card = Card(where.value, parent=parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(current_theme().space("m"))
        grid.setVerticalSpacing(current_theme().space("xs"))
        grid.setColumnStretch(1, 1)
        for row, shortcut in enumerate(each for each in Shortcut if each.where is where):
            grid.addWidget(words(shortcut.shown, "kbd", parent=card), row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(words(shortcut.does, wrap=True, parent=card), row, 1)
            self.lines.append((shortcut.shown, shortcut.does))
        card.add(grid)
        card.body.addStretch(1)
        return card


def passages_html(
    policy: Parameters,
    day: date,
    references: Sequence[Reference],
    status: str,
    used: Sequence[tuple[str, str]],
) -> str:
    """What is known here of passages: their documents, the status, the values used, and what is held from them."""
    parts = [_source(policy, reference) for reference in references]
    if status:
        told = "invented for the demonstration, signed by nobody" if _invented(policy, references) else status
        parts.append(f"<p>Status: <b>{escape(told)}</b></p>")
    if used:
        names = {each.id: each.description for each in policy.all}
        parts.append("<h3>Values used</h3>")
        parts.append(_rows([(names.get(name, name), shown) for name, shown in used]))
    held = _held(policy, day, references)
    if held:
        where = "this passage" if len(references) == 1 else "these passages"
        parts.append(f"<h3>Held here from {where}, in force today</h3>")
        parts.append(_rows([(parameter.description, _shown(parameter, value)) for parameter, value in held]))
    return "".join(parts)


def _invented(policy: Parameters, references: Sequence[Reference]) -> bool:
    """Whether one of these passages stands in a demonstration alone."""
    made_up = {
        value.reference
        for overlay in policy.overlays
        if overlay.demonstration
        for each in overlay.replacements
        for value in each.values
    }
    return not made_up.isdisjoint(references)


def _source(policy: Parameters, reference: Reference) -> str:
    document = policy.documents.get(reference.document)
    title = document.title if document is not None else _named_by(policy, reference)
    published = f"<br>Published: {escape(document.published)}" if document is not None else ""
    named = f"{document.short}, {reference.section}" if document is not None else str(reference)
    return f"<h3>{escape(named)}</h3><p>{escape(title)}{published}</p>"


def _named_by(policy: Parameters, reference: Reference) -> str:
    """A document that the product does not know is one that local policy names."""
    for overlay in policy.overlays:
        if any(value.reference == reference for each in overlay.replacements for value in each.values):
            return f"Named by: {overlay.title}."
    return "This source is not described in the policy held here."


def _held(policy: Parameters, day: date, references: Sequence[Reference]) -> list[tuple[Parameter, DatedValue]]:
    found = []
    for each in policy.all:
        parameter, value, _overlay = policy.held(each.id, day)
        if value is not None and value.reference in references:
            found.append((parameter, value))
    return found


def _shown(parameter: Parameter, value: DatedValue) -> str:
    own = value.authority is Authority.PRODUCT
    local = value.sign_off.status is Status.SIGNED  # whatever a source says of it, here it holds as it was signed
    says = "local policy" if local else "PDT Desk's own choice" if own else str(value.authority)
    fact = "" if parameter.fact == Authority.PRODUCT else f", {parameter.fact}"
    if value.value is None:
        return f"not signed locally ({says}{fact})"
    words_of = _words_of(as_plain(value.value))
    unit = f" {parameter.unit}" if parameter.unit in _UNITS_SHOWN else ""
    signed = f" by {value.sign_off.by}" if value.sign_off.by else ""
    return f"{words_of}{unit} ({says}, {value.sign_off.status}{signed}{fact})"


def _words_of(plain: object) -> str:
    if isinstance(plain, dict):
        return "; ".join(f"{name}: {word}" for name, word in plain.items())
    if isinstance(plain, list):
        bands = (f"{each[0]} to {each[1]} {each[2]}" if isinstance(each, list) else str(each) for each in plain)
        return "; ".join(bands)
    return str(plain)


def _rows(rows: list[tuple[str, str]]) -> str:
    lines = "".join(
        f"<tr><td style='padding: 3px 18px 3px 0'>{escape(name)}</td>"
        f"<td style='padding: 3px 0'><b>{escape(shown)}</b></td></tr>"
        for name, shown in rows
    )
    return f"<table>{lines}</table>"


def _title_of(file: Path) -> str:
    with file.open(encoding="utf-8") as lines:
        heading = next((line for line in lines if line.startswith("# ")), "")
    return heading.removeprefix("# ").strip() or file.stem.replace("-", " ")
