"""The nurse's evening: arrivals, the triage, what is due, the medicine round, sheets and help."""

from collections.abc import Callable, Iterator
from functools import partial

from pdtdesk.services.ports import ArrivalRow
from pdtdesk.ui.pages import Pages
from pdtdesk.ui.regime.round_words import ALL_DAY, row_id
from pdtdesk.ui.tour.stop import Settle, Stop

_DOSES = (
    ("due", "dose", "A dose: each check is asked"),
    ("stopped", "stopped", "A dose that is stopped, and how that ends"),
    ("handed out", "handed-out", "Handed out, and what became of it"),
)


class Evening:
    """Where a nurse turns to at 21:40."""

    def __init__(self, pages: Pages, settle: Settle) -> None:
        self._pages, self._settle = pages, settle

    def stops(self) -> Iterator[Stop]:
        """Every page of the evening, in the order in which they come."""
        pages = self._pages
        reception = pages.reception
        yield Stop("reception", "arrivals", "nurse", lambda: pages.show("reception"), "Tonight's arrivals")
        first = self.stay(lambda row: row.passes == 0)
        yield Stop("reception", "first-pass", "nurse", lambda: reception.open_stay(first), "First pass")
        seen = self.stay(has_first_pass)
        yield Stop(
            "reception", "second-pass", "nurse", lambda: reception.open_stay(seen), "Second pass, from the top"
        )
        for part in ("substances", "prescribed", "medicines", "risk", "tests", "result"):
            yield Stop("reception", f"second-pass-{part}", "nurse", partial(self._to, part), f"Second pass: {part}")
        yield Stop("reception", "scale", "nurse", self._unfold_scale, "A scale, scored by keys")
        yield Stop("reception", "timeline", "nurse", reception.turn_timeline, "The timeline beside the page")
        yield Stop("reception", "entry", "nurse", self._entry, "An entry of the timeline, and marking it as an error")
        yield Stop("reception", "take-in", "nurse", self._take_in, "Take in a list")
        alike = self.stay(lambda row: row.unsure > 0)
        if alike:
            yield Stop(
                "reception", "same-person", "nurse", lambda: reception.open_stay(alike), "Two records that look alike"
            )
        yield Stop("reception", "who-and-where", "nurse", partial(self._who, seen), "Who somebody is, and the cell")
        yield Stop("due", "due", "nurse", lambda: pages.show("due"), "What is due")
        yield Stop("due", "confirm-dose", "nurse", self._confirm, "Confirming a community dose")
        yield Stop("round", "list", "nurse", self._to_round, "The medicine round, by place")
        for state, page, said in _DOSES:
            if self._standing(state):
                yield Stop("round", page, "nurse", partial(self._dose, state), said)
        if self._standing("stopped"):
            yield Stop("round", "on-paper", "nurse", self._on_paper, "A dose that was given on paper, entered")
        yield Stop("round", "sign-out", "nurse", pages.round.begin_signing_out, "Signing out the round")
        yield Stop("reception", "source", "nurse", partial(self._source, seen), "The source of a line of the plan")
        yield Stop("reception", "paper", "nurse", partial(self._paper, seen), "A sheet before it is printed")
        yield Stop("desk", "handbook", "nurse", pages.show_help, "The handbook")
        yield Stop("desk", "shortcuts", "nurse", pages.show_shortcuts, "Every key")
        yield Stop("desk", "account", "nurse", lambda: pages.show("account"), "One's own account")

    def stay(self, wanted: Callable[[ArrivalRow], bool]) -> str:
        """The first arrival of the list of which something is so, else the first of all."""
        rows = self._pages.reception.rows()
        return next((row.stay for row in rows if wanted(row)), rows[0].stay if rows else "")

    def patient(self, stay: str) -> str:
        """Whose arrival it is."""
        return next((row.patient_id for row in self._pages.reception.rows() if row.stay == stay), "")

    def _to(self, section: str) -> None:
        form = self._pages.reception.triage.form
        card = next(card for part, card in form.sections.items() if part.value == section)
        form.verticalScrollBar().setValue(card.y())

    def _unfold_scale(self) -> None:
        form = self._pages.reception.triage.form
        card = form.scales["ciwa_ar"]
        card.unfold()
        self._settle("the scale")
        form.verticalScrollBar().setValue(card.y())
        tuple(card.fields.values())[1].take_focus()

    def _entry(self) -> None:
        timeline = self._pages.reception.timeline
        timeline.opened.emit(timeline.list.rows()[0].id)

    def _take_in(self) -> None:
        self._pages.reception.turn_timeline()
        self._pages.reception.take_in()

    def _who(self, stay: str) -> None:
        self._open(stay)
        self._pages.reception.triage.who_asked.emit()

    def _to_round(self) -> None:
        """The whole day's round: the demonstration's evening comes after most of its doses."""
        self._pages.show("round")
        self._settle("the round")
        self._pages.round.list.show_part(ALL_DAY)

    def _dose(self, state: str) -> None:
        """The first dose of today that stands so."""
        self._pages.round.open_row(self._standing(state))

    def _on_paper(self) -> None:
        self._dose("stopped")
        self._settle("the dose")
        self._pages.round.dose.paper_asked.emit()

    def _standing(self, state: str) -> str:
        """Which dose of today stands so; empty where none does: then there is nothing to show."""
        return next((row_id(row.due) for row in self._pages.round.rows() if row.state == state), "")

    def _confirm(self) -> None:
        self._pages.due.begin_confirming()

    def _source(self, stay: str) -> None:
        self._open(stay)
        self._pages.reception.ask_first_source()

    def _paper(self, stay: str) -> None:
        self._open(stay)
        self._pages.reception.triage.print_asked.emit()

    def _open(self, stay: str) -> None:
        self._pages.show("reception")
        self._pages.reception.open_stay(stay)
        self._settle("the record")


def has_first_pass(row: ArrivalRow) -> bool:
    """Somebody whom a nurse has seen, and of whom there is one record."""
    return row.passes > 0 and not row.unsure
