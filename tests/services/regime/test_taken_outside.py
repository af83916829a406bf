"""What was swallowed before the first dose here, in police cells or at the pharmacy, and between two days."""

from datetime import timedelta

import pytest
from factories import TestDesk
from treatment import (
    PHOTOGRAPH,
    TODAY,
    Patient,
    a_patient,
    a_schedule,
    an_ordering,
    answered,
    by,
    chosen,
    due,
    given,
    on_methadone,
    ordered,
    rows,
    tomorrow,
)

from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.policy.regime.stops import StopCode
from pdtdesk.services.refusals import Refused
from pdtdesk.services.regime.giving import open_dose
from pdtdesk.services.regime.handing import hand_out
from pdtdesk.services.regime.planning import hours_of

IN_CELLS = {
    "custody_doses.police.given": "yes",
    "custody_doses.police.at": "2010-06-02T06:50",
    "custody_doses.police.medicine": "methadone",
    "custody_doses.police.dose": "30 mg",
}
SEEN = frozenset({StopCode.TAKEN_OUTSIDE})


def _told(ward: TestDesk, patient: Patient, said: dict[str, str]) -> None:
    answered(ward, patient, **{key.replace(".", "__"): value for key, value in said.items()})


@pytest.mark.hazard("H-008")
def test_what_was_taken_in_the_cells_today_stops_the_order_and_the_dose(ward: TestDesk) -> None:
    """30 mg at ten to seven in police cells, 20 mg here at half past eight: fifty, on a first day."""
    patient = a_patient(ward, IN_CELLS)
    with pytest.raises(Refused, match="methadone 30 mg, Wed 2 Jun 2010 06:50, police custody"):
        chosen(ward, patient)
    chosen(ward, patient, ordering=an_ordering(lifted=SEEN, reason="a part dose: he was withdrawing"))
    assert rows(ward, patient)[0].state == "due", "the prescriber had it in sight"
    tomorrow(ward)
    assert open_dose(by(ward), due(ward, patient)).hours.sentence.startswith("25 hours since")


@pytest.mark.hazard("H-008")
def test_what_the_police_fax_says_after_the_signature_stops_the_dose(ward: TestDesk) -> None:
    """Signed at half past eight; at ten to nine the police sheet comes, and nobody reads the two together."""
    patient = on_methadone(ward)
    ward.clock.at += timedelta(minutes=20)
    _told(ward, patient, IN_CELLS)
    (row,) = rows(ward, patient)
    assert (row.state, "two in a day" in row.stop) == ("stopped", True)
    with pytest.raises(Refused, match="Taken today already"):
        hand_out(by(ward), due(ward, patient), PHOTOGRAPH)
    ordered(ward, patient, an_ordering(lifted=SEEN, reason="the rest of his dose"))
    assert rows(ward, patient)[0].state == "due"
    ward.clock.at += timedelta(minutes=1)
    _told(ward, patient, {**IN_CELLS, "custody_doses.police.dose": "60 mg"})
    assert rows(ward, patient)[0].state == "stopped", "sixty was not in anybody's sight"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            {"prescribed.any": "yes", "prescribed.medicine": "buprenorphine", "prescribed.daily": "8 mg"}
            | {"prescribed.last_witnessed_at": "2010-06-02T07:05"},
            "buprenorphine 8 mg, Wed 2 Jun 2010 07:05, outside",
        ),
        ({**IN_CELLS, "custody_doses.police.dose": ""}, "of which nobody knows how much"),
    ],
)
def test_any_substitute_of_today_stops_the_first_dose(ward: TestDesk, said: dict[str, str], words: str) -> None:
    """The pharmacy's eight of buprenorphine, or a dose of which nobody wrote how much, and methadone on top."""
    patient = a_patient(ward, {key: value for key, value in said.items() if value})
    with pytest.raises(Refused, match=words):
        chosen(ward, patient)


@pytest.mark.parametrize(
    "said",
    [
        {**IN_CELLS, "custody_doses.police.medicine": "paracetamol"},
        {**IN_CELLS, "custody_doses.police.at": "2010-06-01T23:50"},
    ],
)
def test_another_medicine_or_another_day_stops_no_first_dose(ward: TestDesk, said: dict[str, str]) -> None:
    """Otherwise everybody from a police cell is stopped, and the stop is lifted unread."""
    patient = a_patient(ward, said)
    chosen(ward, patient)
    assert rows(ward, patient)[0].state == "due"


@pytest.mark.hazard("H-008")
def test_a_dose_late_at_night_stops_the_next_until_the_signed_hours(ward: TestDesk) -> None:
    """Ten to midnight and half past eight: two days on the record, and one dose on top of the other in the man."""
    patient = a_patient(ward)
    chosen(ward, patient, ordering=an_ordering(schedule=a_schedule(TODAY, 20, slots=("morning",))))
    ward.clock.at = ward.clock.at.replace(hour=23, minute=50)
    given(ward, patient)
    ward.clock.at += timedelta(minutes=20)
    signed = by(ward, signed=True)
    (stop,) = open_dose(signed, due(ward, patient)).stops
    assert (stop.code, stop.hard) == (StopCode.TOO_SOON, False)
    assert "Wed 2 Jun 2010 23:50, 0 hours ago: less than the 8 hours that are signed" in stop.words
    assert open_dose(by(ward), due(ward, patient)).stops == (), "nobody has signed a figure: the hours alone are said"
    ward.clock.at = ward.clock.at.replace(hour=7, minute=49)
    assert open_dose(signed, due(ward, patient)).stops != ()
    ward.clock.at = ward.clock.at.replace(hour=7, minute=50)
    assert open_dose(signed, due(ward, patient)).stops == ()


def test_of_a_switch_the_last_dose_of_the_other_medicine_is_said(ward: TestDesk) -> None:
    """*No witnessed dose is known* of the new medicine, of a man who swallowed the old one yesterday."""
    patient = on_methadone(ward)
    given(ward, patient)
    tomorrow(ward)
    now = chosen(
        ward,
        patient,
        ordering=an_ordering(
            Ordered.BUPRENORPHINE,
            a_schedule(TODAY + timedelta(days=1), 4),
            lifted=frozenset({StopCode.AFTER_OPIOID}),
            reason="withdrawing since five",
        ),
    )
    params = by(ward).policy.on(now.today)
    said = (
        "No witnessed dose of this medicine is known: tolerance cannot be counted on. Methadone was last seen taken"
    )
    assert hours_of(now, Ordered.BUPRENORPHINE, params).sentence.startswith(f"{said} 24 hours before")
    opened = open_dose(by(ward), due(ward, patient, medicine=Ordered.BUPRENORPHINE))
    assert opened.hours.sentence.startswith(said)
    assert "Methadone" not in hours_of(now, Ordered.DIAZEPAM, params).sentence
