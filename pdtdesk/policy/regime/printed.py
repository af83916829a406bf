"""Assessments and courses in plain words and numbers, as `--json` prints them and a decision keeps them."""

from decimal import Decimal

from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.same_day import Together
from pdtdesk.policy.findings import plain
from pdtdesk.policy.regime.assess import Assessment
from pdtdesk.policy.regime.shown import Course


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


def printed_course(course: Course) -> dict[str, object]:
    """One course of the interface; mg as plain decimals in words, so that nothing is rounded on the way."""
    return {
        "medicine": course.medicine,
        "from": course.begins.isoformat(),
        "to": course.ends.isoformat(),
        "class": str(course.shown) if course.shown else None,
        "first_mg": _plain(course.first_mg),
        "highest_mg": _plain(course.highest_mg),
        "last_mg": _plain(course.last_mg),
        "stabilisation_days": course.days_of(RegimeClass.STABILISATION),
        "reduction_days": course.days_of(RegimeClass.DETOXIFICATION, RegimeClass.GRADUAL_REDUCTION),
        "nineteen_days_or_less": course.nineteen_days_or_less,
        "longest_not_taken": course.longest_not_taken,
        "days_not_known": course.days_not_known,
        "phases": [
            {"class": str(phase.shown), "from": phase.begins.isoformat(), "to": phase.ends.isoformat()}
            for phase in course.phases
        ],
    }


def printed_together(run: Together) -> dict[str, object]:
    """One run of days on which more than one opioid substitute was given."""
    return {"from": run.begins.isoformat(), "to": run.ends.isoformat(), "medicines": list(run.medicines)}


def _plain(mg: Decimal | None) -> str | None:
    return None if mg is None else f"{mg.normalize():f}"
