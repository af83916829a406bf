"""Where the keyboard goes next: the order in which a page is asked aloud, by Enter or by Tab."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from pdtdesk.ui.widgets.inputs.base import Input

_ASIDE = "aside"


def takes_the_keyboard(widget: QWidget) -> bool:
    """Whether Tab may stop here now."""
    return (
        widget.isEnabled()
        and widget.isVisibleTo(widget.window())
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
    )


def next_stop(start: QWidget, within: QWidget, step: int) -> QWidget | None:
    """The next (or previous) widget on the focus chain that is not part of `within`, nor of what was set aside from
    `start`; None when there is none."""
    here: QWidget | None = start
    while here is not None:
        here = here.nextInFocusChain() if step > 0 else here.previousInFocusChain()
        if here is None or here is start:
            return None
        if here is within or within.isAncestorOf(here):
            continue
        if takes_the_keyboard(here) and not _is_aside(here, start):
            return here
    return None


def set_aside(*parts: QWidget) -> None:
    """What is looked at, or done beside what is asked: Tab stops in it, and Enter in a question passes it by."""
    for part in parts:
        part.setProperty(_ASIDE, True)


def _is_aside(widget: QWidget, start: QWidget) -> bool:
    part: QWidget | None = widget
    while part is not None and not part.isAncestorOf(start):
        if part.property(_ASIDE):
            return True
        part = part.parentWidget()
    return False


def bring_into_sight(widget: QWidget) -> None:
    """Scroll the page until whatever has the keyboard can be seen, with a little room around it."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            room = widget.fontMetrics().lineSpacing()
            above.ensureWidgetVisible(widget, room, room)
        above = above.parentWidget()


def move_on(start: QWidget, within: QWidget, step: int) -> bool:
    """Carry the keyboard to the next stop, and bring it into sight; False at the end of the page."""
    there = next_stop(start, within, step)
    if there is None:
        return False
    reason = Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
    there.setFocus(reason)
    bring_into_sight(there)
    return True


def chain(widgets: Iterable[QWidget | Input]) -> None:
    """Let Tab and Enter go through these in this order; inputs by their first stop."""
    before: QWidget | None = None
    for widget in widgets:
        for stop in widget.targets() if isinstance(widget, Input) else (widget,):
            if before is not None:
                QWidget.setTabOrder(before, stop)
            before = stop


def stops_in(widget: QWidget) -> Iterator[QWidget]:
    """Everything in it at which Tab may ever stop, in the order in which it was made."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
        return
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isWindow():
            yield from stops_in(child)


def chain_parts(*parts: QWidget) -> None:
    """Let Tab go through the parts of a page in this order, whichever of them was made, or made anew, first."""
    chain(stop for part in parts for stop in stops_in(part))
