"""Tonight's invented arrivals as `resources/demo` tells them: the list, who is known, what they answered."""

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from pdtdesk.domain.calendar import at_london, day_of
from pdtdesk.domain.reception.arrival_list import ArrivalRow, Refusal, check
from pdtdesk.services.demonstration.answers import Told
from pdtdesk.services.demonstration.evening import WRITTEN_FOR
from pdtdesk.services.demonstration.prison import demonstration_folder
from pdtdesk.services.demonstration.stays import PastStay

_DAY = re.compile(r"day(?P<off>[+-]\d+)?(?:T(?P<clock>\d\d:\d\d))?")
_MOVED = ("sentenced_on", "release_on")
_ARRIVED_THEN = time(18, 35)


@dataclass(frozen=True, slots=True)
class Pass:
    """What was answered at one hour of tonight; `not_asked` gives the reason by question, `scores` are of a draft."""

    at: datetime
    answers: Mapping[str, str]
    not_asked: Mapping[str, str]
    confirmed: tuple[str, ...]
    scores: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class TonightsArrival:
    """One arrival of tonight of whom something is told: earlier stays, cell, first pass, draft."""

    surname: str
    cell: str
    nhs_number: str | None
    earlier: tuple[PastStay, ...]
    first_pass: Pass
    draft: Pass | None


@dataclass(frozen=True, slots=True)
class LookAlike:
    """The record of an earlier stay of somebody with the name and birth date of an arrival of tonight."""

    surname: str
    forenames: str
    born: date
    arrived_at: datetime
    left_on: date


@dataclass(frozen=True, slots=True)
class Script:
    """Tonight as it is told."""

    arrivals: tuple[TonightsArrival, ...]
    look_alike: LookAlike


def tonights_list(evening: datetime, folder: Path | None = None) -> tuple[tuple[int, ArrivalRow], ...]:
    """The lines of the sample reception list, moved to another evening by whole days: (line, arrival)."""
    moved_by = day_of(evening) - WRITTEN_FOR
    rows = []
    with ((folder or demonstration_folder()) / "receptions.csv").open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            arrived_at = datetime.fromisoformat(row["arrived_at"]) + moved_by
            row["arrived_at"] = arrived_at.strftime("%Y-%m-%dT%H:%M")
            for column in _MOVED:
                row[column] = str(date.fromisoformat(row[column]) + moved_by) if row[column] else ""
            read = check(row, day_of(evening))
            if isinstance(read, Refusal):
                raise ValueError(f"The sample reception list, line {line}: {read.reason}")
            rows.append((line, read))
    return tuple(rows)


def read_script(evening: datetime, folder: Path | None = None) -> Script:
    """What is told of tonight's arrivals, its days counted from an evening."""
    told = tomllib.loads(((folder or demonstration_folder()) / "tonight.toml").read_text("utf-8"))
    like = told["look_alike"]
    came = day_of(evening) - timedelta(days=like["days_ago"])
    return Script(
        arrivals=tuple(_arrival(each, day_of(evening)) for each in told["arrival"]),
        look_alike=LookAlike(
            like["surname"],
            like["forenames"],
            like["born"],
            at_london(came, _ARRIVED_THEN),
            came + timedelta(days=like["stayed"]),
        ),
    )


def _arrival(told: Mapping[str, Any], today: date) -> TonightsArrival:
    return TonightsArrival(
        surname=told["surname"],
        cell=told["cell"],
        nhs_number=told.get("nhs_number"),
        earlier=tuple(_earlier(each, today) for each in told.get("earlier", ())),
        first_pass=_pass(told["first_pass"], today),
        draft=_pass(told["draft"], today) if "draft" in told else None,
    )


def _earlier(told: Mapping[str, Any], today: date) -> PastStay:
    came = today - timedelta(days=told["days_ago"])
    arrival = {
        "arrived_from": told["from"],
        "legal_status": told["legal_status"],
        "sentence_length": told.get("sentence_length"),
        "sentenced_on": came.isoformat() if told.get("sentenced_on") else None,
        "release_on": None,
    }
    left = came + timedelta(days=told["stayed"])
    answers = Told(_dated(told["answers"], came), {})
    return PastStay(at_london(came, _ARRIVED_THEN), arrival, answers, None, left_on=left, with_tasks=False)


def _pass(told: Mapping[str, Any], today: date) -> Pass:
    return Pass(
        at=at_london(today, time.fromisoformat(told["at"])),
        answers=_dated(told["answers"], today),
        not_asked=told.get("not_asked", {}),
        confirmed=tuple(told.get("confirmed", ())),
        scores=told.get("scores", {}),
    )


def _dated(answers: Mapping[str, str], day: date) -> dict[str, str]:
    """Answers with the days that are written from an arrival turned into days of the calendar."""
    return {key: _on(value, day) for key, value in answers.items()}


def _on(value: str, day: date) -> str:
    found = _DAY.fullmatch(value)
    if found is None:
        return value
    on = (day + timedelta(days=int(found["off"] or 0))).isoformat()
    return f"{on}T{found['clock']}" if found["clock"] else on
