"""SDS: how much a person feels ruled by one drug, in five questions.

No item is reversed. The last has words of its own, since how hard stopping was is not a matter of how often.
"""

from pdtdesk.domain.reception.scales.scale import Item, Scale

_HOW_OFTEN = ((0, "never or almost never"), (1, "sometimes"), (2, "often"), (3, "always or nearly always"))
_HOW_HARD = ((0, "not difficult"), (1, "quite difficult"), (2, "very difficult"), (3, "impossible"))

SDS = Scale(
    id="sds",
    name="SDS",
    full_name="Severity of Dependence Scale",
    source="Gossop M et al. Addiction 1995; 90: 607-614",
    range=(0, 15),
    purpose_words="Psychological dependence on one named drug over the last year. Cut-offs differ from drug to drug.",
    items=(
        Item("control", "Out of control", "Did your use of it seem out of your control?", _HOW_OFTEN),
        Item("missing", "Missing it", "Did the thought of going without a dose make you anxious?", _HOW_OFTEN),
        Item("worry", "Worry", "Did your use of it worry you?", _HOW_OFTEN),
        Item("wish", "Wish to stop", "Did you wish that you could stop?", _HOW_OFTEN),
        Item("stopping", "Hard to stop", "How hard did you find it to stop or go without it?", _HOW_HARD),
    ),
)
