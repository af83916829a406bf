"""Tonight at reception, by the nurse's own actions: list taken in, beds given, first passes saved, a draft begun."""

from collections.abc import Mapping
from datetime import datetime

from pdtdesk.domain.reception.answers import Answer
from pdtdesk.domain.reception.arrival_list import ArrivalRow
from pdtdesk.services.acting import Acting
from pdtdesk.services.demonstration.evening import StandingClock
from pdtdesk.services.demonstration.script import Pass, Script, TonightsArrival
from pdtdesk.services.ports import Draft
from pdtdesk.services.reception import corrections, people, take_in, triage


def live_tonight(
    nurse: Acting, clock: StandingClock, lines: tuple[tuple[int, ArrivalRow], ...], script: Script
) -> None:
    """Do all that was done this evening; the clock is left at the last thing done."""
    told = sorted(script.arrivals, key=lambda each: each.first_pass.at)
    clock.at = max(line.arrived_at for _, line in lines)
    taken = take_in.take_in(nurse, lines)
    if taken.refused:
        raise ValueError(f"The sample reception list: {taken.refused[0].reason}")
    stays = _stays(nurse, min(line.arrived_at for _, line in lines))
    for each in told:
        corrections.place_in_cell(nurse, stays[each.surname][1], each.cell)
    for each in told:
        _first_pass(nurse, clock, stays[each.surname], each.first_pass)
    for each in told:
        if each.draft is not None:
            _begin_draft(nurse, clock, stays[each.surname], each.draft)


def _stays(nurse: Acting, since: datetime) -> Mapping[str, tuple[str, str]]:
    """Surname to (stay, person) of those who arrived tonight."""
    return {
        row.surname: (row.stay, row.patient_id) for row in people.arrivals(nurse, since) if row.arrived_at >= since
    }


def _first_pass(nurse: Acting, clock: StandingClock, stay: tuple[str, str], told: Pass) -> None:
    clock.at = told.at
    triage.save(nurse, _draft(nurse, stay, told), 1)


def _begin_draft(nurse: Acting, clock: StandingClock, stay: tuple[str, str], told: Pass) -> None:
    clock.at = told.at
    triage.keep_draft(nurse, _draft(nurse, stay, told))


def _draft(nurse: Acting, stay: tuple[str, str], told: Pass) -> Draft:
    def said(value: str | None = None, not_asked: str | None = None) -> Answer:
        return Answer(nurse.who, told.at, value, not_asked)

    answers = {key: said(value) for key, value in told.answers.items()}
    answers |= {key: said(not_asked=why) for key, why in told.not_asked.items()}
    return Draft(
        stay=stay[0],
        patient_id=stay[1],
        answers=answers,
        over={},
        items={
            f"{scale}.{item}": (points, said(str(points)))
            for scale, items in told.scores.items()
            for item, points in items.items()
        },
        confirmed={key: said("confirmed") for key in told.confirmed},
        updated_at=told.at,
        updated_by=nurse.who,
    )


def known_number(lines: tuple[tuple[int, ArrivalRow], ...], told: TonightsArrival) -> ArrivalRow:
    """The line of tonight's list that somebody's earlier stays belong to."""
    return next(line for _, line in lines if line.surname == told.surname)
