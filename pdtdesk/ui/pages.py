"""The pages behind the sign-in, and what one asks of another: made once, when the first of them is needed."""

from datetime import date
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal

from pdtdesk.domain.names import display_name
from pdtdesk.domain.reception.person import PersonRecord
from pdtdesk.domain.roles import Permission, may
from pdtdesk.policy.findings import Finding
from pdtdesk.policy.working_days import is_bank_holiday
from pdtdesk.services.ports import PersonRow
from pdtdesk.services.reception import people
from pdtdesk.ui.desk.account import AccountPage
from pdtdesk.ui.desk.recovery import RecoveryPage
from pdtdesk.ui.desk.set_up import SetUpPage
from pdtdesk.ui.desk.staff import StaffPage
from pdtdesk.ui.handbook import HandbookPage, ShortcutsPage
from pdtdesk.ui.oversight.audit import AuditPage
from pdtdesk.ui.oversight.figures import FiguresPage
from pdtdesk.ui.oversight.record import RecordPage
from pdtdesk.ui.oversight.sign_off import SignOffPage
from pdtdesk.ui.paper import PaperPage
from pdtdesk.ui.printed import Printed
from pdtdesk.ui.reception.bands import bands_on
from pdtdesk.ui.reception.due import DuePage
from pdtdesk.ui.reception.page import ReceptionPage
from pdtdesk.ui.reception.shown import banner
from pdtdesk.ui.record.timeline_rows import timeline_row
from pdtdesk.ui.regime.page import RegimePage
from pdtdesk.ui.regime.round_page import RoundPage
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shell.page import Page
from pdtdesk.ui.shell.window import Shell
from pdtdesk.ui.station import Station
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.rows import Row

BETWEEN_MS = 10
"""Between two pages that are made while nobody waits."""

_ORDER = ("reception", "due", "account", "round")
_HELP = {
    "reception": "reception.md",
    "due": "due.md",
    "regime": "regime.md",
    "round": "round.md",
    "figures": "figures.md",
    "oversight": "audit.md",
    "record": "audit.md",
    "sign-off": "local-policy.md",
    "staff": "desk.md",
    "set-up": "desk.md",
    "account": "signing-in.md",
    "sign-in": "signing-in.md",
    "recovery": "signing-in.md",
}
"""Page of the window to page of the handbook."""


class Pages(QObject):
    """Every page but the way in. `counted(stage, due)`."""

    counted = Signal(str, int)
    scheme_chosen = Signal(str)
    text_scale_chosen = Signal(float)

    def __init__(self, station: Station, shell: Shell) -> None:
        super().__init__(shell)
        self._station, self._shell = station, shell
        self._back = ""
        self._made: dict[str, Page] = {}
        self.ahead = True
        """Whether pages are made before somebody turns to them."""
        self._idle = QTimer(self)
        self._idle.setInterval(BETWEEN_MS)
        self._idle.timeout.connect(self._make_next)
        station.show_paper = self.show_paper
        self.printed = Printed(station, self.show_paper, self._on_wrong, self)

    def make_ready(self) -> None:
        """Make the pages one after the other while nobody waits for them: while a password is typed."""
        if self.ahead:
            self._idle.start()

    def page(self, page_id: str) -> Page:
        """A page, made now where it has not been yet."""
        if page_id not in self._made:
            page = getattr(self, f"_make_{page_id.replace('-', '_')}")()
            self._made[page_id] = page
            self._shell.add_page(page_id, page)
        return self._made[page_id]

    @property
    def reception(self) -> ReceptionPage:
        """Tonight's arrivals and the triage."""
        return cast(ReceptionPage, self.page("reception"))

    @property
    def regime(self) -> RegimePage:
        """Regimes: who waits for one, and one person's."""
        return cast(RegimePage, self.page("regime"))

    @property
    def round(self) -> RoundPage:
        """The medicine round."""
        return cast(RoundPage, self.page("round"))

    @property
    def due(self) -> DuePage:
        """What is due."""
        return cast(DuePage, self.page("due"))

    @property
    def handbook(self) -> HandbookPage:
        """User help, and the sources of findings."""
        return cast(HandbookPage, self.page("handbook"))

    @property
    def record(self) -> RecordPage:
        """A record opened with a reason."""
        return cast(RecordPage, self.page("record"))

    @property
    def recovery(self) -> RecoveryPage:
        """The way in by the printed code."""
        return cast(RecoveryPage, self.page("recovery"))

    @property
    def paper(self) -> PaperPage:
        """A sheet before it is printed."""
        return cast(PaperPage, self.page("paper"))

    def forget(self) -> None:
        """Let every page go: whoever comes next finds nothing typed, chosen or shown by the one before.

        Sheets that could not be printed stay with their page, which shows them to whoever made them alone.
        """
        self._idle.stop()
        for page_id in [each for each in self._made if each != "paper"]:
            del self._made[page_id]
            self._shell.drop_page(page_id)

    def is_settled(self) -> bool:
        """Whether no page is about to ask for something."""
        triage = not self.is_made("reception") or self.reception.triage.is_settled()
        at_round = not self.is_made("round") or self.round.is_settled()
        return triage and at_round and (not self.is_made("regime") or self.regime.is_settled())

    def today(self) -> date:
        """The ward's day."""
        return self._station.today()

    def is_made(self, page_id: str) -> bool:
        """Whether a page has been made yet."""
        return page_id in self._made

    def renew_bands(self) -> None:
        """The scales are made before anybody is signed in: where local policy has others, they are made again."""
        if self.is_made("reception") and self._bands != bands_on(self._station.policy, self._station.today()):
            self.reception.put_away()
            del self._made["reception"]
            self._shell.drop_page("reception")

    # where to

    def show(self, stage: str) -> None:
        """Turn to a stage of the rail; the banner stays with the person only where a person is in hand."""
        page = self.page(stage)
        if not isinstance(page, ReceptionPage | RegimePage | RoundPage):
            self._shell.show_banner(None)
        if self._shell.show_page(stage) and isinstance(page, ReceptionPage | RegimePage | RoundPage):
            page.show_in_hand()

    def show_set_up(self) -> None:
        """The first run."""
        self.page("set-up")
        self._shell.show_page("set-up")

    def show_recovery(self, account: str) -> None:
        """The way in by the printed code."""
        self.recovery.show_for(account)
        self._shell.show_page("recovery")

    def show_help(self) -> None:
        """The handbook at the page that is in sight."""
        here = self._shell.current_page()
        self._remember()
        self.handbook.show_page(_HELP.get(here, "index.md"))
        self._shell.show_page("handbook", stage=here)

    def show_shortcuts(self) -> None:
        """Every key on one page."""
        self._remember()
        self.page("shortcuts")
        self._shell.show_page("shortcuts")

    def show_source(self, found: Finding) -> None:
        """The passage that a line of the plan rests on."""
        self._remember()
        source = found.references[0] if found.references else None
        if source is not None:
            self.handbook.show_reference(source.document, source.section, str(found.status), found.values)
        self._shell.show_page("handbook", stage=self._back)

    def show_paper(self, data: bytes, title: str) -> None:
        """A sheet, to be looked at and printed."""
        self._remember()
        self._shell.show_banner(None)  # the sheet says whose it is; the person in hand may be another
        self.paper.show_paper(data, title)
        self._shell.show_page("paper", stage=self._back)

    def open_person(self, patient_id: str) -> None:
        """Open the person who was found: their triage, or their record with a reason."""
        session = self._station.session
        if session is None:
            return
        if may(session.acting.who.role, Permission.WRITE_TRIAGE):
            reception = self.reception
            self._shell.show_page("reception")
            reception.open_person(patient_id)
        else:
            self._shell.show_banner(None)
            record = self.record
            self._shell.show_page("record", stage="")
            record.show_person(patient_id)

    def search(self, text: str) -> None:
        """Find people as somebody types."""
        if self._station.session is None:
            return
        acting = self._station.acting

        def show(rows: tuple[PersonRow, ...]) -> None:
            self._shell.show_found(text, tuple(_found(row) for row in rows))

        self._station.work.ask(self, lambda _: people.search(acting, text), show, self._on_wrong, slot="search")

    def put_away(self) -> None:
        """Before a lock: what is in hand is kept, and nobody's record stays in sight."""
        if self.is_made("reception"):
            self.reception.put_away()
        if self.is_made("due"):
            self.due.put_away()
        if self.is_made("regime"):
            self.regime.put_away()
        if self.is_made("round"):
            self.round.put_away()
        self._shell.show_banner(None)
        self._back = ""

    def follow(self, person: PersonRecord | None) -> None:
        """The audit page offers the person in hand."""
        audit = cast(AuditPage, self.page("oversight"))
        audit.set_person(person.patient_id if person else None, person.identity.display if person else "")

    # how each is made and wired

    def _make_next(self) -> None:
        waiting = next((page_id for page_id in _ORDER if page_id not in self._made), None)
        if waiting is not None:
            self.page(waiting)
        elif not self.reception.triage.form.grow():
            self._idle.stop()
            today = self._station.today()  # the year's bank holidays are reckoned once, before anybody waits for them
            self._station.work.ask(self, lambda _: is_bank_holiday(today), lambda _: None)

    def _make_reception(self) -> Page:
        self._bands = bands_on(self._station.policy, self._station.today())
        page = ReceptionPage(self._station, self._bands)
        page.person_in_hand.connect(self._on_person)
        page.trouble.connect(lambda sentence: self._shell.say(sentence, Tone.RED))
        page.told.connect(lambda sentence: self._shell.say(sentence, Tone.GREEN))
        page.source_asked.connect(self.show_source)
        page.first_night_asked.connect(self.printed.first_night)
        page.counted.connect(lambda count: self.counted.emit("reception", count))
        return page

    def _make_regime(self) -> Page:
        page = RegimePage(self._station)
        page.person_in_hand.connect(self._on_person)
        page.turned.connect(lambda: self._shell.notice.show_notice(None))
        page.trouble.connect(lambda sentence: self._shell.say(sentence, Tone.RED))
        page.told.connect(lambda sentence: self._shell.say(sentence, Tone.GREEN))
        page.source_asked.connect(self.show_source)
        page.letter_asked.connect(self.printed.review_letter)
        page.counted.connect(lambda count: self.counted.emit("regime", count))
        return page

    def _make_round(self) -> Page:
        page = RoundPage(self._station)
        page.person_in_hand.connect(self._on_person)
        page.turned.connect(lambda: self._shell.notice.show_notice(None))
        page.trouble.connect(lambda sentence: self._shell.say(sentence, Tone.RED))
        page.told.connect(lambda sentence: self._shell.say(sentence, Tone.GREEN))
        page.print_asked.connect(self.printed.administration)
        page.counted.connect(lambda count: self.counted.emit("round", count))
        return page

    def _make_due(self) -> Page:
        page = DuePage(self._station)
        page.counted.connect(lambda count: self.counted.emit("due", count))
        page.person_asked.connect(self.open_person)
        page.trouble.connect(lambda sentence: self._shell.say(sentence, Tone.RED))
        page.told.connect(lambda sentence: self._shell.say(sentence, Tone.GREEN))
        page.handover_asked.connect(self.printed.handover)
        page.custody_asked.connect(self.printed.custody)
        page.downtime_asked.connect(self.printed.downtime)
        return page

    def _make_oversight(self) -> Page:
        page = AuditPage(self._station)
        page.person_chosen.connect(self.open_person)
        return page

    def _make_figures(self) -> Page:
        page = FiguresPage(self._station)
        page.person_chosen.connect(self.open_person)
        return page

    def _make_sign_off(self) -> Page:
        return SignOffPage(self._station)

    def _make_staff(self) -> Page:
        return StaffPage(self._station)

    def _make_account(self) -> Page:
        page = AccountPage(self._station)
        page.scheme_chosen.connect(self.scheme_chosen)
        page.text_scale_chosen.connect(self.text_scale_chosen)
        return page

    def _make_set_up(self) -> Page:
        page = SetUpPage(self._station)
        page.finished.connect(self._on_set_up)
        return page

    def _make_recovery(self) -> Page:
        page = RecoveryPage(self._station)
        page.back_asked.connect(lambda: self._shell.show_page("sign-in"))
        return page

    def _make_record(self) -> Page:
        page = RecordPage(self._station, timeline_row)
        page.person_in_hand.connect(self._on_person)
        return page

    def _make_paper(self) -> Page:
        page = PaperPage(self._station)
        page.closed.connect(self._on_back)
        return page

    def _make_handbook(self) -> Page:
        page = HandbookPage(self._station)
        page.closed.connect(self._on_back)
        return page

    def _make_shortcuts(self) -> Page:
        page = ShortcutsPage(self._station)
        page.closed.connect(self._on_back)
        return page

    def _on_person(self, person: PersonRecord | None) -> None:
        self._shell.show_banner(banner(person, self._station.today()) if person is not None else None)
        acting = self._station.session.acting if self._station.session is not None else None
        if acting is not None and may(acting.who.role, Permission.READ_AUDIT):
            self.follow(person)

    def _on_set_up(self, account: str) -> None:
        self._shell.show_page("sign-in")
        page = self._shell.page("sign-in")
        if page is not None and hasattr(page, "show_locked"):
            page.show_locked(account, "")

    def _remember(self) -> None:
        here = self._shell.current_page()
        if here not in ("paper", "handbook", "shortcuts"):
            self._back = here

    def _on_back(self) -> None:
        if self._station.session is None:  # a sheet printed during set-up, or help before signing in
            self._shell.show_page(self._back if self._back in ("set-up", "recovery") else "sign-in")
        else:
            self.show(self._back or "account")

    def _on_wrong(self, error: Exception) -> None:
        self._shell.say(sentence_for(error), Tone.RED)


def _found(row: PersonRow) -> Row:
    where = row.location if row.state in ("here", "court") else row.state
    parts = (
        row.prison_number or "no number",
        row.born.strftime("b. %d %b %Y") if row.born else "",
        where or "no cell",
    )
    return Row(row.patient_id, display_name(row.surname, row.forenames), " · ".join(part for part in parts if part))
