"""Sorts out a folder that an author of local policy wants checked: own parameters, overlays and worked examples.

A file that cannot be used is refused by its name and its key, and the others are read all the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pdtdesk.policy.dated import DatedValue, Overlay, Parameter, PolicyFileError, contending
from pdtdesk.policy.parameter_file import Policy, read_overlay, read_parameters, read_table
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.rising import overlay_out_of_order

_Tables = Mapping[Path, Mapping[str, object]]
_POLICY = {"parameter", "replacement"}


@dataclass(frozen=True, slots=True)
class CheckedFolder:
    """The national set with the folder's own policy over it, its worked examples, and a sentence on each refusal."""

    local: Parameters
    examples: _Tables
    refusals: tuple[str, ...]


def read_folder(folder: Path, national: Parameters, today: date | None) -> CheckedFolder:
    """Reads every file of a folder whose name ends in `.toml`, in any case and at any depth.

    Raises `PolicyFileError` where there is none. What is said to be signed or approved after `today` is refused.
    """
    if not folder.is_dir():
        raise PolicyFileError(f"{folder}: there is no such folder. Check its name and where it lies.")
    paths = [each for each in sorted(folder.rglob("*")) if each.suffix.lower() == ".toml" and not each.is_dir()]
    if not paths:
        raise PolicyFileError(
            f"{folder}: there is no file in it whose name ends in .toml. Give the folder that holds the policy and "
            "its worked examples."
        )
    refusals: list[str] = []
    tables: dict[Path, dict[str, object]] = {}
    for path in paths:
        with _noting(refusals):
            tables[path] = _known(path)
    unread = len(refusals)
    own = _own_parameters(tables, national, today, refusals)
    overlays = _overlays(tables, national, own, today, refusals)
    beside = national.with_policy(Policy(own, overlays, {}))
    local = _laid_over(beside, overlays.values(), refusals)
    examples = {path: table for path, table in tables.items() if not _POLICY & set(table)}
    if examples and len(refusals) > unread:
        refusals[-1] += " The worked examples beside it were run without what is refused."
    return CheckedFolder(local, examples, tuple(refusals))


@contextmanager
def _noting(refusals: list[str]) -> Iterator[None]:
    """What is refused within is noted once, and the next file is read."""
    try:
        yield
    except PolicyFileError as refused:
        if str(refused) not in refusals:
            refusals.append(str(refused))


def _known(path: Path) -> dict[str, object]:
    table = read_table(path)
    if not {*_POLICY, "expect"} & set(table):
        raise PolicyFileError(
            f"{path}: is neither a worked example ([expect]), nor an overlay ([[replacement]]), nor parameters "
            "([[parameter]]); move it away or write what is missing."
        )
    return table


def _own_parameters(
    tables: _Tables, national: Parameters, today: date | None, refusals: list[str]
) -> dict[str, Parameter]:
    known = {each.id for each in national.all}
    own: dict[str, Parameter] = {}
    for path, table in tables.items():
        if "parameter" not in table:
            continue
        with _noting(refusals):
            for parameter in read_parameters(path, table, national.documents, local=True):
                where = f"{path}: parameter '{parameter.id}': key 'id'"
                if parameter.id in known:
                    raise PolicyFileError(
                        f"{where}: it is already in the national set; to change it write an overlay with a "
                        "replacement that names it."
                    )
                if parameter.id in own:
                    raise PolicyFileError(f"{where}: it is declared twice in this folder; keep one of the two.")
                _signed_by_now(path, parameter.values, today)
                own[parameter.id] = parameter
    return own


def _overlays(
    tables: _Tables, national: Parameters, own: Mapping[str, Parameter], today: date | None, refusals: list[str]
) -> dict[str, Overlay]:
    known = {**{each.id: each for each in national.all}, **own}
    overlays: dict[str, Overlay] = {}
    for path, table in tables.items():
        if "replacement" not in table:
            continue
        with _noting(refusals):
            overlay = read_overlay(path, table, known, national.documents)
            if overlay.id in overlays or overlay.id in national.available_overlays:
                raise PolicyFileError(f"{path}: key 'id': another overlay is already called '{overlay.id}'.")
            _signed_by_now(path, [value for each in overlay.replacements for value in each.values], today)
            _not_to_come(path, "approved_on", overlay.approved_on, today)
            overlays[overlay.id] = overlay
    return overlays


def _laid_over(beside: Parameters, overlays: Iterable[Overlay], refusals: list[str]) -> Parameters:
    """Lays one overlay over after another, where it can lie both over the national set alone and with the others."""
    local = beside
    laid: list[Overlay] = []
    for overlay in overlays:
        with _noting(refusals):
            if said := contending(overlay, laid):
                raise PolicyFileError(f"{overlay.file}: key 'replaces': {said}")
            together = local.over(overlay)
            for params in (beside.over(overlay), together):
                refuse_out_of_order(overlay, params)
            local = together
            laid.append(overlay)
    return local


def refuse_out_of_order(overlay: Overlay, laid: Parameters) -> None:
    """Refuses an overlay by which of two figures that belong together the lower would stand above the higher."""
    if said := overlay_out_of_order(overlay, laid):
        raise PolicyFileError(said)


def _signed_by_now(path: Path, values: Iterable[DatedValue], today: date | None) -> None:
    for value in values:
        _not_to_come(path, "signed_on", value.sign_off.on, today)


def _not_to_come(path: Path, key: str, day: date | None, today: date | None) -> None:
    if day is not None and today is not None and day > today:
        raise PolicyFileError(f"{path}: key '{key}': {day} is still to come; look at the year.")
