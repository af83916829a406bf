"""Who stands on the banner: the name in capitals, and the age that decides whose care it is."""

from datetime import date

from pdtdesk.domain.reception.person import Identity


def test_the_banner_names_somebody_of_whom_one_name_is_known() -> None:
    """Otherwise a comma without a forename stands over a person, and nobody knows whether a name was lost."""
    assert Identity("Sparrow", "Daniel Lee").display == "SPARROW, Daniel Lee"
    assert Identity("Sukarno", "").display == "SUKARNO"


def test_an_age_is_known_where_the_birth_date_is() -> None:
    """Otherwise a boy of seventeen counts as a man, or somebody without a birth date as newly born."""
    born = Identity("Sparrow", "Daniel", date(1992, 6, 2))
    assert (born.age_on(date(2010, 6, 1)), born.age_on(date(2010, 6, 2))) == (17, 18)
    assert Identity("Sparrow", "Daniel").age_on(date(2010, 6, 1)) is None
