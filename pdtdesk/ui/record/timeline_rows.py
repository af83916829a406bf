"""The timeline's lines: what was written, in a few words, by whom and when."""

import textwrap
from collections.abc import Callable, Mapping
from typing import Any

from pdtdesk.domain.calendar import show_instant
from pdtdesk.domain.reception.questions import QUESTIONS
from pdtdesk.domain.reception.scales import SCALES
from pdtdesk.domain.record.kinds import KINDS
from pdtdesk.domain.regime.fold import given_on_paper
from pdtdesk.domain.regime.questions import REGIME_QUESTIONS
from pdtdesk.services.ports import TimelineRow
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.rows import Row
from pdtdesk.ui.widgets.words import ChipFacts

_TONES = {"in error": Tone.GREY, "superseded": Tone.GREY, "in conflict": Tone.RED}


def timeline_row(row: TimelineRow) -> Row:
    """One entry as a line; a kind this version does not know stands by its own name."""
    kind = KINDS.get(row.kind)
    title = kind.title if kind else row.kind.replace("_", " ")
    said = _SAID.get(row.kind, _nothing)(row.body)
    when = show_instant(row.at)
    written = (
        "" if abs((row.recorded_at - row.at).total_seconds()) < 60 else f", written {show_instant(row.recorded_at)}"
    )
    return Row(
        id=row.entry_id,
        title=f"{title}: {said}" if said else title,
        detail=f"{when} · {row.by.name}, {row.by.role_title}{written}",
        chip=ChipFacts(row.marks[0], _TONES.get(row.marks[0], Tone.GREY)) if row.marks else None,
    )


def _nothing(_: Mapping[str, Any]) -> str:
    return ""


def _triage(body: Mapping[str, Any]) -> str:
    keys = list(body.get("answers", {}))
    named = [QUESTIONS[key].label for key in keys[:2] if key in QUESTIONS]
    more = len(keys) - len(named)
    return ", ".join(named) + (f" and {more} more" if more > 0 else "")


def _score(body: Mapping[str, Any]) -> str:
    scale = SCALES.get(str(body.get("scale")))
    total = body.get("total")
    name = scale.name if scale else str(body.get("scale"))
    return f"{name} {total}" if total is not None else f"{name}, not whole"


def _assessment(body: Mapping[str, Any]) -> str:
    keys = list(body.get("answers", {}))
    named = [REGIME_QUESTIONS[key].label for key in keys[:2] if key in REGIME_QUESTIONS]
    more = len(keys) - len(named)
    return ", ".join(named) + (f" and {more} more" if more > 0 else "")


def _dose(body: Mapping[str, Any]) -> str:
    outcome = str(body.get("outcome", "handed out")).replace("_", " ")
    giver = given_on_paper(body)
    on_paper = f", on paper, by {giver}" if giver else ""
    return f"{body.get('medicine')} {body.get('ordered')}, {body.get('slot')}, {outcome}{on_paper}"


def _of_words(name: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda body: textwrap.shorten(str(body.get(name) or "").replace("_", " "), 90, placeholder=" …")


_SAID: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "person": lambda body: f"{body.get('surname', '')}, {body.get('forenames', '')}",
    "arrival": lambda body: str(body.get("arrived_from", "")),
    "triage": _triage,
    "score": _score,
    "plan": lambda body: f"pass {body.get('pass')}, {body.get('priority')}",
    "task": lambda body: textwrap.shorten(str(body.get("sentence", "")), 90, placeholder=" …"),
    "task_settled": lambda body: str(body.get("outcome", "")),
    "prescription_confirmed": lambda body: f"{body.get('standing') or 'not reached'}: {body.get('with_whom', '')}",
    "confirmed": lambda body: f"{len(body.get('keys', ()))} answers",
    "entered_in_error": lambda body: str(body.get("why", "")),
    "joined": lambda body: str(body.get("why", "")),
    "told_apart": lambda body: str(body.get("why", "")),
    "assessment": _assessment,
    "regime": _of_words("class"),
    "regime_ended": _of_words("why"),
    "order": _of_words("medicine"),
    "order_ended": _of_words("why"),
    "dose_begun": _dose,
    "dose": _dose,
    "stop_lifted": _of_words("reason"),
    "regime_review": _of_words("outcome"),
}
