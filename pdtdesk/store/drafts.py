"""Answers begun and not yet saved: encrypted with everything else, never synced, each with its author."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from pdtdesk.domain.reception.answers import Answer
from pdtdesk.domain.staff import Author
from pdtdesk.services.ports import Draft
from pdtdesk.store.tables import DRAFT, stored

_DROP = delete(DRAFT).where(DRAFT.c.stay == bindparam("which"))


def read(connection: Connection, stay: str) -> Draft | None:
    """The draft of a stay's triage, with the author of every answer in it."""
    found = connection.execute(select(DRAFT).where(DRAFT.c.stay == stay)).first()
    if found is None:
        return None
    body = json.loads(found.body)
    return Draft(
        stay=stay,
        patient_id=found.patient_id,
        answers={key: _answer_in(value) for key, value in body["answers"].items()},
        over={key: tuple(value) for key, value in body["over"].items()},
        items={key: (int(value["score"]), _answer_in(value["answer"])) for key, value in body["items"].items()},
        confirmed={key: _answer_in(value) for key, value in body["confirmed"].items()},
        updated_at=datetime.fromisoformat(found.updated_at),
        updated_by=_author_in(body["by"]),
        unread=dict(body.get("unread", {})),
    )


def keep(connection: Connection, draft: Draft) -> None:
    """Keep a draft in place of the one before it."""
    body = {
        "answers": {key: _answer_out(value) for key, value in draft.answers.items()},
        "over": {key: list(value) for key, value in draft.over.items()},
        "items": {key: {"score": score, "answer": _answer_out(by)} for key, (score, by) in draft.items.items()},
        "confirmed": {key: _answer_out(value) for key, value in draft.confirmed.items()},
        "by": _author_out(draft.updated_by),
        "unread": draft.unread,
    }
    row = {"patient_id": draft.patient_id, "body": json.dumps(body).encode(), "updated_at": stored(draft.updated_at)}
    connection.execute(
        insert(DRAFT).values(stay=draft.stay, **row).on_conflict_do_update(index_elements=["stay"], set_=row)
    )


def drop(connection: Connection, stay: str) -> None:
    """Forget a draft."""
    connection.execute(_DROP, {"which": stay})


def _author_out(author: Author) -> dict[str, Any]:
    return {"id": author.id, "name": author.name, "role": author.role, "registration": author.registration}


def _author_in(body: dict[str, Any]) -> Author:
    return Author(body["id"], body["name"], body["role"], body["registration"])


def _answer_out(answer: Answer) -> dict[str, Any]:
    return {
        "by": _author_out(answer.by),
        "at": answer.at.isoformat(),
        "value": answer.value,
        "not_asked": answer.not_asked,
    }


def _answer_in(body: dict[str, Any]) -> Answer:
    return Answer(_author_in(body["by"]), datetime.fromisoformat(body["at"]), body["value"], body["not_asked"])
