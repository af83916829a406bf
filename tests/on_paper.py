"""A day at which the desk did not run, and the sheet by which somebody was given his dose meanwhile."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from factories import TestDesk
from treatment import AWAKE, TODAY, Patient, by, due, given, on_methadone, tomorrow

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.policy.regime.stops import StopCode
from pdtdesk.services.regime.dose_facts import DoseDue
from pdtdesk.services.regime.from_paper import Paper
from pdtdesk.services.regime.giving import open_dose
from pdtdesk.services.regime.handing import Ended

TAKEN = Ended(Outcome.TAKEN)
HANDED = (Outcome.TAKEN, Outcome.PART_TAKEN, Outcome.VOMITED, Outcome.CONCEALED)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


def a_paper(**said: object) -> Paper:
    """A line of the sheet on the morning of the second day: given at 08:15, all of it said."""
    values = {
        "given_at": at(TODAY + timedelta(days=1), 8, 15),
        "given_by": "K. Osei",
        "identified_by": "photograph",
        "look": AWAKE,
        "witness": "T. Marsh",
    }
    return Paper(**{**values, **said})


def a_blank_day(desk: TestDesk, **given_: object) -> tuple[Patient, DoseDue]:
    """Given here on Wednesday; Thursday is blank, and it is Friday morning: the dose of Thursday."""
    patient = on_methadone(desk, **given_)
    given(desk, patient)
    tomorrow(desk, 2)
    today = due(desk, patient)
    return patient, replace(today, day=TODAY + timedelta(days=1))


def stops_of(desk: TestDesk, patient: Patient) -> set[StopCode]:
    return {each.code for each in open_dose(by(desk), due(desk, patient)).stops}
