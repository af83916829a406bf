"""The handbook beside the work, and the passage behind a finding."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from at_desk import AtDesk, sitting_at
from factories import TestDesk, national
from PySide6.QtCore import QUrl

from pdtdesk.policy.origin import Reference
from pdtdesk.ui.handbook import HandbookPage, ShortcutsPage, passages_html, read_chapters, slug
from pdtdesk.ui.shortcuts import Shortcut


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "handbook"
    (made / "safety").mkdir(parents=True)
    (made / "index.md").write_text(
        "# How to begin\n\nSee [wrong patient](safety/H-001.md#controls).\n\n## Locking\n\nF12."
    )
    (made / "staff.md").write_text("# Staff and keys\n\nText.")
    (made / "safety" / "H-001.md").write_text("# H-001 Wrong patient\n\n## Causes\n\nMany.\n\n## Controls\n\nBanner.")
    return made


@pytest.fixture
def at(qtbot, desk: TestDesk) -> Iterator[AtDesk]:
    with sitting_at(qtbot, desk) as made:
        yield made


@pytest.fixture
def page(at: AtDesk, folder: Path) -> HandbookPage:
    return at.show(HandbookPage(at.station, folder=folder))


def test_it_opens_at_its_first_page_with_the_pages_of_help_listed(page: HandbookPage, folder: Path) -> None:
    assert [(each.title, each.part) for each in read_chapters(folder)] == [
        ("How to begin", ""),
        ("Staff and keys", ""),
        ("H-001 Wrong patient", "Safety"),
    ]
    assert "How to begin" in page.text.toPlainText()
    assert [row.title for row in page.list.rows()] == ["How to begin", "Staff and keys"]


def test_a_link_leads_to_the_heading_that_it_names(page: HandbookPage) -> None:
    page._on_link(QUrl("safety/H-001.md#controls"))
    assert page.heading_in_sight() == "Controls"
    assert page.card.title.text() == "Safety"


@pytest.mark.parametrize("link", ["../../etc/passwd", "safety/H-999.md", "/etc/passwd"])
def test_a_link_out_of_the_handbook_opens_nothing(page: HandbookPage, link: str) -> None:
    page._on_link(QUrl(link))
    assert "has no page" in page.notice.sentence()
    assert "root:" not in page.text.toPlainText()


def test_an_address_on_the_network_is_shown_and_not_opened(page: HandbookPage) -> None:
    page._on_link(QUrl("https://example.org/guidance"))
    assert "https://example.org/guidance" in page.notice.sentence()


def test_help_opens_the_page_about_where_one_is(page: HandbookPage) -> None:
    page.show_help("staff")
    assert "Staff and keys" in page.text.toPlainText()
    page.show_help("nowhere")
    assert "How to begin" in page.text.toPlainText()


def test_a_finding_opens_its_passage_with_document_status_and_values(page: HandbookPage) -> None:
    page.show_reference("practice", "S-04", "awaiting sign-off", (("alcohol_withdrawal", "as written"),))
    shown = page.text.toPlainText()
    assert "Professional practice as written down with this product" in shown
    assert "Status: awaiting sign-off" in shown
    assert "Daily drinking or benzodiazepines" in shown, "the value is named in words, not by its id"
    assert "as written" in shown


def test_the_source_of_an_invented_figure_is_not_called_signed() -> None:
    """*Status: signed*, beside a figure that the demonstration made up."""
    policy = national().over("demonstration")
    made_up = Reference("DEMONSTRATION", "invented, never to be used for care")
    said = passages_html(policy, date(2010, 6, 1), [made_up], "signed", ())
    assert "Status: <b>invented for the demonstration, signed by nobody</b>" in said
    real = passages_html(policy, date(2010, 6, 1), [Reference("practice", "S-04")], "awaiting sign-off", ())
    assert "Status: <b>awaiting sign-off</b>" in real


def test_a_source_that_the_policy_does_not_describe_is_said_so(page: HandbookPage) -> None:
    page.show_reference("<b>odd</b>", "1")
    assert "<b>odd</b>" in page.text.toPlainText(), "shown as it was written, not drawn as a page"
    assert "not described" in page.text.toPlainText()


def test_without_pages_it_says_what_will_stand_here(at: AtDesk, tmp_path: Path) -> None:
    page = at.show(HandbookPage(at.station, folder=tmp_path / "nothing"))
    assert page.empty.isVisible()


def test_every_key_of_the_window_stands_on_the_shortcuts_page(at: AtDesk) -> None:
    page = at.show(ShortcutsPage())
    assert sorted(page.lines) == sorted((each.shown, each.does) for each in Shortcut)


def test_an_anchor_is_the_heading_in_small_letters() -> None:
    assert slug("Over-sedation (H-003)") == "over-sedation-h-003"


def test_a_source_is_no_page_of_the_list(page: HandbookPage) -> None:
    """The list said "How to begin" over the passage of a guideline."""
    page.show_reference("practice", "S-04", "awaiting sign-off")
    assert not page.list.currentIndex().isValid()
