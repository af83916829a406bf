"""How a sheet leaves the desk: drawn on a printer from memory, or written to a file on purpose."""

import os
from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

DOTS_AN_INCH = 300
"""Fine enough for the smallest print of a sheet; a page of A4 is then 35 MB while it is drawn."""


class NotPrinted(Exception):
    """The printer took no sheet; `sentence` says what to do."""

    def __init__(self, printer: str) -> None:
        self.sentence = (
            f"{printer} did not take the sheet. See that it is on, has paper and is not held, then print again; the "
            "sheet is kept here meanwhile."
        )
        super().__init__(self.sentence)


class NotSaved(Exception):
    """The file could not be written; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def available_printers() -> tuple[str, ...]:
    """The printers of this computer, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return tuple(sorted(names, key=lambda name: (name != usual, name.casefold())))


def printer_named(name: str) -> QPrinter:
    """One of this computer's printers."""
    return QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)


def print_sheet(document: QPdfDocument, printer: QPrinter, title: str, copies: int = 1) -> None:
    """Draw every page of a sheet on a printer, as large as the paper takes it. Raises `NotPrinted`."""
    name = printer.printerName() or "The printer"
    printer.setDocName(title)
    printer.setResolution(DOTS_AN_INCH)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setCopyCount(copies)
    painter = QPainter()
    for page in range(document.pageCount()):
        points = document.pagePointSize(page)
        lying = points.width() > points.height()
        printer.setPageOrientation(QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait)
        if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
            painter.end()
            raise NotPrinted(name)
        paper = printer.paperRect(QPrinter.Unit.DevicePixel)
        scale = min(paper.width() / points.width(), paper.height() / points.height())
        size = QSize(round(points.width() * scale), round(points.height() * scale))
        painter.drawImage(QRectF(0, 0, size.width(), size.height()), document.render(page, size))
    if not painter.end() or printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise NotPrinted(name)


def save_sheet(data: bytes, typed: str, suffix: str = ".pdf") -> Path:
    """Write a sheet to a new file that its owner alone may read; `suffix` where none is typed. Raises `NotSaved`."""
    path = Path(typed).expanduser()
    if not path.is_absolute():
        raise NotSaved(f"Type where the file is to lie from the beginning, such as {Path.home() / path}.")
    path = path if path.suffix else path.with_suffix(suffix)
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(number, "wb") as file:
            file.write(data)
    except FileExistsError:
        raise NotSaved(f"There is already a file {path}. It was left as it is: choose another name.") from None
    except OSError as error:
        why = error.strerror or "it cannot be written"
        raise NotSaved(f"{path} could not be written: {why}. Choose another place; the sheet is kept here.") from None
    return path
