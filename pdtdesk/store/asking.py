"""What of a person asks for reviews, as text in the list of treatment and back."""

import json
from datetime import date
from typing import Any

from pdtdesk.domain.custody import Custody, LegalStatus
from pdtdesk.domain.reception.facts import Medicine
from pdtdesk.domain.regime.asking import Asking, SetDay
from pdtdesk.domain.regime.facts import Regime, RegimeClass
from pdtdesk.domain.regime.missed import CourseTaken
from pdtdesk.store.tables import day


def as_text(asking: Asking) -> str:
    """As the database keeps it."""
    custody = asking.custody
    return json.dumps(
        {
            "custody": [
                custody.status,
                _text(custody.received_on),
                _text(custody.sentenced_on),
                custody.sentence_length,
                custody.remand_days,
                _text(custody.release_on),
                _text(custody.court_on),
                custody.transfer_to,
            ],
            "pregnant": asking.pregnant,
            "regimes": [
                [each.declared, each.medicine, _text(each.since), _text(each.until), _text(each.last_review_on)]
                for each in asking.regimes
            ],
            "set_days": [[_text(d) for d in (each.since, each.until, each.review_on)] for each in asking.set_days],
            "tests": [_text(each) for each in asking.tests],
            "courses": [[_spans(each.ordered), _spans(each.taken)] for each in asking.courses],
            "pregnant_known_on": _text(asking.pregnant_known_on),
            "transfer_known_on": _text(asking.transfer_known_on),
        },
        separators=(",", ":"),
    )


def asking_in(text: str) -> Asking:
    """From what the database keeps."""
    kept: dict[str, Any] = json.loads(text)
    status, received, sentenced, length, remand, release, court, transfer = kept["custody"]
    return Asking(
        custody=Custody(
            LegalStatus(status) if status is not None else None,
            day(received),
            day(sentenced),
            length,
            remand,
            day(release),
            day(court),
            transfer,
        ),
        pregnant=kept["pregnant"],
        regimes=tuple(
            Regime(RegimeClass(declared), Medicine(medicine), date.fromisoformat(since), day(until), day(looked))
            for declared, medicine, since, until, looked in kept["regimes"]
        ),
        set_days=tuple(
            SetDay(date.fromisoformat(since), day(until), day(on)) for since, until, on in kept["set_days"]
        ),
        tests=tuple(date.fromisoformat(each) for each in kept["tests"]),
        courses=tuple(
            CourseTaken(
                tuple((date.fromisoformat(first), day(last)) for first, last in ordered),
                tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in taken),
            )
            for ordered, taken in kept["courses"]
        ),
        pregnant_known_on=day(kept["pregnant_known_on"]),
        transfer_known_on=day(kept["transfer_known_on"]),
    )


def _text(on: date | None) -> str | None:
    return None if on is None else on.isoformat()


def _spans(spans: tuple[tuple[date, date | None], ...]) -> list[list[str | None]]:
    return [[_text(first), _text(last)] for first, last in spans]
