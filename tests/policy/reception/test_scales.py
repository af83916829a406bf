"""A score means the same on every screen: one definition, each edge from both sides."""

from datetime import UTC, date, datetime

import pytest

from pdtdesk.domain.reception.facts import ReceptionFacts, Score, Scores, Substance
from pdtdesk.policy.national import load_national
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.reception.assess import assess
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.scales import BANDED, band

NATIONAL = load_national()
NOW = datetime(2010, 6, 1, 20, 40, tzinfo=UTC)


def sentences(facts: ReceptionFacts, code: Code, guidance: Parameters = NATIONAL) -> list[str]:
    found = assess(facts, guidance.on(date(2010, 6, 1)), NOW)
    return [finding.sentence for finding in found.findings if finding.code == code]


def test_every_edge_of_every_band_has_one_definition() -> None:
    on = NATIONAL.on(date(2010, 6, 1))
    edges = {scale: [(b.from_score, b.to_score) for b in band(on, scale, 0)[1].value] for scale in BANDED}
    assert edges == {
        "cows": [(0, 4), (5, 12), (13, 24), (25, 36), (37, 48)],
        "ciwa_ar": [(0, 7), (8, 15), (16, 67)],
        "audit": [(0, 7), (8, 15), (16, 19), (20, 40)],
    }


@pytest.mark.parametrize(
    ("drug", "score", "said"),
    [
        (Substance.OPIOIDS, 2, "below the cut-off of 3"),
        (Substance.OPIOIDS, 3, "at or above the cut-off of 3"),
        (Substance.AMPHETAMINES, 4, "below the cut-off of 5"),
        (Substance.AMPHETAMINES, 5, "at or above the cut-off of 5"),
        (Substance.BENZODIAZEPINES, 6, "below the cut-off of 7"),
        (Substance.BENZODIAZEPINES, 7, "at or above the cut-off of 7"),
        (Substance.ALCOHOL, 3, "at or above the cut-off of 3"),
        (Substance.CRACK_COCAINE, 3, "the papers disagree on the cut-off (3 or more or 4 or more)"),
    ],
)
def test_the_sds_is_read_by_drug(drug: Substance, score: int, said: str) -> None:
    found = ReceptionFacts(scores=Scores(sds=Score(score), sds_substance=drug))
    assert said in sentences(found, Code.SDS)[0]


def test_an_sds_for_a_drug_without_a_cut_off_says_nothing() -> None:
    for drug in (None, Substance.CANNABIS):
        assert not sentences(ReceptionFacts(scores=Scores(sds=Score(9), sds_substance=drug)), Code.SDS)
