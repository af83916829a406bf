"""For whom no schedule is proposed: in pregnancy (S-01), and no opioid to somebody on naltrexone (D-22)."""

from pdtdesk.domain.reception.facts import Sex
from pdtdesk.domain.regime.courses import ForWhom
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.policy.findings import Finding, Tier
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.standing import rg


def pregnant(whom: ForWhom, params: ParametersOnDay) -> tuple[Finding, ...]:
    """That somebody is pregnant, or a woman of whom nobody has asked it."""
    if whom.pregnant:
        rule = params.rule("regime_in_pregnancy")
        said = f"Pregnant: {rule.value}. A course is written by hand, with the midwife and the prescriber."
        return (rg(Code.SCHEDULE_PREGNANT, Tier.MUST_ACKNOWLEDGE, said, [rule]),)
    if whom.pregnant is None and whom.sex is Sex.FEMALE:
        said = "Whether she is pregnant is not known: ask before anything is started."
        rule = params.rule("regime_in_pregnancy")
        return (rg(Code.SCHEDULE_PREGNANCY_NOT_ASKED, Tier.MUST_ACKNOWLEDGE, said, [rule]),)
    return ()


def on_naltrexone(medicine: Ordered | None, whom: ForWhom, params: ParametersOnDay) -> tuple[Finding, ...]:
    """That an opioid was asked for and naltrexone is taken: no schedule, by hand or otherwise."""
    if not whom.on_naltrexone or medicine is None or not medicine.is_opioid:
        return ()
    rule = params.rule("naltrexone_block")
    said = f"On naltrexone: {rule.value}. No schedule of {medicine.words} is proposed."
    return (rg(Code.SCHEDULE_ON_NALTREXONE, Tier.MUST_ACKNOWLEDGE, said, [rule]),)
