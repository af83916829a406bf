"""The figures in words: one block for each table or list, the same on the screen, on paper and in the file."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pdtdesk.domain.calendar import show_day, show_instant
from pdtdesk.domain.names import display_name
from pdtdesk.domain.reception.clocks import wait_in_words
from pdtdesk.domain.staff import Author
from pdtdesk.policy.origin import Authority
from pdtdesk.policy.outcomes.counting import Counts, Line, happened, part_of_happened
from pdtdesk.policy.outcomes.spread import Lengths, waited
from pdtdesk.policy.parameters import ParametersOnDay, Reading
from pdtdesk.policy.units import Value
from pdtdesk.services.oversight.figure_facts import CLOCKS, InForce, Override, Treated

_WHO = ("Who", "Number", "Place")
WHO = len(_WHO)
"""How many columns of a list say who somebody is: all the first ones."""
NOT_TOLD = "–"
"""A length or a wait that is not told, because there is none or because it would be of too few."""


@dataclass(frozen=True, slots=True)
class Block:
    """One table or list. `ids` name the person of each row, where the rows are of people; `figures` are the columns
    that hold numbers.

    `source` says what the block is counted for; `proposal`: a proposal asks for it, and no guidance. `empty` stands
    in the place of rows where there are none.
    """

    key: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    said: str = ""
    source: str = ""
    proposal: bool = False
    empty: str = ""
    figures: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sourced:
    """Parameters of the day with the names of the documents they quote."""

    params: ParametersOnDay

    def of(self, *readings: Reading[Value]) -> tuple[str, bool]:
        """The passages that something is counted for, and whether a proposal is among them."""
        documents = self.params.parameters.documents
        said = []
        for each in readings:
            known = documents.get(each.reference.document)
            proposal = "a proposal, no guidance: " if each.authority is Authority.PROPOSAL else ""
            name = known.short if known else each.reference.document
            said.append(f"{each.fact}, {proposal}{name}, {each.reference.section}")
        return "; ".join(said), any(each.authority is Authority.PROPOSAL for each in readings)


def tables_of(counts: Counts, params: ParametersOnDay, least: int) -> Iterator[Block]:
    """How many are in force by sentence: by class, and by medicine."""
    source, proposal = Sourced(params).of(params.rule("three_classes"))
    classes = tuple(each.words.capitalize() for each in counts.classes)
    empty = "Nobody here has a regime in force."
    for key, title, names, lines, why in (
        ("classes", "Regimes in force, by class", classes, counts.by_class, (source, proposal)),
        ("medicines", "Regimes in force, by medicine", counts.medicines, counts.by_medicine, ("", False)),
    ):
        heads = ("Sentence", *(each.capitalize() for each in names), "All")
        rows = () if counts.in_force.count == 0 else tuple(_cells(line, least) for line in lines)
        yield Block(key, title, heads, rows, "", *why, empty, tuple(range(1, len(heads))))


def summary_of(counts: Counts, least: int, people: Sequence[Treated]) -> Block:
    """The counts that are asked for first."""
    unsigned = [sum(each.to_sign and each.signed is None for each in one.overrides) for one in people]
    settled = [len(one.overrides) - waits for one, waits in zip(people, unsigned, strict=True)]
    to_sign, lifted = part_of_happened(unsigned, settled, least)
    cases = [len(one.reinductions) for one in people]
    again = happened(sum(cases), sum(map(bool, cases)), least)
    rows = (
        ("Regimes in force", counts.in_force.words(least)),
        ("Maintenance on a sentence beyond 26 weeks", counts.beyond.words(least)),
        ("– with a reason recorded, or offered", counts.beyond_with_reason.words(least)),
        ("– without a reason", counts.beyond_without.words(least)),
        ("Reviews overdue", counts.overdue.words(least)),
        ("Re-inductions before release", again.words(least)),
        ("Stops lifted, in this treatment", lifted.words(least)),
        ("– by telephone, not signed yet", to_sign.words(least)),
    )
    return Block("summary", "In short", ("What", "How many"), rows, figures=(1,))


def waits_of(people: Sequence[Treated], least: int) -> Block:
    """How long people waited from the arrival, in this stay."""
    rows = []
    for clock in CLOCKS:
        took = [span for each in people for name, span in each.waits if name == clock]
        made = waited([span for span in took if span is not None], took.count(None), len(people), least)
        longest = () if least else (_span(made.longest),)
        rows.append(
            (clock, made.ended.words(least), _span(made.median), *longest, made.waiting.words(least)),
        )
    heads = ("From arrival to", "Reached", "Half of them within", *(() if least else ("The longest",)), "Not yet")
    said = "Of everybody whom the clock concerns, in this stay. A referral is to a prescriber or a midwife."
    figures = tuple(range(1, len(heads)))
    return Block("waits", "How long people wait", heads, tuple(rows), said, figures=figures)


def lengths_of(made: Lengths, params: ParametersOnDay, least: int) -> Block:
    """The lengths of reductions, as a table: what the chart shows."""
    source, proposal = Sourced(params).of(params.rule("three_classes"))
    rows = [(words.capitalize(), count.words(least)) for words, count in made.bars]
    rows += [("All that have ended", made.ended.words(least)), ("Going on still", made.going_on.words(least))]
    spread = (
        ("A quarter within, days", made.lower),
        ("Half within, days", made.median),
        ("Three quarters within, days", made.upper),
        ("The longest, days", made.longest),
    )
    rows += [(words, str(days)) for words, days in spread if days is not None]
    said = "Reductions of an opioid substitute that the doses show, whatever was declared, in every stay here."
    return Block(
        "lengths", "Length of reductions", ("Days", "How many"), tuple(rows), said, source, proposal, figures=(1,)
    )


def maintained(people: Sequence[Treated], params: ParametersOnDay) -> Block:
    """Maintenance beyond 26 weeks: who, since when, on what sentence, and why."""
    found = [(one, held) for one, held in _in_force(people) if held.case.maintained_beyond]
    found.sort(key=lambda each: (each[1].case.reasoned, each[1].since))
    source, proposal = Sourced(params).of(params.rule("figures_long_maintenance"))
    rows = tuple(
        (
            *_who(one),
            show_day(held.since),
            held.sentence,
            held.case.medicine,
            _day(held.review_on),
            held.reason or "NO REASON RECORDED",
        )
        for one, held in found
    )
    return Block(
        "maintained",
        "Maintenance on a sentence beyond 26 weeks",
        (*_WHO, "Since", "Sentence", "Medicine", "Next review", "Reason"),
        rows,
        "Those without a reason first.",
        source,
        proposal,
        "Nobody here is maintained on a sentence beyond 26 weeks.",
        ids=tuple(one.row.patient_id for one, _ in found),
    )


def overdue(people: Sequence[Treated]) -> Block:
    """Reviews that should have been, the oldest first."""
    late = [(one, held) for one, held in _in_force(people) if one.overdue]
    late.sort(key=lambda each: each[0].overdue[0].due_on)
    rows = tuple(
        (
            *_who(one),
            held.case.declared.words.capitalize(),
            show_day(one.overdue[0].on),
            " ".join(dict.fromkeys(each.sentence for each in one.overdue)),
        )
        for one, held in late
    )
    heads = (*_WHO, "Class", "Due", "What asks for it")
    return Block(
        "overdue",
        "Reviews overdue",
        heads,
        rows,
        empty="No review is overdue.",
        ids=tuple(one.row.patient_id for one, _ in late),
    )


def reinductions(people: Sequence[Treated], params: ParametersOnDay) -> Block:
    """Re-inductions before release, each case."""
    found = [(one, each) for one in people for each in one.reinductions]
    found.sort(key=lambda each: each[1].on, reverse=True)
    rules = [params.rule("reinduction_exceptional"), params.rule("figures_reinduction")]
    source, proposal = Sourced(params).of(*rules)
    rows = tuple(
        (*_who(one), show_day(each.on), each.what, each.prescriber, _why(each.reason, each.grounds))
        for one, each in found
    )
    heads = (*_WHO, "From", "What", "Prescriber", "Reason, and what the facts showed")
    empty = "Nobody here has been begun on an opioid substitute again after being drug free in custody."
    ids = tuple(one.row.patient_id for one, _ in found)
    return Block("reinductions", "Re-induction before release", heads, rows, "", source, proposal, empty, ids=ids)


def overrides(people: Sequence[Treated]) -> Block:
    """Stops that were lifted, the newest first."""
    found = [(one, each) for one in people for each in one.overrides]
    found.sort(key=lambda each: each[1].at, reverse=True)
    rows = tuple(
        (
            *_who(one),
            show_instant(each.at),
            each.stops,
            each.prescriber,
            each.how,
            _signed(each),
            each.reason or "NO REASON RECORDED",
        )
        for one, each in found
    )
    heads = (*_WHO, "When", "Stop", "Prescriber", "How", "Signed", "Reason")
    said = (
        "Of everybody here, in the treatment that goes on. Drowsy and not this patient are lifted by nobody, and "
        "never stand here."
    )
    ids = tuple(one.row.patient_id for one, _ in found)
    return Block("overrides", "Stops lifted", heads, rows, said, empty="No stop has been lifted.", ids=ids)


def by_prescriber(people: Sequence[Treated], params: ParametersOnDay) -> Block:
    """Maintenance beyond 26 weeks by who decided it: for the clinical lead alone, and only where turned on."""
    signed: Counter[str] = Counter()
    beyond: Counter[str] = Counter()
    reasoned: Counter[str] = Counter()
    regimes = sorted((held for _, held in _in_force(people)), key=lambda held: held.signed_at)
    for held in regimes:
        id_ = held.prescriber.id
        signed[id_] += 1
        beyond[id_] += held.case.maintained_beyond
        reasoned[id_] += held.case.maintained_beyond and held.case.reasoned
    names = _told_apart({held.prescriber.id: held.prescriber for held in regimes})
    source, proposal = Sourced(params).of(params.rule("figures_long_maintenance"))
    rows = tuple(
        (names[id_], *map(str, (signed[id_], beyond[id_], reasoned[id_], beyond[id_] - reasoned[id_])))
        for id_ in sorted(signed, key=lambda id_: (names[id_], id_))
    )
    heads = ("Prescriber", "Regimes in force", "Maintained beyond 26 weeks", "With a reason, or offered", "Without")
    said = "Who signed the regime in force. Numbers say nothing of who was harder to treat."
    empty = "Nobody here has a regime in force."
    return Block("prescribers", "By prescriber", heads, rows, said, source, proposal, empty, figures=(1, 2, 3, 4))


def _told_apart(prescribers: Mapping[str, Author]) -> Mapping[str, str]:
    """The name of each by the id; where two read alike, with the number on the professional register."""
    alike = Counter(each.name for each in prescribers.values())
    return {
        id_: each.name if alike[each.name] == 1 else f"{each.name}, {each.registration or 'no registration number'}"
        for id_, each in prescribers.items()
    }


def _who(one: Treated) -> tuple[str, str, str]:
    row = one.row
    return display_name(row.surname, row.forenames), row.prison_number or "no number", row.location or "no cell"


def _in_force(people: Iterable[Treated]) -> Iterator[tuple[Treated, InForce]]:
    for one in people:
        if one.in_force is not None:
            yield one, one.in_force


def _cells(line: Line, least: int) -> tuple[str, ...]:
    return (line.words, *(each.words(least) for each in line.counts))


def _why(reason: str, grounds: str) -> str:
    """The reason as it was written, as a sentence, and what stood beside it."""
    said = reason.strip() or "NO REASON RECORDED"
    return f"{said if said.endswith(('.', '!', '?')) else f'{said}.'} {grounds}".strip()


def _span(span: timedelta | None) -> str:
    return wait_in_words(span) if span is not None else NOT_TOLD


def _day(day: date | None) -> str:
    return show_day(day) if day is not None else "none set"


def _signed(override: Override) -> str:
    """Whether a telephone order was signed, and when."""
    if not override.to_sign:
        return NOT_TOLD
    if override.signed is not None:
        return f"signed {show_instant(override.signed)}"
    return f"NOT SIGNED, due by {show_day(override.sign_by)}" if override.sign_by is not None else "NOT SIGNED"
