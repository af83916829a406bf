"""A choice as it is made: class, course day by day against the sentence, what the person says, and the signature."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.schedule import NotASchedule, Schedule
from pdtdesk.domain.regime.treatment import Agreed
from pdtdesk.policy.findings import Finding
from pdtdesk.services.refusals import Refused
from pdtdesk.services.regime import choosing
from pdtdesk.services.regime.choosing import Choice, seen_of
from pdtdesk.services.regime.in_force import declared_now
from pdtdesk.services.regime.ordering import Ordering
from pdtdesk.services.regime.planning import Planned, as_changed, propose_course
from pdtdesk.services.regime.reviewing import next_review
from pdtdesk.services.regime.saying import in_possession, not_agreed
from pdtdesk.services.regime.standing import RegimeNow
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.regime.choice_fields import ChoiceFields
from pdtdesk.ui.regime.course_form import CourseForm
from pdtdesk.ui.regime.occasions import occasions_of
from pdtdesk.ui.regime.refused import field_of
from pdtdesk.ui.regime.said import finding_line
from pdtdesk.ui.regime.schedule_card import ScheduleCard
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shortcuts import Shortcut, bind
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Scrolled, button, button_row
from pdtdesk.ui.widgets.findings import FindingsPanel, PanelLine
from pdtdesk.ui.widgets.notice import Notice, NoticeBar
from pdtdesk.ui.widgets.stops import chain_parts, set_aside

QUIET_MS = 120
"""After the last key, before the course is worked out again."""


class PlanPanel(QWidget):
    """Signals: `signed(RegimeNow, str)`: it is written, and in which words; `closed`: nothing was;
    `source_asked(Finding)`."""

    signed = Signal(object, str)
    closed = Signal()
    source_asked = Signal(object)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._now: RegimeNow | None = None
        self._declared: RegimeClass | None = None
        self._planned: Planned | None = None
        self._by_hand: Schedule | None = None
        self._asked: object | None = None  # which question an answer is of: an older one is let go
        self._how: tuple[bool, Agreed | None] = (True, None)  # how it is taken, and whether it was agreed to
        self._stands = False  # whether what is shown is the answer to what is entered
        self._found: dict[str, Finding] = {}
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._propose)
        self._lay_out()
        bind(Shortcut.SAVE, self, self.sign)
        bind(Shortcut.BACK, self, self.closed.emit)

    # what is shown

    def begin(self, now: RegimeNow, declared: RegimeClass | None) -> None:
        """Begin a choice of a class; None: an order of another medicine, beside the class."""
        self._now, self._declared, self._planned, self._by_hand = now, declared, None, None
        self.course.begin(now, declared)
        self._schedule.keep("", None)
        self._schedule.show_schedule(None, None, None)
        params = self._station.acting.policy.on(now.today)
        review = next_review(declared, now.today, params, now.assessment.custody) if declared is not None else None
        anew = declared is not None and all(each.declared is not declared for each in declared_now(now))
        named = occasions_of(now) if anew and declared is RegimeClass.MAINTENANCE else ()
        self._how = (True, None)
        self.choice.begin(_wished(now) if anew else "", review, named)
        self._show_of_class()
        self._say("")
        self._show_findings(())
        self.course.take_focus()
        self._propose()

    def _show_of_class(self) -> None:
        """What is asked of the class itself: a change of schedule on a day on which it holds leaves it."""
        alone = self._is_order_alone()
        for key in ("reason", "review_on"):
            self.choice.fields[key].setVisible(not alone)
        self._sign.setText("Sign the order" if alone else "Sign the regime and its order")

    def is_settled(self) -> bool:
        """Whether no course is about to be worked out."""
        return not self._quiet.isActive()

    def put_away(self) -> None:
        """Before a lock: nobody finds what somebody else was about to sign."""
        self._quiet.stop()
        self._now = self._planned = self._asked = None
        self.course.put_away()

    # how it is made

    def _lay_out(self) -> None:
        left = Scrolled(self)
        self.notice = NoticeBar(self)
        self.course = CourseForm(self._station.now, left)
        self.course.changed.connect(self._on_typed)
        self.choice = ChoiceFields(self._station.now, left)
        self.choice.changed.connect(self._on_choice)
        left.add(self.course)
        left.add(self.choice)
        left.end()
        right = Scrolled(self)
        self._schedule = ScheduleCard(self._station.now, right)
        self._schedule.changed.connect(self._on_by_hand)
        self.findings = FindingsPanel("What is said of it", "Nothing yet: enter a course.", right)
        self.findings.reference_asked.connect(self._on_source)
        self.findings.hug()
        right.add(self._schedule)
        right.add(self.findings)
        right.add(self._schedule.by_hand)
        right.end()
        set_aside(self._schedule.by_hand)
        self._sign = button("Sign", "primary", self)
        self._sign.clicked.connect(self.sign)
        self._keep = button("Keep this, and try another", parent=self)
        self._keep.clicked.connect(self.keep_and_try_another)
        back = button("Back without signing", parent=self)
        back.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setSpacing(current_theme().space("m"))
        row.addWidget(left, 5)
        row.addWidget(right, 6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.notice)
        whole.addLayout(row, 1)
        self._row = button_row(self._sign, self._keep, back, parent=self)
        whole.addWidget(self._row)

    # what happens in it

    def _on_typed(self) -> None:
        self._by_hand, self._stands = None, False
        self._quiet.start()

    def _on_choice(self) -> None:
        self.choice.show_possession()
        said = (self.choice.supervised, self.choice.wish().agreed)
        if said != self._how:
            self._how = said
            self._show_said()

    def _propose(self) -> None:
        """Work the course out again, with what is said of it."""
        now = self._now
        asked = self._asked = object()
        self._stands = False
        if now is None:
            return
        try:
            request = self.course.request()
        except NotASchedule as missing:
            self._planned = None
            self._schedule.show_schedule(None, None, None)
            self._show_findings((PanelLine("Enter", Tone.BLUE, str(missing)),))
            self.choice.show_asked((), ())
            return
        if self._by_hand is not None and self._planned is not None and self._planned.medicine is not None:
            request = as_changed(self._planned.medicine, self._by_hand, now)
        acting = self._station.acting
        self._station.work.ask(
            self,
            lambda _: propose_course(acting, now, request),
            lambda planned: self._show_planned(planned, asked),
            lambda error: self._on_not_planned(error, asked),
            slot="plan",
        )

    def _show_planned(self, planned: Planned, asked: object) -> None:
        now = self._now
        if now is None or asked is not self._asked:
            return
        self._stands = not self._quiet.isActive()
        if self._by_hand is not None and self._planned is not None:  # what the days were changed of goes with them
            planned = replace(planned, ends=self._planned.ends, instructions=self._planned.instructions)
        self._planned = planned
        self._schedule.show_schedule(now, planned.medicine, planned.schedule, planned.ends)
        self._show_of_class()
        self._show_said()

    def _show_said(self) -> None:
        """What is said of the course that is shown, and of how it is taken."""
        now, planned = self._now, self._planned
        if now is None or planned is None:
            return
        of_class = choosing.class_findings(now, self._declared) if self._declared is not None else ()
        alone: tuple[Finding, ...] = ()
        if not self.choice.supervised and planned.medicine is not None and planned.schedule is not None:
            alone = in_possession(now, planned.medicine, planned.schedule, self._station.acting.policy)
        agreement = not_agreed(self.choice.wish(), self._station.acting.policy.on(now.today))
        found = tuple(dict.fromkeys((*planned.findings, *alone, *agreement, *of_class)))
        self._found = {str(each.code): each for each in found}
        stops = tuple(
            PanelLine("Stops the order", Tone.RED, f"{each.words} Lifted by {each.ends_by}.")
            for each in planned.stops
        )
        self._show_findings((*stops, *(finding_line(each) for each in found)))
        self.choice.show_asked(found, planned.stops)

    def _on_not_planned(self, error: Exception, asked: object) -> None:
        if asked is not self._asked:
            return
        self._planned = None
        self._schedule.show_schedule(None, None, None)
        said = str(error) if isinstance(error, NotASchedule) else sentence_for(error)
        self._show_findings((PanelLine("Correct this", Tone.RED, said),))

    def _show_findings(self, lines: tuple[PanelLine, ...]) -> None:
        self.findings.show_lines(lines)
        self._chain()

    def _chain(self) -> None:
        chain_parts(
            self.notice,
            self.course,
            self.choice,
            self._schedule,
            self.findings,
            self._schedule.by_hand,
            self._row,
        )

    def _on_by_hand(self, schedule: Schedule) -> None:
        self._by_hand = schedule
        self._propose()

    def keep_and_try_another(self) -> None:
        """Keep this course to compare the next one with: what if?"""
        if self._stands and self._planned is not None and self._planned.schedule is not None:
            self._schedule.keep("kept to compare", self._planned.schedule)
            self._say(
                "Kept. Change what is entered: both stand beside each other; what is entered is signed.", Tone.BLUE
            )
            self.course.to_first_field()

    def _on_source(self, code: str) -> None:
        if (found := self._found.get(code)) is not None:
            self.source_asked.emit(found)

    # signing

    def sign(self) -> None:
        """Sign what is shown; what is missing is said, and nothing is lost."""
        now, planned = self._now, self._planned
        if now is None:
            return
        if (unread := self.course.unread()) is not None:
            unread.take_focus()
            self._say(f"{unread.spec.label}: {unread.problem()} Nothing was signed.")
            return
        if planned is not None and not self._stands:
            self._say("The course is being worked out from what you typed: look at it, and sign.")
            return
        if planned is None or planned.schedule is None or planned.medicine is None:
            self.course.to_first_field()
            self._say("There is no course to sign yet: enter it, or change its days by hand.")
            return
        wrong = [each for each in self.choice.fields.values() if each.isVisible() and each.problem()]
        if wrong:
            wrong[0].take_focus()
            self._say(f"{wrong[0].spec.label}: {wrong[0].problem()} Nothing was signed.")
            return
        lift = self.choice.text("lift")
        ordering = Ordering(
            medicine=planned.medicine,
            schedule=planned.schedule,
            supervised=self.choice.supervised,
            possession=self.choice.text("possession"),
            lifted=frozenset(str(each.code) for each in planned.stops) if lift else frozenset(),
            reason=lift,
            findings=planned.findings,
            instructions=planned.instructions,
            ends=planned.ends,
        )
        self._write(now, ordering)

    def _write(self, now: RegimeNow, ordering: Ordering) -> None:
        acting, patient = self._station.acting, now.person.patient_id
        wish, seen, read = self.choice.wish(), seen_of(now), self.choice.acknowledged()
        declared = self._declared
        if declared is None or self._is_order_alone():
            said = f"Signed: {ordering.medicine.words}"

            def write() -> RegimeNow:
                return choosing.change_order(acting, patient, ordering, wish, seen, read)
        else:
            said = f"Signed: {declared.words}, {ordering.medicine.words}"
            made = Choice(
                declared=declared,
                since=ordering.first_day,
                wish=wish,
                seen=seen,
                ordering=ordering,
                reason=self.choice.text("reason"),
                review_on=self.choice.review_on(),
                acknowledged=read,
            )

            def write() -> RegimeNow:
                return choosing.choose(acting, patient, made)

        self._do(write, patient, said)

    def _do(self, write: Callable[[], RegimeNow], patient: str, said: str) -> None:
        def command(_: object) -> Done[RegimeNow]:
            return Done(ChangeSet.of([patient], ["regime", "task"]), write())

        self._sign.setEnabled(False)

        def then(after: RegimeNow) -> None:
            self._sign.setEnabled(True)
            self.signed.emit(after, f"{said}. {after.person.identity.display}.")

        self._station.work.do(self, command, then, self._on_wrong)

    def _on_wrong(self, error: Exception) -> None:
        """The page is long: the refusal stands above it, and the keyboard at the question that it is about."""
        self._sign.setEnabled(True)
        self._say(sentence_for(error), Tone.RED)
        about = field_of(error, self.choice.fields)
        if about is not None:
            about.take_focus()
        elif type(error) is Refused:
            self.course.to_first_field()
        else:
            self.notice.take_focus()

    def _is_order_alone(self) -> bool:
        """Whether the class stays as it is: another medicine, or another schedule of the class that holds on the
        first day of the course."""
        now, planned = self._now, self._planned
        if now is None or self._declared is None:
            return True
        day = now.today
        if planned is not None and planned.schedule is not None:
            last_days = planned.ends[1].first_day if planned.ends else planned.schedule.first_day
            day = min(planned.schedule.first_day, last_days)
        return any(each.declared is self._declared for each in now.treatment.regime_on(day))

    def _say(self, sentence: str, tone: Tone = Tone.AMBER) -> None:
        self.notice.show_notice(Notice(sentence, tone) if sentence else None)
        self._chain()


def _wished(now: RegimeNow) -> str:
    return now.facts.wish.words if now.facts.wish is not None else ""
