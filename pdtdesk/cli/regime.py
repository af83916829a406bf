"""What guidance says of one person written down by hand, and what a record of doses shows: `assess`, `doses`."""

import json
from argparse import Namespace
from pathlib import Path

from pdtdesk.cli.given import DONE, WrongUse, read_file
from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.durations import counted


def assess(asked: Namespace) -> int:
    """Read a facts file, ask the regime rules, print the three classes, the reviews and every finding."""
    from pdtdesk.policy.dated import PolicyFileError
    from pdtdesk.policy.facts_file import read_case
    from pdtdesk.policy.national import load_national
    from pdtdesk.policy.parameter_file import read_table
    from pdtdesk.policy.regime.assess import assess as rules
    from pdtdesk.policy.regime.printed import printed
    from pdtdesk.policy.toml_table import FactsRefused

    file: Path = asked.facts
    try:
        case = read_case(dict(read_table(file)), asked.on)
        params = load_national().over(*case.overlays, *asked.overlay)
    except PolicyFileError as refused:
        raise WrongUse(str(refused)) from None
    except FactsRefused as refused:
        raise WrongUse(f"{file}: {refused}") from None
    found = rules(case.regime, params.on(case.day))
    if asked.json:
        print(json.dumps(printed(found), ensure_ascii=False))
        return DONE
    custody = found.custody
    print(f"On {show_day(found.on)}.")
    if custody.release_on is not None:
        source = "given by the prison" if custody.release_from == "prison" else "latest estimate"
        print(f"Release {show_day(custody.release_on)} ({source}): {_to_serve(custody.days_to_serve)}.")
    for each in found.classes:
        print(f"{each.regime_class.words}: {_words(each.standing)}")
    for review in found.reviews:
        print(f"review of {review.of.words}: due {show_day(review.due_on)}, planned {show_day(review.planned_on)}")
    for finding in found.findings:
        where = "; ".join(str(each) for each in finding.references)
        print(f"- {finding.sentence} [{where}; {finding.authority}, {finding.status}]")
    return DONE


def doses(asked: Namespace) -> int:
    """Read a dose record, print the courses that it shows."""
    from pdtdesk.domain.regime.same_day import both_given
    from pdtdesk.exchange.dose_record import NotADoseRecord, read
    from pdtdesk.policy.national import load_national
    from pdtdesk.policy.parameters import NoGuidanceInForce
    from pdtdesk.policy.regime.printed import printed_course, printed_together
    from pdtdesk.policy.regime.shown import courses

    try:
        rows = read(read_file(asked.file))
        found = courses(rows, load_national().on(max(row.day for row in rows))) if rows else ()
    except (NotADoseRecord, NoGuidanceInForce) as refused:
        raise WrongUse(f"{asked.file}: {refused}") from None
    together = both_given(rows)
    if asked.json:
        told: dict[str, object] = {"courses": [printed_course(each) for each in found]}
        if together:
            told["both_given"] = [printed_together(each) for each in together]
        print(json.dumps(told, ensure_ascii=False))
        return DONE
    if not rows:
        print(f"{asked.file}: there is no dose in this record, and so no course.")
    for run in together:
        days = show_day(run.begins) if run.days == 1 else f"each day, {show_day(run.begins)} to {show_day(run.ends)}"
        what = " and ".join(run.medicines)
        print(f"Two opioid substitutes on one day: {what}, {days}. Check the record against the orders.")
    for each in found:
        shown = each.shown.words if each.shown else "nothing was taken"
        print(f"{each.medicine}, {show_day(each.begins)} to {show_day(each.ends)}: {shown}")
        for phase in each.phases:
            days = f"{show_day(phase.begins)} to {show_day(phase.ends)}, {counted(phase.days, 'day')}"
            print(f"  {phase.shown.words}: {days}")
        missed, unknown = counted(each.longest_not_taken, "day"), counted(each.days_not_known, "day")
        print(f"  longest not taken: {missed}; not known: {unknown}")
    return DONE


def _to_serve(days: int | None) -> str:
    if days is None:
        return "days to serve are counted from the day of sentence, which is still to come"
    return f"{counted(days, 'day')} to serve" if days >= 0 else "this day has passed"


def _words(standing: str | None) -> str:
    return "needs assessment first" if standing is None else str(standing).replace("_", " ")
