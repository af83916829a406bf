"""COWS: how far into opioid withdrawal a patient is, as a nurse sees it in five minutes."""

from pdtdesk.domain.reception.scales.scale import Item, Scale

COWS = Scale(
    id="cows",
    name="COWS",
    full_name="Clinical Opiate Withdrawal Scale",
    source="Wesson DR, Ling W. J Psychoactive Drugs 2003; 35: 253-259",
    range=(0, 48),
    purpose_words=(
        "Opioid withdrawal as seen now by staff. Score only what withdrawal explains, not fever, cold, exertion "
        "or old pain."
    ),
    items=(
        Item(
            "pulse",
            "Pulse",
            "Count the pulse after a minute at rest.",
            ((0, "80 or below"), (1, "81 to 100"), (2, "101 to 120"), (4, "above 120")),
        ),
        Item(
            "sweating",
            "Sweating",
            "Chills, flushes or sweat in the last half hour, not from heat or exertion.",
            (
                (0, "no chills or flushes"),
                (1, "reports chills or flushes"),
                (2, "flushed, or face visibly moist"),
                (3, "drops of sweat on brow or face"),
                (4, "sweat runs off the face"),
            ),
        ),
        Item(
            "restlessness",
            "Restless",
            "Watch whether the patient can sit still.",
            (
                (0, "sits still"),
                (1, "finds it hard but manages"),
                (3, "shifts often, or moves arms and legs needlessly"),
                (5, "cannot sit still beyond a few seconds"),
            ),
        ),
        Item(
            "pupils",
            "Pupils",
            "Look at the pupils in ordinary room light.",
            (
                (0, "small, or normal for the light"),
                (1, "perhaps larger than normal for the light"),
                (2, "moderately wide"),
                (5, "so wide that only a rim of iris shows"),
            ),
        ),
        Item(
            "aches",
            "Bone ache",
            "Aching bones or joints, beyond any pain there was before.",
            (
                (0, "none"),
                (1, "mild, all over"),
                (2, "reports bad aching of joints or muscles"),
                (4, "rubs joints or muscles and cannot sit still for aching"),
            ),
        ),
        Item(
            "nose_eyes",
            "Nose, eyes",
            "Running nose or eyes, not from a cold or an allergy.",
            (
                (0, "dry"),
                (1, "stuffy nose, or eyes unusually moist"),
                (2, "nose or eyes run"),
                (4, "nose runs all the time, or tears run down the face"),
            ),
        ),
        Item(
            "gut",
            "GI upset",
            "Stomach and bowels in the last half hour.",
            (
                (0, "nothing"),
                (1, "stomach cramps"),
                (2, "nausea, or loose stool"),
                (3, "vomiting or diarrhoea"),
                (5, "vomiting or diarrhoea more than once"),
            ),
        ),
        Item(
            "tremor",
            "Tremor",
            "Look at the hands held out.",
            (
                (0, "none"),
                (1, "felt but not seen"),
                (2, "slight, can be seen"),
                (4, "coarse, or muscles twitch"),
            ),
        ),
        Item(
            "yawning",
            "Yawning",
            "Count the yawns during the assessment.",
            ((0, "none"), (1, "one or two"), (2, "three or more"), (4, "several a minute")),
        ),
        Item(
            "anxiety",
            "Anxious",
            "Anxious or irritable.",
            (
                (0, "neither"),
                (1, "says it is growing"),
                (2, "plainly so"),
                (4, "so much that assessing is hard"),
            ),
        ),
        Item(
            "gooseflesh",
            "Gooseflesh",
            "Look at and feel the skin of the arms.",
            ((0, "skin smooth"), (3, "bumps felt, or hairs standing on the arms"), (5, "plain to see")),
        ),
    ),
)
