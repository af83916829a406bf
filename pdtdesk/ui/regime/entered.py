"""What was entered for a course, read as doses, days and instants."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from pdtdesk.domain.calendar import at_london
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.courses import Pace, Pause
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import NotASchedule


class Entered:
    """What was typed, by field. Raises `NotASchedule` with a sentence where something that is needed is missing."""

    def __init__(self, values: Mapping[str, str | None], today: date) -> None:
        self._values, self.today = values, today

    def mg(self, key: str) -> Milligrams | None:
        """A dose, or None where the field is empty."""
        text = self._values.get(key)
        return Milligrams(Decimal(text)) if text else None

    def needed_mg(self, key: str, label: str) -> Milligrams:
        """A dose that the course cannot do without."""
        found = self.mg(key)
        if found is None:
            raise NotASchedule(f"Enter {label} in mg.")
        return found

    def number(self, key: str) -> int | None:
        """A whole number, or None."""
        text = self._values.get(key)
        return int(text) if text else None

    def needed_number(self, key: str, label: str) -> int:
        """A whole number that the course cannot do without."""
        found = self.number(key)
        if found is None:
            raise NotASchedule(f"Enter {label}.")
        return found

    def decimal(self, key: str) -> Decimal | None:
        """A number, or None."""
        text = self._values.get(key)
        return Decimal(text) if text else None

    def day(self, key: str) -> date | None:
        """A day, or None."""
        text = self._values.get(key)
        return date.fromisoformat(text) if text else None

    def first_day(self) -> date:
        """The day on which it begins; today where nothing else was written."""
        return self.day("first_day") or self.today

    def moment(self, key: str) -> datetime | None:
        """An instant, from the local time that was written; or None."""
        text = self._values.get(key)
        if not text:
            return None
        at = datetime.fromisoformat(text)
        return at_london(at.date(), at.time())

    def word(self, key: str) -> str | None:
        """The word of a choice, or None."""
        return self._values.get(key) or None

    def medicine(self, key: str = "medicine") -> Ordered:
        """The medicine that was chosen."""
        word = self.word(key)
        if word is None:
            raise NotASchedule("Choose the medicine.")
        return Ordered(word)

    def slots(self) -> tuple[str, ...]:
        """The slots of the day that were chosen."""
        chosen = tuple((self._values.get("slots") or "").split())
        if not chosen:
            raise NotASchedule("Choose when in the day it is given.")
        return chosen

    def pauses(self) -> tuple[Pause, ...]:
        """The pause that was entered, if any."""
        first, days = self.day("pause_from"), self.number("pause_days")
        if (first is None) != (days is None):
            raise NotASchedule("A pause has its first day and how many days it lasts: enter both.")
        return (Pause(first, days),) if first is not None and days is not None else ()

    def paces(self) -> tuple[Pace, ...]:
        """Another step and interval from a dose down, if any was entered."""
        given = (self.mg("then_from"), self.mg("then_step"), self.number("then_interval"))
        if all(each is None for each in given):
            return ()
        start, step, interval = given
        if start is None or step is None or interval is None:
            raise NotASchedule("Slower or faster: enter from which dose, by how much, and every how many days.")
        return (Pace(start, step, interval),)
