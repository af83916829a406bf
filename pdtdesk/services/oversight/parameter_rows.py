"""Every figure that the rules ask for, as the clinical lead's page lists it: source, status, what holds here."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pdtdesk.domain.calendar import day_of, show_day
from pdtdesk.domain.roles import Permission
from pdtdesk.policy.dated import Candidate, DatedValue, Parameter, holding_on
from pdtdesk.policy.origin import Authority, Reference
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.signed import SignedValue, beneath_on, local_policy
from pdtdesk.policy.typed import shown_with_unit, typed_form
from pdtdesk.policy.units import as_plain
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.oversight.local_policy import standing_signatures


class State(StrEnum):
    """How a figure stands here today."""

    NOT_SIGNED = "without a value"
    AWAITING = "awaiting sign-off"
    QUOTED = "quoted"
    SIGNED = "signed"
    INVENTED = "invented"
    NOT_IN_FORCE = "not in force"


@dataclass(frozen=True, slots=True)
class Reading:
    """A value that can be signed as it stands: in words, as it is shown and kept, and where it is written."""

    words: str
    shown: str
    plain: object
    reference: Reference


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One figure or rule. `national` is what the product gives and `here` what holds; empty where there is none.

    `typed` is what a new value begins from; `given_by` names the overlay that gives the value here. `standing` are
    the signatures that hold or will hold, oldest first; `remarks` what the lead should know of it.
    """

    id: str
    fact: str
    stage: str
    description: str
    unit: str
    note: str
    national: str
    here: str
    typed: str
    state: State
    reference: Reference | None
    authority: Authority | None
    readings: tuple[Reading, ...]
    given_by: str
    signed_by: str
    signed_on: date | None
    standing: tuple[SignedValue, ...] = ()
    remarks: tuple[str, ...] = ()


@action(Permission.SIGN_GUIDANCE)
def list_parameters(acting: Acting) -> tuple[ParameterRow, ...]:
    """Every figure, by stage and fact, as it stands here today."""
    today = day_of(acting.now())
    with acting.store.reading() as work:
        signed, _ = standing_signatures(work)
        place = work.establishment().name
    laid = local_policy(place, signed, acting.policy)
    missing = {each.parameter_id: each.sentence for each in laid.missing_on(today)}
    rows = []
    for parameter in laid.parameters.all:
        own = _standing([each for each in signed if each.parameter_id == parameter.id], today)
        remarks = (missing[parameter.id],) if parameter.id in missing else _remarks(parameter, own, today)
        rows.append(_row(parameter, laid.parameters, own, remarks, today))
    return tuple(sorted(rows, key=lambda row: (row.stage, row.fact, row.description)))


def _row(
    parameter: Parameter, policy: Parameters, own: tuple[SignedValue, ...], remarks: tuple[str, ...], today: date
) -> ParameterRow:
    _, held, overlay = policy.held(parameter.id, today)
    national = holding_on(parameter.values, today)
    here = held.value if held else None
    titles = {each.id: each.title for each in policy.overlays}
    invented = overlay in {each.id for each in policy.overlays if each.demonstration}
    return ParameterRow(
        id=parameter.id,
        fact=parameter.fact,
        stage=parameter.stage,
        description=parameter.description,
        unit=parameter.unit,
        note=parameter.note or "",
        national=shown_with_unit(parameter.unit, national.value if national else None),
        here=shown_with_unit(parameter.unit, here),
        typed=typed_form(parameter.unit, here),
        state=_state(held, invented=invented),
        reference=held.reference if held else None,
        authority=held.authority if held else None,
        readings=_readings(parameter, national),
        given_by=titles.get(overlay or "", ""),
        signed_by=(held.sign_off.by or "") if held else "",
        signed_on=held.sign_off.on if held else None,
        standing=own,
        remarks=remarks,
    )


def _state(held: DatedValue | None, *, invented: bool) -> State:
    if held is None:
        return State.NOT_IN_FORCE
    if held.value is None:
        return State.NOT_SIGNED
    if invented:
        return State.INVENTED
    return State(str(held.sign_off.status))


def _readings(parameter: Parameter, national: DatedValue | None) -> tuple[Reading, ...]:
    """What the sources give: the product's own value, or the readings that disagree."""
    if national is None:
        return ()
    given = [Candidate(national.value, "as it stands", national.reference)] if national.value is not None else []
    return tuple(
        Reading(each.words, shown_with_unit(parameter.unit, each.value), as_plain(each.value), each.reference)
        for each in (*given, *national.candidates)
    )


def _standing(signed: list[SignedValue], today: date) -> tuple[SignedValue, ...]:
    """The signature that holds and those that will, oldest first: not what ended, nor what another has replaced."""
    left = [each for each in signed if each.withdrawn_on is None]
    since = max((each.first_day for each in left if each.first_day <= today), default=today)
    kept = [each for each in left if each.first_day >= since and (each.last_day is None or each.last_day >= today)]
    return tuple(sorted(kept, key=lambda each: (each.first_day, each.entry_id)))


def _remarks(parameter: Parameter, own: tuple[SignedValue, ...], today: date) -> tuple[str, ...]:
    said = []
    for each in own:
        until = f" up to and including {show_day(each.last_day)}" if each.last_day else ""
        when = "Holds" if each.first_day <= today else "Will hold"
        by = f"signed by {each.signed_by} on {show_day(each.signed_on)}, on {each.reference}"
        said.append(f"{when} from {show_day(each.first_day)}{until}: {by}.")
        now = as_plain(beneath_on(parameter, max(today, each.first_day)))
        if now != each.beneath:
            said.append(
                f"The product's own value was {_words(each.beneath)} when this was signed, and is {_words(now)} now. "
                "Look at both, and sign again."
            )
    return tuple(said)


def _words(plain: object) -> str:
    return "none" if plain is None else f"“{plain}”"
