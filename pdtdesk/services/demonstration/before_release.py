"""Two who had finished a detoxification here and are begun on methadone again before release: each an exception.

Invented, as everything here; the doses are those of the demonstration's own local policy, and guidance for nobody.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from pdtdesk.domain.calendar import at_london, day_of
from pdtdesk.domain.durations import parse_duration
from pdtdesk.domain.ids import uuid7
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.reading import facts_of
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.courses import Reinduction
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.reading import regime_facts
from pdtdesk.domain.regime.schedule import DAY, written
from pdtdesk.domain.regime.treatment import Treatment
from pdtdesk.policy.findings import plain
from pdtdesk.policy.regime.assess import Assessment, assess
from pdtdesk.policy.regime.reviews import next_review
from pdtdesk.policy.regime.schedules import plan
from pdtdesk.policy.regime.schedules.proposal import Proposal
from pdtdesk.services.demonstration.chance import Chance
from pdtdesk.services.demonstration.retold import Retold
from pdtdesk.services.demonstration.rounds import Given, write_doses
from pdtdesk.services.demonstration.stays import Pen

_TOLD = 2
_DRUG_FREE_DAYS = 28
"""Days that a course must have been over, for the demonstration alone."""
_LEAVES_WITHIN_DAYS = (12, 90)
_ASSESSED_AT, _SIGNED_AT = time(10, 30), time(7, 40)
_TARGET = Milligrams.parse("30 mg")
_REASON = "Expects to use when he is out; assessed with CARAT, and the team outside goes on with it"


def begin_again(pen: Pen, stays: Iterable[Retold], chance: Chance) -> None:
    """Write the new beginning of two people, or of as many as there are."""
    today = day_of(pen.evening)
    able = [each for each in stays if _leaves(each, today) and _free_since(each, today)]
    for stay in chance.shuffled(able)[:_TOLD]:
        leaves, free = _leaves(stay, today), _free_since(stay, today)
        if leaves is None or free is None:
            continue
        first = today - timedelta(days=chance.between(6, 11))
        _assess(pen, stay, free, leaves, first - DAY)
        _begin(pen, stay, chance, first)


def _free_since(stay: Retold, today: date) -> date | None:
    """Since when somebody has been without a substitute whose only course was ended; None for everybody else."""
    if stay.ended is None or len(stay.orders) != 1 or stay.answers.get("opioids.dependence") != "dependent":
        return None
    free = date.fromisoformat(str(stay.ended.body["from"]))
    return free if (today - free).days >= _DRUG_FREE_DAYS else None


def _leaves(stay: Retold, today: date) -> date | None:
    """The day of release, as the list gave it or at half of a sentence; None where it is neither known nor near."""
    told = stay.arrival.body
    if told.get("legal_status") != "sentenced" or not told.get("sentenced_on"):
        return None
    begun = date.fromisoformat(str(told["sentenced_on"]))
    half = begun + (parse_duration(str(told["sentence_length"])).after(begun) - begun) / 2
    leaves = date.fromisoformat(str(told["release_on"])) if told.get("release_on") else half
    least, most = _LEAVES_WITHIN_DAYS
    return leaves if least <= (leaves - today).days <= most else None


def _assess(pen: Pen, stay: Retold, free: date, leaves: date, on: date) -> None:
    """What it is decided on, asked the day before."""
    at = at_london(on, _ASSESSED_AT)
    said = {"opioids.drug_free_since": free.isoformat(), "arrival.release_on": leaves.isoformat()}
    stay.answers |= said
    answers = {key: {"at": at.isoformat(), "over": [], "value": value} for key, value in said.items()}
    body = {"stay": stay.stay_id, "answers": answers}
    prescriber = pen.staff["prescriber"]
    pen.diary.write(at, NewEntry("regime", "assessment", body, prescriber, stay.patient_id, happened_at=at))


def _begin(pen: Pen, stay: Retold, chance: Chance, first: date) -> None:
    """The order with its class, in the place of the course that had ended, and the doses since."""
    params = pen.policy.on(first)
    made = plan(Reinduction(Ordered.METHADONE, first, _TARGET), params)
    if made.schedule is None:
        raise ValueError("The demonstration's figures are all filled in: a course must come of them.")
    at = at_london(first, _SIGNED_AT)
    order_id = uuid7(at, chance.bytes)
    order = _order(pen, stay, made, order_id, at)
    over = tuple(str(each.id) for each in stay.orders)
    prescriber, whose = pen.staff["prescriber"], stay.patient_id
    regime = _regime(pen, stay, made, order_id, first)
    pen.diary.write(
        at,
        NewEntry("regime", "order", order, prescriber, whose, happened_at=at, supersedes=over, id=order_id),
        NewEntry("regime", "regime", regime, prescriber, whose, happened_at=at),
    )
    write_doses(pen, Given(whose, stay.stay_id, order_id, Ordered.METHADONE, made.schedule, chance))


def _order(pen: Pen, stay: Retold, made: Proposal, order_id: str, at: datetime) -> dict[str, object]:
    if made.schedule is None:
        raise ValueError("An order has a schedule.")
    return {
        "stay": stay.stay_id,
        "medicine": Ordered.METHADONE.value,
        "from": made.schedule.first_day.isoformat(),
        "schedule": written(made.schedule),
        "supervised": True,
        "possession": "",
        "lifted": [],
        "reason": _REASON,
        "answers": [],
        "wish": _wish(),
        "findings": [plain(each) for each in made.findings],
        "parameters": pen.policy.on(day_of(at)).fingerprint,
        "course": order_id,
        "replaces": [str(each.id) for each in stay.orders],
    }


def _regime(pen: Pen, stay: Retold, made: Proposal, order_id: str, first: date) -> dict[str, object]:
    assessment = _assessed(pen, stay, first)
    standing = assessment.of(RegimeClass.MAINTENANCE).standing
    review = next_review(RegimeClass.MAINTENANCE, first, pen.policy.on(first))
    found = dict.fromkeys((*assessment.findings, *made.findings))
    return {
        "stay": stay.stay_id,
        "class": RegimeClass.MAINTENANCE.value,
        "medicine": Ordered.METHADONE.value,
        "from": first.isoformat(),
        "order": order_id,
        "wish": _wish(),
        "standing": standing.value if standing else None,
        "standings": {
            each.regime_class.value: each.standing.value if each.standing else None for each in assessment.classes
        },
        "reason": _REASON,
        "review_on": (review or first + timedelta(days=28)).isoformat(),
        "findings": [plain(each) for each in found],
        "parameters": assessment.parameters,
        "replaces": [str(each.id) for each in stay.regimes],
    }


def _assessed(pen: Pen, stay: Retold, day: date) -> Assessment:
    told = {f"arrival.{key}": str(value) for key, value in stay.arrival.body.items() if value}
    values = {**told, **stay.answers}
    facts = facts_of(born=stay.born, sex="male", received_on=day_of(stay.arrived_at), values=values, totals={})
    return assess(regime_facts(facts, values, Treatment(), {}, day), pen.policy.on(day))


def _wish() -> dict[str, str]:
    return {
        "wished": "To be protected when he is out",
        "told": "What it is for, that tolerance is gone, and who goes on with it outside",
        "agreed": "yes",
    }
