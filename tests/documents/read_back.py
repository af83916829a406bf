"""Reading a printed sheet back, as a test does it in place of the night nurse."""

import dataclasses
import unicodedata
from collections.abc import Iterator, Mapping

import pypdfium2


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            read = page.get_textpage()
            texts.append(read.get_text_bounded())
            read.close()
            page.close()
        return texts
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Text without spaces and line ends, joined letters taken apart: what was broken over lines is whole again."""
    return "".join(unicodedata.normalize("NFKC", text).replace("\ufffe", "-").replace("\u00ad", "-").split())


def whole(pdf: bytes) -> str:
    """All that stands on all pages, squeezed."""
    return squeezed("".join(pages_of(pdf)))


def strings(facts: object, leave: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every text in a frozen value, through its fields; `leave` names fields that are not printed as they stand."""
    if isinstance(facts, str):
        yield facts
    elif dataclasses.is_dataclass(facts):
        for field in dataclasses.fields(facts):
            if field.name not in leave:
                yield from strings(getattr(facts, field.name), leave)
    elif isinstance(facts, tuple | list):
        for each in facts:
            yield from strings(each, leave)
    elif isinstance(facts, Mapping):
        for each in facts.values():
            yield from strings(each, leave)
