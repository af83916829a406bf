"""What guidance says of one person written down by hand: `assess`."""

import json
from argparse import Namespace
from pathlib import Path

from pdtdesk.cli.given import DONE, WrongUse
from pdtdesk.domain.calendar import show_day


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
        print(f"Release {show_day(custody.release_on)} ({source}): {custody.days_to_serve} days to serve.")
    for each in found.classes:
        print(f"{each.regime_class.words}: {_words(each.standing)}")
    for review in found.reviews:
        print(f"review of {review.of.words}: due {show_day(review.due_on)}, planned {show_day(review.planned_on)}")
    for finding in found.findings:
        where = "; ".join(str(each) for each in finding.references)
        print(f"- {finding.sentence} [{where}; {finding.authority}, {finding.status}]")
    return DONE


def _words(standing: str | None) -> str:
    return "needs assessment first" if standing is None else str(standing).replace("_", " ")
