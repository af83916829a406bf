"""Figures: what a nurse waits for, each with its floor measured in the same rounds, and whether the goal was reached.

A floor and its subject take turns, so that a busy machine slows both. Whether the goal was reached is printed as it
is; what is asserted is far wider, because a test that fails on a busy machine tells nobody anything.
"""

import gc
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

SLACK = 10.0
"""How many times its goal a figure may take before the test fails: something is wrong then on any machine."""

_HEAD = ("figure", "floor", "measured", "ratio", "to reach", "")


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached: under so many seconds (with `over_floor` above the floor), or so many times the floor.

    With neither, it is a figure without a goal.
    """

    plus_s: float = 0.0
    times: float = 0.0
    over_floor: bool = False

    def longest_s(self, floor_s: float) -> float | None:
        if self.times:
            return self.times * floor_s
        return self.plus_s + floor_s * self.over_floor if self.plus_s else None

    def words(self) -> str:
        if self.times:
            return f"{self.times:g} x floor"
        if not self.plus_s:
            return "no goal"
        return f"floor + {shown(self.plus_s)}" if self.over_floor else f"under {shown(self.plus_s)}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: medians in seconds."""

    what: str
    floor_s: float | None
    measured_s: float
    goal: Goal
    note: str = ""

    @property
    def reached(self) -> bool | None:
        longest = self.goal.longest_s(self.floor_s or 0.0)
        return None if longest is None else self.measured_s <= longest

    def cells(self) -> tuple[str, ...]:
        ratio = f"{self.measured_s / self.floor_s:.1f}" if self.floor_s else "-"
        said = {True: "reached", False: "NOT REACHED", None: "-"}[self.reached]
        floor = shown(self.floor_s) if self.floor_s else "-"
        return (self.what, floor, shown(self.measured_s), ratio, self.goal.words(), f"{said} {self.note}".rstrip())


def shown(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def table(figures: list[Figure]) -> list[str]:
    """The figures as lines of text under one head."""
    rows = [_HEAD, *(figure.cells() for figure in figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEAD))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return [lines[0], "-+-".join("-" * width for width in widths), *lines[1:]]


def load() -> str:
    """How busy this machine is."""
    if not hasattr(os, "getloadavg"):
        return f"{os.cpu_count()} processors"
    return f"load {os.getloadavg()[0]:.2f} over the last minute, {os.cpu_count()} processors"


@dataclass(slots=True)
class Stopwatch:
    """Measures one figure, its floor in turn with it, and keeps it for the table at the end of the run."""

    benchmark: BenchmarkFixture
    kept: list[Figure] = field(default_factory=list)

    def measure(
        self,
        what: str,
        subject: Callable[[], object],
        *,
        goal: Goal,
        rounds: int,
        floor: Callable[[], object] | None = None,
        before: Callable[[], object] = lambda: None,
        warm_up: int = 1,
        note: str = "",
    ) -> Figure:
        """Run `subject` so many times, each after `before` (not timed) and one timed run of `floor`."""
        floors: list[float] = []

        def set_up() -> None:
            if floor is not None:
                began = perf_counter()
                floor()
                floors.append(perf_counter() - began)
            before()

        gc.collect()
        gc.freeze()  # what the tests themselves hold is no part of a desk, and is not to be looked through in a round
        try:
            self.benchmark.pedantic(subject, setup=set_up, rounds=rounds, warmup_rounds=warm_up, iterations=1)
        finally:
            gc.unfreeze()
        if self.benchmark.disabled:
            pytest.skip("Nothing is measured in this run: it is for what is right, not for how long it takes.")
        floor_s = median(floors[warm_up:]) if floors else None
        return self.keep(Figure(what, floor_s, self.benchmark.stats.stats.median, goal, note))

    def keep(self, figure: Figure) -> Figure:
        """Put a figure in the table, and refuse one that is far from its goal."""
        self.kept.append(figure)
        longest = figure.goal.longest_s(figure.floor_s or 0.0)
        if longest is not None:
            told = f"{figure.what}: {shown(figure.measured_s)}, to reach {figure.goal.words()} ({load()})"
            assert figure.measured_s <= longest * SLACK, told
        return figure

    @staticmethod
    def now() -> float:
        """The stopwatch's own seconds."""
        return perf_counter()

    def measure_again(
        self, what: str, subject: Callable[[], object], *, before: Callable[[], object], rounds: int
    ) -> Figure:
        """A second figure of the same test, for the table alone: it has no goal."""
        took = []
        for _ in range(rounds):
            before()
            began = perf_counter()
            subject()
            took.append(perf_counter() - began)
        return self.keep(Figure(what, None, median(took), Goal()))
