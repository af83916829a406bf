"""An assessment in plain words and numbers, as `assess --json` prints it and a decision keeps it."""

from pdtdesk.policy.findings import plain
from pdtdesk.policy.regime.assess import Assessment


def printed(found: Assessment) -> dict[str, object]:
    """The one object of the interface; what cannot be known is None."""
    custody = found.custody
    return {
        "on": found.on.isoformat(),
        "custody": {
            "days_to_serve": custody.days_to_serve,
            "release_on": custody.release_on.isoformat() if custody.release_on else None,
            "release_from": str(custody.release_from) if custody.release_from else None,
        },
        "classes": [
            {
                "class": str(each.regime_class),
                "standing": str(each.standing) if each.standing else None,
                "findings": [finding.code for finding in each.findings],
            }
            for each in found.classes
        ],
        "reviews": [
            {
                "due_on": each.due_on.isoformat(),
                "planned_on": each.planned_on.isoformat(),
                "of": str(each.of),
                "finding": each.finding.code,
            }
            for each in found.reviews
        ],
        "findings": [plain(each) for each in found.findings],
        "parameters": found.parameters,
    }
