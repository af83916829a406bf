"""CIWA-Ar: how far into alcohol withdrawal a patient is, asked and watched; one digit key an item.

Where the scale words only some of the scores, the others stand between two that it words.
"""

from pdtdesk.domain.reception.scales.scale import Item, Scale


def _anchored(anchors: dict[int, str]) -> tuple[tuple[int, str], ...]:
    """All scores from the first anchor to the last; one without words of its own lies between its neighbours."""
    scores = sorted(anchors)
    worded: list[tuple[int, str]] = []
    for score in range(scores[0], scores[-1] + 1):
        below = max(s for s in scores if s <= score)
        above = min(s for s in scores if s >= score)
        worded.append((score, anchors[score] if below == above else f"between {below} and {above}"))
    return tuple(worded)


def _senses(first: str, sign: str) -> tuple[tuple[int, str], ...]:
    """The steps that touch, hearing and sight share: a disturbance up to 3, hallucinations from 4."""
    return (
        (0, first),
        (1, f"very mild {sign}"),
        (2, f"mild {sign}"),
        (3, f"moderate {sign}"),
        (4, "moderately severe hallucinations"),
        (5, "severe hallucinations"),
        (6, "extremely severe hallucinations"),
        (7, "hallucinations without a break"),
    )


CIWA_AR = Scale(
    id="ciwa_ar",
    name="CIWA-Ar",
    full_name="Clinical Institute Withdrawal Assessment for Alcohol, revised",
    source="Sullivan JT et al. Br J Addict 1989; 84: 1353-1357",
    range=(0, 67),
    purpose_words="Alcohol withdrawal as asked and seen now. A seizure or a delirium is acted on whatever the score.",
    items=(
        Item(
            "nausea",
            "Nausea, vomiting",
            "Do you feel sick? Have you vomited?",
            _anchored(
                {
                    0: "neither",
                    1: "mild nausea, no vomiting",
                    4: "nausea on and off with dry retching",
                    7: "constant nausea, frequent retching and vomiting",
                }
            ),
        ),
        Item(
            "tremor",
            "Tremor",
            "Arms held out, fingers spread.",
            _anchored(
                {
                    0: "none",
                    1: "not seen, felt at the fingertips",
                    4: "moderate with arms held out",
                    7: "severe even with arms down",
                }
            ),
        ),
        Item(
            "sweats",
            "Sweating",
            "Look and feel for sweat.",
            _anchored({0: "none seen", 1: "barely any, palms moist", 4: "beads on the forehead", 7: "drenched"}),
        ),
        Item(
            "anxiety",
            "Anxiety",
            "Do you feel nervous?",
            _anchored(
                {
                    0: "at ease",
                    1: "mildly anxious",
                    4: "moderately anxious, or guarded",
                    7: "panic, as in severe delirium or acute psychosis",
                }
            ),
        ),
        Item(
            "agitation",
            "Agitation",
            "Watch how much the patient moves.",
            _anchored(
                {
                    0: "normal",
                    1: "a little more than normal",
                    4: "fidgety and restless",
                    7: "paces most of the time, or thrashes about",
                }
            ),
        ),
        Item(
            "touch",
            "Touch",
            "Any itching, pins and needles, burning or numbness, or insects on the skin?",
            _senses("none", "itching, tingling, burning or numbness"),
        ),
        Item(
            "hearing",
            "Hearing",
            "Are sounds harsher, or frightening? Do you hear what is not there?",
            _senses("nothing unusual", "harshness, or sounds that frighten"),
        ),
        Item(
            "sight",
            "Sight",
            "Is the light too bright, its colour odd, does it hurt? Do you see what is not there?",
            _senses("nothing unusual", "sensitivity to light"),
        ),
        Item(
            "head",
            "Headache, fullness",
            "Does your head ache, or feel full or banded? Do not score dizziness.",
            _anchored(
                {
                    0: "none",
                    1: "very mild",
                    2: "mild",
                    3: "moderate",
                    4: "moderately severe",
                    5: "severe",
                    6: "very severe",
                    7: "extremely severe",
                }
            ),
        ),
        Item(
            "orientation",
            "Orientation",
            "What day is it, where are you, who am I? Ask for a number to be added over and over.",
            (
                (0, "oriented and can add on"),
                (1, "cannot add on, or unsure of the date"),
                (2, "date wrong by 2 days at most"),
                (3, "date wrong by more than 2 days"),
                (4, "does not know the place or the person"),
            ),
        ),
    ),
)
