"""An establishment's local policy, folded from the figures that its clinical lead has signed in the journal."""

from collections.abc import Mapping
from datetime import date

from pdtdesk.domain.record.entry import Entry
from pdtdesk.domain.record.kinds import may_write
from pdtdesk.policy.origin import Reference
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.signed import SignedValue, local_policy
from pdtdesk.services.ports import Work

KIND = "parameter_signed"


def standing_signatures(work: Work) -> tuple[tuple[SignedValue, ...], tuple[str, ...]]:
    """Every signature that stands in the journal, and a sentence for each entry that cannot be read as one."""
    signed, unread = [], []
    for entry in work.establishment_entries(KIND):
        found = _read(entry)
        if found is None:
            unread.append(
                f"What {entry.author.name} signed as local policy was written by another version and cannot be read "
                "here: it is kept, and does not hold at this desk until the desk is brought up to date."
            )
        else:
            signed.append(found)
    return tuple(signed), tuple(unread)


def lay_over(work: Work, guidance: Parameters, day: date) -> tuple[Parameters, tuple[str, ...]]:
    """The guidance with this establishment's signed figures over it, and what is to be said of them on a day.

    What cannot be laid over is left out with a sentence, and locks nobody out.
    """
    signed, unread = standing_signatures(work)
    laid = local_policy(work.establishment().name, signed, guidance)
    return laid.parameters, (*unread, *(each.sentence for each in laid.missing_on(day)))


def body_of(signed: SignedValue) -> dict[str, object]:
    """A signature as it is written into the journal."""
    return {
        "parameter": signed.parameter_id,
        "unit": signed.unit,
        "value": signed.value,
        "as_it_stands": signed.as_it_stands,
        "from": signed.first_day.isoformat(),
        "until": signed.last_day.isoformat() if signed.last_day else None,
        "document": signed.reference.document,
        "section": signed.reference.section,
        "signed_by": signed.signed_by,
        "signed_on": signed.signed_on.isoformat(),
        "withdrawn_on": signed.withdrawn_on.isoformat() if signed.withdrawn_on else None,
        "beneath": signed.beneath,
    }


def _read(entry: Entry) -> SignedValue | None:
    body = entry.body
    if body is None or not may_write(entry.author.role, KIND):
        return None
    try:
        return SignedValue(
            parameter_id=_words(body, "parameter"),
            unit=_words(body, "unit"),
            value=body["value"],
            first_day=date.fromisoformat(_words(body, "from")),
            last_day=_day(body, "until"),
            reference=Reference(_words(body, "document"), _words(body, "section")),
            signed_by=_words(body, "signed_by"),
            signed_on=date.fromisoformat(_words(body, "signed_on")),
            entry_id=entry.id,
            as_it_stands=body.get("as_it_stands") is True,
            withdrawn_on=_day(body, "withdrawn_on"),
            beneath=body.get("beneath"),
        )
    except (KeyError, ValueError):
        return None


def _words(body: Mapping[str, object], key: str) -> str:
    found = body[key]
    if not isinstance(found, str):
        raise ValueError(key)
    return found


def _day(body: Mapping[str, object], key: str) -> date | None:
    return date.fromisoformat(_words(body, key)) if body.get(key) is not None else None
