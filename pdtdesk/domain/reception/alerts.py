"""The few words that can hurt, for the banner that never scrolls away: from what was answered, in any stay."""

from dataclasses import dataclass

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.reception.answers import HeldAnswer
from pdtdesk.domain.reception.person import PersonRecord
from pdtdesk.domain.reception.reading import Given
from pdtdesk.domain.reception.standing import calls_of


@dataclass(frozen=True, slots=True)
class Alert:
    """A word on the banner. `tone` is `danger`, `warning` or `neutral`; `since` says who wrote it and when."""

    words: str
    tone: str
    since: str = ""

    @property
    def is_stop(self) -> bool:
        """Whether it says what a stop on the sheet says already."""
        return self.words in (_DROWSY, _INTOXICATED)


_DROWSY = "Drowsy: no opioid, no sedative"
_INTOXICATED = "Intoxicated: no opioid, no sedative"
_YES = (
    ("risk.self_harm_now", "Self-harm: thoughts now", "danger"),
    ("risk.drowsy", _DROWSY, "danger"),
    ("risk.intoxicated", _INTOXICATED, "danger"),
    ("risk.pregnant", "Pregnant", "danger"),
    ("tests.pregnancy", "Pregnancy test positive", "danger"),
    ("risk.seizure_ever", "Seizures", "warning"),
    ("risk.self_harm_before", "Self-harm before", "warning"),
    ("risk.delirium_tremens", "Delirium tremens before", "warning"),
)
_OF_TONIGHT = frozenset({"risk.self_harm_now", "risk.drowsy", "risk.intoxicated", "risk.pregnant", "tests.pregnancy"})


def alerts_of(person: PersonRecord) -> tuple[Alert, ...]:
    """Allergies first: the union of all that anyone wrote, also while two desks contradict each other."""
    found = [*_allergies(person)]
    now = person.current.answers if person.current else {}
    for key, words, tone in _YES:
        held = (now if key in _OF_TONIGHT else person.history).get(key, ())
        yes = [each for each in held if each.answer.value in ("yes", "positive")]
        if yes:
            found.append(Alert(words, tone, _since(yes[0])))
    if person.conflicts or any(stay.contended for stay in person.stays):
        found.append(Alert("Two accounts: settle", "danger", "Two accounts of one thing stand."))
    if person.current is not None and person.current.arrival.get("listed_as"):
        listed = str(person.current.arrival["listed_as"])
        found.append(Alert(f"On tonight's list: {listed}", "warning", "The list gives another name."))
    if person.current is not None and _calls_differ(person):
        found.append(Alert("Two calls about the dose differ", "danger", "Call again: nothing is confirmed."))
    if person.folded.waiting:
        waiting = len(person.folded.waiting)
        words = "1 entry waiting" if waiting == 1 else f"{waiting} entries waiting"
        found.append(Alert(words, "warning", "What they speak of has not come yet."))
    return tuple(found)


def _calls_differ(person: PersonRecord) -> bool:
    calls = [entry for entry in calls_of(person, person.stays[-1]) if (entry.body or {}).get("standing")]
    return len({entry.body_bytes for entry in calls}) > 1


def _allergies(person: PersonRecord) -> list[Alert]:
    every = [each for stay in person.stays for each in stay.answers.get("risk.allergies", ()) if each.answer.value]
    named: dict[str, HeldAnswer] = {}
    for each in every:
        for allergy in Given({"a": each.answer.value or ""}).listed("a") or ():
            named[allergy.casefold()] = each
    if named:
        return [Alert(f"Allergy: {name}", "danger", _since(each)) for name, each in named.items()]
    now = person.current.answers.get("risk.allergies", ()) if person.current else ()
    if any(each.answer.value for each in now):
        return [Alert("No known allergies", "neutral", _since(every[-1]))]
    if every:
        said = show_day(every[-1].answer.at.date()).split(" ", 1)[1]
        return [Alert(f"Allergies: none {said}, not asked since", "warning", _since(every[-1]))]
    return [Alert("Allergies not asked", "warning")]


def _since(held: HeldAnswer) -> str:
    return f"{held.answer.by.name}, {show_day(held.answer.at.date())}"
