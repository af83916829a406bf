"""Those who look at the whole: a record opened with a reason, the audit, figures, local policy, staff."""

from collections.abc import Iterator
from typing import cast

from pdtdesk.ui.oversight.figures import FiguresPage
from pdtdesk.ui.oversight.sign_off import SignOffPage
from pdtdesk.ui.pages import Pages
from pdtdesk.ui.tour.stop import Settle, Stop


class Oversight:
    """Where the CARAT worker, the clinical lead, the manager and the administrator turn to."""

    def __init__(self, pages: Pages, settle: Settle) -> None:
        self._pages, self._settle = pages, settle

    def stops(self, whose: str) -> Iterator[Stop]:
        """Their pages; `whose` is the record that a CARAT worker opens with a reason."""
        pages = self._pages
        yield Stop(
            "oversight",
            "record-by-reason",
            "carat",
            lambda: pages.open_person(whose),
            "A record opened with a reason",
        )
        yield Stop("oversight", "audit", "lead", lambda: pages.show("oversight"), "The audit")
        yield Stop("oversight", "figures", "lead", lambda: pages.show("figures"), "Treatment figures, for the lead")
        yield Stop("oversight", "figures-lists", "lead", self._to_lists, "Treatment figures: the lists of people")
        yield Stop("oversight", "local-policy", "lead", self._local_policy, "Local policy, to be signed by the lead")
        yield Stop(
            "oversight", "figures-counts", "manager", lambda: pages.show("figures"), "Figures, for the manager", True
        )
        yield Stop("desk", "staff", "admin", lambda: pages.show("staff"), "Staff, leases and keys")

    def _to_lists(self) -> None:
        page = cast(FiguresPage, self._pages.page("figures"))
        bar = page.scrolled.verticalScrollBar()
        bar.setValue(page.cards["maintained"].y() + bar.value() if "maintained" in page.cards else bar.maximum())

    def _local_policy(self) -> None:
        self._pages.show("sign-off")
        self._settle("the figures")
        cast(SignOffPage, self._pages.page("sign-off")).choose("missed_days_reassess")
