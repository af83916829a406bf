"""The medicines that are ordered, on the downtime sheet: each person a block, by cell, with room to write by hand."""

from collections.abc import Sequence
from datetime import datetime

from pdtdesk.documents.layout.lines import Span
from pdtdesk.documents.layout.pages import Cell, Pages, Paragraph
from pdtdesk.documents.reception.words import WIDTH, this_year
from pdtdesk.domain.calendar import day_of, show_near
from pdtdesk.services.reception.sheet_facts import DayLine, OrderedLine, OrdersOf, SlotLine, StopLine

_WHO = 150.0
_WIDTHS = [_WHO, WIDTH - _WHO]
_TITLES = ("Who · beware", "What is ordered, what is written of it, and what stops it")
_BLANK = "_" * 30
_BEFORE = (
    "Identify first: photograph, or two identifiers. Each dose on its own day, once. Where nothing is written yet, "
    "write on the line what became of it, when, and your name."
)
_STATES = {"handed out": "HANDED OUT", "conflict": "TWO ACCOUNTS", "more than once": "GIVEN MORE THAN ONCE"}
_MARGIN = 0.9
_JOINED = "\u00a0"
"""A space at which no line is broken."""


def orders(pages: Pages, blocks: Sequence[tuple[Cell, OrdersOf]], at: datetime) -> None:
    """Everybody with an order of today or tomorrow, each after who it is and what may not be given."""
    pages.heading("Medicines ordered, today and tomorrow", "by cell", keep=10.0)
    pages.paragraph([Span(_BEFORE, bold=True)])
    pages.space(3)
    pages.table(_TITLES, _WIDTHS)
    for who, held in blocks:
        pages.row([who, _medicines(held, at)], _WIDTHS, gap=8, over=0.6)
        pages.y += 2
    pages.end_table()


def _medicines(of: OrdersOf, at: datetime) -> Cell:
    said: list[Paragraph] = [each for order in of.orders for each in _order(order, at)]
    if not of.orders:
        said.append([Span("Nothing is ordered for today or tomorrow.", bold=True)])
    return [*said, *([Span("Beside this: ", bold=True), Span(words)] for words in of.besides)]


def _order(order: OrderedLine, at: datetime) -> list[Paragraph]:
    how = "supervised" if order.supervised else "IN POSSESSION"
    head = [Span(order.medicine, bold=True, scale=1.2), Span(f"  {how}", bold=not order.supervised)]
    head += [Span(f" · {order.term}", bold=True)] if order.term else []
    head.append(Span(f" · {this_year(order.witnessed, at)}"))
    said: list[Paragraph] = [head]
    said += [[Span("TWO ACCOUNTS", bold=True, mark=True), Span(f"  {words}", bold=True)] for words in order.cautions]
    said += [_stop(each, at) for each in order.stops]
    if order.instructions:
        said.append([Span("By score: ", bold=True), Span(order.instructions)])
    said += [_day(each, order, at) for each in order.days]
    none = f"No further stop known: {order.next}. " if order.next and not order.stops else ""
    said.append([Span(f"{none}Signed by {order.signed}.", scale=_MARGIN)])
    return said


def _stop(stop: StopLine, at: datetime) -> Paragraph:
    ends = "; and by ".join(stop.ends_by)
    words = " ".join(stop.words)
    return [
        Span("STOPPED", bold=True, mark=True),
        Span(f"  {stop.dose}: {this_year(words, at)}", bold=True),
        Span(f" Ends by {ends}.", scale=_MARGIN),
    ]


def _day(day: DayLine, order: OrderedLine, at: datetime) -> Paragraph:
    today = day.day == day_of(at)
    spans = [Span(f"{'Today' if today else 'Tomorrow'}, {show_near(day.day, day_of(at))}:  ", bold=True)]
    if not day.slots:
        return [*spans, Span("no dose" if day.holds else "not ordered")]
    for number, slot in enumerate(day.slots):
        spans += [Span("    " if number else ""), *_slot(slot, order, today=today)]
    return spans


def _slot(slot: SlotLine, order: OrderedLine, *, today: bool) -> list[Span]:
    """A dose; what is not written yet keeps together with the line on which it is to be."""
    most = "at most " if order.instructions and slot.state == "open" else ""
    spans = [Span(f"{slot.slot}{_JOINED}"), Span(f"{most}{slot.mg}".replace(" ", _JOINED), bold=True)]
    if slot.state == "open":
        yet = " nothing written" if today else ""
        return [*spans, Span(f"{yet} {_BLANK}".replace(" ", _JOINED))]
    if slot.state in _STATES:
        spans += [Span(" "), Span(_STATES[slot.state], bold=True, mark=True)]
    return [*spans, Span(f" {slot.said}", bold=slot.state in _STATES)]
