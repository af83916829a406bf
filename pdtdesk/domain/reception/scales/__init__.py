"""The scales that reception asks, each defined once: COWS, SOWS (Gossop), CIWA-Ar, AUDIT, SDS."""

from collections.abc import Mapping
from types import MappingProxyType

from pdtdesk.domain.reception.scales.audit import AUDIT
from pdtdesk.domain.reception.scales.bands import Band, BandsNotWhole, OutsideBands, band_of, check_bands
from pdtdesk.domain.reception.scales.ciwa_ar import CIWA_AR
from pdtdesk.domain.reception.scales.cows import COWS
from pdtdesk.domain.reception.scales.scale import Item, NotPermitted, Scale, ScaleResult, Skip, score
from pdtdesk.domain.reception.scales.sds import SDS
from pdtdesk.domain.reception.scales.sows import SOWS

SCALES: Mapping[str, Scale] = MappingProxyType({scale.id: scale for scale in (COWS, SOWS, CIWA_AR, AUDIT, SDS)})
"""Every scale by its id, in the order in which the triage asks them."""

__all__ = [
    "AUDIT",
    "CIWA_AR",
    "COWS",
    "SCALES",
    "SDS",
    "SOWS",
    "Band",
    "BandsNotWhole",
    "Item",
    "NotPermitted",
    "OutsideBands",
    "Scale",
    "ScaleResult",
    "Skip",
    "band_of",
    "check_bands",
    "score",
]
