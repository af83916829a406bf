"""The figures of treatment: the clinical lead sees who, the manager sees how many and no group too small to be many.

Everybody who is here is folded once. What a manager may not see is never in what this answers with.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.record.kinds import may_write
from pdtdesk.domain.roles import Permission, may
from pdtdesk.domain.staff import Author, Establishment
from pdtdesk.policy.outcomes.counting import alone, counts
from pdtdesk.policy.outcomes.spread import Lengths, lengths
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.oversight import figure_blocks as blocks
from pdtdesk.services.oversight.figure_blocks import Block
from pdtdesk.services.oversight.figure_facts import Treated, treated
from pdtdesk.services.ports import AuditLine, Progress, Work
from pdtdesk.services.refusals import Refused, said_why

KIND = "figures_shown"
SLICE = 8
"""People folded in one unit of work, some 20 ms of it: between two of them the desk may write."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is shown, in words. `lists` name people and are empty for whoever sees counts alone.

    `least` is the smallest group that is shown, 0 where nothing is hidden. `by_prescriber` says whether the lead has
    turned that table on; `may_turn` whether whoever looks is the lead. `remarks` say what was not counted, and why.
    """

    at: datetime
    establishment: Establishment
    by: Author
    named: bool
    may_turn: bool
    by_prescriber: bool
    least: int
    people: int
    tables: tuple[Block, ...]
    lists: tuple[Block, ...]
    lengths: Lengths
    remarks: tuple[str, ...]
    demonstration: bool = False

    @property
    def hidden(self) -> str:
        """What is said of hidden counts wherever they stand; empty where nothing is hidden."""
        if not self.least:
            return ""
        return (
            f"Groups of 1 to {self.least - 1} people stand as fewer than {self.least}. What would give such a group "
            "away is not shown either."
        )

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All of it, the counts first."""
        return (*self.tables, *self.lists)


@action(Permission.SEE_FIGURES)
def figures(acting: Acting, progress: Progress | None = None, *, demonstration: bool = False) -> Figures:
    """Count everybody who is here. Stopped half-way it shows nothing: half a count is a wrong one."""
    now = acting.now()
    params = acting.policy.on(day_of(now))
    named, may_turn = (may(acting.who.role, each) for each in (Permission.SEE_CLINICAL, Permission.SEE_BY_PRESCRIBER))
    with acting.store.work() as work:
        saw = "with names" if named else "counts alone"
        work.audit(AuditLine(now, acting.who, "opened the figures of treatment", detail=saw))
        establishment = work.establishment()
        turned_on = may_turn and is_by_prescriber(work)
    people = tuple(_everybody(acting, now, progress))
    least = 0 if named else params.people("figures_least").value
    cases = [each.in_force.case for each in people if each.in_force]
    made = counts(cases, least, len(people) - len(cases))
    reduced = lengths([one.reductions for one in people], params, least)
    return Figures(
        at=now,
        establishment=establishment,
        by=acting.who,
        named=named,
        may_turn=may_turn,
        by_prescriber=turned_on,
        least=least,
        people=len(people),
        tables=(
            blocks.summary_of(made, least, people),
            *blocks.tables_of(made, params, least),
            blocks.waits_of(people, least),
            blocks.lengths_of(reduced, params, least),
        ),
        lists=tuple(_lists(people, params, turned_on)) if named else (),
        lengths=reduced,
        remarks=tuple(_remarks(people, least)),
        demonstration=demonstration,
    )


@action(Permission.SEE_FIGURES)
def taken_out(acting: Acting, shown: Figures, how: str) -> None:
    """Written into the audit before the figures leave the desk, `how`: `printed`, or `saved as a file`.

    Refused to anybody else than who counted them: what a lead sees is not what a manager takes away.
    """
    if shown.by != acting.who:
        raise Refused("These figures were counted for somebody else. Count them again, then print or save them.")
    with acting.store.work() as work:
        what = "with names" if shown.named else "counts alone"
        work.audit(AuditLine(acting.now(), acting.who, f"figures of treatment {how}", detail=what))


@action(Permission.SEE_BY_PRESCRIBER)
def turn_by_prescriber(acting: Acting, on: bool, why: str) -> None:
    """Turn the table by prescriber on or off, with the reason: it is a proposal (R-18), and off until then."""
    said_why(why, "Say why figures by prescriber are turned " + ("on" if on else "off"))
    with acting.store.work() as work:
        before = tuple(each.id for each in work.establishment_entries(KIND))
        body = {"by_prescriber": on, "why": why.strip()}
        work.append([NewEntry("oversight", KIND, body, acting.who, supersedes=before)])
        said = f"turned figures by prescriber {'on' if on else 'off'}"
        work.audit(AuditLine(acting.now(), acting.who, said, detail=why.strip()))


def is_by_prescriber(work: Work) -> bool:
    """Whether a lead has turned it on; where two desks say otherwise it stays off."""
    said = [each for each in work.establishment_entries(KIND) if may_write(each.author.role, KIND)]
    return bool(said) and all((each.body or {}).get("by_prescriber") is True for each in said)


def _everybody(acting: Acting, now: datetime, progress: Progress | None) -> Iterator[Treated]:
    with acting.store.reading() as work:
        rows = work.present()
    for at in range(0, len(rows), SLICE):
        if progress is not None:
            progress.report(at, len(rows))
            if progress.stopped:
                raise Refused("Counting was stopped before its end, so nothing is shown. Count again when you like.")
        with acting.store.reading() as work:
            for row in rows[at : at + SLICE]:
                person = work.person(row.patient_id)
                found = treated(row, person, now, acting.policy) if person is not None else None
                if found is not None:
                    yield found
    if progress is not None:
        progress.report(len(rows), len(rows))


def _lists(people: tuple[Treated, ...], params: ParametersOnDay, turned_on: bool) -> Iterator[Block]:
    if turned_on:
        yield blocks.by_prescriber(people, params)
    yield blocks.maintained(people, params)
    yield blocks.overdue(people)
    yield blocks.reinductions(people, params)
    yield blocks.overrides(people)


def _remarks(people: tuple[Treated, ...], least: int) -> Iterator[str]:
    contested = sum(each.in_force is not None and each.in_force.contested for each in people)
    if contested:
        yield (
            f"People of whom two regimes stand that contradict each other: {alone(contested, least).words(least)}. "
            "Each is counted once, by the later."
        )
    unread = sum(each.unread > 0 for each in people)
    if unread:
        yield (
            "People in whose record something was written by a newer version of PDT Desk and could not be counted: "
            f"{alone(unread, least).words(least)}."
        )
