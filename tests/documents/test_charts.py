"""The pictures of a regime on paper, read back and looked at as they were printed."""

from collections.abc import Callable
from datetime import timedelta

import pypdfium2
from regime_pictures import RECEIVED, a_dose_chart, a_schedule_chart, a_sentence_line, every_mark, twelve_years

from pdtdesk.documents.layout.charts import lay_doses, lay_schedule, lay_sentence
from pdtdesk.documents.layout.glyphs import typeface
from pdtdesk.documents.layout.lines import Span
from pdtdesk.documents.layout.pages import MARGIN, Pages, Shape
from pdtdesk.documents.layout.press import printed
from pdtdesk.services.regime.drawing.doses import dose_drawing
from pdtdesk.services.regime.drawing.shapes import Measures
from pdtdesk.services.regime.pictures import DoseMark
from tests.documents.read_back import pages_of, squeezed, whole

_SCALE = 2


def sheet(compose: Callable[[Pages], None]) -> bytes:
    head = [[[Span("Review", bold=True)]]]
    return printed(compose, head=head, head_widths=[400], title="Review", foot="", demonstration=False)


def laid(compose: Callable[[Pages], None], size: float = 9.0) -> Pages:
    pages = Pages(typeface(), size, [[[Span("Review", bold=True)]]], [400])
    compose(pages)
    return pages


def test_the_pictures_say_on_paper_what_they_say_on_the_screen() -> None:
    """The letter goes out without the review that is due, or without the days that were missed."""

    def compose(pages: Pages) -> None:
        lay_sentence(pages, a_sentence_line())
        lay_doses(pages, every_mark())
        lay_schedule(pages, a_schedule_chart(what_if=True))

    pdf = sheet(compose)
    text = whole(pdf)
    for words in (
        "Sentence of 60 weeks",
        "Today Tue 1 Jun",
        "Release Fri 26 Nov",
        "Review due 10 Aug",
        "60 mg",
        "CIWA-Ar, points",
        "? not known",
        "! records in conflict",
        "as planned: 0 on Tue 24 Aug 2010, 94 days before release",
        "what if: 0 on Sun 28 Nov 2010, 2 days after release",
    ):
        assert squeezed(words) in text
    assert pdf == sheet(compose)


def test_a_picture_is_never_parted_between_two_pages() -> None:
    """Half of the bars on the next page: the week in which nothing was taken is not seen."""
    pages = laid(lambda pages: [lay_doses(pages, a_dose_chart(), 160.0) for _ in range(7)] and None)
    assert len(pages.pages) > 1
    printed_pages = [" ".join(text.text for text in page.texts) for page in pages.pages]
    assert sum(page.count("dose taken, mg") for page in printed_pages) == 7
    for page, words in zip(pages.pages, printed_pages, strict=True):
        assert words.count("dose taken, mg") == words.count("2 missed · reviewed")
        assert all(y <= pages.foot for shape in page.shapes for _, y in shape.points)


def test_nothing_is_drawn_beyond_the_sheet_and_no_text_is_too_small() -> None:
    """What runs off the paper is not copied, and what is smaller than eight points is not read."""
    for compose in (
        lambda pages: lay_sentence(pages, twelve_years()),
        lambda pages: lay_doses(pages, a_dose_chart(800)),
        lambda pages: lay_schedule(pages, a_schedule_chart(what_if=True)),
    ):
        (page,) = laid(compose, 8.0).pages
        assert all(text.size >= 8.0 for text in page.texts)
        assert all(text.x >= MARGIN - 1 and text.x + text.width <= 596 - MARGIN for text in page.texts)
        assert all(MARGIN - 3 <= x <= 598 - MARGIN for shape in page.shapes for x, _ in shape.points)


def test_a_missed_day_is_white_on_paper_and_one_taken_is_grey() -> None:
    """Copied in black and white, two missed days look like two taken."""
    facts = a_dose_chart()
    document = pypdfium2.PdfDocument(sheet(lambda pages: lay_doses(pages, facts, 200.0)))
    picture = document[0].render(scale=_SCALE).to_pil().convert("L")
    pages = laid(lambda _pages: None, 10.0)
    face = pages.face
    measures = Measures(lambda text, bold: face.width(face.printable(text), bold) * 9.0, 9.0 * 1.2)
    days = dose_drawing(facts, pages.width, 200.0, measures).days
    assert days is not None
    y = round((pages.y + days.top + 8) * _SCALE)

    def grey(at: int) -> int:
        x = pages.left + days.middle_of(RECEIVED + timedelta(at)) - days.pitch * 0.2
        return int(picture.getpixel((round(x * _SCALE), y)))

    assert facts.days[17].mark is DoseMark.MISSED
    assert grey(17) > 240
    assert grey(16) < 160
    document.close()


def test_a_hatched_day_stays_within_its_box() -> None:
    """Hatching that runs over: the day beside it seems not to be known either."""
    facts = every_mark()
    (page,) = laid(lambda pages: lay_doses(pages, facts)).pages
    hatching = [shape for shape in page.shapes if isinstance(shape, Shape) and shape.weight == 0.4]
    boxes = [shape for shape in page.shapes if shape.closed and shape.fill == 1.0 and len(shape.points) == 4]
    assert hatching
    for line in hatching:
        assert any(
            all(
                box.points[0][0] - 0.01 <= x <= box.points[2][0] + 0.01
                and box.points[0][1] - 0.01 <= y <= box.points[2][1] + 0.01
                for x, y in line.points
            )
            for box in boxes
        )


def test_a_sheet_with_a_picture_has_only_the_pages_that_it_needs() -> None:
    """An empty page between: the second half of the letter is left in the printer."""
    assert len(pages_of(sheet(lambda pages: lay_doses(pages, a_dose_chart())))) == 1
