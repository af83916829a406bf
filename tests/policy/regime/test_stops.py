"""What stops a dose: each stop on both sides of its edge, who ends it, and what nobody lifts."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import Missed, StepNotTaken
from pdtdesk.policy.findings import Tier
from pdtdesk.policy.national import load_national
from pdtdesk.policy.regime.since_last import hours_since_witnessed
from pdtdesk.policy.regime.stops import (
    HARD,
    OF_A_BREAK,
    OF_THE_ORDER,
    DoseFacts,
    Look,
    Outside,
    StopCode,
    ordering_stops,
    stops,
)

DAY = date(2010, 6, 2)
NOW = datetime(2010, 6, 2, 8, 30, tzinfo=LONDON)
UNSIGNED = load_national().on(DAY)
SIGNED = load_national().over("demonstration").on(DAY)
AWAKE = Look(drowsy=False, intoxicated=False)
LAST = date(2010, 5, 20)
C = StopCode


def mg(amount: str) -> Milligrams:
    return Milligrams.parse(f"{amount} mg")


def a_dose(**given: object) -> DoseFacts:
    """Methadone for an identified man who is awake, with nothing against it."""
    usual = "24" if "buprenorphine" in given.get("medicine", "") else "40"
    values = {"medicine": Ordered.METHADONE, "mg": mg(usual), "day": DAY, "identified": True, "look": AWAKE}
    return DoseFacts(**{**values, **given})


def found(params=UNSIGNED, **given: object) -> list[StopCode]:
    return [each.code for each in stops(a_dose(**given), params)]


def test_nothing_stops_an_ordinary_dose() -> None:
    """Otherwise everybody is stopped, and the stops are clicked away."""
    assert found() == found(SIGNED) == []


@pytest.mark.hazard("H-001")
@pytest.mark.parametrize(("identified", "said"), [(None, "Not identified"), (False, "Not this patient")])
def test_nobody_gives_a_dose_to_somebody_not_identified(*, identified: bool | None, said: str) -> None:
    """Otherwise the dose of the man in the next cell is swallowed here."""
    (stop,) = stops(a_dose(identified=identified), UNSIGNED)
    assert (stop.code, stop.hard, stop.words.startswith(said)) == (C.NOT_IDENTIFIED, True, True)


@pytest.mark.hazard("H-003")
@pytest.mark.parametrize(
    ("look", "codes"),
    [
        (AWAKE, []),
        (Look(drowsy=True, intoxicated=False), [C.DROWSY]),
        (Look(drowsy=False, intoxicated=True), [C.INTOXICATED]),
        (Look(drowsy=True, intoxicated=True), [C.DROWSY, C.INTOXICATED]),
        (Look(drowsy=True), [C.DROWSY, C.NOT_LOOKED]),
        (Look(drowsy=False), [C.NOT_LOOKED]),
        (Look(intoxicated=False), [C.NOT_LOOKED]),
        (Look(), [C.NOT_LOOKED]),
    ],
)
@pytest.mark.parametrize("medicine", Ordered)
def test_every_opioid_and_sedative_asks_for_a_look(look: Look, codes: list[StopCode], medicine: Ordered) -> None:
    """Otherwise diazepam is given to somebody to whom methadone was not (K-08)."""
    assert found(medicine=medicine, look=look) == (codes if medicine.makes_drowsy else [])


@pytest.mark.hazard("H-003")
def test_after_somebody_was_drowsy_a_prescriber_decides_and_only_of_what_makes_drowsy() -> None:
    """Otherwise awake again is enough, and the usual dose follows."""
    (stop,) = stops(a_dose(sedated_unanswered=True), UNSIGNED)
    assert (stop.code, stop.hard) == (C.AFTER_SEDATION, False)
    assert found(sedated_unanswered=True, medicine=Ordered.LOFEXIDINE) == []


@pytest.mark.hazard("H-008")
def test_a_dose_is_not_given_twice_nor_on_top_of_one_that_nobody_wrote_down() -> None:
    """Otherwise the second nurse, or the same one after the power cut, pours it again."""
    assert found(written=True) == [C.ALREADY_WRITTEN]
    assert found(handed_out=True) == [C.HANDED_OUT]
    assert found(conflicting=True) == [C.CONFLICT]
    assert found(not_read=True) == [C.NOT_READ]


def test_two_substitutes_and_naltrexone_stop_each_other() -> None:
    """Otherwise two opioids add up, or one lies blocked until it acts all at once."""
    assert found(other_substitutes=("buprenorphine",)) == [C.TWO_SUBSTITUTES]
    assert found(blocked_by_naltrexone=True) == [C.ON_NALTREXONE]
    assert found(medicine=Ordered.NALTREXONE, other_substitutes=("methadone",)) == [C.ON_NALTREXONE]
    beside = {"other_substitutes": ("methadone",), "blocked_by_naltrexone": True}
    assert found(medicine=Ordered.DIAZEPAM, **beside) == []
    assert found(medicine=Ordered.NALTREXONE, blocked_by_naltrexone=True) == []


@pytest.mark.parametrize(
    ("medicine", "allergies", "stopped"),
    [
        (Ordered.METHADONE, ("methadone",), True),
        (Ordered.METHADONE, ("penicillin", "METHADONE (rash)"), True),
        (Ordered.METHADONE, ("penicillin",), False),
        (Ordered.METHADONE, (), False),
        (Ordered.BUPRENORPHINE_NALOXONE, ("naloxone",), True),
        (Ordered.BUPRENORPHINE, ("naloxone",), False),
        (Ordered.BUPRENORPHINE_NALOXONE, ("buprenorphine",), True),
        (Ordered.BUPRENORPHINE, ("buprenorphine-naloxone",), True),
        (Ordered.DIAZEPAM, ("d",), False),
    ],
)
def test_an_allergy_stops_what_it_names(medicine: Ordered, allergies: tuple[str, ...], *, stopped: bool) -> None:
    """Otherwise the tablet with naloxone is given to whom naloxone made ill; or a single letter stops everything."""
    assert found(medicine=medicine, allergies=allergies) == ([C.ALLERGY] if stopped else [])


@pytest.mark.parametrize(
    ("medicine", "amount", "stopped"),
    [
        (Ordered.METHADONE, "30", False),
        (Ordered.METHADONE, "30.1", True),
        (Ordered.BUPRENORPHINE, "4", False),
        (Ordered.BUPRENORPHINE_NALOXONE, "4.2", True),
        (Ordered.DIHYDROCODEINE, "300", False),
    ],
)
def test_a_dose_that_was_only_told_of_stays_below_the_signed_ceiling(
    medicine: Ordered, amount: str, *, stopped: bool
) -> None:
    """Otherwise he is given the 80 mg that he says he has outside (D-16)."""
    told = {"medicine": medicine, "mg": mg(amount), "unconfirmed": True}
    assert found(SIGNED, **told) == ([C.ABOVE_CEILING] if stopped else [])
    assert found(UNSIGNED, **told) == [], "a ceiling that nobody has signed is none, and the page says so"
    assert found(SIGNED, **{**told, "unconfirmed": False}) == []


@pytest.mark.hazard("H-007")
@pytest.mark.parametrize(
    ("days", "unsigned", "signed"),
    [
        (0, [], []),
        (2, [], []),
        (3, [C.MISSED_DAYS], [C.MISSED_DAYS]),
        (4, [C.MISSED_DAYS], [C.MISSED_DAYS]),
        (5, [C.MISSED_DAYS], [C.NEW_INDUCTION]),
        (30, [C.MISSED_DAYS], [C.NEW_INDUCTION]),
    ],
)
@pytest.mark.parametrize("last", [LAST, None])
def test_days_missed_stop_the_dose_at_the_signed_threshold(
    days: int, unsigned: list[StopCode], signed: list[StopCode], last: date | None
) -> None:
    """Otherwise the old dose meets a tolerance that is gone, that from outside too (D-05, D-06)."""
    missed = Missed(days, 0, last)
    assert found(UNSIGNED, missed=missed) == unsigned
    assert found(SIGNED, missed=missed) == signed
    buprenorphine = {"medicine": Ordered.BUPRENORPHINE, "missed": missed}
    assert found(UNSIGNED, **buprenorphine) == [], "the sources speak of methadone"
    assert found(SIGNED, **buprenorphine) == [each for each in signed if each is C.NEW_INDUCTION]
    assert found(SIGNED, medicine=Ordered.DIAZEPAM, missed=missed) == []


@pytest.mark.hazard("H-007")
def test_a_break_says_how_long_it_was_and_where_to_begin_again() -> None:
    """Otherwise the stop is a red word, and whoever is telephoned has to ask everything."""
    (stop,) = stops(a_dose(missed=Missed(3, 0, LAST)), UNSIGNED)
    assert stop.words == "3 days not taken: reassess before any dose, and do not restart above 30 mg."
    assert stop.finding.unsigned, "that nobody has signed the threshold is said"
    (induction,) = stops(a_dose(missed=Missed(5, 0, LAST)), SIGNED)
    assert induction.words == "5 days not taken: a new induction from 5 days."


@pytest.mark.hazard("H-007")
@pytest.mark.parametrize(
    ("missed", "said"),
    [
        (Missed(1, 1, LAST), "1 day before this one without a record"),
        (Missed(2, 2, LAST), "2 days before this one without a record"),
        (Missed(2, 1, LAST), "1 day of 2 days before this one without a record"),
    ],
)
def test_a_day_without_a_record_stops_whatever_is_ordered(missed: Missed, said: str) -> None:
    """Otherwise a day of which another desk knows is taken for missed, or for taken."""
    for medicine in Ordered:
        (stop,) = stops(a_dose(medicine=medicine, missed=missed), UNSIGNED)
        assert stop.code is C.DAY_NOT_KNOWN
        assert stop.words.startswith(said)


EVERYTHING = a_dose(
    identified=None,
    look=Look(drowsy=True),
    sedated_unanswered=True,
    written=True,
    handed_out=True,
    conflicting=True,
    not_read=True,
    ahead=True,
    others_today=("buprenorphine",),
    other_substitutes=("buprenorphine",),
    blocked_by_naltrexone=True,
    allergies=("methadone",),
    missed=Missed(4, 1, LAST),
    outside_today=(Outside("methadone", NOW, "court"),),
    day_before_at=NOW - timedelta(hours=1),
    this_round_at=NOW,
    at=NOW,
    unconfirmed=True,
)


@pytest.mark.hazard("H-003")
def test_what_nobody_lifts_stands_whatever_was_lifted() -> None:
    """Otherwise *drowsy* or *not this patient* is a box to tick."""
    every = [each.code for each in stops(EVERYTHING, SIGNED)]
    assert set(every) == set(C) - {C.INTOXICATED, C.NEW_INDUCTION, C.AFTER_OPIOID, C.STEP_NOT_TAKEN}
    assert every[:5] == [C.NOT_IDENTIFIED, C.ALREADY_WRITTEN, C.HANDED_OUT, C.DROWSY, C.NOT_LOOKED]
    left = stops(replace(EVERYTHING, lifted=frozenset(C)), SIGNED)
    assert {each.code for each in left} == {*every} & HARD
    assert all(each.hard for each in left)
    for code in C:
        kept = {each.code for each in stops(replace(EVERYTHING, lifted=frozenset({code})), SIGNED)}
        assert kept == {*every} - ({code} - HARD)


def test_every_stop_says_how_it_ends_and_where_it_comes_from() -> None:
    """Otherwise the nurse at the hatch knows that she may not, and not what to do."""
    for stop in stops(EVERYTHING, SIGNED):
        assert stop.words.endswith(".")
        assert stop.ends_by
        assert stop.finding.references
        assert stop.finding.tier is Tier.MUST_ACKNOWLEDGE
        assert ("a prescriber, present or" in stop.ends_by) is not stop.hard


def test_an_order_is_stopped_by_what_is_known_when_it_is_signed() -> None:
    """Otherwise the prescriber signs without a word, and the nurse has to telephone at the first dose."""
    codes = {each.code for each in ordering_stops(EVERYTHING, SIGNED)}
    assert codes == (OF_THE_ORDER | OF_A_BREAK) - {C.NEW_INDUCTION, C.AFTER_OPIOID}
    assert ordering_stops(a_dose(), SIGNED) == ()
    assert not (OF_THE_ORDER | OF_A_BREAK) & HARD


@pytest.mark.parametrize(
    ("hours", "unsigned", "signed"),
    [(0, Tier.NOTE, Tier.NOTE), (47, Tier.NOTE, Tier.NOTE), (48, Tier.NOTE, Tier.MUST_ACKNOWLEDGE)],
)
def test_the_hours_since_the_last_witnessed_dose_are_said(hours: int, unsigned: Tier, signed: Tier) -> None:
    """Otherwise fifty-six hours and a usual dose, and one death (D-23)."""
    facts = a_dose(last_witnessed_at=NOW - timedelta(hours=hours))
    for params, tier in ((UNSIGNED, unsigned), (SIGNED, signed)):
        told = hours_since_witnessed(facts.last_witnessed_at, NOW, params)
        assert told.tier is tier
        assert told.sentence.startswith(f"{hours} hours since the last witnessed dose")
        assert dict(told.values)["hours"] == str(hours)
    assert ("in doubt" in told.sentence) is (hours >= 48)


def test_where_nobody_saw_a_dose_that_is_said() -> None:
    """Otherwise silence is read as yesterday."""
    told = hours_since_witnessed(None, NOW, SIGNED)
    assert (told.tier, told.sentence) == (
        Tier.MUST_ACKNOWLEDGE,
        "No witnessed dose of this medicine is known: tolerance cannot be counted on.",
    )


@pytest.mark.hazard("H-008")
@pytest.mark.parametrize(
    ("taken", "this", "stopped"), [("20", "40", True), ("20", "20", False), ("20", "20.5", True)]
)
def test_more_than_is_ordered_for_the_day_is_stopped_whatever_slot_it_was_taken_at(
    taken: str, this: str, *, stopped: bool
) -> None:
    """Moved from the morning to the evening, the dose of the day is poured twice."""
    facts = a_dose(mg=mg("40"), this_dose=mg(this), taken_today=mg(taken))
    assert (C.MORE_TODAY in {each.code for each in stops(facts, SIGNED)}) is stopped


@pytest.mark.hazard("H-008")
@pytest.mark.parametrize(
    ("medicine", "hours", "unsigned", "signed"),
    [
        (Ordered.BUPRENORPHINE, 29, True, True),
        (Ordered.BUPRENORPHINE_NALOXONE, 30, True, False),
        (Ordered.NALTREXONE, 239, True, True),
        (Ordered.NALTREXONE, 240, True, False),
        (Ordered.METHADONE, 1, False, False),
    ],
)
def test_what_throws_into_withdrawal_waits_for_the_hours_that_are_signed(
    medicine: Ordered, hours: int, *, unsigned: bool, signed: bool
) -> None:
    """Methadone last night, buprenorphine at eight: withdrawal within the hour, locked in (D-22)."""
    facts = a_dose(medicine=medicine, opioid="methadone", opioid_at=NOW - timedelta(hours=hours), at=NOW)
    for params, stopped in ((UNSIGNED, unsigned), (SIGNED, signed)):
        said = [each.words for each in stops(facts, params)]
        assert [each.startswith("Methadone was last taken") for each in said] == ([True] if stopped else [])
    assert stops(replace(facts, opioid_at=None), UNSIGNED) == ()


@pytest.mark.hazard("H-008")
def test_naltrexone_that_was_taken_stops_an_opioid_though_it_is_ordered_no_more() -> None:
    """Its order ended last night, and it blocks all the same."""
    assert found(naltrexone_at=NOW - timedelta(days=1)) == [C.ON_NALTREXONE]
    assert found(naltrexone_at=NOW - timedelta(days=1), medicine=Ordered.DIAZEPAM) == []
    assert found(naltrexone_at=NOW - timedelta(days=1), blocked_by_naltrexone=True) == [C.ON_NALTREXONE]


@pytest.mark.parametrize(
    ("medicine", "amount", "unsigned", "signed"),
    [
        (Ordered.METHADONE, "150", False, False),
        (Ordered.METHADONE, "150.5", False, True),
        (Ordered.BUPRENORPHINE, "32", False, False),
        (Ordered.BUPRENORPHINE_NALOXONE, "32.4", True, True),
        (Ordered.DIAZEPAM, "400", False, False),
    ],
)
def test_above_the_most_a_day_every_dose_stops(
    medicine: Ordered, amount: str, *, unsigned: bool, signed: bool
) -> None:
    """Sixty-four typed for six point four, and signed: nobody asks at the hatch."""
    for params, stopped in ((UNSIGNED, unsigned), (SIGNED, signed)):
        assert found(params, medicine=medicine, mg=mg(amount)) == ([C.ABOVE_CEILING] if stopped else [])


@pytest.mark.parametrize(("taken", "stopped"), [("0", True), ("39.9", True), ("40", False), ("60", False)])
def test_a_dose_outside_that_nobody_confirmed_is_reached_by_what_was_taken_here(taken: str, *, stopped: bool) -> None:
    """After the first cup the ceiling is gone, and the sixty that he told of are given on the second day (D-16)."""
    assert found(SIGNED, unconfirmed=True, most_taken=mg(taken)) == ([C.ABOVE_CEILING] if stopped else [])


@pytest.mark.hazard("H-008")
@pytest.mark.parametrize(("minutes", "stopped"), [(0, True), (8 * 60 - 1, True), (8 * 60, False)])
def test_between_the_doses_of_two_days_lie_the_signed_hours(minutes: int, *, stopped: bool) -> None:
    """Ten to midnight and ten past: two days on paper, and both doses in him at once."""
    last = NOW - timedelta(minutes=minutes)
    assert (C.TOO_SOON in found(SIGNED, at=NOW, day_before_at=last)) is stopped
    assert found(UNSIGNED, at=NOW, day_before_at=last) == [], "nobody has signed a figure"
    assert found(SIGNED, at=NOW, day_before_at=last, medicine=Ordered.DIAZEPAM) == [], "it goes by its slots"


@pytest.mark.hazard("H-008")
def test_a_substitute_taken_outside_today_stops_a_substitute_alone() -> None:
    """Fifty milligrams on a first day, as the cells' thirty stood on another page."""
    cells = (Outside("methadone", NOW, "police custody", mg("30")),)
    assert found(outside_today=cells) == [C.TAKEN_OUTSIDE]
    assert found(outside_today=cells, lifted=frozenset({C.TAKEN_OUTSIDE})) == []
    assert found(outside_today=cells, medicine=Ordered.CHLORDIAZEPOXIDE) == []


def test_of_another_substitute_the_last_dose_is_said_where_none_of_this_is_known() -> None:
    """*None is known*, of a man who swallowed the other medicine at this hatch this morning."""
    said = hours_since_witnessed(None, NOW, SIGNED, other=(NOW - timedelta(hours=20), "methadone")).sentence
    assert said.endswith("Methadone was last seen taken 20 hours before, Tue 1 Jun 2010 12:30.")


@pytest.mark.hazard("H-008")
def test_two_doses_of_a_day_are_not_given_in_one_round() -> None:
    """The morning's at twenty to ten at night, the evening's a minute after: both are ordered, and not together."""
    (stop,) = stops(a_dose(this_round_at=NOW), UNSIGNED)
    assert (stop.code, stop.hard) == (C.TWO_IN_A_ROUND, False)
    assert "given at 08:30, in this round" in stop.words
    assert found(this_round_at=NOW, medicine=Ordered.LOFEXIDINE) == []


@pytest.mark.hazard("H-007")
@pytest.mark.parametrize(("reached", "words"), [("0", "nothing was taken since"), ("20", "the most since was 20 mg")])
def test_a_course_does_not_rise_over_a_step_that_was_not_taken(reached: str, words: str) -> None:
    """Ordered at night for that morning: his first dose of all is that of the second day."""
    step = StepNotTaken(mg("30"), mg(reached))
    (stop,) = stops(a_dose(step=step), UNSIGNED)
    assert (stop.code, stop.hard) == (C.STEP_NOT_TAKEN, False)
    assert (
        stop.words == f"40 mg comes after a day of 30 mg, and that was not taken: {words}. Order the course anew "
        "from today."
    )
    assert found(step=step, lifted=frozenset({C.STEP_NOT_TAKEN})) == []
    assert found(step=step, medicine=Ordered.LOFEXIDINE) == []
