"""What the manager could work out of few people: how they waited, and what happened to one of them many times."""

from datetime import date, datetime, timedelta

import pytest
from factories import TestDesk
from many_treated import OUTSIDE, Held, decided, given, held, lifted

from pdtdesk.documents import Sheets
from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.roles import Role
from pdtdesk.exchange.figures_csv import written
from pdtdesk.services.oversight.figures import figures
from pdtdesk.services.reception import tasks
from tests.documents.read_back import squeezed, whole
from tests.services.oversight.shown import as_lead, block, cells, line

CAME = datetime(2010, 5, 24, 18, 0, tzinfo=LONDON)
LONGEST = "The longest"


def seen_by_carat(desk: TestDesk, who: Held) -> None:
    with desk.store.reading() as work:
        todo = work.person(who.patient_id).current.tasks
    carat = next(each for each in todo if each.what == "carat_referral")
    tasks.settle(desk.acting(Role.CARAT), carat.entry_id, "seen on the wing")


def referred(desk: TestDesk, count: int) -> list[Held]:
    return [held(desk, at, f"Arrived{chr(97 + at)}", arrived=CAME, answers=OUTSIDE) for at in range(count)]


def test_who_waits_cannot_be_worked_out_from_who_has_been_seen(desk: TestDesk) -> None:
    """Seven people here, all of them referred, five seen: that two were not stood there as plainly as their names."""
    for who in referred(desk, 7)[:5]:
        seen_by_carat(desk, who)
    shown = figures(desk.acting(Role.MANAGER))
    assert shown.people == 7
    assert line(block(shown, "waits"), "First CARAT contact")[1:] == ("not shown", "–", "not shown")
    assert line(block(as_lead(desk), "waits"), "First CARAT contact")[1:] == ("5", "8 d 3 h", "8 d 3 h", "2")


def test_nor_can_those_whom_the_clock_does_not_concern(desk: TestDesk) -> None:
    """Six here and five of them referred: the sixth is the one who takes nothing."""
    for who in referred(desk, 5):
        seen_by_carat(desk, who)
    held(desk, 30, "Nothing")
    assert line(block(figures(desk.acting(Role.MANAGER)), "waits"), "First CARAT contact")[1] == "not shown"


def test_regimes_in_force_do_not_tell_who_has_none(desk: TestDesk) -> None:
    """Seven here and five in treatment: the other two are known by everybody on the wing."""
    for at in range(7):
        who = held(desk, at)
        if at < 5:
            decided(desk, who)
    shown = figures(desk.acting(Role.MANAGER))
    assert (shown.people, line(block(shown, "summary"), "Regimes in force")[1]) == (7, "not shown")
    assert not {"5", "2"} & {
        cell for each in ("classes", "medicines") for row in block(shown, each).rows for cell in row
    }


def test_the_longest_wait_is_the_leads_alone_on_the_page_on_paper_and_in_the_file(desk: TestDesk) -> None:
    """It is one person's, and who waited eight days for a drug worker is known on the wing."""
    who = referred(desk, 6)
    given(desk, who[0], date(2010, 5, 29), 30)
    for each in who[1:]:
        given(desk, each, date(2010, 5, 25), 30)
    lead, manager = as_lead(desk), figures(desk.acting(Role.MANAGER))
    assert line(block(lead, "waits"), "First dose given")[1:] == ("6", "14 h 40 min", "4 d 14 h", "0")
    assert line(block(manager, "waits"), "First dose given")[1:] == ("6", "14 h 40 min", "0")
    for shown, told in ((lead, True), (manager, False)):
        paper, file = whole(Sheets().figures(shown)), written(shown).decode("utf-8-sig")
        assert (LONGEST in block(shown, "waits").heads) is told
        for words in (LONGEST, "4 d 14 h"):
            assert ((squeezed(words) in paper), (words in file)) == (told, told)


def test_six_stops_lifted_for_one_man_are_of_one_man(desk: TestDesk) -> None:
    """With one person in the prison the manager read that six stops were lifted, and none of the six signed."""
    who = held(desk)
    for at in range(6):
        lifted(desk, who, date(2010, 5, 20) + timedelta(days=at))
    made = block(figures(desk.acting(Role.MANAGER)), "summary")
    assert line(made, "Stops lifted, in this treatment")[1] == "of fewer than 5 people"
    assert line(made, "– by telephone, not signed yet")[1] == "of fewer than 5 people"
    assert line(block(as_lead(desk), "summary"), "Stops lifted, in this treatment")[1] == "6"


def test_stops_lifted_for_five_people_are_shown_as_often_as_they_were_lifted(desk: TestDesk) -> None:
    """Honest figures where they can be shown: the number is that of stops, not of people."""
    for at in range(5):
        who = held(desk, at)
        lifted(desk, who, date(2010, 5, 20))
        lifted(desk, who, date(2010, 5, 21))
    made = block(figures(desk.acting(Role.MANAGER)), "summary")
    assert [
        line(made, each)[1] for each in ("Stops lifted, in this treatment", "– by telephone, not signed yet")
    ] == ["10", "10"]


def test_five_reductions_of_one_man_are_of_one_man(desk: TestDesk) -> None:
    """He came off five times: his lengths stood there as if five people had."""
    who = held(desk)
    for at in range(5):
        given(desk, who, date(2009, 1, 1) + timedelta(days=60 * at), *[30] * 5, *range(28, -1, -2))
    shown = figures(desk.acting(Role.MANAGER))
    assert set(cells(block(shown, "lengths"), "How many")) == {"of fewer than 5 people", "0"}
    assert (shown.lengths.median, as_lead(desk).lengths.ended.count) == (None, 5)
    assert squeezed("Ended: of fewer than 5 people") in whole(Sheets().figures(shown))


@pytest.mark.parametrize(
    ("seen", "medicine", "mg", "ends"),
    [
        ("opioids", "methadone", 30, True),
        ("opioids", "methadone", 0, False),
        ("opioids", "chlordiazepoxide", 30, False),
        ("opioids alcohol", "chlordiazepoxide", 30, False),
        ("opioids", "lofexidine", 1, True),
        ("alcohol", "chlordiazepoxide", 30, True),
        ("benzodiazepines", "diazepam", 5, True),
        ("alcohol", "methadone", 30, False),
    ],
)
def test_only_a_dose_of_what_is_waited_for_ends_the_wait(
    desk: TestDesk, seen: str, medicine: str, mg: int, ends: bool
) -> None:
    """A man in opioid withdrawal given chlordiazepoxide still waits for methadone, and was counted as treated."""
    who = held(desk, arrived=CAME, answers={"withdrawal.seen": seen, "prescribed.any": "no"})
    given(desk, who, date(2010, 5, 25), mg, medicine=medicine)
    reached, waits = ("1", "0") if ends else ("0", "1")
    made = line(block(as_lead(desk), "waits"), "First dose given")
    assert (made[1], made[-1]) == (reached, waits)


def test_whoever_is_prescribed_methadone_outside_waits_for_it_whatever_was_seen(desk: TestDesk) -> None:
    """In alcohol withdrawal too, on methadone outside: chlordiazepoxide is not the dose he waits for."""
    who = held(desk, arrived=CAME, answers={**OUTSIDE, "withdrawal.seen": "alcohol"})
    given(desk, who, date(2010, 5, 25), 30, medicine="chlordiazepoxide")
    assert line(block(as_lead(desk), "waits"), "First dose given")[1:] == ("0", "–", "–", "1")
    given(desk, who, date(2010, 5, 27), 30)
    assert line(block(as_lead(desk), "waits"), "First dose given")[1:] == ("1", "2 d 14 h", "2 d 14 h", "0")
