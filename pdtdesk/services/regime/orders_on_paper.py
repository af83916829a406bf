"""What is ordered for somebody today and tomorrow, as paper says it to whoever gives it while the desk is down."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from pdtdesk.domain.calendar import at_london, day_of, night_of, show_instant, show_near, show_time
from pdtdesk.domain.reception.facts import ReceptionFacts
from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.regime.fold import treatment_of
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import DAY, NOUGHT, slot_order
from pdtdesk.domain.regime.treatment import Begun, Dose, Order, Treatment
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.regime.stops import Stop, StopCode, stops
from pdtdesk.services.reception.sheet_facts import DayLine, OrderedLine, SlotLine, StopLine
from pdtdesk.services.regime.dose_facts import DoseDue, contended, dose_facts
from pdtdesk.services.regime.giving import in_sight
from pdtdesk.services.regime.looks import look_of
from pdtdesk.services.regime.standing import told_of
from pdtdesk.services.regime.taking import last_witnessed, place_words, witnessed_other

_OF_THE_DOSE_BEFORE = frozenset(
    {
        *(StopCode.HANDED_OUT, StopCode.DAY_AHEAD, StopCode.MORE_TODAY, StopCode.TOO_SOON),
        StopCode.TWO_IN_A_ROUND,
        *(StopCode.DAY_NOT_KNOWN, StopCode.MISSED_DAYS, StopCode.NEW_INDUCTION, StopCode.STEP_NOT_TAKEN),
    }
)
"""What of a later dose nobody can say before the next one has been given or not: of the next one alone it is said."""

_SEEN = frozenset({StopCode.DROWSY, StopCode.INTOXICATED})
"""What was seen last stops a dose until a prescriber has decided; the look of the dose is asked all the same."""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """One person's medicines: each order of today or tomorrow, and what stands open or written beside them."""

    orders: tuple[OrderedLine, ...]
    besides: tuple[str, ...]


def orders_on_paper(person: PersonRecord, stay: Stay, policy: Parameters, now: datetime) -> OnPaper:
    """Every order that is in force today or tomorrow, with what is written of its doses and what stops the next."""
    found = _Gathering(person, stay, treatment_of(person), told_of(person, stay, now), policy, now)
    held = [each for each in found.treatment.orders if any(each.holds_on(day) for day in found.days)]
    held.sort(key=lambda each: (not each.medicine.is_substitute, each.medicine.words, each.since))
    lines = tuple(found.line(each) for each in held)
    return OnPaper(lines, tuple(found.besides(held)))


@dataclass(frozen=True, slots=True)
class _Gathering:
    """What the lines of one person are read from."""

    person: PersonRecord
    stay: Stay
    treatment: Treatment
    told: ReceptionFacts
    policy: Parameters
    now: datetime

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def days(self) -> tuple[date, date]:
        return self.today, self.today + DAY

    def line(self, order: Order) -> OrderedLine:
        """One order, as whoever gives it reads it."""
        days = tuple(DayLine(day, order.holds_on(day), tuple(self._slots(order, day))) for day in self.days)
        left = [(each.day, slot.slot) for each in days for slot in each.slots if slot.state == "open"]
        return OrderedLine(
            medicine=order.medicine.words,
            supervised=order.supervised,
            signed=f"{order.by.name}, {show_near(day_of(order.at), self.today)}",
            instructions=order.instructions,
            term=self._term(order),
            days=days,
            witnessed=self._witnessed(order.medicine),
            next=self._when(*left[0]) if left else "",
            stops=tuple(self._stops(order, left)),
            cautions=tuple(self._cautions(order)),
        )

    def _slots(self, order: Order, day: date) -> Iterator[SlotLine]:
        for slot, mg in order.schedule.on(day) if order.holds_on(day) else ():
            if mg == NOUGHT:
                continue
            written = self._of_slot(order.medicine, day, slot)
            waits = any(isinstance(each, Begun) for each in written)
            state = "handed out" if waits else "written" if written else "open"
            if sum(isinstance(each, Dose) and each.outcome.given for each in written) > 1:
                state = "more than once"
            if self.treatment.accounts_of(order.medicine, day, slot):
                state = "conflict"
            said = "; ".join(self._became(each, order.medicine) for each in written)
            own = [each.ordered_mg for each in written if each.medicine.active is order.medicine.active]
            yield SlotLine(slot, own[0] if own else mg, state, said)

    def _of_slot(self, medicine: Ordered, day: date, slot: str) -> list[Dose | Begun]:
        """All that is written of a day and slot of a medicine, or of what stands for it, by whatever order."""
        alike = (each for each in self._written() if each.medicine.stands_for(medicine))
        return [each for each in alike if (each.day, each.slot) == (day, slot)]

    def _written(self) -> tuple[Dose | Begun, ...]:
        return *self.treatment.doses, *self.treatment.begun

    def _became(self, each: Dose | Begun, of: Ordered) -> str:
        """What became of a dose: `taken 30 mg 08:31, R. Adeyemi`."""
        name = "" if each.medicine is of else f"{each.medicine.words}: "
        wrote = "" if each.on_paper else "written "
        when = show_time(each.at) if day_of(each.at) == each.day else f"{wrote}{show_instant(each.at)}"
        if isinstance(each, Begun):
            return f"{name}{each.ordered_mg} handed out {when}, {_giver(each)}; nobody wrote what became of it"
        amount = f" {each.mg}" if each.outcome.counts else ""
        why = f" ({each.reason.replace('_', ' ')})" if each.reason else ""
        return f"{name}{each.outcome.words}{amount} {when}, {_giver(each)}{why}"

    def _term(self, order: Order) -> str:
        """When it begins or ends, where that is today or tomorrow."""
        today, tomorrow = self.days
        said = ["begins tomorrow"] if order.since == tomorrow else ["first day today"] if order.since == today else []
        if order.until is not None and order.until <= tomorrow:
            said.append("last day today" if order.until == today else "last day tomorrow")
        return ", ".join(said)

    def _witnessed(self, medicine: Ordered) -> str:
        """When a dose was last seen taken, and where; and a later one that was written as taken unseen."""
        at, where = last_witnessed(self.treatment, medicine, self.told, self.now)
        if at is not None:
            said = f"last witnessed {show_instant(at)}, {place_words(where)}"
        else:
            said = "no witnessed dose known"
            other = witnessed_other(self.treatment, medicine, self.told, self.now)
            said += f"; {other[1]} last witnessed {show_instant(other[0])}" if other else ""
        taken = [each.at for each in self.treatment.doses_of(medicine) if each.outcome.counts and each.at <= self.now]
        unseen = max(taken, default=None)
        if unseen is not None and (at is None or unseen > at):
            said += f"; written as taken {show_instant(unseen)}, not witnessed"
        return said

    def _stops(self, order: Order, left: list[tuple[date, str]]) -> Iterator[StopLine]:
        """What the round would show of the next dose, and of later ones what does not hang on it."""
        said: set[str] = set()
        alike = (each for each in self.treatment.orders_on(self.today) if each.medicine.stands_for(order.medicine))
        waits = any(slot.state == "open" for each in alike for slot in self._slots(each, self.today))
        for number, (day, slot) in enumerate(left):
            later = number > 0 or (waits and day > self.today)
            found = [
                each
                for each in self._of_dose(order, day, slot)
                if each.words not in said and not (later and each.code in _OF_THE_DOSE_BEFORE)
            ]
            said |= {each.words for each in found}
            if found:
                ends = tuple(dict.fromkeys(each.ends_by for each in found))
                yield StopLine(self._when(day, slot), tuple(each.words for each in found), ends)

    def _of_dose(self, order: Order, day: date, slot: str) -> tuple[Stop, ...]:
        at = self.now if day == self.today else at_london(day, time.fromisoformat(slot_order(slot)[0]))
        due = DoseDue(self.person.patient_id, order.entry_id, order.course, day, slot)
        look = look_of(self.person, self.stay, self.now)
        facts = dose_facts(self.person, self.stay, self.treatment, order, due, at, look=look)
        found = in_sight(stops(facts, self.policy.on(day_of(at))), due, self.now)
        decided = all(each.code is not StopCode.AFTER_SEDATION for each in found)
        return tuple(each for each in found if not (decided and each.code in _SEEN))

    def _when(self, day: date, slot: str) -> str:
        """Which dose: `today, evening`; of tomorrow with the hour for which its stops are reckoned."""
        if day == self.today:
            return f"today, {slot}"
        hour = slot_order(slot)[0]
        return f"tomorrow, {slot}" if hour == slot else f"tomorrow, {slot} (as at {hour})"

    def _cautions(self, order: Order) -> Iterator[str]:
        alike = {
            each.entry_id
            for day in self.days
            for each in (self.treatment.orders_on(day) if order.holds_on(day) else ())
            if each.medicine.active is order.medicine.active
        }
        if order.entry_id in self.treatment.conflicting or alike != {order.entry_id}:
            yield "Two orders contend, or an order and its end: what is written here is one of two accounts."
        elif contended(self.treatment, order, max(self.today, order.since)):
            yield "Two accounts of a dose contend."

    def besides(self, held: list[Order]) -> Iterator[str]:
        """What was handed out or written and stands under none of the orders; and what cannot be read here. Before
        eight in the morning the night's doses are of the day before."""
        shown = {
            each.entry_id
            for order in held
            for day in self.days
            for slot in self._slots(order, day)
            for each in self._of_slot(order.medicine, day, slot.slot)
        }
        asking = {each.entry_id for each in self.treatment.asking}
        for each in self._written():
            if each.entry_id not in shown and (each.entry_id in asking or each.day >= night_of(self.now)):
                two = "two accounts stand: " if isinstance(each, Dose) and each.entry_id in asking else ""
                day = "today" if each.day == self.today else show_near(each.day, self.today)
                yield f"{each.medicine.words}, {day}, {each.slot}: {two}{self._became(each, each.medicine)}"
        if self.treatment.unread_doses:
            yield "An order or a dose was written at a newer desk and cannot be read here: look there what was given."


def _giver(each: Dose | Begun) -> str:
    return f"{each.on_paper}, on paper" if each.on_paper else each.by.name
