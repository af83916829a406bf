"""Runs worked examples: what authors of local policy, and the tests, use to see that the rules say what they should.

A folder may hold, at any depth:

- **worked examples**: a facts file (`facts_file.py`) with beside it `[expect]`:
  `standing.<class>` (how a class stands; `needs_assessment` where nothing can be said yet),
  `findings` (codes that must appear), `no_findings` (codes that must not), `reviews` (days on which a review is due:
  of the regimes where the file has any, else what reception leaves),
  `priority` (one word), `tasks` (kinds, as `confirm_dose`, or with their planned day, `audit 2010-06-02`),
  `plan` (words that must stand in some line of the plan), `may_not_be_given`, `hard_stop` (true or false);
- **an author's overlay** (a file with `[[replacement]]`), laid over the national set for all examples of the folder;
- **an author's own parameters** (a file with `[[parameter]]`).

Anything else ending in `.toml` is refused by its name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pdtdesk.domain.regime.facts import CHOICES, RegimeClass
from pdtdesk.policy.dated import PolicyFileError
from pdtdesk.policy.facts_file import read_facts
from pdtdesk.policy.findings import TaskKind, Tonight, Urgency
from pdtdesk.policy.folder import read_folder, refuse_out_of_order
from pdtdesk.policy.national import load_national, national_folder
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.reception.assess import assess
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.regime.assess import Assessment
from pdtdesk.policy.regime.assess import assess as assess_regime
from pdtdesk.policy.regime.codes import Code as RegimeCode
from pdtdesk.policy.regime.reviews import Review
from pdtdesk.policy.regime.standing import ClassStanding
from pdtdesk.policy.toml_table import FactsRefused, Table

_REVIEWS = (TaskKind.STABILISATION_REVIEW, TaskKind.PSYCHOSOCIAL_PACKAGE)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a worked example says must come out; None is not asked."""

    standing: tuple[tuple[RegimeClass, str], ...]
    findings: tuple[str, ...]
    no_findings: tuple[str, ...]
    reviews: tuple[str, ...] | None
    priority: Urgency | None
    tasks: tuple[str, ...]
    plan: tuple[str, ...]
    may_not_be_given: tuple[str, ...] | None
    hard_stop: bool | None


_NOTHING = Expected((), (), (), None, None, (), (), None, None)


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One worked example and what in it did not come out as expected."""

    path: Path
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found: lines for the reader, and whether anything failed or could not be read."""

    results: tuple[ExampleResult, ...]
    refusals: tuple[str, ...]
    parameters: int
    overlays: int

    @property
    def failed(self) -> bool:
        """Whether the command must end with an error."""
        return bool(self.refusals) or any(result.failures for result in self.results)

    @property
    def lines(self) -> tuple[str, ...]:
        """One line for each thing that failed, then one of totals."""
        failing = [result for result in self.results if result.failures]
        told = [f"{result.path}: {failure}" for result in failing for failure in result.failures]
        totals = (
            f"{self.parameters} parameters, {self.overlays} overlays; worked examples: "
            f"{len(self.results) - len(failing)} hold, {len(failing)} fail; files refused: {len(self.refusals)}."
        )
        return (*self.refusals, *told, totals)


def run_check(folders: Sequence[Path], today: date | None = None) -> CheckReport:
    """Loads the national guidance and every folder, and runs the worked examples in them (`pdtdesk policy check`).

    What a folder says was signed or approved after `today` is refused, where a day is given.
    """
    return check(folders, load_national, today)


def check(folders: Sequence[Path], load: Callable[[], Parameters], today: date | None = None) -> CheckReport:
    """The same over any national set; what cannot be read becomes a refusal and the rest still runs."""
    try:
        national = load()
        for overlay_id, overlay in national.available_overlays.items():
            refuse_out_of_order(overlay, national.over(overlay_id))
    except PolicyFileError as refusal:
        return CheckReport((), (str(refusal),), 0, 0)
    results: list[ExampleResult] = []
    refusals: list[str] = []
    parameters, overlays = len(national.all), len(national.available_overlays)
    for folder in folders:
        if folder.resolve().is_relative_to(national_folder().resolve()):
            continue  # a part of the national set, which has been read and laid over already
        try:
            found = read_folder(folder, national, today)
        except PolicyFileError as refusal:
            refusals.append(str(refusal))
            continue
        refusals += found.refusals
        parameters += len(found.local.all) - len(national.all)
        overlays += len({each.id for each in found.local.overlays} - set(national.available_overlays))
        for path, table in found.examples.items():
            try:
                results.append(_run(path, table, found.local))
            except (FactsRefused, PolicyFileError) as refusal:
                refusals.append(f"{path}: {refusal}")
    return CheckReport(tuple(results), tuple(refusals), parameters, overlays)


def _run(path: Path, table: Mapping[str, object], params: Parameters) -> ExampleResult:
    found = dict(table)
    expected = _expected(found.pop("expect"))
    facts_file = read_facts(found)
    if expected == _NOTHING:
        raise FactsRefused("[expect] expects nothing, and so shows nothing; write what must come out.")
    laid = params.over(*facts_file.overlays) if facts_file.overlays else params
    on_day = laid.on(facts_file.day)
    regime = assess_regime(facts_file.regime, on_day)
    tonight = assess(facts_file.facts, on_day, facts_file.at)
    due = regime.reviews if facts_file.regime.regimes else None
    return ExampleResult(path, (*_regime_differs(expected, regime), *_differences(expected, tonight, regime, due)))


def _expected(found: object) -> Expected:
    if not isinstance(found, dict):
        raise FactsRefused("[expect] must be a table.")
    table = Table("expect", found)
    standing = table.table("standing")
    reviews = table.take("reviews")
    if reviews is not None and not isinstance(reviews, list):
        raise FactsRefused("key 'reviews' of [expect]: write a list of days.")
    expected = Expected(
        standing=tuple((each, words) for each in CHOICES if (words := _standing(standing, each)) is not None),
        findings=_codes(table, "findings"),
        no_findings=_codes(table, "no_findings"),
        reviews=None if reviews is None else tuple(sorted(str(day) for day in reviews)),
        priority=table.one_of("priority", Urgency),
        tasks=table.list_of_words("tasks") or (),
        plan=table.list_of_words("plan") or (),
        may_not_be_given=table.list_of_words("may_not_be_given"),
        hard_stop=table.yes_no("hard_stop"),
    )
    table.close()
    return expected


_NULL = "needs_assessment"


def _standing(table: Table, regime_class: RegimeClass) -> str | None:
    words = table.words(regime_class)
    known = (*ClassStanding, _NULL)
    if words is not None and words not in known:
        raise FactsRefused(f"key '{regime_class}' of [expect.standing]: {words!r} is not one of {', '.join(known)}.")
    return words


def _codes(table: Table, key: str) -> tuple[str, ...]:
    """Codes of findings, those of reception and those of the regime."""
    found = table.list_of_words(key) or ()
    unknown = [code for code in found if code not in {*Code, *RegimeCode}]
    if unknown:
        raise FactsRefused(f"key '{key}' of [expect]: {unknown[0]!r} is not the code of any finding.")
    return found


def _regime_differs(expected: Expected, regime: Assessment) -> list[str]:
    return [
        f"{regime_class.words} stands as {stands}, expected {words}"
        for regime_class, words in expected.standing
        if (stands := str(regime.of(regime_class).standing or _NULL)) != words
    ]


def _differences(expected: Expected, tonight: Tonight, regime: Assessment, due: Sequence[Review] | None) -> list[str]:
    codes = {finding.code for finding in (*tonight.findings, *regime.findings)}
    tasks = {str(task.kind) for task in tonight.tasks} | {f"{t.kind} {t.planned_on}" for t in tonight.tasks}
    sentences = [f"{line.label}: {line.sentence}" for line in tonight.plan]
    told = [f"finding {code} did not appear" for code in expected.findings if code not in codes]
    told += [f"finding {code} appeared and should not" for code in expected.no_findings if code in codes]
    told += [f"task {task!r} was not made" for task in expected.tasks if task not in tasks]
    told += [f"no line of the plan says '{w}'" for w in expected.plan if not any(w in s for s in sentences)]
    if expected.priority is not None and tonight.priority is not expected.priority:
        told.append(f"priority is {tonight.priority}, expected {expected.priority}")
    left = [task.due_on for task in tonight.tasks if task.kind in _REVIEWS]
    reviews = tuple(sorted(str(day) for day in (left if due is None else [each.due_on for each in due])))
    if expected.reviews is not None and reviews != expected.reviews:
        told.append(f"reviews fall due on {', '.join(reviews) or 'no day'}, expected {', '.join(expected.reviews)}")
    held = {hold.what for hold in tonight.may_not_be_given}
    if expected.may_not_be_given is not None and held != set(expected.may_not_be_given):
        told.append(f"may not be given: {', '.join(sorted(held)) or 'nothing'}; expected {expected.may_not_be_given}")
    if expected.hard_stop is not None and tonight.hard_stop is not expected.hard_stop:
        told.append(f"hard stop is {tonight.hard_stop}, expected {expected.hard_stop}")
    return told
