"""What a stop rested on when somebody decided about it: while that is the same the decision holds, and no longer."""

from pdtdesk.policy.regime.stops import DoseFacts, StopCode, allergies_to, outside_words

AS_SIGNED = frozenset({StopCode.ALLERGY, StopCode.TAKEN_OUTSIDE})
"""What an order was signed over is compared for these; the rest of it by what has been ordered and taken since."""


def rests_on(facts: DoseFacts, code: str) -> str:
    """What a stop of a dose rests on, in words that two readings of the same facts share."""
    missed = facts.missed
    what: dict[str, tuple[object, ...]] = {
        StopCode.TAKEN_OUTSIDE: tuple(sorted(outside_words(each) for each in facts.outside_today)),
        StopCode.MORE_TODAY: (facts.taken_today, *facts.others_today),
        StopCode.TWO_IN_A_ROUND: (facts.this_round_at,),
        StopCode.ALLERGY: tuple(allergies_to(facts)),
        StopCode.ABOVE_CEILING: (facts.mg,),
        StopCode.STEP_NOT_TAKEN: (facts.mg, *((step.step, step.reached) if (step := facts.step) else ())),
        StopCode.TOO_SOON: (facts.day_before_at,),
        StopCode.AFTER_OPIOID: (facts.opioid, facts.opioid_at),
        StopCode.ON_NALTREXONE: (facts.blocked_by_naltrexone, facts.naltrexone_at, *facts.other_substitutes),
        StopCode.TWO_SUBSTITUTES: facts.other_substitutes,
        **dict.fromkeys(
            (StopCode.DAY_NOT_KNOWN, StopCode.MISSED_DAYS, StopCode.NEW_INDUCTION),
            (missed.days, missed.not_known, missed.last_taken),
        ),
    }
    return "; ".join(str(each) for each in what.get(code, ()))
