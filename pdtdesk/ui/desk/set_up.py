"""The first run: who this desk belongs to, who may open it, and the code for the safe."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pdtdesk.domain.names import TextRefused, check_name, check_text
from pdtdesk.domain.roles import Role
from pdtdesk.domain.staff import Establishment
from pdtdesk.services.acting import LEASE
from pdtdesk.services.paper import RecoverySheet
from pdtdesk.services.ports import Door, FirstMember, Founding
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.desk.column import NarrowColumn
from pdtdesk.ui.desk.form import Form, Questions
from pdtdesk.ui.desk.member_fields import member_problems, member_specs
from pdtdesk.ui.desk.passwords import new_password_specs, password_problems
from pdtdesk.ui.desk.recovery_code import RecoveryCodeCard
from pdtdesk.ui.desk.troubles import trouble_of
from pdtdesk.ui.shell.page import Page
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.columns import ColumnsLayout
from pdtdesk.ui.widgets.spec import FieldSpec

NAME_LIMIT = 80
_CODE = re.compile(r"[A-Z]{3}")
PLACE = (
    FieldSpec(
        "name", "Establishment", placeholder="HMP …", required=True, max_length=NAME_LIMIT, can_be_not_asked=False
    ),
    FieldSpec(
        "code",
        "Its code",
        help="Three letters, the same on every desk of this establishment.",
        required=True,
        width=6,
        max_length=20,
        can_be_not_asked=False,
    ),
    FieldSpec(
        "desk",
        "Name of this desk",
        placeholder="Reception 1",
        required=True,
        max_length=NAME_LIMIT,
        can_be_not_asked=False,
    ),
)


class SetUpPage(Page):
    """Sets a desk up. `finished(account)`: the desk stands, the code is on paper; the administrator may sign in."""

    title = "Set up this desk"
    finished = Signal(str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._founding: Founding | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        now = self._station.now
        column = NarrowColumn(118, self)
        both = QWidget(self)
        gap = current_theme().space("m")
        columns = ColumnsLayout(both, letters=60, most=2, across=gap, down=gap)
        self.place = Questions(
            "This desk", "Where the desk stands. Nothing is written before you press the button.", PLACE, now, both
        )
        self.admin = _member_card(
            "Administrator",
            "Sets the desk up and looks after its staff and keys; sees no clinical record.",
            "admin.",
            now,
            both,
            needed=True,
        )
        self.nurse = _member_card(
            "First nurse (may be left empty)",
            "An administrator alone cannot triage: add somebody who can, here or later on the staff page.",
            "nurse.",
            now,
            both,
        )
        self.lead = _member_card(
            "Clinical lead (may be left empty)",
            "Reads the audit, gives one-day passwords, and may break glass.",
            "lead.",
            now,
            both,
        )
        for card in (self.place, self.admin, self.nurse, self.lead):
            card.body.addStretch(1)
            columns.addWidget(card)
        self.form = Form("Set up", "", (), "Set up this desk", now, self)
        self.form.set_intro(
            "The record is encrypted from its first line. You will be shown a recovery code, once, for the safe."
        )
        self.form.sent.connect(self._set_up)
        self.code = RecoveryCodeCard(self._station, self._sheet, self)
        self.code.proved.connect(self._finish)
        self.code.hide()
        self.both = both
        for thing in (both, self.form, self.code):
            column.put(thing)
        tuple(self.lead.fields.values())[-1].input.leave.connect(lambda step: step > 0 and self.form.send.setFocus())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(column)

    def first_focus(self) -> QWidget | None:
        """The first question, or the proof that the code is on paper."""
        if not self.code.isHidden():
            return self.code.print
        return self.place.fields["name"].input.target()

    def may_leave(self) -> str:
        """The code is shown once: it must be on paper before the page is left."""
        if self.code.must_stay():
            return "The recovery code is shown only this once. Print it or write it down, and type its last group."
        return ""

    # setting up

    def _problems(self) -> list[tuple[Questions, dict[str, str]]]:
        place = self.place.problems()
        if not _CODE.fullmatch(self.place.value("code").strip().upper()):
            place.setdefault("code", "The code is three letters, such as ASH.")
        for key, what in (("name", "The establishment's name"), ("desk", "The desk's name")):
            try:
                check_text(self.place.value(key), what, NAME_LIMIT)
            except TextRefused as refused:
                place.setdefault(key, str(refused))
        found = [(self.place, place)]
        accounts: set[str] = set()
        for card, prefix, needed in self._members():
            wrong = card.problems()
            if needed or _begun(card):
                wrong = _member_wrong(card, prefix) | wrong
                account = card.value(f"{prefix}account").strip().lower()
                if account and account in accounts:
                    wrong.setdefault(f"{prefix}account", f"{account} is given twice. Each person has their own.")
                accounts.add(account)
            found.append((card, wrong))
        return found

    def _members(self) -> tuple[tuple[Questions, str, bool], ...]:
        return (self.admin, "admin.", True), (self.nurse, "nurse.", False), (self.lead, "lead.", False)

    def _set_up(self) -> None:
        problems = self._problems()
        for card, wrong in reversed(problems):  # so that the keyboard ends in the first field that is wrong
            card.complain(wrong)
        if any(wrong for _, wrong in problems):
            self.form.say("Nothing was written yet: see the fields marked above.", Tone.AMBER)
            return
        self._founding = self._read()
        founding = self._founding
        self.form.set_busy("Setting the desk up: keys, database and first entries. This takes a few seconds.")
        self.both.setEnabled(False)

        def found(door: Door) -> Done[str]:
            return Done(ChangeSet.of(kinds=("staff",)), door.found(founding))

        self._station.work.do(self, found, self._on_found, self._on_wrong)

    def _read(self) -> Founding:
        roles = {"admin.": Role.ADMIN, "nurse.": Role.NURSE, "lead.": Role.LEAD}
        members = [
            FirstMember(
                card.value(f"{prefix}account").strip().lower(),
                check_name(card.value(f"{prefix}name"), "The name"),
                roles[prefix].value,
                card.value(f"{prefix}password"),
                card.value(f"{prefix}registration").strip() or None
                if f"{prefix}registration" in card.fields
                else None,
            )
            for card, prefix, needed in self._members()
            if needed or _begun(card)
        ]
        establishment = Establishment(
            self.place.value("code").strip().upper(), check_text(self.place.value("name"), "The name", NAME_LIMIT)
        )
        desk = check_text(self.place.value("desk"), "The name", NAME_LIMIT)
        return Founding(establishment, desk, members, LEASE, self._station.demonstration)

    def _on_found(self, code: str) -> None:
        self.form.set_busy("")
        for card, _, _ in self._members():
            card.clear()
        if not code:
            self._finish()
            return
        self.both.hide()
        self.form.hide()
        self.code.show_code(code)
        self.code.show()
        self.code.print.setFocus()

    def _on_wrong(self, error: Exception) -> None:
        self.form.set_busy("")
        self.both.setEnabled(True)
        self.form.say(trouble_of(error).sentence, Tone.RED)
        self.form.send.setFocus()

    def _sheet(self, code: str) -> Callable[[Door], RecoverySheet]:
        founding, demonstration, at = self._founding, self._station.demonstration, self._station.clock.now()

        def make(_door: Door) -> RecoverySheet:
            if founding is None:
                raise RuntimeError("a code before its desk")
            return RecoverySheet(founding.establishment, founding.desk_name, code, at, demonstration)

        return make

    def _finish(self) -> None:
        if self._founding is not None:
            self.finished.emit(self._founding.members[0].account)


def _begun(card: Questions) -> bool:
    return any(field.value() for field in card.fields.values())


def _member_card(
    title: str, intro: str, prefix: str, now: Callable[[], datetime], parent: QWidget, *, needed: bool = False
) -> Questions:
    passwords = new_password_specs(prefix, "Password")
    specs = (
        *member_specs(prefix, needed=needed, registration=not needed),
        *(passwords if needed else (replace(spec, required=False) for spec in passwords)),
    )
    return Questions(title, intro, specs, now, parent)


def _member_wrong(card: Questions, prefix: str) -> dict[str, str]:
    registration = card.value(f"{prefix}registration") if f"{prefix}registration" in card.fields else ""
    account = card.value(f"{prefix}account")
    return member_problems(account, card.value(f"{prefix}name"), registration, prefix) | password_problems(
        card.value(f"{prefix}password"),
        card.value(f"{prefix}again"),
        account=account.strip(),
        prefix=prefix,
    )
