"""How the list of regimes says what is to be done for somebody."""

from dataclasses import replace
from datetime import date, timedelta

from treatment import MORNING, TODAY

from pdtdesk.domain.regime.asking import Asked
from pdtdesk.services.ports import TreatedRow
from pdtdesk.ui.regime.said import by_need, cells, is_due

YESTERDAY, LATER = TODAY - timedelta(days=1), TODAY + timedelta(days=30)


def a_row(*asked: Asked, until: date | None = None, surname: str = "Sparrow") -> TreatedRow:
    return TreatedRow(
        patient_id=surname,
        stay="stay",
        surname=surname,
        forenames="Daniel",
        prison_number=None,
        location=None,
        standing="in force",
        declared="maintenance",
        medicine="methadone",
        since=TODAY,
        review_on=LATER,
        until=until,
        asked=asked,
    )


def waiting(surname: str, priority: str, hours: int, *reasons: str) -> TreatedRow:
    row = replace(a_row(surname=surname), standing="awaiting", declared=None, medicine=None, since=None)
    return replace(row, priority=priority, reasons=reasons, arrived_at=MORNING - timedelta(hours=hours))


def test_who_waits_is_listed_by_tonights_priority_and_then_by_the_hours() -> None:
    """At 21:40 the man in withdrawal stands under Z, and old reviews before him: he goes the night without."""
    old = Asked(YESTERDAY, YESTERDAY, "", "It falls due.")
    rows = [
        a_row(surname="Abbott"),
        a_row(old, surname="Baines"),
        waiting("Cole", "routine", 9),
        waiting("Dunn", "now", 1),
        waiting("Ellis", "tonight", 2),
        waiting("Frost", "now", 3),
        waiting("Gale", "soon", 30),
        replace(a_row(surname="Hobbs"), standing="conflict"),
        waiting("Ince", "", 1),
    ]
    order = ["Hobbs", "Frost", "Dunn", "Ince", "Ellis", "Gale", "Cole", "Baines", "Abbott"]
    assert [row.surname for row in by_need(rows, TODAY)] == order, "one of unknown priority is no less than any other"


def test_the_row_says_how_urgent_somebody_is_why_and_since_when() -> None:
    """The order alone says nothing: a prescriber would open each to learn who is in withdrawal."""
    said = cells(waiting("Cole", "now", 2, "drowsy", "opioids: withdrawal seen"), TODAY)
    assert said[0] == "! Awaiting a regime: now\nhere since 06:30"
    assert said[3] == "none yet: drowsy · opioids: withdrawal seen"
    many = cells(waiting("Cole", "routine", 30, "a", "b", "c", "d", "e"), TODAY)
    assert (many[0], many[3]) == (
        "! Awaiting a regime: routine\nhere since Tue 1 Jun 02:30",
        "none yet: a · b · c · and 2 more",
    )
    nothing = cells(replace(waiting("Cole", "", 1), arrived_at=None), TODAY)
    assert (nothing[0], nothing[3]) == ("! Awaiting a regime", "none yet")


def test_the_list_says_what_asks_for_a_review() -> None:
    """`Review today` of a man whose release is near is put off until tomorrow, like any other."""
    calendar = Asked(LATER, LATER, "", "It falls due.")
    near, missed = (
        Asked(day, day, why, why)
        for day, why in ((TODAY, "release is near"), (YESTERDAY, "doses not taken, or not known"))
    )
    assert cells(a_row(calendar), TODAY)[0] == "In force"
    assert cells(a_row(near, calendar), TODAY)[0] == "! Review: release is near"
    both = a_row(missed, near, calendar)
    assert cells(both, TODAY)[0] == "! Review overdue: doses not taken, or not known, release is near"
    assert cells(both, TODAY)[4] == "Tue 1 Jun"
    assert [is_due(row, TODAY) for row in (a_row(calendar), both)] == [False, True]
    assert by_need([a_row(calendar, surname="Abbott"), both], TODAY)[0] is both


def test_a_review_planned_for_the_day_before_a_sunday_is_overdue_after_the_sunday_alone() -> None:
    """The list and the figures would count another man as overdue on the same morning (S-05)."""
    moved = a_row(Asked(YESTERDAY, TODAY, "", "It falls due."))
    assert cells(moved, TODAY)[0] == "! Review today"
    assert cells(moved, TODAY + timedelta(days=1))[0] == "! Review overdue"


def test_a_regime_that_is_to_end_says_so_in_the_list() -> None:
    """Read as going on, nobody arranges who prescribes from Friday."""
    assert cells(a_row(until=date(2010, 6, 3)), TODAY)[3].endswith("\nends after Thu 3 Jun 2010")
