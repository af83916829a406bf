"""What the lead's page says of figures that a demonstration made up."""

from dataclasses import replace

from factories import TestDesk, national

from pdtdesk.domain.roles import Role
from pdtdesk.services.oversight.parameter_rows import State, list_parameters


def test_a_figure_of_the_demonstration_is_never_listed_as_signed(desk: TestDesk) -> None:
    """Green, *signed*, and a lead's name: whoever looks over the shoulder takes the invented figure home."""
    lead = replace(desk.acting(Role.LEAD), policy=national().over("demonstration"))
    states = {each.id: each.state for each in list_parameters(lead)}
    assert states["cows_repeat_hours"] is State.INVENTED
    assert State.SIGNED not in states.values()
    assert states["stabilisation_least"] is State.QUOTED, "what the sources give stands as it does"
