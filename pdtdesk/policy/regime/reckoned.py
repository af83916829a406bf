"""What the rules reckon from custody: on what side of a short sentence somebody stands, and the day of release."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pdtdesk.domain.custody import Custody, LegalStatus
from pdtdesk.domain.durations import Duration, NotADuration, parse_duration
from pdtdesk.domain.regime.sentence import is_short, release_day
from pdtdesk.policy.parameters import NotSignedLocally, ParametersOnDay


class Term(StrEnum):
    """Which row of the standing table somebody's custody is in."""

    REMAND = "remand"
    SHORT = "short"
    LONGER = "longer"
    NOT_KNOWN = "not_known"
    OUT_OF_SCOPE = "out_of_scope"


class ReleaseFrom(StrEnum):
    """Where a day of release comes from; `computed` is shown as the latest estimate."""

    PRISON = "prison"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Custody as the rules see it on a day. `length` is None where none was given or it cannot be read."""

    term: Term
    length: Duration | None = None
    release_on: date | None = None
    release_from: ReleaseFrom | None = None
    days_to_serve: int | None = None
    trouble: str = ""


_ROWS = {
    LegalStatus.REMAND: Term.REMAND,
    LegalStatus.CONVICTED_UNSENTENCED: Term.REMAND,
    LegalStatus.INDETERMINATE: Term.LONGER,
    LegalStatus.CIVIL: Term.OUT_OF_SCOPE,
    LegalStatus.IMMIGRATION: Term.OUT_OF_SCOPE,
}


def reckon(custody: Custody, params: ParametersOnDay) -> Reckoned:
    """The term and the release; what cannot be known is None, and `trouble` says what cannot be read."""
    length, trouble = _length(custody)
    begins = custody.sentenced_on or custody.received_on or params.day
    try:
        term = _term(custody, length, begins, params)
        release, source = _release(custody, length, params)
    except NotADuration as refused:
        term, (release, source), trouble = Term.NOT_KNOWN, _given(custody), str(refused)
    # Nothing is served of a sentence that has not been passed: the rules ask for its date to be corrected.
    to_come = custody.sentenced_on is not None and custody.sentenced_on > params.day
    days = None if release is None or to_come else (release - params.day).days
    return Reckoned(term, length, release, source, days, trouble)


def release_near_from(custody: Reckoned, params: ParametersOnDay) -> date | None:
    """From which day release counts as near; None where none is known, or nobody has signed how long before."""
    if custody.release_on is None:
        return None
    try:
        return custody.release_on - timedelta(days=params.days("release_near").value)
    except NotSignedLocally:
        return None


def is_release_near(custody: Reckoned, params: ParametersOnDay) -> bool:
    """Whether release is near, and still to come."""
    near = release_near_from(custody, params)
    return near is not None and custody.release_on is not None and near <= params.day <= custody.release_on


def _length(custody: Custody) -> tuple[Duration | None, str]:
    if custody.sentence_length is None:
        return None, ""
    try:
        return parse_duration(custody.sentence_length), ""
    except NotADuration as refused:
        return None, str(refused)


def _term(custody: Custody, length: Duration | None, begins: date, params: ParametersOnDay) -> Term:
    if custody.status in _ROWS:
        return _ROWS[custody.status]
    if custody.status is None:
        return Term.NOT_KNOWN
    if length is None:
        return Term.LONGER if custody.status is LegalStatus.RECALLED else Term.NOT_KNOWN
    weeks, months = params.weeks("short_sentence_weeks").value, params.months("short_sentence_months").value
    return Term.SHORT if is_short(length, begins, weeks=weeks, months=months) else Term.LONGER


def _given(custody: Custody) -> tuple[date | None, ReleaseFrom | None]:
    return custody.release_on, ReleaseFrom.PRISON if custody.release_on is not None else None


def _release(
    custody: Custody, length: Duration | None, params: ParametersOnDay
) -> tuple[date | None, ReleaseFrom | None]:
    """The day given by the prison wins; computed for a determinate sentence alone (R-21)."""
    if custody.release_on is not None:
        return _given(custody)
    if custody.status is not LegalStatus.SENTENCED or length is None or custody.sentenced_on is None:
        return None, None
    served = params.per_cent("served_before_release").value
    return release_day(custody.sentenced_on, length, custody.remand_days or 0, served), ReleaseFrom.COMPUTED
