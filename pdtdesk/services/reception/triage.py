"""The triage: drafts that survive anything, findings as you type, and a save that is one durable transaction."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.names import excerpt
from pdtdesk.domain.reception.answers import Answer
from pdtdesk.domain.reception.facts import OrderHere, ReceptionFacts, Standing
from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.reception.questions import QUESTIONS
from pdtdesk.domain.reception.questions.checking import wrong_with
from pdtdesk.domain.reception.reading import facts_of
from pdtdesk.domain.reception.scales import SCALES, score
from pdtdesk.domain.reception.standing import (
    calls_of,
    graver,
    history,
    looked_at,
    takes_nothing,
    totals,
    values,
    worn_out_looks,
)
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.fold import orders_of
from pdtdesk.domain.regime.schedule import NOUGHT
from pdtdesk.domain.roles import Permission
from pdtdesk.domain.staff import Author
from pdtdesk.policy.findings import Tonight
from pdtdesk.policy.reception.assess import assess
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine, Draft, Work
from pdtdesk.services.reception.looks_at_doses import awake_tonight
from pdtdesk.services.reception.plan import plan_entry, task_entries
from pdtdesk.services.refusals import Refused


@dataclass(frozen=True, slots=True)
class Saved:
    """A triage as it was saved: the record after it, and the plan that was made."""

    person: PersonRecord
    tonight: Tonight
    entries: int


@action(Permission.WRITE_TRIAGE)
def keep_draft(acting: Acting, draft: Draft) -> None:
    """Keep what has been answered so far, each answer with its author; a lock or a crash loses nothing of it.

    Where every answer has been taken back, nothing is kept.
    """
    with acting.store.work() as work:
        _keep(acting, work, draft)


@action(Permission.WRITE_TRIAGE)
def keep_since(acting: Acting, draft: Draft, saved: Draft | None) -> bool:
    """Keep what was answered while `saved` was being written; all of it where that came to nothing (None).

    Answers whether there was anything to keep.
    """
    with acting.store.work() as work:
        person = work.person(draft.patient_id)
        stays = person.stays if person else ()
        stay = next((each for each in stays if draft.stay in each.ids), None)
        if saved is not None and stay is not None:
            draft = since(draft, saved, stay)
        return _keep(acting, work, draft)


def since(draft: Draft, saved: Draft, stay: Stay) -> Draft:
    """What was answered after `saved` went to be written, which `stay` now holds; of a scale gone on with, the whole.

    Whoever answers again knows what they have just said: the later answer takes the place of the one before it.
    """
    changed = {key.partition(".")[0] for key, each in draft.items.items() if saved.items.get(key) is not each}
    later = {key: each for key, each in draft.answers.items() if saved.answers.get(key) is not each}
    over = dict(draft.over)
    for key in later.keys() & saved.answers.keys():
        own = [each for each in stay.answers.get(key, ()) if each.answer == saved.answers[key]]
        over[key] = (*over.get(key, ()), *(id_ for each in own for id_ in each.entries))
    return replace(
        draft,
        answers=later,
        over=over,
        items={key: each for key, each in draft.items.items() if key.partition(".")[0] in changed},
        confirmed={key: each for key, each in draft.confirmed.items() if saved.confirmed.get(key) is not each},
    )


def _keep(acting: Acting, work: Work, draft: Draft) -> bool:
    kept = bool(draft.unread) or not draft.is_empty
    if kept:
        work.keep_draft(replace(draft, updated_at=acting.now(), updated_by=acting.who))
    else:
        work.drop_draft(draft.stay)
    return kept


@action(Permission.WRITE_TRIAGE)
def propose(acting: Acting, person: PersonRecord, draft: Draft) -> Tonight:
    """What guidance says of this arrival as it stands with the draft: nothing is written."""
    _check(draft)
    stay, now = stay_of(person, draft.stay), acting.now()
    return assess(facts(person, stay, draft, now=now), acting.policy.on(day_of(now)), now)


@action(Permission.WRITE_TRIAGE)
def save(acting: Acting, draft: Draft, on_pass: int) -> Saved:
    """Save a pass of the triage: answers by their authors, scores, plan and tasks, in one transaction."""
    now = acting.now()
    with acting.store.work() as work:
        person = work.person(draft.patient_id)
        if person is None:
            raise Refused("That person's record is not on this desk any more; the draft is kept.")
        stay = stay_of(person, draft.stay)
        _check(draft)
        if draft.is_empty and not stay.passes_done:
            raise Refused(f"Nothing has been answered of {person.identity.display} yet: nothing was saved.")
        tonight = assess(facts(person, stay, draft, now=now), acting.policy.on(day_of(now)), now)
        record = record_of(person, stay)
        draft = replace(draft, stay=stay.id, patient_id=record)
        entries = [
            *written_down(draft, person, stay),
            plan_entry(tonight, stay, record, acting.who, on_pass, now),
            *task_entries(tonight, stay, record, acting.who),
        ]
        work.append(entries)
        for id_ in stay.ids:
            work.drop_draft(id_)
        work.audit(AuditLine(now, acting.who, f"saved pass {on_pass} of the triage", draft.patient_id))
        saved = work.person(draft.patient_id)
    if saved is None:
        raise Refused("The triage was saved, but the record could not be read back. Open it again.")
    return Saved(saved, tonight, len(entries))


def _check(draft: Draft) -> None:
    """Nothing is judged or written that no field would take: what is signed into the journal stands for ever."""
    for key, answer in draft.answers.items():
        question = QUESTIONS.get(key)
        if question is None:
            raise Refused(f"There is no question {excerpt(key)} in this version; nothing was saved.")
        if answer.value is not None and (wrong := wrong_with(question, answer.value)):
            raise Refused(wrong)


def facts(person: PersonRecord, stay: Stay, draft: Draft | None = None, *, now: datetime) -> ReceptionFacts:
    """The facts of an arrival, with what is being typed where there is a draft.

    An answer that was typed without sight of one that stands and says otherwise settles nothing: it counts as open,
    but for what can hurt at once, of which the graver stands on whichever side it was given. A look that found
    nothing on an earlier night counts as open too; a look before a dose tonight stands beside the open question.
    """
    typed: dict[str, Answer] = {}
    unsettled: set[str] = set()
    at_once: dict[str, str] = {}
    scores = dict(totals(stay))
    if draft is not None:
        before = history(person, stay)
        typed = {
            key: eye
            for key, eye in draft.confirmed.items()
            if key in before and before[key].answer.value == eye.value
        }
        typed |= {key: each for key, each in draft.answers.items() if not _is_asked(stay, key, each)}
        unsettled = {key for key in typed.keys() & stay.answers.keys() if not _settles(stay, draft, key)}
        for key in unsettled:
            accounts = [*(held.answer.value for held in stay.answers[key]), draft.answers[key].value]
            if (worse := graver(key, accounts)) is not None:
                at_once[key] = worse
        for scale, given in _by_scale(draft).items():
            result = score(SCALES[scale], {key: points for key, (points, _) in given.items()})
            if result.total is not None:
                scores[scale] = (result.total, max(answer.at for _, answer in given.values()))
    unsettled |= worn_out_looks(stay, now, typed).keys()
    standing, heard = _heard(person, stay)
    said = {**values(person, stay, typed), **heard}
    told = facts_of(
        born=person.identity.born,
        sex=person.identity.sex,
        received_on=day_of(stay.arrived_at),
        values={key: said for key, said in said.items() if key not in unsettled} | at_once,
        totals=scores,
        standing=standing,
        looked_at=looked_at(stay, typed),
    )
    risks = replace(told.risks, awake_at_a_dose=awake_tonight(person, stay, now, typed))
    return replace(told, risks=risks, ordered_here=_ordered_here(person, day_of(now)), arrived_at=stay.arrived_at)


def _ordered_here(person: PersonRecord, today: date) -> tuple[OrderHere, ...]:
    """What prescribers have ordered at this desk for today or a day to come, in this stay or before it."""
    held = [each for each in orders_of(person) if each.until is None or each.until >= max(today, each.since)]
    return tuple(
        OrderHere(each.medicine.words, each.medicine.is_substitute, daily, since, each.by.name, each.at)
        for each in held
        if (daily := each.schedule.daily_on(since := max(today, each.since))) > NOUGHT
    )


def _settles(stay: Stay, draft: Draft, key: str) -> bool:
    """Whether an answer takes the place of every answer that stands, or says the same."""
    seen, said = set(draft.over.get(key, ())), draft.answers[key].value
    return all(
        held.answer.value == said
        or not (seen.isdisjoint(held.entries) or takes_nothing(key, said, held.answer.value))
        for held in stay.answers[key]
    )


def _is_asked(stay: Stay, key: str, answer: Answer) -> bool:
    """Whether the stay has an answer where this one says that nobody asked."""
    return answer.value is None and any(
        takes_nothing(key, None, held.answer.value) for held in stay.answers.get(key, ())
    )


def stay_of(person: PersonRecord, stay_id: str) -> Stay:
    """The stay that a draft belongs to; refuses where it has been marked as entered in error meanwhile."""
    for stay in person.stays:
        if stay_id in stay.ids:
            return stay
    raise Refused(f"The arrival of {person.identity.display} was entered in error; the draft is kept, unsaved.")


_HEARD = ("medicine", "daily", "last_witnessed_at", "days_missed", "take_home")


def written_down(draft: Draft, person: PersonRecord, stay: Stay) -> list[NewEntry]:
    """What was answered, by whoever answered, in the record and the stay that the draft names."""
    return [*_answer_entries(draft), *_score_entries(draft), *_confirmed_entries(draft, person, stay)]


def record_of(person: PersonRecord, stay: Stay) -> str:
    """Of joined records the one that holds the stay: what is written of it must go with it if they are parted."""
    return next(
        (str(entry.header.patient_id) for entry in person.folded.effective if entry.id == stay.id), person.patient_id
    )


def _heard(person: PersonRecord, stay: Stay) -> tuple[Standing, Mapping[str, str]]:
    """How a community prescription stands after the calls, and what was heard: it goes before what was told.

    A call takes the place of the one before it. Two that stand side by side come from two desks: while they differ,
    nothing is confirmed.
    """
    calls = [entry.body for entry in calls_of(person, stay) if entry.body and entry.body.get("standing")]
    said = [{f"prescribed.{name}": str(body[name]) for name in _HEARD if body.get(name)} for body in calls]
    if (
        not calls
        or any(body["standing"] != calls[0]["standing"] for body in calls)
        or any(s != said[0] for s in said)
    ):
        return Standing.REPORTED, {}
    return Standing(calls[0]["standing"]), said[0]


def _answer_entries(draft: Draft) -> list[NewEntry]:
    """One entry for each author: whoever saves, an answer stays with the one who gave it."""
    by_author: dict[Author, dict[str, Answer]] = defaultdict(dict)
    for key, answer in draft.answers.items():
        by_author[answer.by][key] = answer
    return [
        NewEntry(
            "reception",
            "triage",
            {
                "stay": draft.stay,
                "answers": {key: _answer_body(answer, draft.over.get(key, ())) for key, answer in answers.items()},
            },
            author,
            draft.patient_id,
            happened_at=max(answer.at for answer in answers.values()),
        )
        for author, answers in by_author.items()
    ]


def _answer_body(answer: Answer, over: tuple[str, ...]) -> dict[str, object]:
    body: dict[str, object] = {"at": answer.at.isoformat(), "over": list(over)}
    if answer.value is not None:
        body["value"] = answer.value
    else:
        body["not_asked"] = answer.not_asked
    return body


def _by_scale(draft: Draft) -> Mapping[str, dict[str, tuple[int, Answer]]]:
    given: dict[str, dict[str, tuple[int, Answer]]] = defaultdict(dict)
    for key, item in draft.items.items():
        scale, _, name = key.partition(".")
        given[scale][name] = item
    return given


def _score_entries(draft: Draft) -> list[NewEntry]:
    entries = []
    for scale, given in _by_scale(draft).items():
        items = {name: points for name, (points, _) in given.items()}
        result = score(SCALES[scale], items)
        last = max((answer for _, answer in given.values()), key=lambda answer: answer.at)
        entries.append(
            NewEntry(
                "reception",
                "score",
                {"stay": draft.stay, "scale": scale, "items": items, "total": result.total},
                last.by,
                draft.patient_id,
                happened_at=last.at,
            )
        )
    return entries


def _confirmed_entries(draft: Draft, person: PersonRecord, stay: Stay) -> list[NewEntry]:
    """History confirmed by one key: an entry of its own kind, by whoever confirmed it."""
    before = history(person, stay)
    keys: dict[tuple[Author, str], list[str]] = defaultdict(list)
    at: dict[tuple[Author, str], datetime] = {}
    for key, eye in draft.confirmed.items():
        if key not in before or before[key].answer.value != eye.value or key in draft.answers:
            continue
        group = (eye.by, before[key].entries[0])
        keys[group].append(key)
        at[group] = max(at.get(group, eye.at), eye.at)
    return [
        NewEntry(
            "reception",
            "confirmed",
            {"stay": draft.stay, "of": of, "keys": sorted(named)},
            author,
            draft.patient_id,
            happened_at=at[(author, of)],
        )
        for (author, of), named in keys.items()
    ]
