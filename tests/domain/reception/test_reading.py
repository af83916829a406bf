"""Answers become facts, and what was not answered stays unknown."""

from datetime import date

import pytest
from factories import EVENING

from pdtdesk.domain.reception.facts import Frequency, Medicine, ReceptionFacts, Substance
from pdtdesk.domain.reception.opening_hours import NotOpeningHours, opening_hours
from pdtdesk.domain.reception.reading import facts_of


def read(**values: str) -> ReceptionFacts:
    given = {key.replace("__", "."): value for key, value in values.items()}
    return facts_of(born=date(1982, 3, 14), sex="male", received_on=date(2010, 6, 1), values=given, totals={})


@pytest.mark.hazard("H-002")
def test_nothing_asked_is_nothing_known() -> None:
    """Otherwise an empty page reads as a healthy man."""
    facts = read()
    assert facts.risks.drowsy_now is None
    assert facts.risks.withdrawal_seen is None
    assert facts.community_prescriptions is None
    assert facts.custody_doses is None
    assert facts.medicines_that_cannot_wait is None
    assert dict(facts.substances) == {}


def test_no_prescription_is_an_answer_and_an_unnamed_one_is_not() -> None:
    assert read(prescribed__any="no").community_prescriptions == ()
    assert read(prescribed__any="yes").community_prescriptions is None


def test_a_prescription_is_read_with_its_dose_and_hours() -> None:
    (found,) = read(
        prescribed__any="yes",
        prescribed__medicine="methadone",
        prescribed__daily="55",
        prescribed__days_missed="2",
        prescribed__pharmacy_hours="Mon-Fri 09:00-18:00, Sat 9-13",
        prescribed__last_witnessed_at="2010-05-30T09:30",
    ).community_prescriptions
    assert (found.medicine, str(found.daily), found.days_missed) == (Medicine.METHADONE, "55 mg", 2)
    assert found.last_witnessed_at.isoformat() == "2010-05-30T09:30:00+01:00"
    assert [len(spans) for spans in found.pharmacy_hours.week] == [1, 1, 1, 1, 1, 1, 0]


def test_withdrawal_seen_names_what_was_seen() -> None:
    assert read(withdrawal__seen="alcohol opioids").risks.withdrawal_seen == (Substance.OPIOIDS, Substance.ALCOHOL)
    assert read(withdrawal__seen="none").risks.withdrawal_seen == ()


def test_units_a_day_are_read_from_what_was_said() -> None:
    use = read(substances__alcohol__amount="9 units", substances__alcohol__frequency="daily").use(Substance.ALCOHOL)
    assert (use.units_per_day, use.frequency) == (9, Frequency.DAILY)


@pytest.mark.parametrize(
    "said",
    [
        *("2 bottles of vodka", "1 litre", "3 cans", "15-20 units", "nan", "inf", "a bottle"),
        *(
            "2 units and 2 bottles of vodka",
            "10 units x 4",
            "3 units an hour",
            "8 units, plus 1 litre",
            "5u + 1l vodka",
        ),
    ],
)
def test_bottles_are_not_units(said: str) -> None:
    """Two bottles of vodka read as 2 units a day would be withdrawal that nobody prepares for."""
    use = read(substances__alcohol__amount=said, substances__alcohol__frequency="daily").use(Substance.ALCOHOL)
    assert (use.units_per_day, use.amount) == (None, said)


@pytest.mark.parametrize(
    "said", ["40", "40 units", "40 u", "40 units a day", "40units", "40 units/day", "40 Units daily.", "40 u per day"]
)
def test_units_are_read_however_they_are_written(said: str) -> None:
    use = read(substances__alcohol__amount=said, substances__alcohol__frequency="daily").use(Substance.ALCOHOL)
    assert use.units_per_day == 40


@pytest.mark.parametrize(
    ("said", "test", "pregnant"),
    [
        ("yes", "negative", True),
        ("no", "positive", True),
        (None, "positive", True),
        (None, "negative", False),
        ("no", "negative", False),
        ("no", None, False),
        (None, "declined", None),
        (None, None, None),
    ],
)
def test_a_negative_test_does_not_unsay_a_pregnancy(
    said: str | None, test: str | None, pregnant: bool | None
) -> None:
    """She says that she is pregnant; a test on a bad strip must not take prescriber and midwife away from her."""
    given = {key: value for key, value in (("risk__pregnant", said), ("tests__pregnancy", test)) if value}
    assert read(**given).patient.pregnant is pregnant


def test_none_known_is_an_answer_to_allergies() -> None:
    assert read(risk__allergies="None").allergies == ()
    assert read(risk__allergies="penicillin, latex").allergies == ("penicillin", "latex")


def test_a_dose_in_police_custody_counts_only_with_its_time() -> None:
    """Otherwise hours since the last witnessed dose are counted from nowhere."""
    facts = read(custody_doses__police__given="yes", custody_doses__police__medicine="Methadone")
    assert facts.custody_doses is None, "given at a time nobody wrote down is not the same as none given"
    timed = read(
        custody_doses__police__given="yes",
        custody_doses__police__medicine="Methadone",
        custody_doses__police__dose="30 mg",
        custody_doses__police__at="2010-05-31T08:00",
    )
    assert [(dose.medicine, str(dose.amount), dose.place) for dose in timed.custody_doses] == [
        ("methadone", "30 mg", "police")
    ]


@pytest.mark.parametrize("text", ["mornings", "Mon-Fri", "Mon-Fri 18:00-09:00", "Foo 9-5", "Mon 25:00-26:00", ""])
def test_hours_that_cannot_be_read_are_refused_with_how_to_write_them(text: str) -> None:
    with pytest.raises(NotOpeningHours, match="Mon-Fri 09:00-18:00"):
        opening_hours(text)


def test_hours_over_the_weekend_wrap_round() -> None:
    week = opening_hours("Sat-Mon 10:00-12:00").week
    assert [bool(spans) for spans in week] == [True, False, False, False, False, True, True]


def test_a_score_is_read_with_when_it_was_taken() -> None:
    facts = facts_of(born=None, sex=None, received_on=None, values={}, totals={"cows": (15, EVENING)})
    assert (facts.scores.cows.value, facts.scores.cows.taken_at) == (15, EVENING)


def test_every_other_medicine_is_read_with_what_becomes_of_it() -> None:
    """Otherwise quetiapine is stopped at the door and nobody asks why."""
    assert read().other_medicines is None
    assert read(medicines__none="yes").other_medicines == ()
    given = {
        "medicines.1.name": "quetiapine",
        "medicines.1.decision": "stop",
        "medicines.1.why": "prolonged QT",
        "medicines.2.name": "mirtazapine",
    }
    found = facts_of(born=None, sex=None, received_on=None, values=given, totals={}).other_medicines
    assert [(each.name, each.decision, each.why) for each in found] == [
        ("quetiapine", "stop", "prolonged QT"),
        ("mirtazapine", None, None),
    ]


@pytest.mark.parametrize("said", ["a few", "", "  ", "Infinity"])
def test_a_number_that_cannot_be_read_is_not_known_and_the_rest_still_is(said: str) -> None:
    """Otherwise one word in place of a number takes the whole prescription, with its dose, off tonight's plan."""
    (found,) = read(
        prescribed__medicine="methadone", prescribed__daily="55 mg", prescribed__days_missed=said
    ).community_prescriptions
    assert (found.days_missed, str(found.daily)) == (None, "55 mg")


@pytest.mark.hazard("H-002")
@pytest.mark.parametrize("said", ["55 ml", "a lot", "5,5", None])
def test_a_dose_that_is_not_in_milligrams_is_not_known(said: str | None) -> None:
    """Otherwise 55 ml is confirmed as 55 mg."""
    given = {"prescribed__medicine": "methadone", **({"prescribed__daily": said} if said else {})}
    (found,) = read(**given).community_prescriptions
    assert found.daily is None


def test_opening_hours_that_cannot_be_read_are_not_known_and_the_pharmacy_still_is() -> None:
    """Otherwise nobody is called, because the hours were written as `mornings`."""
    (found,) = read(
        prescribed__medicine="methadone", prescribed__pharmacy="Boots, Ashmoor", prescribed__pharmacy_hours="mornings"
    ).community_prescriptions
    assert (found.pharmacy, found.pharmacy_hours) == ("Boots, Ashmoor", None)


@pytest.mark.parametrize(
    ("said", "vaccinated", "offered"), [(None, None, None), ("complete", True, None), ("accepted", False, True)]
)
def test_a_vaccination_is_complete_offered_or_not_known(
    said: str | None, vaccinated: bool | None, offered: bool | None
) -> None:
    """Otherwise somebody who was never asked counts as vaccinated, or is offered for ever what he has had."""
    found = read(**({"virus__vaccination": said} if said else {})).hepatitis_b
    assert (found.vaccinated, found.offered) == (vaccinated, offered)
