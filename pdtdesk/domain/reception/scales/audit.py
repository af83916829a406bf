"""AUDIT: whether somebody's drinking is risky, harmful or perhaps dependence, over the last year.

Items 9 and 10 score 0, 2 or 4. Somebody who never drinks, or never more than one or two and never six at once, is
not led through the questions between (the manual's own short cut).
"""

from pdtdesk.domain.reception.scales.scale import Item, Scale, Skip

_DRINKING = (
    (0, "never"),
    (1, "monthly or less"),
    (2, "2 to 4 times a month"),
    (3, "2 or 3 a week"),
    (4, "4 or more a week"),
)
_AT_ONCE = ((0, "1 or 2"), (1, "3 or 4"), (2, "5 or 6"), (3, "7 to 9"), (4, "10 or more"))
_HOW_OFTEN = ((0, "never"), (1, "less than monthly"), (2, "monthly"), (3, "weekly"), (4, "daily or almost"))
_WHEN = ((0, "no"), (2, "yes, but not in the last year"), (4, "yes, in the last year"))
_BETWEEN = ("unable_to_stop", "failed_to_do", "morning_drink", "guilt", "memory")

AUDIT = Scale(
    id="audit",
    name="AUDIT",
    full_name="Alcohol Use Disorders Identification Test",
    source="Saunders JB et al. Addiction 1993; 88: 791-804; Babor TF et al. WHO manual, 2nd edition 2001",
    range=(0, 40),
    purpose_words="Drinking in the year before custody: risky, harmful or perhaps dependent. It may wait a day.",
    items=(
        Item("frequency", "How often", "How often do you have a drink with alcohol in it?", _DRINKING),
        Item("amount", "How much", "How many standard drinks on a day when you drink?", _AT_ONCE),
        Item("six_or_more", "Six or more", "How often six or more drinks at one time?", _HOW_OFTEN),
        Item("unable_to_stop", "Could not stop", "How often could you not stop once you began?", _HOW_OFTEN),
        Item(
            "failed_to_do",
            "Things not done",
            "How often was something expected of you not done for drink?",
            _HOW_OFTEN,
        ),
        Item(
            "morning_drink",
            "Morning drink",
            "How often a drink in the morning to get going after heavy drinking?",
            _HOW_OFTEN,
        ),
        Item("guilt", "Guilt", "How often did you feel guilt or remorse after drinking?", _HOW_OFTEN),
        Item(
            "memory", "Memory gaps", "How often could you not recall the night before because of drink?", _HOW_OFTEN
        ),
        Item("injury", "Injury", "Have you or anyone else been hurt through your drinking?", _WHEN),
        Item(
            "concern",
            "Others worried",
            "Has family, friend or health staff been concerned, or told you to cut down?",
            _WHEN,
        ),
    ),
    skips=(
        Skip(when_zero=("frequency",), then_zero=("amount", "six_or_more", *_BETWEEN)),
        Skip(when_zero=("amount", "six_or_more"), then_zero=_BETWEEN),
    ),
)
