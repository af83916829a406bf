"""Reads policy files: `resources/policy/<stage>/<topic>.toml`, the overlays and the list of documents.

A topic file holds parameters, each with its dated values:

    [[parameter]]
    id = "stabilisation_least"
    description = "Stabilisation before any reduction, at least"
    unit = "days"                        # for unit "bands" also: scale = "cows"
    fact = "R-01"
    # note = "..."                       what a reader should know beside the value
    [[parameter.values]]
    from = 2006-01-01
    # until = 2010-03-31                 up to and including; without it, until the next value begins
    value = 5                            # absent: to be signed locally
    reference = { document = "004", section = "..." }
    authority = "guidance"               # guidance, statement, proposal, research, formulary, product
    status = "quoted"                    # quoted, awaiting sign-off, signed
    # signed_by = "..."                  with status signed: who
    # signed_on = 2010-05-12             and when
    # candidates = [{ value, words, reference }]   readings that disagree; only where value is absent

An overlay (`overlays/*.toml`) has `id`, `title`, `approved_by`, `approved_on`, optional `lies_over` and
`demonstration`, and `[[replacement]]` with `replaces` and `[[replacement.values]]` as above.
`documents.toml` lists the sources: `[[document]]` with `id`, `title`, `published`.

Every refusal is a `PolicyFileError` that names the file and the key.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

from pdtdesk.domain.names import TextRefused, excerpt, refuse_disguises
from pdtdesk.domain.reception.scales import SCALES
from pdtdesk.policy import toml_text
from pdtdesk.policy.dated import (
    Candidate,
    DatedValue,
    Overlay,
    Parameter,
    PolicyFileError,
    Replacement,
    cover,
    in_order,
)
from pdtdesk.policy.origin import Authority, Document, Reference, SignOff, Status
from pdtdesk.policy.units import UNITS, Value, ValueRefused

_PARAMETER_KEYS = ("id", "description", "unit", "scale", "fact", "note", "values")
_VALUE_KEYS = (
    "from",
    "until",
    "value",
    "reference",
    "authority",
    "status",
    "signed_by",
    "signed_on",
    "candidates",
)
_OVERLAY_KEYS = ("id", "title", "approved_by", "approved_on", "lies_over", "demonstration", "replacement")


@dataclass(frozen=True, slots=True)
class Policy:
    """What a policy folder holds: parameters, overlays that may be chosen, and the documents they quote."""

    parameters: Mapping[str, Parameter]
    overlays: Mapping[str, Overlay]
    documents: Mapping[str, Document]


@dataclass(frozen=True, slots=True)
class _Sources:
    """The documents that are listed; what is `local` may name another of its own."""

    documents: Mapping[str, Document]
    local: bool


def read_policy(folder: Path) -> Policy:
    """Reads a whole policy folder, `overlays/` and `documents.toml` included."""
    if not folder.is_dir():
        raise PolicyFileError(f"{folder}: there is no such policy folder.")
    documents_file = folder / "documents.toml"
    documents = read_documents(documents_file) if documents_file.is_file() else {}
    parameters: dict[str, Parameter] = {}
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("*/*.toml")):
        if path.parent.name == "overlays":
            continue
        for parameter in read_parameters(path, read_table(path), documents):
            if parameter.id in parameters:
                raise PolicyFileError(
                    f"{path}: parameter '{parameter.id}' is already declared in {found[parameter.id]}."
                )
            parameters[parameter.id] = replace(parameter, stage=path.parent.name)
            found[parameter.id] = path
    overlays: dict[str, Overlay] = {}
    for path in sorted((folder / "overlays").glob("*.toml")):
        overlay = read_overlay(path, read_table(path), parameters, documents)
        if overlay.id in overlays:
            raise PolicyFileError(f"{path}: key 'id': another overlay is already called '{overlay.id}'.")
        overlays[overlay.id] = overlay
    return Policy(MappingProxyType(parameters), MappingProxyType(overlays), MappingProxyType(documents))


def read_documents(path: Path) -> dict[str, Document]:
    """Reads the list of sources."""
    table = read_table(path)
    _only(table, ("document",), path, "")
    documents = {}
    for item in _list_of_tables(table, "document", path, ""):
        where = f"document '{_called(item, 'id')}': "
        _only(item, ("id", "title", "published", "short"), path, where)
        id_, title, published = (_string(item, key, path, where) for key in ("id", "title", "published"))
        if id_ in documents:
            raise PolicyFileError(f"{path}: {where}key 'id': listed twice.")
        short = _string(item, "short", path, where) if "short" in item else id_
        documents[id_] = Document(id_, title, published, short)
    return documents


def read_parameters(
    path: Path, table: Mapping[str, object], documents: Mapping[str, Document], *, local: bool = False
) -> tuple[Parameter, ...]:
    """Reads the parameters of one topic file; a document that `documents` does not list is refused.

    `local` ones may name a document of their own, as an overlay may; see `read_overlay`.
    """
    sources = _Sources(documents, local)
    _only(table, ("parameter",), path, "")
    parameters = []
    for item in _list_of_tables(table, "parameter", path, ""):
        where = f"parameter '{_called(item, 'id')}': "
        _only(item, _PARAMETER_KEYS, path, where)
        unit = _string(item, "unit", path, where)
        if unit not in UNITS:
            raise PolicyFileError(
                f"{path}: {where}key 'unit': '{unit}' is not a unit; write one of {', '.join(UNITS)}."
            )
        scale = _scale(item, unit, path, where)
        values = _values(item, unit, path, where, sources)
        cover(scale, values, f"{path}: {where}key 'value'")
        parameters.append(
            Parameter(
                id=_string(item, "id", path, where),
                description=_string(item, "description", path, where),
                unit=unit,
                fact=_string(item, "fact", path, where),
                values=values,
                note=_string(item, "note", path, where) if "note" in item else None,
                scale=scale,
            )
        )
    return tuple(parameters)


def read_overlay(
    path: Path,
    table: Mapping[str, object],
    parameters: Mapping[str, Parameter],
    documents: Mapping[str, Document],
) -> Overlay:
    """Reads one overlay over known parameters; a replacement of an unknown one is refused.

    Its values may name a document of its own, but only one that `documents` lists counts as guidance or as quoted.
    """
    where = f"overlay '{_called(table, 'id')}': "
    _only(table, _OVERLAY_KEYS, path, where)
    replacements: list[Replacement] = []
    for item in _list_of_tables(table, "replacement", path, where):
        here = f"{where}replacement '{_called(item, 'replaces')}': "
        _only(item, ("replaces", "values"), path, here)
        replaces = _string(item, "replaces", path, here)
        if replaces not in parameters:
            raise PolicyFileError(
                f"{path}: {here}key 'replaces': no policy file declares this parameter; check the spelling."
            )
        if replaces in {done.replaces for done in replacements}:
            raise PolicyFileError(f"{path}: {here}key 'replaces': replaced twice; keep one of the two.")
        values = _values(item, parameters[replaces].unit, path, here, _Sources(documents, local=True))
        cover(parameters[replaces].scale, values, f"{path}: {here}key 'value'")
        replacements.append(Replacement(replaces, values))
    beneath = table.get("lies_over", [])
    if not isinstance(beneath, list) or not all(isinstance(name, str) for name in beneath):
        raise PolicyFileError(f"{path}: {where}key 'lies_over': write a list of overlay ids.")
    demonstration = table.get("demonstration", False)
    if not isinstance(demonstration, bool):
        raise PolicyFileError(f"{path}: {where}key 'demonstration': write true or false.")
    return Overlay(
        id=_string(table, "id", path, where),
        title=_string(table, "title", path, where),
        approved_by=_string(table, "approved_by", path, where),
        approved_on=_day(table, "approved_on", path, where),
        replacements=tuple(replacements),
        lies_over=tuple(beneath),
        demonstration=demonstration,
        file=path,
    )


def read_table(path: Path) -> dict[str, object]:
    """One TOML file, its decimals kept exact; raises `PolicyFileError` where it cannot be read as TOML."""
    try:
        return toml_text.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise PolicyFileError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise PolicyFileError(f"{path}: is not UTF-8 text (byte {error.start}); save it as UTF-8.") from error
    except toml_text.NotToml as error:
        raise PolicyFileError(f"{path}: is not TOML: {error}.") from error


def _scale(item: Mapping[str, object], unit: str, path: Path, where: str) -> str | None:
    if unit != "bands":
        if "scale" in item:
            raise PolicyFileError(f"{path}: {where}key 'scale': only bands belong to a scale.")
        return None
    return _one_of(item, "scale", tuple(SCALES), path, where)


def _values(
    item: Mapping[str, object],
    unit: str,
    path: Path,
    where: str,
    sources: _Sources,
) -> tuple[DatedValue, ...]:
    values = []
    for number, raw in enumerate(_list_of_tables(item, "values", path, where), start=1):
        values.append(_dated_value(raw, unit, path, f"{where}values {number}: ", sources))
    return in_order(values, f"{path}: {where}values")


def _dated_value(
    raw: Mapping[str, object],
    unit: str,
    path: Path,
    where: str,
    sources: _Sources,
) -> DatedValue:
    _only(raw, _VALUE_KEYS, path, where)
    candidates = []
    for candidate in _list_of_tables(raw, "candidates", path, where) if "candidates" in raw else ():
        here = f"{where}candidates: "
        _only(candidate, ("value", "words", "reference"), path, here)
        candidates.append(
            Candidate(
                _value(candidate.get("value"), unit, path, here),
                _string(candidate, "words", path, here),
                _reference(candidate, path, here, sources),
            )
        )
    if candidates and "value" in raw:
        raise PolicyFileError(
            f"{path}: {where}key 'candidates': stands beside a value; keep the value that was signed, or the "
            "readings to choose from."
        )
    reference = _reference(raw, path, where, sources)
    authority = Authority(_one_of(raw, "authority", tuple(Authority), path, where))
    sign_off = _sign_off(raw, path, where)
    if reference.document not in sources.documents and (
        authority is Authority.GUIDANCE or sign_off.status is Status.QUOTED
    ):
        raise PolicyFileError(
            f"{path}: {where}'{reference.document}' is not listed in documents.toml, and what it says cannot count "
            f'as {"guidance" if authority is Authority.GUIDANCE else "quoted"}; write authority = "product" and the '
            "status that local policy has."
        )
    _in_its_time(sign_off, sources.documents.get(reference.document), path, where)
    return DatedValue(
        first_day=_day(raw, "from", path, where),
        last_day=_day(raw, "until", path, where) if "until" in raw else None,
        value=_value(raw["value"], unit, path, where) if "value" in raw else None,
        reference=reference,
        authority=authority,
        sign_off=sign_off,
        candidates=tuple(candidates),
    )


def _value(raw: object, unit: str, path: Path, where: str) -> Value:
    try:
        return UNITS[unit](raw)
    except ValueRefused as refused:
        raise PolicyFileError(f"{path}: {where}key 'value' (in {unit}): {refused}.") from refused


def _reference(raw: Mapping[str, object], path: Path, where: str, sources: _Sources) -> Reference:
    table = raw.get("reference")
    if not isinstance(table, dict):
        raise PolicyFileError(
            f"{path}: {where}key 'reference' is missing; write reference = {{ document = ..., section = ... }}: "
            "a value without a source is not shipped."
        )
    here = f"{where}reference: "
    _only(table, ("document", "section"), path, here)
    reference = Reference(_string(table, "document", path, here), _string(table, "section", path, here))
    if not sources.local and reference.document not in sources.documents:
        raise PolicyFileError(
            f"{path}: {here}key 'document': '{reference.document}' is not listed in documents.toml; add it there."
        )
    return reference


def _sign_off(raw: Mapping[str, object], path: Path, where: str) -> SignOff:
    status = Status(_one_of(raw, "status", tuple(Status), path, where))
    signed = {"signed_by", "signed_on"} & set(raw)
    if status is not Status.SIGNED:
        if signed:
            raise PolicyFileError(f"{path}: {where}key '{min(signed)}': only a signed value names who signed it.")
        return SignOff(status)
    return SignOff(status, _string(raw, "signed_by", path, where), _day(raw, "signed_on", path, where))


def _in_its_time(sign_off: SignOff, document: Document | None, path: Path, where: str) -> None:
    """Nobody has signed what was not yet written; a document without a year of its own is not looked at."""
    year = document.published if document is not None else ""
    if sign_off.on is not None and document is not None and year.isdecimal() and sign_off.on.year < int(year):
        raise PolicyFileError(
            f"{path}: {where}key 'signed_on': {sign_off.on} lies before {year}, when '{document.id}' was published; "
            "look at the year."
        )


def _only(table: Mapping[str, object], keys: tuple[str, ...], path: Path, where: str) -> None:
    unknown = [key for key in table if key not in keys]
    if unknown:
        raise PolicyFileError(f"{path}: {where}key '{unknown[0]}' is not known here; the keys are {', '.join(keys)}.")


def _list_of_tables(table: Mapping[str, object], key: str, path: Path, where: str) -> list[dict[str, object]]:
    found = table.get(key)
    if not isinstance(found, list) or not found or not all(isinstance(item, dict) for item in found):
        raise PolicyFileError(f"{path}: {where}key '{key}' is missing; write at least one [[...{key}]] table.")
    return found


def _string(table: Mapping[str, object], key: str, path: Path, where: str) -> str:
    found = table.get(key)
    if not isinstance(found, str) or not found.strip():
        raise PolicyFileError(f"{path}: {where}key '{key}' is missing or is not words in quotation marks.")
    try:
        refuse_disguises(found, f"{path}: {where}key '{key}'")
    except TextRefused as refused:
        raise PolicyFileError(str(refused)) from refused
    return found


def _called(table: Mapping[str, object], key: str) -> str:
    """What something calls itself, safe to show; it is looked at later whether that is a name."""
    return excerpt(str(table.get(key, "?")))


def _day(table: Mapping[str, object], key: str, path: Path, where: str) -> date:
    found = table.get(key)
    if not isinstance(found, date) or isinstance(found, datetime):
        raise PolicyFileError(f"{path}: {where}key '{key}' is missing or is not a day such as 2010-04-01.")
    return found


def _one_of(table: Mapping[str, object], key: str, allowed: tuple[str, ...], path: Path, where: str) -> str:
    found = table.get(key)
    if not isinstance(found, str) or found not in allowed:
        raise PolicyFileError(f"{path}: {where}key '{key}': {found!r} is not one of {', '.join(allowed)}.")
    return found
