"""Opening somebody's regime, and writing down what it is decided on: each answer with who gave it."""

from collections.abc import Mapping
from dataclasses import replace

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.reception.questions.checking import wrong_with
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.asking import Asked
from pdtdesk.domain.regime.questions import REGIME_QUESTIONS
from pdtdesk.domain.roles import Permission
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine, TreatedRow
from pdtdesk.services.reception.people import present
from pdtdesk.services.reception.replanning import replan
from pdtdesk.services.reception.triage import record_of
from pdtdesk.services.refusals import Refused
from pdtdesk.services.regime.asked import asked, with_set_day
from pdtdesk.services.regime.standing import RegimeNow, regime_now, stay_of


@action(Permission.SEE_CLINICAL)
def regimes(acting: Acting, *, opened: bool = False) -> tuple[TreatedRow, ...]:
    """Everybody here who waits for a regime, has one, or had one in this stay.

    `opened`: somebody turns to the list, and does not only have it renewed under their eyes; that is audited.
    """
    now = acting.now()
    if not opened:
        with acting.store.reading() as work:
            return _as_of(work.treated(), acting.policy.on(day_of(now)))
    with acting.store.work() as work:
        rows = _as_of(work.treated(), acting.policy.on(day_of(now)))
        work.audit(AuditLine(now, acting.who, "opened the regimes", detail=f"{len(rows)} people"))
        return rows


def _as_of(rows: tuple[TreatedRow, ...], params: ParametersOnDay) -> tuple[TreatedRow, ...]:
    """The list as it stands on a day: a regime that ends on a day to come is in force until then, and what asks for
    its review is what the rules say on that day."""
    return tuple(_on(row, params) for row in rows)


def _on(row: TreatedRow, params: ParametersOnDay) -> TreatedRow:
    last_needed = max(params.day, row.since or params.day)
    lasts = row.standing == "ended" and row.until is not None and row.until >= last_needed
    standing = "in force" if lasts else row.standing
    if standing not in ("in force", "conflict"):
        return row
    return replace(row, standing=standing, asked=_asked(row, params))


def _asked(row: TreatedRow, params: ParametersOnDay) -> tuple[Asked, ...]:
    if row.asking is not None:
        return asked(row.asking, params)
    return with_set_day((), row.review_on)


@action(Permission.SEE_CLINICAL)
def open_regime(acting: Acting, patient_id: str) -> RegimeNow:
    """Open somebody's regime; who looked is audited before anything is shown."""
    now = acting.now()
    with acting.store.work() as work:
        work.audit(AuditLine(now, acting.who, "opened the regime", patient_id))
        return regime_now(present(work, patient_id), now, acting.policy)


@action(Permission.ASSESS_REGIME)
def write_assessment(acting: Acting, patient_id: str, answers: Mapping[str, str]) -> RegimeNow:
    """Write down what a regime is decided on, in the place of what stood there; what stood before is kept."""
    for key, value in answers.items():
        question = REGIME_QUESTIONS.get(key)
        if question is None:
            raise Refused(f"There is no question {key[:40]} in this version; nothing was saved.")
        if wrong := wrong_with(question, value):
            raise Refused(wrong)
    if not answers:
        raise Refused("Nothing was changed: there is nothing to save.")
    now = acting.now()
    with acting.store.work() as work:
        person = present(work, patient_id)
        stay = stay_of(person)
        body = {
            "stay": stay.id,
            "answers": {
                key: {
                    "at": now.isoformat(),
                    "over": [id_ for held in stay.answers.get(key, ()) for id_ in held.entries],
                    "value": value,
                }
                for key, value in answers.items()
            },
        }
        work.append([NewEntry("regime", "assessment", body, acting.who, record_of(person, stay), happened_at=now)])
        work.audit(AuditLine(now, acting.who, "wrote what the regime is decided on", patient_id))
        replan(acting, work, patient_id)
        return regime_now(present(work, patient_id), now, acting.policy)
