"""From rows to the bytes of a PDF: the largest text that fits, head and foot, and the same bytes every time."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from pdtdesk.documents.layout.glyphs import Typeface, typeface
from pdtdesk.documents.layout.lines import Span, broken
from pdtdesk.documents.layout.pages import A4, MARGIN, Cell, Page, Pages, Shape, TooLong

SIZES = (10.0, 9.5, 9.0, 8.5, 8.0)
"""Sizes of text that are tried for one page, in points; smaller is not read at the end of a night."""

SIZE_OF_MORE = 9.0
"""The size where it takes more pages than one."""

INVENTED = "DEMONSTRATION"


def printed(
    compose: Callable[[Pages], None],
    *,
    head: Sequence[Cell],
    head_widths: Sequence[float],
    title: str,
    foot: str,
    demonstration: bool,
    sizes: Sequence[float] = SIZES,
) -> bytes:
    """The PDF of a sheet. `compose` puts its rows on pages; it is asked again for each size that is tried."""
    face = typeface()
    pages = _fitted(compose, face, head, head_widths, sizes)
    return _drawn(pages.pages, face, title, foot, demonstration)


def _fitted(
    compose: Callable[[Pages], None],
    face: Typeface,
    head: Sequence[Cell],
    head_widths: Sequence[float],
    sizes: Sequence[float],
) -> Pages:
    for size, tight in (*((size, False) for size in sizes), (min(sizes), True)):
        try:
            pages = Pages(face, size, head, head_widths, most=1, tight=tight)
            compose(pages)
        except TooLong:
            continue
        return pages
    pages = Pages(face, min(SIZE_OF_MORE, max(sizes)), head, head_widths)
    compose(pages)
    return pages


def _drawn(pages: Sequence[Page], face: Typeface, title: str, foot: str, demonstration: bool) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor("PDT Desk")
    for number, page in enumerate(pages, start=1):
        if demonstration:
            _invented(canvas, face)
        for shape in page.shapes:
            _shape(canvas, shape)
        for rule in page.rules:
            canvas.setLineWidth(rule.weight)
            canvas.line(rule.x1, A4[1] - rule.y1, rule.x2, A4[1] - rule.y2)
        for text in page.texts:
            if text.mark:
                canvas.setFillGray(0)
                canvas.rect(
                    text.x - 2, A4[1] - text.y - text.size * 0.24, text.width + 4, text.size * 1.12, stroke=0, fill=1
                )
            canvas.setFillGray(1 if text.mark else 0)
            canvas.setFont(text.font, text.size)
            canvas.drawString(text.x, A4[1] - text.y, text.text)
        _foot(canvas, face, foot, f"page {number} of {len(pages)}", demonstration)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _shape(canvas: Any, shape: Shape) -> None:
    path = canvas.beginPath()
    (x, y), *rest = shape.points
    path.moveTo(x, A4[1] - y)
    for x, y in rest:
        path.lineTo(x, A4[1] - y)
    if shape.closed:
        path.close()
    canvas.saveState()
    canvas.setLineWidth(shape.weight)
    canvas.setDash(*shape.dash)
    canvas.setStrokeGray(shape.line or 0)
    canvas.setFillGray(shape.fill or 0)
    canvas.drawPath(path, stroke=shape.line is not None, fill=shape.fill is not None)
    canvas.restoreState()


def _invented(canvas: Any, face: Typeface) -> None:
    """The word across the page, light enough to read through and plain in black and white."""
    (letters,) = face.letters(INVENTED, True)
    size = 84.0
    canvas.saveState()
    canvas.setFillGray(0.92)
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(55)
    canvas.setFont(letters.font, size)
    canvas.drawString(-letters.width * size / 2, -size * 0.35, INVENTED)
    canvas.restoreState()


def _foot(canvas: Any, face: Typeface, left: str, right: str, demonstration: bool) -> None:
    y = A4[1] - MARGIN - 4
    canvas.setFillGray(0)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, A4[1] - y + 10, A4[0] - MARGIN, A4[1] - y + 10)
    size = 8.0
    page = face.width(right, True) * size
    words = f"{INVENTED}: invented people, not for care. {left}" if demonstration else left
    lines = broken([Span(words)], A4[0] - 2 * MARGIN - page - 16, size, face)[:2]
    for number, line in enumerate(lines):
        for piece in line.pieces:
            canvas.setFont(piece.font, piece.size)
            canvas.drawString(MARGIN + piece.at, A4[1] - y - number * 9, piece.text)
    (letters,) = face.letters(right, True)
    canvas.setFont(letters.font, size)
    canvas.drawString(A4[0] - MARGIN - page, A4[1] - y, right)
