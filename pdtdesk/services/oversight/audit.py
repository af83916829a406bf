"""The audit page of the clinical lead: who saw and did what, newest first."""

from pdtdesk.domain.roles import Permission
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine, AuditRow

PAGE = 200


@action(Permission.READ_AUDIT)
def audit_page(acting: Acting, before: int | None = None, patient_id: str | None = None) -> tuple[AuditRow, ...]:
    """A page of the audit; of one person alone where one is given. Reading the audit is itself audited."""
    with acting.store.work() as work:
        rows = work.audit_page(before, PAGE, patient_id)
        work.audit(AuditLine(acting.now(), acting.who, "read the audit", patient_id))
    return rows
