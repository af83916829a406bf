"""What stands in the figures: a block, a line of it, and the cells under one head."""

from factories import TestDesk

from pdtdesk.domain.roles import Role
from pdtdesk.services.oversight.figure_blocks import Block
from pdtdesk.services.oversight.figures import Figures, figures


def block(shown: Figures, key: str) -> Block:
    return next(each for each in shown.blocks if each.key == key)


def line(made: Block, name: str) -> tuple[str, ...]:
    return next(row for row in made.rows if row[0] == name)


def cells(made: Block, head: str) -> list[str]:
    return [row[made.heads.index(head)] for row in made.rows]


def as_lead(desk: TestDesk) -> Figures:
    return figures(desk.acting(Role.LEAD))
