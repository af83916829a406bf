"""A decision explained again, years later: on what it was made, by the words of its day, and what is said today."""

from dataclasses import dataclass
from datetime import datetime

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.record.entry import Json
from pdtdesk.domain.roles import Permission
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine
from pdtdesk.services.refusals import Refused


@dataclass(frozen=True, slots=True)
class Explained:
    """A decision as it was made. `same_guidance` says whether the guidance of its day, as this desk holds it now, is
    the guidance it was made on: where it is not, the stored words stand, and nothing is put in their place."""

    kind: str
    at: datetime
    by: str
    declared: str
    standing: str | None
    reason: str
    findings: tuple[Json, ...]
    parameters: str
    same_guidance: bool


@action(Permission.SEE_CLINICAL)
def explain(acting: Acting, entry_id: str) -> Explained:
    """Explain a decision by what was stored with it; who looked is audited."""
    with acting.store.work() as work:
        entry = work.entry(entry_id)
        body = entry.body if entry is not None else None
        if entry is None or body is None or entry.kind not in ("regime", "order", "regime_review", "plan"):
            raise Refused("That entry is not a decision that could be explained.")
        work.audit(AuditLine(acting.now(), acting.who, "had a decision explained", entry.header.patient_id))
    fingerprint = str(body.get("parameters", ""))
    return Explained(
        kind=entry.kind,
        at=entry.header.happened_at,
        by=f"{entry.author.name}, {entry.author.role_title}",
        declared=str(body.get("class") or body.get("medicine") or ""),
        standing=body.get("standing"),
        reason=str(body.get("reason", "")),
        findings=tuple(body.get("findings") or ()),
        parameters=fingerprint,
        same_guidance=acting.policy.on(day_of(entry.header.happened_at)).fingerprint == fingerprint,
    )
