"""From the table of questions to fields: how each is asked on the page."""

from pdtdesk.domain.reception.questions import Input, Question
from pdtdesk.domain.reception.scales import Item, Scale
from pdtdesk.ui.widgets.spec import YES_NO, YES_NO_UNKNOWN, Asking, Choice, FieldSpec, Kind, Look
from pdtdesk.ui.widgets.typed_days import Lean

_AHEAD = frozenset({"arrival.release_on", "arrival.court_on"})
_WIDTHS = {Input.INTEGER: 5, Input.DECIMAL: 6}
_IN_TABLE = {"Last": 8, "How often": 8, "Amount": 7, "Route": 6, "Years": 3, "Dose": 7, "When, witnessed": 13}
_FEW_WORDS = {Input.YES_NO: YES_NO, Input.YES_NO_UNKNOWN: YES_NO_UNKNOWN}


def field_spec(question: Question) -> FieldSpec:
    """The field for one question; in a table the head of the column says what is asked."""
    in_table = bool(question.column)
    choices = tuple(Choice(choice.word, choice.label) for choice in question.choices)
    kind = Kind(question.input.value)
    if in_table and question.input in _FEW_WORDS:
        kind, choices = Kind.CHOICE, _FEW_WORDS[question.input]
    return FieldSpec(
        key=question.key,
        label=question.label,
        kind=kind,
        choices=choices,
        unit="" if in_table else question.unit,
        help=question.help,
        asked=question.asked,
        history=Asking.ANEW if question.anew else Asking.PREFILL,
        lean=Lean.FUTURE if question.key in _AHEAD else Lean.PAST,
        name=question.label,
        look=Look.BARE if in_table else Look.STACKED,
        width=_IN_TABLE.get(question.column, 0) if in_table else _WIDTHS.get(question.input, 0),
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
