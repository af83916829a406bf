"""A prescriber's hands at the regimes page, for journeys."""

from PySide6.QtCore import Qt
from ward import Ward

from pdtdesk.domain.roles import Role
from pdtdesk.ui.regime.page import RegimePage
from pdtdesk.ui.regime.plan_panel import PlanPanel


def at_the_list(ward: Ward, role: Role = Role.PRESCRIBER) -> RegimePage:
    """Signed in, with the list of regimes in sight."""
    ward.sign_in(role)
    ward.window.with_pages().show("regime")
    ward.settle()
    return ward.window.with_pages().regime


def opened(ward: Ward, role: Role = Role.PRESCRIBER) -> RegimePage:
    """The first of the list, opened with Enter."""
    page = at_the_list(ward, role)
    ward.press(Qt.Key.Key_Down)
    ward.press(Qt.Key.Key_Return)
    ward.settle()
    return page


def chose(ward: Ward, plan: PlanPanel, kind: str) -> None:
    """Another kind of course."""
    plan.course.kind.set_value(kind)
    plan.course.kind.answered.emit("kind", kind)
    ward.settle()


def entered(ward: Ward, plan: PlanPanel, **given: str) -> None:
    """Doses and days typed into the fields of the course, as a hand does."""
    for key, words in given.items():
        field = plan.course.fields[plan.course.course().word][key]
        field.take_focus()
        if field.spec.choices:
            field.set_value(words)
            field.answered.emit(key, words)
        else:
            ward.focus().selectAll()
            ward.type(words)
            ward.press(Qt.Key.Key_Return)
    ward.settle()


def answered_for(ward: Ward, plan: PlanPanel, **given: str) -> None:
    """What belongs to every choice: told, agreed, read, reason."""
    for key, words in given.items():
        field = plan.choice.fields[key]
        field.take_focus()
        ward.type(words)
        ward.settle()
