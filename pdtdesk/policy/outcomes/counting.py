"""How many are in which class, on which medicine, in which band of sentence; how each may be shown (R-16, R-18).

Everybody with a regime in force is one `Case`, without a name. All counts of the page stand in one network, so that
what one table keeps back cannot be worked out from another.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pdtdesk.domain.regime.facts import CHOICES, RegimeClass
from pdtdesk.policy.outcomes.bands import ALWAYS, LONGER, SentenceBand
from pdtdesk.policy.outcomes.hiding import Edge, Shown, hidden_under

CLASSES = (RegimeClass.STABILISATION, *CHOICES)
_ALL, _HERE, _COUNTED, _LONG, _LATE = "all", "here", "counted", "maintained beyond", "looked at"


@dataclass(frozen=True, slots=True)
class Case:
    """One regime in force. `reasoned`: a reason is recorded; `overdue`: a review is."""

    declared: RegimeClass
    medicine: str
    band: SentenceBand
    reasoned: bool = False
    overdue: bool = False

    @property
    def maintained_beyond(self) -> bool:
        """Maintenance on a sentence beyond 26 weeks."""
        return self.declared is RegimeClass.MAINTENANCE and self.band in LONGER


@dataclass(frozen=True, slots=True)
class Counted:
    """A count as it is shown. Where it is hidden `count` is None: nothing is left that could be found again."""

    count: int | None
    shown: Shown = Shown.COUNT

    def words(self, least: int) -> str:
        """The count in a table: `12`, `fewer than 5`, `of fewer than 5 people`, `not shown`."""
        if self.shown is Shown.FEW:
            return f"fewer than {least}"
        if self.shown is Shown.OF_FEW:
            return f"of fewer than {least} people"
        return "not shown" if self.count is None else str(self.count)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: its name, and a count under each head."""

    words: str
    counts: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """All that is counted of the regimes in force; every line ends with its total, every table with the totals."""

    classes: tuple[RegimeClass, ...]
    medicines: tuple[str, ...]
    by_class: tuple[Line, ...]
    by_medicine: tuple[Line, ...]
    in_force: Counted
    beyond: Counted
    beyond_with_reason: Counted
    beyond_without: Counted
    overdue: Counted
    not_overdue: Counted


def counts(cases: Sequence[Case], least: int = 0, others: int = 0) -> Counts:
    """The tables. `least`: groups smaller than this are hidden, with what would give them away; 0 shows all.

    `others` are the people here who have no regime in force: everybody knows how many are here in all.
    """
    edges = tuple(_edges(cases, others))
    how = hidden_under(edges, least)
    number = {edge.key: edge.count for edge in edges}
    nobody = Shown.KEPT_BACK if set(how.values()) == {Shown.KEPT_BACK} else Shown.COUNT

    def counted(key: str) -> Counted:
        return as_shown(number.get(key, 0), how.get(key, nobody))

    told = cases if nobody is Shown.COUNT else ()  # a line of its own would say that somebody is in it
    bands = _bands(told)
    medicines = tuple(sorted({each.medicine for each in told}))
    return Counts(
        classes=CLASSES,
        medicines=medicines,
        by_class=tuple(_lines(bands, CLASSES, "class", counted)),
        by_medicine=tuple(_lines(bands, medicines, "medicine", counted)),
        in_force=counted("all"),
        beyond=counted("beyond"),
        beyond_with_reason=counted("beyond/reason"),
        beyond_without=counted("beyond/none"),
        overdue=counted("overdue"),
        not_overdue=counted("not overdue"),
    )


def alone(count: int, least: int = 0) -> Counted:
    """A count that stands with no other from which it could be worked out."""
    return as_shown(count, Shown.FEW if 0 < count < least else Shown.COUNT)


def happened(count: int, people: int, least: int = 0) -> Counted:
    """A count of what happened, hidden by how many people it happened to: six times to one man is one man."""
    return as_shown(count, Shown.OF_FEW if 0 < people < least else Shown.COUNT)


def part_of_happened(part: Sequence[int], rest: Sequence[int], least: int = 0) -> tuple[Counted, Counted]:
    """A part of what happened, and the whole of it: each a number for every person it happened to.

    The whole less the part is the rest: where either was of few people, the part is not shown, and not said why.
    """
    people = sum(any(both) for both in zip(part, rest, strict=True))
    whole = happened(sum(part) + sum(rest), people, least)
    if whole.count is None or not any(part):
        return whole if any(part) else Counted(0), whole
    few = any(0 < sum(each > 0 for each in side) < least for side in (part, rest))
    return as_shown(sum(part), Shown.KEPT_BACK if few else Shown.COUNT), whole


def as_shown(count: int, how: Shown) -> Counted:
    """A count with its number taken out where it is hidden."""
    return Counted(count if how is Shown.COUNT else None, how)


def _bands(cases: Sequence[Case]) -> tuple[SentenceBand, ...]:
    there = {each.band for each in cases}
    return tuple(band for band in SentenceBand if band in ALWAYS or band in there)


def _lines(
    bands: Sequence[SentenceBand], names: Sequence[str], of: str, counted: Callable[[str], Counted]
) -> Iterator[Line]:
    for band in bands:
        cells = [counted(f"{of}/{name}/{band}") for name in names]
        yield Line(band.words, (*cells, counted(f"band/{band}")))
    yield Line("All", (*(counted(f"{of}/{name}") for name in names), counted("all")))


def _edges(cases: Sequence[Case], others: int) -> Iterator[Edge]:
    """The network: all → class → band → medicine → all; of maintenance beyond 26 weeks through its reasons.

    With the others they are everybody here: those lie against the stream, as one more of them is one fewer of all.
    """
    cells = Counter((each.declared, each.band) for each in cases)
    given = Counter((each.medicine, each.band) for each in cases)
    beyond = [each for each in cases if each.maintained_beyond]
    reasoned = sum(each.reasoned for each in beyond)
    for declared, count in Counter(each.declared for each in cases).items():
        yield Edge(f"class/{declared}", _COUNTED, declared, count)
    yield Edge("beyond/reason", RegimeClass.MAINTENANCE, f"{_LONG}, in", reasoned)
    yield Edge("beyond/none", RegimeClass.MAINTENANCE, f"{_LONG}, in", len(beyond) - reasoned)
    yield Edge("beyond", f"{_LONG}, in", f"{_LONG}, out", len(beyond))
    for (declared, band), count in cells.items():
        long = declared is RegimeClass.MAINTENANCE and band in LONGER
        yield Edge(f"class/{declared}/{band}", f"{_LONG}, out" if long else declared, f"{band}, in", count)
    for band, count in Counter(each.band for each in cases).items():
        yield Edge(f"band/{band}", f"{band}, in", f"{band}, out", count)
    for (medicine, band), count in given.items():
        yield Edge(f"medicine/{medicine}/{band}", f"{band}, out", f"medicine {medicine}", count)
    for medicine, count in Counter(each.medicine for each in cases).items():
        yield Edge(f"medicine/{medicine}", f"medicine {medicine}", _ALL, count)
    late = sum(each.overdue for each in cases)
    yield Edge("all", _ALL, _HERE, len(cases))
    yield Edge("others", _LATE, _HERE, others, told=False)
    yield Edge("overdue", _LATE, _COUNTED, late)
    yield Edge("not overdue", _LATE, _COUNTED, len(cases) - late)
