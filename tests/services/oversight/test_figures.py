"""The figures at a real desk: who sees names, what a manager never sees, and every number as the record has it."""

from datetime import date, datetime, timedelta

import pytest
from factories import EVENING, NAMES, TestDesk
from many_treated import OUTSIDE, TODAY, decided, given, held, lifted, written

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime import schedule as schedules
from pdtdesk.domain.roles import Role
from pdtdesk.services.oversight.figures import figures, taken_out, turn_by_prescriber
from pdtdesk.services.reception import tasks
from pdtdesk.services.refusals import NotAllowed, Refused
from pdtdesk.ui.tasks import Progress, Stopped
from tests.documents.read_back import strings
from tests.services.oversight.shown import as_lead, block, cells, line

LONG = {"status": "sentenced", "length": "P2Y"}


def audited(desk: TestDesk, count: int = 1) -> list[tuple[str, str]]:
    with desk.store.reading() as work:
        return [(each.line.what, each.line.detail) for each in work.audit_page(None, count, None)]


def test_regimes_are_counted_by_class_medicine_and_sentence(desk: TestDesk) -> None:
    """Nobody can say who is on what, or for how long: this is the page that does."""
    decided(desk, held(desk, 0))
    decided(desk, held(desk, 1, **LONG), "gradual_reduction", medicine="buprenorphine")
    decided(desk, held(desk, 2, status="sentenced", length="P26W"))
    held(desk, 3)
    shown = as_lead(desk)
    assert shown.people == 4
    assert line(block(shown, "classes"), "Remand") == ("Remand", "0", "0", "0", "1", "1")
    assert line(block(shown, "classes"), "Over 12 months to 4 years")[3:] == ("1", "0", "1")
    assert line(block(shown, "classes"), "All") == ("All", "0", "0", "1", "2", "3")
    assert block(shown, "medicines").heads == ("Sentence", "Buprenorphine", "Methadone", "All")
    assert line(block(shown, "medicines"), "Up to 26 weeks")[1:] == ("0", "1", "1")


def test_what_has_ended_or_not_begun_is_not_in_force(desk: TestDesk) -> None:
    """A regime that another took the place of would be counted twice."""
    who = held(desk)
    first = decided(desk, who, "maintenance", since=date(2010, 4, 1))
    decided(desk, who, "gradual_reduction", since=date(2010, 5, 1), supersedes=(first,))
    decided(desk, held(desk, 1), since=TODAY + timedelta(days=3))
    assert line(block(as_lead(desk), "classes"), "All") == ("All", "0", "0", "1", "0", "1")


def test_the_lead_sees_who_is_maintained_beyond_26_weeks_and_why(desk: TestDesk) -> None:
    """Long-sentence maintenance without a reason stands first, by name."""
    decided(desk, held(desk, 0, "Sparrow", **LONG), reason="HIV treatment begins", review_on=date(2010, 8, 3))
    decided(desk, held(desk, 1, "Hale", status="recalled"), standing="needs_reason")
    decided(desk, held(desk, 2, "Short", status="sentenced", length="P6M"))
    made = block(as_lead(desk), "maintained")
    assert cells(made, "Who") == ["HALE, Daniel 1", "SPARROW, Daniel 0"]
    assert cells(made, "Reason") == ["NO REASON RECORDED", "HIV treatment begins"]
    assert cells(made, "Sentence") == ["Recalled, length not known", "2 years"]
    assert cells(made, "Next review")[1] == "Tue 3 Aug 2010"
    assert made.proposal
    assert "R-18, a proposal, no guidance: Coming Clean" in made.source


def test_the_reason_of_a_review_counts(desk: TestDesk) -> None:
    """A prescriber who looked again and said why has given a reason."""
    who = held(desk, 0, **LONG)
    regime = decided(desk, who)
    body = {"regime": regime, "on": "2010-05-20", "outcome": "continue", "reason": "release in three weeks"}
    written(desk, who, "regime_review", {**body, "next_due": "2010-06-10"}, Role.PRESCRIBER, date(2010, 5, 20))
    made = block(as_lead(desk), "maintained")
    assert (cells(made, "Reason"), cells(made, "Next review")) == (["release in three weeks"], ["Thu 10 Jun 2010"])


def test_overdue_reviews_stand_by_name_the_oldest_first(desk: TestDesk) -> None:
    """Maintained since January and looked at by nobody (R-22); and a day that a prescriber had set herself."""
    decided(desk, held(desk, 0, "Sparrow"), since=date(2010, 1, 5))
    decided(desk, held(desk, 1, "Hale"), since=date(2010, 5, 3), review_on=date(2010, 5, 30))
    decided(desk, held(desk, 2, "Okafor"), since=date(2010, 5, 3))
    shown = as_lead(desk)
    made = block(shown, "overdue")
    assert cells(made, "Who") == ["SPARROW, Daniel 0", "HALE, Daniel 1"]
    assert cells(made, "Due") == ["Sat 3 Apr 2010", "Sun 30 May 2010"]
    assert "The prescriber had set the review for Sun 30 May 2010." in cells(made, "What asks for it")[1]
    assert line(block(shown, "summary"), "Reviews overdue") == ("Reviews overdue", "2")


def test_one_day_that_rule_and_prescriber_share_is_said_once(desk: TestDesk) -> None:
    """Three months from January fall on the day she wrote down: one review, one sentence."""
    decided(desk, held(desk), since=date(2010, 1, 5), review_on=date(2010, 4, 5))
    made = block(as_lead(desk), "overdue")
    assert cells(made, "What asks for it") == [
        "The review of maintenance was due on Mon 5 Apr 2010, planned for Sat 3 Apr 2010."
    ]


def test_the_length_of_every_reduction_is_kept(desk: TestDesk) -> None:
    """What was called detoxification and took months stands among the longest (R-16)."""
    given(desk, held(desk, 0), date(2010, 3, 1), *[30] * 5, *range(28, -1, -2))
    given(desk, held(desk, 1), date(2010, 1, 10), *[50] * 6, *(50 - at // 2 for at in range(1, 101)))
    given(desk, held(desk, 2), TODAY - timedelta(days=9), *[30] * 5, 28, 26, 24, 22, 20)
    given(desk, held(desk, 3), date(2010, 3, 1), 30, 20, 10, 0, medicine="chlordiazepoxide")
    shown = as_lead(desk)
    made = block(shown, "lengths")
    assert line(made, "15 to 19 days")[1] == "1"
    assert line(made, "Over 91 days")[1] == "1"
    assert line(made, "All that have ended")[1] == "2"
    assert line(made, "Going on still")[1] == "1"
    assert shown.lengths.median == 15


def test_clocks_run_from_the_arrival_to_what_they_wait_for(desk: TestDesk) -> None:
    """Five days until the first dose, held below the dose outside: the wait is a figure (000 A 3.21, 3.48)."""
    came = datetime(2010, 5, 24, 18, 0, tzinfo=LONDON)
    who = held(desk, 0, arrived=came, answers=OUTSIDE)
    with desk.store.reading() as work:
        todo = work.person(who.patient_id).current.tasks
    heard = tasks.Confirmation(
        tasks.Standing.CONFIRMED,
        "Boots",
        EVENING - timedelta(hours=1),
        "methadone",
        "55",
        EVENING - timedelta(days=9),
    )
    tasks.confirm_prescription(desk.acting(), who.patient_id, who.stay, heard)
    given(desk, who, date(2010, 5, 26), 20, 30, 40, 55)
    carat = next(each for each in todo if each.what == "carat_referral")
    tasks.settle(desk.acting(Role.CARAT), carat.entry_id, "seen on the wing")
    made = block(as_lead(desk), "waits")
    assert line(made, "First dose given")[1:] == ("1", "1 d 14 h", "1 d 14 h", "0")
    assert line(made, "Dose confirmed outside")[1:] == ("1", "4 d 14 h", "4 d 14 h", "0")
    assert line(made, "First CARAT contact")[1:] == ("1", "8 d 3 h", "8 d 3 h", "0")


def test_who_still_waits_is_counted_apart(desk: TestDesk) -> None:
    """Those for whom it has not happened yet are not left out of the count: they wait the longest."""
    held(desk, 0, arrived=datetime(2010, 5, 24, 18, 0, tzinfo=LONDON), answers=OUTSIDE)
    made = block(as_lead(desk), "waits")
    assert line(made, "First dose given")[1:] == ("0", "–", "–", "1")
    assert line(made, "First CARAT contact")[1:] == ("0", "–", "–", "1")
    assert line(made, "Dose confirmed outside")[1:] == ("0", "–", "–", "0")


def test_every_reinduction_stands_once(desk: TestDesk) -> None:
    """Drug free in custody and begun again before release: each case is looked at (R-15, R-23, R-24)."""
    free = {"code": "RG-DRUG-FREE", "sentence": "Drug free in custody since Mon 1 Feb 2010: re-induction …"}
    shows = {"code": "RG-REINDUCTION-GROUNDS", "sentence": "The facts show: a history of non-fatal overdose."}
    who = held(desk, 0, **LONG)
    first = decided(desk, who, reason="released on Friday", findings=(free, shows))
    decided(desk, who, "gradual_reduction", since=date(2010, 5, 20), findings=(free,), supersedes=(first,))
    shown = as_lead(desk)
    made = block(shown, "reinductions")
    assert cells(made, "From") == ["Mon 3 May 2010"]
    assert cells(made, "Reason, and what the facts showed") == [
        "released on Friday. The facts show: a history of non-fatal overdose."
    ]
    assert made.proposal
    assert line(block(shown, "summary"), "Re-inductions before release")[1] == "1"


def test_an_order_written_as_a_reinduction_is_a_case_too(desk: TestDesk) -> None:
    """The class may have been decided before the order that begins the medicine again."""
    who = held(desk)
    body = {
        "medicine": "methadone",
        "from": "2010-05-20",
        "findings": [{"code": "RG-SCHEDULE-REINDUCTION", "sentence": "By the figures of a re-induction."}],
        "lifted": ["RD-ALLERGY"],
        "reason": "a rash years ago",
    }
    ordered = schedules.Schedule(
        (schedules.Stretch(date(2010, 5, 20), None, schedules.doses_of((("morning", Milligrams.parse("10 mg")),))),)
    )
    written(desk, who, "order", {**body, "schedule": schedules.written(ordered)}, Role.PRESCRIBER, date(2010, 5, 20))
    shown = as_lead(desk)
    assert cells(block(shown, "reinductions"), "What") == ["Methadone"]
    assert cells(block(shown, "overrides"), "Stop") == ["allergy"]
    assert cells(block(shown, "overrides"), "How") == ["with the order signed"]


def test_lifted_stops_stand_with_who_said_so_who_heard_it_and_whether_it_was_signed(desk: TestDesk) -> None:
    """A telephone order that nobody ever signed is what the lead looks for."""
    who = held(desk)
    lifted(desk, who, date(2010, 5, 27), by_telephone=False)
    told = lifted(desk, who, date(2010, 5, 28))
    lifted(desk, who, date(2010, 5, 31), reason="missed two days at court")
    written(desk, who, "authorisation_signed", {"of": told}, Role.PRESCRIBER, date(2010, 5, 29))
    shown = as_lead(desk)
    made = block(shown, "overrides")
    assert cells(made, "Signed") == ["NOT SIGNED, due by Tue 1 Jun 2010", "signed Sat 29 May 2010 09:00", "–"]
    assert cells(made, "How")[0] == "one dose, by telephone, heard by K. Osei"
    assert cells(made, "Reason")[0] == "missed two days at court"
    assert line(block(shown, "summary"), "– by telephone, not signed yet")[1] == "1"


def a_prison(desk: TestDesk) -> None:
    for at in range(6):
        decided(desk, held(desk, at, f"Remanded{chr(97 + at)}"))
    for at in range(6, 9):
        decided(desk, held(desk, at, f"Serving{chr(97 + at)}", **LONG), reason="why he of all people")
    lifted(desk, held(desk, 20, "Lifted"), date(2010, 5, 31))


def test_the_manager_sees_no_name_no_reason_and_no_group_under_five(desk: TestDesk) -> None:
    """Three men on long sentences are known by everybody on the wing: not one word of them reaches the manager."""
    a_prison(desk)
    shown = figures(desk.acting(Role.MANAGER))
    assert shown.lists == ()
    assert not any(each.ids for each in shown.blocks)
    said = " ".join(strings(shown))
    for word in ("REMANDED", "SERVING", "Daniel", "CK", "why he", "H. Castellan", "K. Osei", "court"):
        assert word not in said
    numbers = [cell for each in shown.tables for row in each.rows for cell in row[1:]]
    assert not set(numbers) & {"1", "2", "3", "4"}
    assert "fewer than 5" in line(block(shown, "classes"), "Over 12 months to 4 years")
    assert line(block(shown, "summary"), "Stops lifted, in this treatment")[1] == "of fewer than 5 people"
    assert shown.hidden.startswith("Groups of 1 to 4 people stand as fewer than 5.")


def test_the_manager_sees_what_is_large_enough(desk: TestDesk) -> None:
    """Honest figures, where they can be shown."""
    for at in range(7):
        decided(desk, held(desk, at))
    shown = figures(desk.acting(Role.MANAGER))
    assert line(block(shown, "classes"), "Remand")[4:] == ("7", "7")
    assert line(block(shown, "summary"), "Regimes in force")[1] == "7"


def test_by_prescriber_is_off_until_the_lead_turns_it_on_and_is_the_leads_alone(desk: TestDesk) -> None:
    """A proposal (R-18): a league table of prescribers must not be there because somebody shipped it."""
    a_prison(desk)
    lead, manager = desk.acting(Role.LEAD), desk.acting(Role.MANAGER)
    assert "prescribers" not in [each.key for each in figures(lead).blocks]
    turn_by_prescriber(lead, True, "agreed with all three prescribers on 28 May")
    shown = figures(lead)
    assert shown.by_prescriber
    made = block(shown, "prescribers")
    assert made.proposal
    assert made.rows == ((NAMES[Role.PRESCRIBER], "9", "3", "3", "0"),)
    assert "prescribers" not in [each.key for each in figures(manager).blocks]
    assert not figures(manager).by_prescriber
    turn_by_prescriber(lead, False, "not understood on the wings")
    assert "prescribers" not in [each.key for each in figures(lead).blocks]
    assert ("turned figures by prescriber off", "not understood on the wings") in audited(desk, 3)


def test_turning_it_on_asks_for_a_reason_and_for_the_lead(desk: TestDesk) -> None:
    """The manager may not turn it on for herself."""
    with pytest.raises(Refused, match="Say why"):
        turn_by_prescriber(desk.acting(Role.LEAD), True, "  ")
    with pytest.raises(NotAllowed):
        turn_by_prescriber(desk.acting(Role.MANAGER), True, "for the board")


def test_where_two_desks_say_otherwise_it_stays_off(desk: TestDesk) -> None:
    """Turned on at one desk and off at another: the careful answer holds until somebody settles it."""
    lead = desk.acting(Role.LEAD)
    with desk.store.work() as work:
        for on in (True, False):
            work.append([NewEntry("oversight", "figures_shown", {"by_prescriber": on, "why": "so"}, lead.who)])
    assert not figures(lead).by_prescriber


@pytest.mark.parametrize("role", [Role.NURSE, Role.PRESCRIBER, Role.CARAT, Role.ADMIN])
def test_nobody_else_opens_the_figures_and_the_try_is_audited(desk: TestDesk, role: Role) -> None:
    """A list of everybody maintained, with reasons, is no page for a wing office."""
    with pytest.raises(NotAllowed):
        figures(desk.acting(role))
    assert audited(desk)[0][0] == "refused: see the figures of treatment"


def test_opening_printing_and_saving_are_audited(desk: TestDesk) -> None:
    """A file that holds names leaves a line behind, before it leaves the desk."""
    lead, manager = desk.acting(Role.LEAD), desk.acting(Role.MANAGER)
    shown = figures(lead)
    taken_out(lead, shown, "saved as a file")
    assert audited(desk, 2) == [
        ("figures of treatment saved as a file", "with names"),
        ("opened the figures of treatment", "with names"),
    ]
    with pytest.raises(Refused, match="somebody else"):
        taken_out(manager, shown, "printed")
    with pytest.raises(NotAllowed):
        taken_out(desk.acting(), shown, "printed")


def test_counting_tells_how_far_it_is_and_can_be_stopped(desk: TestDesk) -> None:
    """Half a count is a wrong one: stopped, it shows nothing."""
    for at in range(3):
        held(desk, at)

    class Told:
        def __init__(self, stop: bool) -> None:
            self.said: list[tuple[int, int]] = []
            self.stopped = stop

        def report(self, done: int, total: int) -> None:
            self.said.append((done, total))

    told = Told(stop=False)
    figures(desk.acting(Role.LEAD), told)
    assert told.said == [(0, 3), (3, 3)]
    with pytest.raises(Refused, match="stopped before its end"):
        figures(desk.acting(Role.LEAD), Told(stop=True))
    progress = Progress()
    progress.stop()
    with pytest.raises(Stopped):
        figures(desk.acting(Role.LEAD), progress)


def test_two_regimes_that_contradict_each_other_are_counted_once_and_said(desk: TestDesk) -> None:
    """Two desks, two regimes: the total must still be the number of people."""
    who = held(desk)
    decided(desk, who)
    decided(desk, who, "gradual_reduction", since=date(2010, 5, 4))
    shown = as_lead(desk)
    assert line(block(shown, "classes"), "All")[-1] == "1"
    assert shown.remarks[0].startswith("People of whom two regimes stand that contradict each other: 1.")


def test_what_a_newer_desk_wrote_is_said_not_to_be_counted(desk: TestDesk) -> None:
    """Otherwise a figure is too small and nobody knows why."""
    who = held(desk)
    written(desk, who, "regime", {"class": "something new", "from": "2010-05-03"}, Role.PRESCRIBER, date(2010, 5, 3))
    assert "newer version" in as_lead(desk).remarks[0]


def test_a_prison_without_treatment_says_so(desk: TestDesk) -> None:
    """Empty tables of noughts read like a fault."""
    shown = as_lead(desk)
    assert (shown.people, block(shown, "classes").rows) == (0, ())
    assert [each.empty for each in shown.lists] == [
        "Nobody here is maintained on a sentence beyond 26 weeks.",
        "No review is overdue.",
        "Nobody here has been begun on an opioid substitute again after being drug free in custody.",
        "No stop has been lifted.",
    ]
