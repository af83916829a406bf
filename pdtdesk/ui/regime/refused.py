"""A refusal stands at the question that it is about, with the keyboard; any other above the page."""

from collections.abc import Mapping

from pdtdesk.services.refusals import Refused
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.field import Field
from pdtdesk.ui.widgets.notice import Notice, NoticeBar


def field_of(error: Exception, fields: Mapping[str, Field]) -> Field | None:
    """The question in sight that a refusal is about; None where it is about none of them."""
    found = fields.get(error.about) if isinstance(error, Refused) else None
    return None if found is None or found.isHidden() else found


def show_refused(error: Exception, fields: Mapping[str, Field], notice: NoticeBar) -> None:
    """Say it at its question, else in the notice, and bring the keyboard there."""
    said, about = sentence_for(error), field_of(error, fields)
    if about is None:
        notice.show_notice(Notice(said, Tone.RED))
        notice.take_focus()
        return
    notice.show_notice(None)
    about.set_error(said)
    about.take_focus()
