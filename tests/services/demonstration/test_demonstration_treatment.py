"""What the demonstration tells of treatment: every state that somebody in training has to have met once."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import SUBSTITUTES, Ordered
from pdtdesk.domain.regime.missed import runs_not_taken
from pdtdesk.policy.national import load_national
from pdtdesk.policy.regime.stops import StopCode
from pdtdesk.services.acting import Acting
from pdtdesk.services.demonstration.evening import DEFAULT_TODAY, StandingClock
from pdtdesk.services.demonstration.treatment import BY_SCORE
from pdtdesk.services.desk import session
from pdtdesk.services.oversight import figures
from pdtdesk.services.oversight.figures import Figures
from pdtdesk.services.ports import TreatedRow
from pdtdesk.services.reception import tasks
from pdtdesk.services.regime import giving, lifting, record
from pdtdesk.services.regime.standing import RegimeNow, facts_for, regime_now
from pdtdesk.store.demonstration import OVERLAY, make_demonstration
from pdtdesk.store.door import DeskDoor
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.secret import FolderSecrets
from tests.factories import CHEAP, chance

TODAY = day_of(DEFAULT_TODAY)
POLICY = load_national().over(OVERLAY)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskDoor]:
    place = DeskFolder(tmp_path_factory.mktemp("treatment") / "desk")
    make_demonstration(place, DEFAULT_TODAY, cost=CHEAP)
    clock = StandingClock(DEFAULT_TODAY)
    door = DeskDoor(place, FolderSecrets(place), clock=clock, random_bytes=chance(5), cost=CHEAP)
    yield door
    door.close()


def signed_in(door: DeskDoor, account: str) -> Acting:
    entered = door.enter(account, "demonstration")
    clock = StandingClock(DEFAULT_TODAY)
    begun = session.begin(entered.store, entered.member_id, clock=clock, policy=POLICY, random_bytes=chance(9))
    return begun.acting


@pytest.fixture(scope="module")
def prescriber(door: DeskDoor) -> Acting:
    return signed_in(door, "prescriber")


@pytest.fixture(scope="module")
def rows(prescriber: Acting) -> tuple[TreatedRow, ...]:
    return record.regimes(prescriber)


@pytest.fixture(scope="module")
def people(prescriber: Acting, rows: tuple[TreatedRow, ...]) -> list[RegimeNow]:
    """Everybody who is treated, as the regime page shows them, but for the proposal that is compared with."""
    found = []
    for row in rows:
        with prescriber.store.reading() as work:
            person = work.person(row.patient_id)
        assert person is not None
        found.append(regime_now(person, DEFAULT_TODAY, POLICY, compared=False))
    return found


@pytest.fixture(scope="module")
def shown(door: DeskDoor) -> Figures:
    return figures.figures(signed_in(door, "lead"))


def block(shown: Figures, key: str) -> tuple[tuple[str, ...], ...]:
    return next(each.rows for each in shown.blocks if each.key == key)


def test_some_wait_some_are_treated_and_some_have_ended(rows: tuple[TreatedRow, ...]) -> None:
    """Without one of these the prescriber's list cannot be learned: whom to see first, and whom no more."""
    standing = Counter(row.standing for row in rows)
    assert standing["awaiting"] >= 10
    assert standing["in force"] >= 50
    assert standing["ended"] >= 10
    assert "conflict" not in standing


def test_the_list_asks_for_the_reviews_that_the_figures_count(
    rows: tuple[TreatedRow, ...], people: list[RegimeNow], shown: Figures
) -> None:
    """The lead counts a dozen overdue while the prescriber's list shows six: six men go out with nobody outside."""
    late = {row.surname.upper() for row in rows if any(each.due_on < TODAY for each in row.asked)}
    assert late == {line[0].partition(",")[0].upper() for line in block(shown, "overdue")}
    assert {each.why for row in rows for each in row.asked} >= {"", "release is near"}
    for row, now in zip(rows, people, strict=True):
        if row.asking is None:
            continue
        for day in (TODAY, TODAY + timedelta(days=1)):
            full, kept = facts_for(now.person, now.stay, now.treatment, DEFAULT_TODAY), row.asking.facts(day)
            assert (kept.custody, kept.regimes, kept.patient.pregnant) == (
                full.custody,
                full.regimes,
                full.patient.pregnant,
            )
            runs = [runs_not_taken(now.treatment, each, day - timedelta(days=1)) for each in SUBSTITUTES]
            assert set(kept.not_taken) == {run for each in runs for run in each}


def test_every_class_is_in_force_for_somebody(rows: tuple[TreatedRow, ...]) -> None:
    """A class that nobody has is one whose page, round and review nobody has seen before the first real one."""
    declared = {row.declared for row in rows if row.standing == "in force"}
    assert declared == {each.value for each in RegimeClass}


def test_reviews_are_overdue_and_nothing_is_contested(shown: Figures, people: list[RegimeNow]) -> None:
    """Without an overdue review nobody learns to look for one; a contest in the invented record would be taken for
    a fault of the desk."""
    assert block(shown, "overdue")
    assert shown.remarks == ()
    assert all(not each.treatment.conflicting and not each.treatment.dose_conflicts for each in people)
    assert all(not each.treatment.unread for each in people)


def test_what_was_declared_is_not_always_what_the_doses_show(people: list[RegimeNow]) -> None:
    """The one complaint of the source, a detoxification that goes on for months, must be seen to be recognised."""
    differing = [each for each in people if each.differences]
    assert differing
    assert len(differing) < len(people)


def test_a_dose_confirmed_outside_is_reached_by_some_and_not_by_all(shown: Figures) -> None:
    """With no dose confirmed the clock shows nought, and nobody learns what it counts from and until when."""
    reached, half, longest, waiting = next(
        row[1:] for row in block(shown, "waits") if row[0] == "Dose confirmed outside"
    )
    assert int(reached) >= 5
    assert int(waiting) >= 5
    assert half != longest


def test_who_has_had_the_dose_confirmed_is_asked_of_no_pharmacy_again(
    prescriber: Acting, people: list[RegimeNow]
) -> None:
    """A task that stands beside its own answer teaches that tasks may be left."""
    confirmed = {each.person.patient_id for each in people if each.facts.confirmed_outside}
    asked = {row.patient_id for row in tasks.due(prescriber) if row.what == "confirm_dose"}
    assert confirmed
    assert asked
    assert not confirmed & asked


def test_stops_were_lifted_at_the_desk_and_by_telephone(people: list[RegimeNow]) -> None:
    """Who has never seen a lifted stop does not know that it names a prescriber, a witness, a reason and one dose."""
    lifted = [each for one in people for each in one.treatment.lifted]
    assert len(lifted) >= 3
    assert all(each.reason and each.prescriber for each in lifted)
    assert all(each.codes == {StopCode.DAY_NOT_KNOWN} for each in lifted)
    present = [each for each in lifted if not each.by_telephone]
    signed = [each for each in lifted if each.by_telephone and each.signed]
    assert present
    assert len(signed) == 1
    assert signed[0].sign_by is not None
    assert signed[0].witness
    assert signed[0].signed is not None
    assert day_of(signed[0].signed) == signed[0].sign_by


def test_every_lifted_stop_did_stand_before_its_dose_and_the_dose_was_taken_after_it(people: list[RegimeNow]) -> None:
    """A stop that is lifted where none stood would teach that lifting is a formality."""
    for one in people:
        for each in one.treatment.lifted:
            dose = one.treatment.dose_at(each.course, each.day, each.slot)
            assert dose is not None
            assert dose.outcome.counts
            assert each.at < dose.at
            before = treatment_days(one, each.course)
            assert each.day - timedelta(days=1) not in before


def treatment_days(one: RegimeNow, course: str) -> set[object]:
    return {each.day for each in one.treatment.doses if each.course == course}


def test_one_telephone_order_waits_for_the_prescribers_signature(prescriber: Acting, door: DeskDoor) -> None:
    """Without it the prescriber first meets an unsigned order when a nurse's registration hangs on it."""
    waiting = lifting.to_sign(prescriber)
    assert len(waiting) == 1
    assert day_of(waiting[0].spoken_at) == TODAY
    assert waiting[0].sign_by is not None
    assert waiting[0].sign_by > TODAY
    round_ = giving.rows_of_person(signed_in(door, "nurse"), waiting[0].patient_id, TODAY)
    assert [row.state for row in round_] == ["written"]


def test_two_are_begun_again_before_release_and_each_case_is_counted(shown: Figures, people: list[RegimeNow]) -> None:
    """The lead is to look at each of these by name: a list that is always empty is not opened any more."""
    assert len(block(shown, "reinductions")) == 2
    again = [one for one in people if len({each.course for each in one.treatment.orders}) > 1]
    assert len(again) == 2
    for one in again:
        assert one.facts.drug_free_since is not None
        assert one.facts.custody.release_on is not None
        assert one.facts.custody.release_on > TODAY
        assert [each.declared for each in one.treatment.regime_on(TODAY)] == [RegimeClass.MAINTENANCE]
        assert len(one.treatment.orders_on(TODAY)) == 1


def test_some_chlordiazepoxide_goes_by_score_and_nothing_else_does(door: DeskDoor) -> None:
    """Without one nobody has seen the page that asks how much is poured; and methadone is never poured by a score."""
    nurse = signed_in(door, "nurse")
    by_score = [row for row in giving.medicine_round(nurse, TODAY) if row.by_score]
    assert {row.medicine for row in by_score} == {Ordered.CHLORDIAZEPOXIDE}
    assert giving.open_dose(nurse, by_score[-1].due).order.instructions == BY_SCORE


def test_one_dose_of_today_is_stopped_and_one_was_handed_out(door: DeskDoor) -> None:
    """Who first meets a stop, or a cup of which nobody knows, on a real round, meets it with a queue behind him."""
    rows = giving.medicine_round(signed_in(door, "nurse"), TODAY)
    waiting = {row.state: row for row in rows if row.state in ("stopped", "handed out")}
    assert Counter(row.state for row in rows if row.state != "written")["due"] >= 5
    assert sorted(row.state for row in rows if row.state in waiting) == ["handed out", "stopped"]
    assert waiting["stopped"].stop.startswith("1 day before this one without a record")
    assert waiting["stopped"].due.patient_id != waiting["handed out"].due.patient_id


def test_no_dose_is_simply_given_after_days_on_which_somebody_has_to_look_again(people: list[RegimeNow]) -> None:
    """The old dose on the fourth day, with nobody asked: what the demonstration shows is what is done on the ward."""
    still = 0
    for one in people:
        days: dict[str, set[date]] = defaultdict(set)
        for each in one.treatment.doses_of(Ordered.METHADONE):
            if each.outcome.counts:
                days[each.course].add(each.day)  # another course is begun anew, with figures of its own
        for taken in days.values():
            assert all((after - before).days <= 3 for before, after in pairwise(sorted(taken))), one.person.identity
        last = max((max(taken) for taken in days.values()), default=TODAY)
        still += (TODAY - last).days >= 3 and bool(one.treatment.orders_on(TODAY))
    assert still, "and one is shown whose next dose stops for it"
