"""Which counts are not shown to whoever sees no names: small ones, and those that would give a small one away.

Counts that hang together are edges of one network in which as many arrive at each place as leave it: a class to its
bands, a band to its medicines, a whole to its parts. Every total is an edge too. A count from 1 to below `least` is
hidden as *few*. It cannot be worked out when the same page could stand with another number there: when it lies on a
circle of hidden edges along which one more (or one fewer) can go round. Where there is none, the circle that costs
the smallest counts is kept back too, until every hidden count has one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heappop, heappush


class Shown(StrEnum):
    """How a count is shown: as it is, as fewer than the least, as what happened to fewer people, or not at all."""

    COUNT = "count"
    FEW = "few"
    OF_FEW = "of few"
    KEPT_BACK = "kept back"


@dataclass(frozen=True, slots=True)
class Edge:
    """A count of people, from a place of the network to another: from a class to a band, from a whole to a part.

    One that is not `told` stands nowhere on the page: it can be any number, but may not be worked out either.
    """

    key: str
    begins: str
    ends: str
    count: int
    told: bool = True


@dataclass(frozen=True, slots=True)
class _Arc:
    """A step along an edge, with it or against it; `cost` is what would have to be kept back for it."""

    to: str
    key: str
    cost: int


def hidden_under(edges: Sequence[Edge], least: int) -> Mapping[str, Shown]:
    """How each count is shown, by its key. With `least` of 1 or 0 nothing is hidden.

    Everything is kept back, groups of nobody too, where no choice of counts protects a small one.
    """
    few = [edge for edge in edges if 0 < edge.count < least]
    hidden = {edge.key for edge in few}
    for edge in few:
        circle = _cheapest(edge, edges, hidden, least)
        if circle is None:
            return {each.key: Shown.KEPT_BACK for each in edges}
        hidden |= circle
    return {edge.key: _how(edge, hidden, least) for edge in edges}


def _how(edge: Edge, hidden: set[str], least: int) -> Shown:
    if edge.key not in hidden:
        return Shown.COUNT
    return Shown.FEW if edge.count < least else Shown.KEPT_BACK


def _cheapest(edge: Edge, edges: Sequence[Edge], hidden: set[str], least: int) -> set[str] | None:
    """The edges of the cheapest circle through a small count on which it can be another; None where there is none."""
    arcs: dict[str, list[_Arc]] = {}
    for other in edges:
        if other.key != edge.key:
            for begins, arc in _steps(other, hidden, least):
                arcs.setdefault(begins, []).append(arc)
    ways = (_way(arcs, arc.to, begins) for begins, arc in _steps(edge, hidden, least))
    found = [way for way in ways if way is not None]
    return min(found, key=lambda way: way[0])[1] if found else None


def _steps(edge: Edge, hidden: set[str], least: int) -> Iterator[tuple[str, _Arc]]:
    """One more along the edge, one fewer along it: each where what is shown of it would stay true."""
    if edge.told and edge.count == 0:
        return
    cost = 0 if edge.key in hidden or not edge.told else edge.count
    small = edge.count < least
    if not small or not edge.told or edge.count + 1 < least:
        yield edge.begins, _Arc(edge.ends, edge.key, cost)
    if edge.count - 1 >= (0 if not edge.told else 1 if small else least):
        yield edge.ends, _Arc(edge.begins, edge.key, cost)


def _way(arcs: Mapping[str, Iterable[_Arc]], begins: str, ends: str) -> tuple[int, set[str]] | None:
    """The cheapest way from one place to another: what it costs, and its edges."""
    known: dict[str, int] = {begins: 0}
    reached: dict[str, tuple[str, str]] = {}
    waiting = [(0, begins)]
    while waiting:
        cost, here = heappop(waiting)
        if here == ends:
            return cost, _keys(reached, begins, ends)
        if cost > known[here]:
            continue
        for arc in arcs.get(here, ()):
            total = cost + arc.cost
            if arc.to not in known or total < known[arc.to]:
                known[arc.to] = total
                reached[arc.to] = (here, arc.key)
                heappush(waiting, (total, arc.to))
    return None


def _keys(reached: Mapping[str, tuple[str, str]], begins: str, ends: str) -> set[str]:
    keys = set()
    while ends != begins:
        ends, key = reached[ends]
        keys.add(key)
    return keys
