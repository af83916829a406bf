"""The answers in hand: each bound to who gave it when it was given, kept as a draft from the first one on."""

from datetime import datetime

from pdtdesk.domain.reception.answers import Answer
from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.reception.questions import LOOKS, QUESTIONS, Input
from pdtdesk.domain.reception.standing import values
from pdtdesk.domain.staff import Author
from pdtdesk.services.ports import Draft

_CHOSEN = frozenset({Input.YES_NO, Input.YES_NO_UNKNOWN, Input.CHOICE, Input.MULTI_CHOICE})


class Answering:
    """What has been answered and not yet saved, for one stay."""

    def __init__(self, person: PersonRecord, stay: Stay, draft: Draft | None, by: Author, now: datetime) -> None:
        self._patient_id = person.patient_id
        self._stay = stay
        self._stood = {key: each for key, each in values(person, stay).items() if len(stay.answers.get(key, ())) < 2}
        self.answers: dict[str, Answer] = dict(draft.answers) if draft else {}
        self.over: dict[str, tuple[str, ...]] = dict(draft.over) if draft else {}
        self.items: dict[str, tuple[int, Answer]] = dict(draft.items) if draft else {}
        self.confirmed: dict[str, Answer] = dict(draft.confirmed) if draft else {}
        self.unread: dict[str, str] = dict(draft.unread) if draft else {}
        self._before_typing: dict[str, tuple[Answer | None, tuple[str, ...], Answer | None]] = {}
        self._by, self._at = by, now

    def typed(self, key: str, value: str | None, by: Author, at: datetime) -> None:
        """An answer letter by letter. What comes back to what was in hand before the first letter is that again, by
        whoever gave it; what comes back to what is saved is nobody's new answer."""
        before, over, confirmed = self._before_typing.setdefault(
            key, (self.answers.get(key), self.over.get(key, ()), self.confirmed.get(key))
        )
        if before is not None and before.value == value:
            self.answers[key], self.over[key] = before, over
        elif confirmed is not None and confirmed.value == value:
            self._take_back(key)
            self.confirmed[key] = confirmed
        elif value is not None and self.is_new(key, value):
            self._put(key, Answer(by, at, value=value))
        else:
            self._take_back(key)

    def answer(self, key: str, value: str | None, by: Author, at: datetime) -> None:
        """An answer given, or taken back with None."""
        self._before_typing.pop(key, None)
        before = self.answers.get(key)
        if value is None or not self.is_new(key, value):
            self._take_back(key)
        elif before is None or before.value != value or QUESTIONS[key].input in _CHOSEN:
            self._put(key, Answer(by, at, value=value))

    def not_asked(self, key: str, reason: str, by: Author, at: datetime) -> None:
        """A question left out, and why."""
        self._before_typing.pop(key, None)
        self._put(key, Answer(by, at, not_asked=reason))

    def may_leave(self, key: str, by: Author) -> bool:
        """Whether *not asked* may stand here: it takes no answer away, neither a saved one nor another's in hand."""
        given = self.answers.get(key)
        if given is not None and given.value is not None and given.by != by:
            return False
        return key in LOOKS or key not in self._stood

    def confirm(self, key: str, value: str, by: Author, at: datetime) -> None:
        """An earlier answer confirmed as it stands."""
        self.confirmed[key] = Answer(by, at, value=value)

    def score(self, key: str, value: str | None, by: Author, at: datetime) -> None:
        """An item of a scale, under `scale.item`."""
        if value is None:
            self.items.pop(key, None)
        else:
            self.items[key] = (int(value), Answer(by, at, value=value))

    def cannot_read(self, key: str, typed: str) -> None:
        """What was typed is no answer, and is kept as it stands; with empty words it is one, or gone."""
        if typed:
            self.unread[key] = typed
        else:
            self.unread.pop(key, None)

    def is_new(self, key: str, value: str) -> bool:
        """Whether this answers otherwise than what is saved already. A look, or a choice made again, always does."""
        return QUESTIONS[key].input in _CHOSEN or value != self._stood.get(key)

    def is_empty(self) -> bool:
        """Whether there is nothing to save or to keep."""
        return not (self.answers or self.items or self.confirmed or self.unread)

    def draft(self) -> Draft:
        """The same as a frozen value, for keeping, for the rules and for saving."""
        return Draft(
            stay=self._stay.id,
            patient_id=self._patient_id,
            answers=dict(self.answers),
            over=dict(self.over),
            items=dict(self.items),
            confirmed=dict(self.confirmed),
            updated_at=self._at,
            updated_by=self._by,
            unread=dict(self.unread),
        )

    def _take_back(self, key: str) -> None:
        for each in (self.answers, self.over, self.confirmed):
            each.pop(key, None)

    def _put(self, key: str, answer: Answer) -> None:
        self.answers[key] = answer
        self.confirmed.pop(key, None)
        self.over[key] = tuple(id_ for held in self._stay.answers.get(key, ()) for id_ in held.entries)
