"""SOWS, Gossop's short scale: how opioid withdrawal feels to the patient.

Handelsman's Subjective Opiate Withdrawal Scale bears the same letters with sixteen items of 0 to 4; the name here
says which it is, so that totals of the two are never set side by side.
"""

from pdtdesk.domain.reception.scales.scale import Item, Scale

_HOW_BAD = ((0, "none"), (1, "mild"), (2, "moderate"), (3, "severe"))

SOWS = Scale(
    id="sows_gossop",
    name="SOWS (Gossop, 10 items)",
    full_name="Short Opiate Withdrawal Scale (Gossop 1990), not Handelsman's Subjective Opiate Withdrawal Scale",
    source="Gossop M. Addict Behav 1990; 15: 487-490",
    range=(0, 30),
    purpose_words=(
        "Opioid withdrawal as the patient felt it in the last 24 hours. No bands are agreed: read the trend."
    ),
    items=(
        Item("sick", "Feeling sick", "How sick have you felt?", _HOW_BAD),
        Item("cramps", "Stomach cramps", "How bad have stomach cramps been?", _HOW_BAD),
        Item("twitching", "Spasms, twitching", "How much have your muscles jumped or twitched?", _HOW_BAD),
        Item("cold", "Feeling cold", "How cold have you felt?", _HOW_BAD),
        Item("heart", "Heart pounding", "How much has your heart pounded?", _HOW_BAD),
        Item("tension", "Muscles tense", "How tense have your muscles been?", _HOW_BAD),
        Item("aches", "Aches, pains", "How bad have aches and pains been?", _HOW_BAD),
        Item("yawning", "Yawning", "How much have you yawned?", _HOW_BAD),
        Item("eyes", "Runny eyes", "How much have your eyes run?", _HOW_BAD),
        Item("sleep", "Poor sleep", "How hard has it been to sleep?", _HOW_BAD),
    ),
)
