"""From the table of questions to fields: how each is asked on the page."""

from pdtdesk.domain.reception.questions import Input, Question
from pdtdesk.domain.reception.scales import Item, Scale
from pdtdesk.ui.widgets.spec import Asking, Choice, FieldSpec, Kind, Look
from pdtdesk.ui.widgets.typed_days import Lean

_AHEAD = frozenset({"arrival.release_on", "arrival.court_on"})
_WIDTHS = {Input.INTEGER: 5, Input.DECIMAL: 6}


def field_spec(question: Question) -> FieldSpec:
    """The field for one question; in a table the head of the column says what is asked."""
    in_table = bool(question.column)
    return FieldSpec(
        key=question.key,
        label=question.label,
        kind=Kind(question.input.value),
        choices=tuple(Choice(choice.word, choice.label) for choice in question.choices),
        unit="" if in_table else question.unit,
        help=question.help,
        asked=question.asked,
        history=Asking.ANEW if question.anew else Asking.PREFILL,
        lean=Lean.FUTURE if question.key in _AHEAD else Lean.PAST,
        name=question.label,
        look=Look.BARE if in_table else Look.STACKED,
        width=_WIDTHS.get(question.input, 0),
    )


def item_spec(scale: Scale, item: Item) -> FieldSpec:
    """The field for one item of a scale: its label and a digit."""
    return FieldSpec(
        key=f"{scale.id}.{item.key}",
        label=item.label,
        kind=Kind.SCORE,
        choices=tuple(Choice(str(score), words, str(score)) for score, words in item.choices),
        asked=item.asked,
        name=f"{scale.name}: {item.label}",
        look=Look.INLINE,
        can_be_not_asked=False,
    )
