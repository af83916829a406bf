"""The answers in hand: each bound to who gave it when it was given, kept as a draft from the first one on."""

from datetime import datetime

from pdtdesk.domain.reception.answers import Answer
from pdtdesk.domain.reception.person import Stay
from pdtdesk.domain.staff import Author
from pdtdesk.services.ports import Draft


class Answering:
    """What has been answered and not yet saved, for one stay."""

    def __init__(self, patient_id: str, stay: Stay, draft: Draft | None, by: Author, now: datetime) -> None:
        self._patient_id = patient_id
        self._stay = stay
        self.answers: dict[str, Answer] = dict(draft.answers) if draft else {}
        self.over: dict[str, tuple[str, ...]] = dict(draft.over) if draft else {}
        self.items: dict[str, tuple[int, Answer]] = dict(draft.items) if draft else {}
        self.confirmed: dict[str, Answer] = dict(draft.confirmed) if draft else {}
        self._by, self._at = by, now

    def answer(self, key: str, value: str | None, by: Author, at: datetime) -> None:
        """An answer given, or taken back with None."""
        if value is None:
            self.answers.pop(key, None)
            self.over.pop(key, None)
        else:
            self._put(key, Answer(by, at, value=value))

    def not_asked(self, key: str, reason: str, by: Author, at: datetime) -> None:
        """A question left out, and why."""
        self._put(key, Answer(by, at, not_asked=reason))

    def confirm(self, key: str, value: str, by: Author, at: datetime) -> None:
        """An earlier answer confirmed as it stands."""
        self.confirmed[key] = Answer(by, at, value=value)

    def score(self, key: str, value: str | None, by: Author, at: datetime) -> None:
        """An item of a scale, under `scale.item`."""
        if value is None:
            self.items.pop(key, None)
        else:
            self.items[key] = (int(value), Answer(by, at, value=value))

    def is_empty(self) -> bool:
        """Whether there is nothing to save or to keep."""
        return not (self.answers or self.items or self.confirmed)

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
        )

    def _put(self, key: str, answer: Answer) -> None:
        self.answers[key] = answer
        self.confirmed.pop(key, None)
        self.over[key] = tuple(id_ for held in self._stay.answers.get(key, ()) for id_ in held.entries)
